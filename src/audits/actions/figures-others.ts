import { dayOf } from '../../base/day.js'
import { breachesInPeriod } from '../../breaches/actions.js'
import { departuresInPeriod } from '../../departures/actions.js'
import { instructionsInPeriod } from '../../instructions/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { requestsInPeriod } from '../../requests/actions.js'
import type { Drawn, DrawnSection, Item } from '../rules/figures-made.js'
import type { Part } from './figures-part.js'

/** Instructions customers gave in the period (4, C.6), and those we found to look unlawful (4.2). */
export const instructionFigures: Part = async (_context, period) => {
  const { given, withdrawn, replaced, doubted } = await instructionsInPeriod(period)
  const section: DrawnSection = {
    key: 'instructions',
    figures: [
      { key: 'instructions.given', items: named('/instructions', given) },
      { key: 'instructions.replaced', items: named('/instructions', replaced) },
      { key: 'instructions.withdrawn', items: named('/instructions', withdrawn) },
      { key: 'instructions.doubted', items: named('/instructions', doubted) },
    ],
    tables: [],
  }
  return section
}

/** Breaches we became aware of in the period, and the hours until each customer was told (10). */
export const breachFigures: Part = async (_context, period) => {
  const found = await breachesInPeriod(period)
  const items = (holds: (each: (typeof found.breaches)[number]) => boolean) =>
    named(
      '/breaches',
      found.breaches.filter(holds).map(({ reference }) => reference),
    )
  const all = items(() => true)
  const owing = items(({ affected, role }) => affected > 0 && role === 'processor')
  const hours = (key: string, minutes: number | null): Drawn[] =>
    minutes === null ? [] : [{ key, value: inHours(minutes), unit: 'hours', items: owing }]
  const section: DrawnSection = {
    key: 'breaches',
    figures: [
      { key: 'breaches.count', items: all },
      {
        key: 'breaches.open',
        of: found.count,
        items: items(({ open }) => open),
      },
      {
        key: 'breaches.nobody-affected',
        of: found.count,
        items: items(({ nobody }) => nobody),
      },
      { key: 'breaches.customers', value: found.affected, items: items(({ affected }) => affected > 0) },
      {
        key: 'breaches.told',
        value: found.told,
        of: found.affected,
        items: items(({ told }) => told > 0),
      },
      { key: 'breaches.within-24', value: found.within24, of: found.owed, items: owing },
      { key: 'breaches.within-agreed', value: found.withinAgreed, of: found.owed, items: owing },
      ...hours('breaches.shortest', found.shortest),
      ...hours('breaches.longest', found.longest),
    ],
    tables: [
      {
        key: 'breaches.list',
        columns: ['aware', 'customers', 'told', 'hours'],
        rows: found.breaches.map(({ reference, awareAt, affected, told, longest }) => ({
          reference,
          evidence: `/breaches/${reference}`,
          cells: [dayOf(awareAt, zone), affected, told, longest === null ? null : inHours(longest)],
        })),
      },
    ],
  }
  return section
}

/** What customers asked of us in the period, and what we had to tell them (7.5, 9, 12 …). */
export const requestFigures: Part = async (_context, period) => {
  const found = await requestsInPeriod(period)
  const items = (references: readonly string[]) => named('/requests', references)
  const all = found.received.length + found.begun.length
  const section: DrawnSection = {
    key: 'requests',
    figures: [
      { key: 'requests.received', items: items(found.received) },
      { key: 'requests.begun', items: items(found.begun) },
      { key: 'requests.answered', items: items(found.answered), of: all },
      { key: 'requests.in-time', items: items(found.inTime), of: found.answered.length },
      { key: 'requests.late', items: items(found.late), of: found.answered.length },
      { key: 'requests.declined', items: items(found.declined), of: all },
      { key: 'requests.withdrawn', items: items(found.withdrawn), of: all },
      { key: 'requests.open', items: items(found.open), of: all },
    ],
    tables: [],
  }
  return section
}

/** Services that ended in the period: what was deleted or returned, and confirmed (11, C.4). */
export const departureFigures: Part = async (context, period) => {
  const found = await departuresInPeriod(context, period)
  const items = (references: readonly string[]) => named('/departures', references)
  const ended = Object.values(found.opened).flat()
  const section: DrawnSection = {
    key: 'departures',
    figures: [
      { key: 'departures.ended', items: items(ended) },
      { key: 'departures.confirmed', items: items(found.confirmed) },
      { key: 'departures.with-exceptions', items: items(found.withExceptions), of: ended.length },
      { key: 'departures.overdue', items: items(found.overdue) },
      { key: 'departures.called-off', items: items(found.calledOff) },
      ...(found.longestDays === null
        ? []
        : [
            {
              key: 'departures.longest',
              value: found.longestDays,
              unit: 'days' as const,
              items: items(found.confirmed),
            },
          ]),
    ],
    tables: [],
  }
  return section
}

const zone = danishDateRules.zone

/** With one decimal: the clock is one of hours. */
function inHours(minutes: number): number {
  return Math.round(minutes / 6) / 10
}

function named(below: string, references: readonly string[]): Item[] {
  return references.map((reference) => ({ reference, url: `${below}/${reference}`, log: null, on: null }))
}
