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
  within,
  type Book,
  type LoggedEntry,
  type Numbers,
  type Period,
} from './book.js'
import { linesOf, recomputeLists } from './recompute-lists.js'
import { recomputeMore } from './recompute-more.js'

/** `today`: the day the figures were counted. Only what was logged by then may be given. */
export function recompute(entries: readonly LoggedEntry[], period: Period, today: Day): Numbers {
  const log = bookOf(entries)
  return {
    ...recomputeLists(log, period, today),
    ...notices(log, period),
    ...objections(log, period),
    ...unpermitted(log, period),
    ...findings(log, period, today),
    ...recomputeMore(log, period, today),
  }
}

type Received = { acceptedAt: Date | null; dayZero: Day | null; earliestUse: Day | null }

/** 7.3, B.2: each customer's part from the moves of its own, of notices issued in the period. */
function notices(log: Book, period: Period): Numbers {
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
  for (const [id, entries] of log.of('recipient')) {
    if (!issued.has(id.split('/')[0] ?? '')) continue
    const part = partOf(entries)
    add(found, 'notices.customers')
    for (const name of part.in) add(found, `notices.${name}`)
    if (part.days !== null)
      found['notices.shortest'] = Math.min(found['notices.shortest'] ?? Infinity, part.days)
  }
  return found
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

function unpermitted(log: Book, period: Period): Numbers {
  const found: Numbers = {
    'unpermitted-use.cases': 0,
    'unpermitted-use.open': 0,
    'unpermitted-use.customers': 0,
    'unpermitted-use.told': 0,
  }
  const cases = new Set<string>()
  for (const [id, entries] of log.of('unpermitted-use')) {
    if (!within(entries[0]?.facts['discoveredOn'], period)) continue
    cases.add(id)
    add(found, 'unpermitted-use.cases')
    if (!last(entries, 'unpermitted-use.closed')) add(found, 'unpermitted-use.open')
  }
  for (const [id, entries] of log.of('unpermitted-customer')) {
    if (!cases.has(id.split('/')[0] ?? '')) continue
    const standing = last(
      entries,
      'unpermitted-customer.found',
      'unpermitted-customer.added',
      'unpermitted-customer.left-out',
    )
    if (standing?.event === 'unpermitted-customer.left-out') continue
    add(found, 'unpermitted-use.customers')
    if (last(entries, 'unpermitted-customer.told', 'unpermitted-customer.told-otherwise'))
      add(found, 'unpermitted-use.told')
  }
  return found
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
