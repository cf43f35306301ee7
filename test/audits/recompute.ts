/**
 * The year's figures counted anew from the audit log alone: what each move said when it was made. It shares no query with
 * `src/audits`, so that a figure that comes out the same stands on two legs.
 */
import { earlierOf, type Day } from '../../src/base/day.js'
import {
  add,
  bookOf,
  dayIn,
  last,
  rowOf,
  within,
  type Book,
  type LoggedEntry,
  type Numbers,
  type Period,
  type Rows,
} from './book.js'
import { linesOf } from './log-lists.js'
import { recomputeCases } from './recompute-cases.js'
import { recomputeLists } from './recompute-lists.js'
import { recomputeMore } from './recompute-more.js'
import { merge, recomputeSupervision } from './recompute-supervision.js'

/** `today`: the day the figures were counted. Only what was logged by then may be given. */
export function recompute(
  entries: readonly LoggedEntry[],
  period: Period,
  today: Day,
): { numbers: Numbers; rows: Rows; lacking: readonly string[] } {
  const log = bookOf(entries)
  const counted = merge(
    recomputeLists(log, period, today),
    notices(log, period),
    unpermitted(log, period),
    recomputeSupervision(log, period, today),
    recomputeCases(log, period, today),
    {
      numbers: {
        ...objections(log, period),
        ...findings(log, period, today),
        ...recomputeMore(log, period, today),
      },
      rows: {},
    },
  )
  return { ...counted, lacking: [...log.lacking] }
}

type Received = { acceptedAt: Date | null; dayZero: Day | null; earliestUse: Day | null }

/** 7.3, B.2: each customer's part from the moves of its own, of notices issued in the period. */
function notices(log: Book, period: Period): { numbers: Numbers; rows: Rows } {
  const issued = new Map<string, LoggedEntry[]>()
  for (const [id, entries] of log.of('notice'))
    if (within(last(entries, 'notice.issued')?.facts['issuedOn'], period)) issued.set(id, entries)
  const found: Numbers = {
    'notices.issued': issued.size,
    'notices.withdrawn': [...issued.values()].filter((entries) => last(entries, 'notice.withdrawn')).length,
  }
  for (const entries of issued.values())
    for (const { kind } of linesOf(entries)) add(found, `notices.line-${kind}`)
  const names = [
    'customers',
    'told',
    'untold',
    'permitted',
    'kept',
    'consent',
    'short',
    'bounced',
    'put-right',
  ]
  for (const name of names) found[`notices.${name}`] = 0
  const own = new Map([...issued.keys()].map((id): [string, Numbers] => [id, {}]))
  for (const [id, entries] of log.of('recipient')) {
    const counted = own.get(id.split('/')[0] ?? '')
    if (!counted) continue
    const part = partOf(entries)
    for (const name of ['customers', ...part.in]) {
      add(counted, name)
      add(found, `notices.${name}`)
    }
    if (part.days === null) continue
    counted['shortest'] = Math.min(counted['shortest'] ?? Infinity, part.days)
    found['notices.shortest'] = Math.min(found['notices.shortest'] ?? Infinity, part.days)
  }
  const rows = [...own].map(([id, counted]) => {
    const { customers = 0, told = 0, kept = 0, permitted = 0, shortest } = counted
    const reference = log
      .of('notice')
      .get(id)!
      .find(({ facts }) => facts['reference'])!.facts['reference']
    return rowOf(reference as string, { customers, told, kept, permitted, shortest })
  })
  return { numbers: found, rows: { 'notices.list': rows } }
}

function partOf(entries: readonly LoggedEntry[]): { in: string[]; days: number | null } {
  const received = entries.findLast(({ facts }) => facts['received'])?.facts['received'] as
    Received | undefined
  const permissions = entries.filter(({ event }) => event === 'recipient.permitted')
  const early = permissions.filter(({ facts, at }) => {
    // As it was reckoned when the permission was given.
    const then = entries.findLast((each) => each.facts['received'] && each.at <= at)
    const use = (then?.facts['received'] as Received | undefined)?.earliestUse ?? null
    return use === null || (facts['from'] as Day) < use
  })
  const waived = early.every(({ facts }) =>
    (facts['lines'] as string[]).every((line) => ((facts['waived'] ?? []) as string[]).includes(line)),
  )
  const told = received?.acceptedAt !== undefined && received.acceptedAt !== null
  const bounced = entries.some(({ event }) =>
    ['recipient.next-contact-tried', 'recipient.not-delivered'].includes(event),
  )
  const state = entries.findLast(({ facts }) => facts['after'])?.facts['after'] as
    { state: string } | undefined
  const kept = permissions.length > 0 && early.length === 0
  const first = permissions.map(({ facts }) => facts['from'] as Day).toSorted()[0]
  const names: [string, boolean][] = [
    ['told', told],
    ['untold', !told && !['withdrawn', 'left', 'exempted'].includes(state?.state ?? '')],
    ['permitted', permissions.length > 0],
    ['kept', kept],
    ['consent', early.length > 0 && waived],
    ['short', early.length > 0 && !waived],
    ['bounced', bounced],
    ['put-right', bounced && told],
  ]
  return {
    in: names.filter(([, holds]) => holds).map(([name]) => name),
    days: kept && first && received?.dayZero ? daysFrom(received.dayZero, first) - 1 : null,
  }
}

function objections(log: Book, period: Period): Numbers {
  const found: Numbers = { 'objections.received': 0, 'objections.late': 0, 'objections.open': 0 }
  for (const entries of log.of('objection').values()) {
    const raised = entries.find(({ event }) => event === 'objection.raised')
    if (!raised || !within(raised.facts['receivedOn'], period)) continue
    add(found, 'objections.received')
    if (raised.facts['timely'] === false) add(found, 'objections.late')
    const settled = last(entries, 'objection.settled')
    const turned = last(entries, 'objection.settled', 'objection.released')
    const open = turned?.event === 'objection.released' ? false : (turned?.facts['blocking'] ?? true)
    if (open) add(found, 'objections.open')
    if (settled) add(found, `objections.${settled.facts['outcome'] as string}`)
  }
  return found
}

function unpermitted(log: Book, period: Period): { numbers: Numbers; rows: Rows } {
  const found: Numbers = {
    'unpermitted-use.cases': 0,
    'unpermitted-use.open': 0,
    'unpermitted-use.customers': 0,
    'unpermitted-use.told': 0,
  }
  const cases = new Map<string, { reference: string; customers: number; told: number }>()
  for (const [id, entries] of log.of('unpermitted-use')) {
    if (!within(entries[0]?.facts['discoveredOn'], period)) continue
    cases.set(id, { reference: entries[0]!.facts['reference'] as string, customers: 0, told: 0 })
    add(found, 'unpermitted-use.cases')
    if (!last(entries, 'unpermitted-use.closed')) add(found, 'unpermitted-use.open')
  }
  for (const [id, entries] of log.of('unpermitted-customer')) {
    const counted = cases.get(id.split('/')[0] ?? '')
    if (!counted) continue
    const standing = last(
      entries,
      'unpermitted-customer.found',
      'unpermitted-customer.added',
      'unpermitted-customer.left-out',
    )
    if (standing?.event === 'unpermitted-customer.left-out') continue
    add(found, 'unpermitted-use.customers')
    counted.customers += 1
    if (!last(entries, 'unpermitted-customer.told', 'unpermitted-customer.told-otherwise')) continue
    add(found, 'unpermitted-use.told')
    counted.told += 1
  }
  const rows = [...cases.values()].map(({ reference, ...counted }) => rowOf(reference, counted))
  return { numbers: found, rows: { 'unpermitted-use.list': rows } }
}

function findings(log: Book, { from, to }: Period, today: Day): Numbers {
  const end = earlierOf(to, today)
  const found: Numbers = {
    'findings.opened': 0,
    'findings.closed': 0,
    'findings.accepted': 0,
    'findings.open': 0,
    'findings.overdue': 0,
  }
  for (const entries of log.of('finding').values()) {
    const opened = entries.find(({ event }) => event === 'finding.opened')
    if (!opened || dayIn(opened) > end) continue
    if (dayIn(opened) >= from) add(found, 'findings.opened')
    const by = entries.filter((entry) => dayIn(entry) <= end)
    const turned = last(by, 'finding.closed', 'finding.accepted', 'finding.reopened')
    const ended = turned && turned.event !== 'finding.reopened' ? turned : null
    if (ended) {
      if (dayIn(ended) >= from) add(found, ended.event.replace('finding.', 'findings.'))
      continue
    }
    add(found, 'findings.open')
    const moved = entries.findLast(({ facts }) => (facts['after'] as { dueOn?: Day } | undefined)?.dueOn)
    const dueOn = (moved?.facts['after'] as { dueOn: Day } | undefined)?.dueOn ?? opened.facts['dueOn']
    if ((dueOn as Day) < end) add(found, 'findings.overdue')
  }
  return found
}

const daysFrom = (from: Day, to: Day) => (Date.parse(to) - Date.parse(from)) / 86_400_000
