/** A change notice: what it says, and how far it has come. */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { EngagementContent } from '../../register/rules.js'
import type { DateRules } from './deadlines.js'
import type { Phase } from './recipient.js'

export const lineKinds = ['addition', 'replacement', 'removal'] as const
export type LineKind = (typeof lineKinds)[number]

export type Line = {
  id: string
  kind: LineKind
  /** The engagement that comes, or with a removal the one that goes. */
  engagement: string
  /** With a replacement the engagement that goes. */
  replaces: string | null
  /** As the register had them when the notice was issued; null in a draft, which reads the register. */
  content: EngagementContent | null
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
  withdrawal: { on: Day; because: Bilingual; finished: boolean } | null
  settledOn: Day | null
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
  return line.kind === 'removal' ? null : line.content
}

/** What goes with the line; null where nothing goes. */
export function goes(line: Line): EngagementContent | null {
  switch (line.kind) {
    case 'addition':
      return null
    case 'replacement':
      return line.replacedContent
    case 'removal':
      return line.content
  }
}

/** The engagement that goes with the line, by id; null where nothing goes. */
export function engagementThatGoes(line: Line): string | null {
  return line.kind === 'removal' ? line.engagement : line.replaces
}

/** The services whose customers the line is about: of what comes and of what goes. */
export function servicesOf(line: Line): string[] {
  return [...new Set([...(line.content?.services ?? []), ...(line.replacedContent?.services ?? [])])]
}
