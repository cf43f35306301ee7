/** Breaches, requests and the end of services, counted anew from their moves in the log. */
import { addDays, daysBetween, earlierOf, type Day } from '../../src/base/day.js'
import { add, dayIn, last, rowOf, within, type Book, type LoggedEntry } from './book.js'
import type { Numbers, Period, Rows } from './book.js'

type Counted = { numbers: Numbers; rows: Rows }

export function recomputeCases(log: Book, period: Period, today: Day): Counted {
  const found = breaches(log, period)
  return {
    numbers: { ...found.numbers, ...requests(log, period), ...departures(log, period, today) },
    rows: found.rows,
  }
}

const instant = (value: unknown) => new Date(value as string).getTime()

/** By the day we knew, with the minutes until each customer was told (10.2). Hours count only where we are the processor. */
function breaches(log: Book, period: Period): Counted {
  const names = [
    'count',
    'open',
    'nobody-affected',
    'customers',
    'told',
    'owed',
    'within-24',
    'within-agreed',
  ]
  const numbers: Numbers = Object.fromEntries(names.map((name) => [`breaches.${name}`, 0]))
  const hours: number[] = []
  const rows: string[] = []
  for (const [id, entries] of log.of('breach')) {
    const entered = entries.find(({ event }) => event === 'breach.entered')
    const times = last(entries, 'breach.entered', 'breach.times-corrected')
    const ended = last(entries, 'breach.closed', 'breach.no-breach', 'breach.reopened')
    if (!entered || !within(times?.facts['awareOn'], period)) continue
    if (ended?.event === 'breach.no-breach') continue
    const aware = (times?.facts['after'] ?? times?.facts) as { awareAt: unknown }
    const role = last(entries, 'breach.entered', 'breach.assessed')?.facts['role']
    const parts = [...log.of('breach-customer')].filter(([of]) => of.startsWith(`${id}/`))
    const own = { customers: 0, told: 0 }
    const minutes: number[] = []
    for (const [, moves] of parts) {
      const told = toldOf(moves, instant(aware.awareAt))
      if (!told) continue
      own.customers += 1
      if (role === 'processor') add(numbers, 'breaches.owed')
      if (told.minutes === null) continue
      own.told += 1
      minutes.push(told.minutes)
      if (role !== 'processor') continue
      if (told.within24) add(numbers, 'breaches.within-24')
      if (told.withinAgreed) add(numbers, 'breaches.within-agreed')
    }
    add(numbers, 'breaches.count')
    if (ended?.event !== 'breach.closed') add(numbers, 'breaches.open')
    const nobody = last(entries, 'breach.nobody-affected', 'breach.somebody-affected')
    if (nobody?.event === 'breach.nobody-affected' && own.customers === 0)
      add(numbers, 'breaches.nobody-affected')
    add(numbers, 'breaches.customers', own.customers)
    add(numbers, 'breaches.told', own.told)
    if (role === 'processor') hours.push(...minutes)
    const longest = minutes.length > 0 ? inHours(Math.max(...minutes)) : null
    rows.push(rowOf(entered.facts['reference'] as string, { ...own, hours: longest }))
  }
  if (hours.length > 0) {
    numbers['breaches.shortest'] = inHours(Math.min(...hours))
    numbers['breaches.longest'] = inHours(Math.max(...hours))
  }
  return { numbers, rows: { 'breaches.list': rows } }
}

const inHours = (minutes: number) => Math.round(minutes / 6) / 10

/** Null for whoever is not in the breach; `minutes` null while it is not told, or not told any more: its mail came back. */
function toldOf(
  moves: readonly LoggedEntry[],
  awareAt: number,
): { minutes: number | null; within24: boolean; withinAgreed: boolean } | null {
  const standing = ['found', 'added', 'not-proposed', 'left-out'].map((name) => `breach-customer.${name}`)
  const stands = last(moves, ...standing)?.event ?? ''
  if (stands.endsWith('left-out') || stands.endsWith('not-proposed')) return null
  const said = (name: string) => moves.findLast(({ facts }) => name in facts)?.facts[name] ?? null
  const [toldAt, until, foundAt] = ['toldAt', 'until', 'foundAt'].map(said)
  if (!toldAt) return { minutes: null, within24: false, withinAgreed: false }
  const from = foundAt ? Math.max(awareAt, instant(foundAt)) : awareAt
  return {
    minutes: Math.floor((instant(toldAt) - from) / 60_000),
    within24: instant(toldAt) <= from + 24 * 3_600_000,
    withinAgreed: until !== null && instant(toldAt) <= instant(until),
  }
}

/** By the day they came or were begun. */
function requests(log: Book, period: Period): Numbers {
  const names = ['received', 'begun', 'all', 'answered', 'in-time', 'late', 'declined', 'withdrawn', 'open']
  const found: Numbers = Object.fromEntries(names.map((name) => [`requests.${name}`, 0]))
  for (const entries of log.of('request').values()) {
    const first = entries.find(({ event }) => event === 'request.received' || event === 'request.begun')
    if (!within(first?.facts['receivedOn'], period)) continue
    add(found, 'requests.all')
    add(found, first?.event === 'request.begun' ? 'requests.begun' : 'requests.received')
    const answered = last(entries, 'request.answered', 'request.told')
    if (answered) {
      add(found, 'requests.answered')
      add(found, answered.facts['late'] ? 'requests.late' : 'requests.in-time')
    }
    const ended = ['declined', 'withdrawn'].filter((name) => last(entries, `request.${name}`))
    for (const name of ended) add(found, `requests.${name}`)
    if (!answered && ended.length === 0) add(found, 'requests.open')
  }
  return found
}

type Point = { dueOn: Day; settled: boolean; kept: boolean; keepsNow: boolean }

/** Endings by the day the service ended, the end of all deletion by its own (11). */
function departures(log: Book, period: Period, today: Day): Numbers {
  const names = ['ended', 'confirmed', 'with-exceptions', 'overdue', 'called-off']
  const found: Numbers = Object.fromEntries(names.map((name) => [`departures.${name}`, 0]))
  const end = earlierOf(period.to, today)
  for (const entries of log.of('departure').values()) {
    const opened = entries.find(({ event }) => event === 'departure.opened')
    if (!opened) continue
    if (!opened.facts['due']) log.lacks(opened)
    const endedOn = opened.facts['endedOn'] as Day
    const off = last(entries, 'departure.called-off')
    const closed = last(entries, 'departure.closed')
    const { points, confirmedOn } = pointsOf(opened, entries)
    if (within(endedOn, period) && !off) {
      add(found, 'departures.ended')
      if (points.some(({ kept }) => kept)) add(found, 'departures.with-exceptions')
    }
    if (off && within(dayIn(off), period)) add(found, 'departures.called-off')
    if (within(confirmedOn, period)) {
      add(found, 'departures.confirmed')
      const days = daysBetween(endedOn, confirmedOn!)
      found['departures.longest'] = Math.max(found['departures.longest'] ?? 0, days)
    }
    const late = points.some(({ settled, dueOn }) => !settled && dueOn < end)
    if (!off && !closed && endedOn <= end && late) add(found, 'departures.overdue')
  }
  return found
}

function pointsOf(
  opened: LoggedEntry,
  entries: readonly LoggedEntry[],
): { points: Point[]; confirmedOn: Day | null } {
  const due = (opened.facts['due'] ?? {}) as Record<string, Day>
  const points = new Map(
    Object.entries(due).map(([id, dueOn]): [string, Point] => [
      id,
      { dueOn, settled: false, kept: false, keepsNow: false },
    ]),
  )
  const out = new Set<string>()
  let confirmedOn: Day | null = null
  for (const entry of entries) {
    const { event, facts } = entry
    const ids = Array.isArray(facts['points']) ? (facts['points'] as string[]) : []
    const change = changes[event]
    if (!change) continue
    for (const id of ids) {
      const point = points.get(id)
      if (!point) continue
      change(point, facts)
      if (event === 'departure.left-out') out.add(id)
      else out.delete(id)
    }
    const counted = [...points].filter(([id]) => !out.has(id))
    const whole = counted.every(([, { settled, keepsNow }]) => settled && !keepsNow)
    confirmedOn = whole ? (confirmedOn ?? dayIn(entry)) : null
  }
  return { points: [...points.values()], confirmedOn }
}

/** What each event makes of a point it names. */
const changes: Record<string, (point: Point, facts: Record<string, unknown>) => void> = {
  'departure.answered': (point, { until }) => {
    point.settled = false
    point.keepsNow = until !== null
    if (until !== null) point.kept = true
  },
  'departure.accepted': (point) => (point.settled = true),
  'departure.settled-by-notice': (point) => Object.assign(point, { settled: true, keepsNow: false }),
  'departure.sent-back': (point) => Object.assign(point, { settled: false, keepsNow: false }),
  'departure.left-out': (point) => Object.assign(point, { settled: true, keepsNow: false }),
  'departure.taken-up-again': (point) => (point.settled = false),
  'departure.day-changed': (point, { dueOn }) => (point.dueOn = dueOn as Day),
  'departure.retention-ended': (point, { on, dueOn }) =>
    Object.assign(point, {
      settled: false,
      keepsNow: false,
      // Entries from before it was said: so many days were always given.
      dueOn: (dueOn as Day | undefined) ?? addDays(on as Day, 14),
    }),
}
