import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { keepsBack, type Blocker, type Tick } from './blockers.js'
import { isContinued, type Line, type Notice, type Sender } from './notice.js'
import type { RecipientState } from './recipient.js'

export type Issue = {
  now: Date
  today: Day
  by: string
  sender: Sender
  blockers: readonly Blocker[]
  ticks: readonly Tick[]
}

/**
 * Freezes what the notice says. `notice.lines` carry their contents, which from now on no change in the register touches.
 * Throws `Refused`: 'notice-not-draft', 'notice-blocked'.
 */
export function issue(notice: Notice, { now, today, by, sender, blockers, ticks }: Issue): Partial<Notice> {
  if (notice.state !== 'draft') throw new Refused('notice-not-draft', { reference: notice.reference })
  const kept = keepsBack(blockers, ticks)
  if (kept.length > 0)
    throw new Refused('notice-blocked', { reference: notice.reference, count: kept.length })
  return {
    state: 'issuing',
    issuedAt: now,
    issuedOn: today,
    issuedBy: by,
    sender,
    lines: notice.lines,
    otherChannel: ticks.includes('otherChannel'),
  }
}

/** Throws `Refused`: 'notice-not-issued', 'notice-in-use'. */
export function withdraw(notice: Notice, because: Bilingual, today: Day): Partial<Notice> {
  if (notice.state === 'issuing') throw new Refused('notice-being-issued', { reference: notice.reference })
  if (notice.state !== 'issued') throw new Refused('notice-not-issued', { reference: notice.reference })
  // What is in use can be stopped, which is a removal with a notice of its own; it cannot be made not to have been.
  if (notice.lines.some(({ inUseSince, deletedOn }) => inUseSince !== null || deletedOn !== null))
    throw new Refused('notice-in-use', { reference: notice.reference })
  return { state: 'withdrawn', withdrawal: { on: today, because, finished: false } }
}

/** Recipients a withdrawal reaches: all who were to be told, and for whom nothing else has ended it. */
export const withdrawable: readonly RecipientState[] = [
  'queued',
  'running',
  'undelivered',
  'told',
  'permitted',
]

/** A notice has settled when every recipient is at an end, and what was to go is gone. */
export function hasSettled(notice: Pick<Notice, 'state' | 'lines'>, underway: number): boolean {
  return notice.state === 'issued' && underway === 0 && notice.lines.every((line) => !awaitsDeletion(line))
}

/**
 * What goes stays listed until staff confirms its deletion: clause 11.1 asks for deletion and confirmation, and until then
 * it holds the customers' data. A replaced one can go once its successor is in use.
 */
export function awaitsDeletion(line: Line): boolean {
  if (line.deletedOn !== null) return false
  if (line.kind === 'removal') return true
  return line.replaces !== null && !isContinued(line) && line.inUseSince !== null
}

/** Links stay open at least 90 days after the end; the end is not known at issue, so this is generous and extended at it. */
export const linkDaysAfterStart = 365
export const linkDaysAfterEnd = 90

/** How many customers a page answers for within a few seconds; larger notices go on by the timers. */
export const customersAtOnce = 500
