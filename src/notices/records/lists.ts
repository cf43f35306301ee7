/** What overviews read of recipients. */
import type { Day } from '../../base/day.js'
import { searchFilter } from '../../db/search.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { endStates, phaseOf, type Phase, type Recipient, type RecipientState } from '../rules/recipient.js'
import { Recipients } from './recipients.js'

export type RecipientFilter = { phase: Phase | null; q: string }

export type PhaseCounts = Partial<Record<Phase, number>>

export function pageOfRecipients(
  notice: string,
  filter: RecipientFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Recipient>> {
  return pageAfter(Recipients, conditions(notice, filter), { field: 'sortKey', direction: 1 }, cursor, size)
}

export function countRecipients(
  notice: string,
  filter: RecipientFilter,
): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Recipients, conditions(notice, filter))
}

/** How many recipients each notice has in each phase, counted one by one. Pages ask `phaseCounts`, which mostly knows. */
export async function countPhases(notices: readonly string[]): Promise<Map<string, PhaseCounts>> {
  if (notices.length === 0) return new Map()
  const rows = await Recipients.aggregate<{
    _id: { notice: string; state: RecipientState; held: boolean }
    count: number
  }>([
    { $match: { notice: { $in: [...notices] } } },
    { $group: { _id: { notice: '$notice', state: '$state', held: '$held' }, count: { $sum: 1 } } },
  ])
  const counts = new Map<string, PhaseCounts>()
  for (const { _id, count } of rows) {
    const ofNotice = counts.get(_id.notice) ?? {}
    const phase = phaseOf(_id.state, _id.held)
    ofNotice[phase] = (ofNotice[phase] ?? 0) + count
    counts.set(_id.notice, ofNotice)
  }
  return counts
}

/** Whether any customer still running has not answered what needs its approval. */
export async function awaitsApprovals(notice: string): Promise<boolean> {
  const lines = { $elemMatch: { mode: 'approval', answer: null } }
  return (await Recipients.exists({ notice, state: 'running', 'lines.mode': 'approval', lines })) !== null
}

export function countUnderway(notice: string): Promise<number> {
  return Recipients.countDocuments({ notice, state: { $nin: [...endStates] } })
}

export function countWhere(notice: string, filter: Record<string, unknown>): Promise<number> {
  return Recipients.countDocuments({ ...filter, notice })
}

export function recipientsOfCustomer(customer: string): Promise<Recipient[]> {
  return Recipients.find({ customer }).sort({ noticeReference: -1 }).limit(200).lean<Recipient[]>().exec()
}

/** How many customers may use the line by the day, do not yet, and hold nothing up. */
export function countReady(
  { _id, lines }: { _id: string; lines: readonly unknown[] },
  line: string,
  day: Day,
): Promise<number> {
  // Of a notice's only line the state says it, and states are counted in an index; of several each customer's have to be read.
  if (lines.length === 1) return countWhere(_id, { state: 'permitted', held: false })
  return countWhere(_id, {
    held: false,
    state: { $nin: [...endStates] },
    lines: { $elemMatch: { line, permittedFrom: { $ne: null, $lte: day }, inUseSince: null } },
  })
}

/** How many customers the line is in use for. */
export function countInUse(
  { _id, lines }: { _id: string; lines: readonly unknown[] },
  line: string,
): Promise<number> {
  if (lines.length === 1) return countWhere(_id, { state: 'in-use' })
  return countWhere(_id, { lines: { $elemMatch: { line, inUseSince: { $ne: null } } } })
}

/** The first such day among the recipients still running; null where none has one. */
export async function firstDayOf(
  notice: string,
  field: 'lastDay' | 'dueOn',
  filter: Record<string, unknown> = {},
): Promise<Day | null> {
  const row = await Recipients.findOne({ notice, state: 'running', [field]: { $ne: null }, ...filter })
    .sort({ [field]: 1 })
    .select({ [field]: 1 })
    .lean<Pick<Recipient, 'lastDay' | 'dueOn'>>()
  return row?.[field] ?? null
}

function conditions(notice: string, { phase, q }: RecipientFilter) {
  return {
    notice,
    ...phaseCondition(phase),
    ...searchFilter('tokens', q),
  }
}

function phaseCondition(phase: Phase | null): Record<string, unknown> {
  if (phase === null) return {}
  if (phase === 'objecting') return { held: true, state: { $nin: [...endStates] } }
  return (endStates as readonly string[]).includes(phase) ? { state: phase } : { state: phase, held: false }
}
