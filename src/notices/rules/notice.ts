/** A change notice: what it says, and how far it has come. */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { Wording } from '../../mail/rules/wording.js'
import type { EngagementContent } from '../../register/rules.js'
import type { Corrected } from './correction.js'
import type { DateRules } from './deadlines.js'
import type { Phase } from './recipient.js'

export const lineKinds = [
  'addition',
  'replacement',
  'removal',
  'new-activity',
  'new-place',
  'new-basis',
  'correction',
] as const
export type LineKind = (typeof lineKinds)[number]

export type Line = {
  id: string
  kind: LineKind
  /** The engagement that comes, with a removal the one that goes, with a correction the one that is corrected. */
  engagement: string
  /** With a replacement the engagement that goes; with a change of one that is approved, the one that is continued by it. */
  replaces: string | null
  /** With a new place of our own: its number, such as 'L-03'; `engagement` is the site then, and no approval of it is in the register. */
  site?: string
  /** With a correction: what is put right. `content` has it, `replacedContent` is as it was told before. */
  corrected?: Corrected
  /** With a correction: services of the vendor's other engagements, on whose lists the same words stand. */
  otherServices?: string[]
  /** As the register had them when the notice was issued; null in a draft, which reads the register. */
  content: EngagementContent | null
  /** Countries of its contents outside the EEA on the planned start, by the law when they were taken. */
  outside?: string[]
  replacedContent: EngagementContent | null
  /** The first day staff confirmed use for; customers permitted later follow by a confirmation of their own. */
  inUseSince: Day | null
  /** The day from which what goes is no longer used, its deletion confirmed by staff. */
  deletedOn: Day | null
}

export type NoticeState = 'draft' | 'issuing' | 'issued' | 'settled' | 'withdrawn'

/** 'together' where customers cannot be kept apart: nobody before everybody. */
export const goLives = ['staged', 'together'] as const
export type GoLive = (typeof goLives)[number]

export type Notice = {
  _id: string
  reference: string
  state: NoticeState
  why: Bilingual
  safeguards: Bilingual
  lines: Line[]
  plannedStart: Day
  goLive: GoLive
  togetherBecause: Bilingual | null
  issuedAt: Date | null
  issuedOn: Day | null
  issuedBy: string | null
  rules: DateRules
  /** Staff took it on itself to tell customers without a mail address by another channel. */
  otherChannel: boolean
  /** Who sends and where answers are read, as of the issue. */
  sender: Sender | null
  /** The house's own words in its mails, as of the issue; absent or null: as shipped. */
  wording?: Wording | null
  withdrawal: { on: Day; because: Bilingual; finished: boolean } | null
  /** The notice this one takes the place of, and the day that one was issued. */
  supersedes?: { reference: string; on: Day } | null
  /** The notice that took its place. */
  supersededBy?: string | null
  settledOn: Day | null
  /** Up to when, and on which day in full, the notice has followed its customers; absent before it first did. */
  followed?: { at: Date; on: Day } | null
  /** How many recipients in each phase, kept from the day nothing moves any more; null while it runs. */
  counts: Partial<Record<Phase, number>> | null
  sample: boolean
} & Moved

/** The processor as the mails name it. `replyTo` is a mailbox people read. */
export type Sender = {
  name: string
  registration: string
  address: string
  officer: string
  phone: string
  replyTo: string
}

/** What the register says comes with the line; null where nothing comes. */
export function comes(line: Line): EngagementContent | null {
  return isUsed(line) ? line.content : null
}

/** What goes with the line; null where nothing goes. */
export function goes(line: Line): EngagementContent | null {
  if (line.kind === 'removal') return line.content
  return line.kind === 'correction' ? null : line.replacedContent
}

/** The engagement that goes with the line, by id; null where nothing goes. */
export function engagementThatGoes(line: Line): string | null {
  return line.kind === 'removal' ? line.engagement : line.replaces
}

/** What mails and papers call the change: a place of our own is nobody's sub-processor. */
export function callingOf({ kind, site }: Pick<Line, 'kind' | 'site'>): LineKind | 'own-place' {
  return site === undefined ? kind : 'own-place'
}

/** Whether a line of the kind is about an engagement that is approved; all others are about one that is planned. */
export function asksApproved(kind: LineKind): boolean {
  return kind === 'removal' || kind === 'correction'
}

/** Whether something begins with the line that has to be permitted, and confirmed as used. */
export function isUsed({ kind }: Pick<Line, 'kind'>): boolean {
  return kind !== 'removal' && kind !== 'correction'
}

/**
 * Whether the line changes an engagement of the same vendor: another activity, place or basis. The vendor stays, so nothing is
 * deleted; the one that is continued leaves each customer's list on the day the changed one is used for it.
 */
export function isContinued({ content, replacedContent, kind }: Line): boolean {
  if (kind === 'correction' || kind === 'replacement' || !content || !replacedContent) return false
  return content.vendor === replacedContent.vendor
}

/** The services whose customers the line is about: of what comes and of what goes. */
export function servicesOf(line: Line): string[] {
  const { content, replacedContent, otherServices = [] } = line
  return [...new Set([...(content?.services ?? []), ...(replacedContent?.services ?? []), ...otherServices])]
}
