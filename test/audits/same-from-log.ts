import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import type { Figure, FigureTable, YearFigures } from '../../src/audits/rules/figures.js'
import { rowOf, type LoggedEntry, type Numbers } from './book.js'
import { recompute } from './recompute.js'

/** "n of n": which number each is out of. A figure that says so and does not stand here has not been recomputed. */
const outOf: Record<string, readonly string[]> = {
  'unpermitted-use.cases': ['unpermitted-use.open'],
  'unpermitted-use.customers': ['unpermitted-use.told'],
  'notices.customers': ['told', 'untold', 'permitted', 'bounced'].map((name) => `notices.${name}`),
  'notices.permitted': ['kept', 'consent', 'short'].map((name) => `notices.${name}`),
  'notices.bounced': ['notices.put-right'],
  'objections.received': [
    'late',
    'open',
    'withdrawn-by-customer',
    'remedied',
    'customer-exempted',
    'change-dropped',
    'termination-offered',
    'agreement-ended',
  ].map((name) => `objections.${name}`),
  'transfers.end': ['transfers.lawful', 'transfers.instructed'],
  'transfers.asking': ['transfers.assessed'],
  ...Object.fromEntries(
    ['questionnaire', 'statement', 'follow-up', 'data-centre'].map((kind) => [
      `supervision.${kind}-owed`,
      ['done', 'overdue', 'weaker'].map((what) => `supervision.${kind}-${what}`),
    ]),
  ),
  'statements.read': ['accepted', 'follow-up', 'rejected', 'qualified'].map((name) => `statements.${name}`),
  'questionnaires.asked': ['answered', 'concluded', 'from-public'].map((name) => `questionnaires.${name}`),
  'findings.open': ['findings.overdue'],
  'breaches.count': ['breaches.open', 'breaches.nobody-affected'],
  'breaches.customers': ['breaches.told'],
  'breaches.owed': ['breaches.within-24', 'breaches.within-agreed'],
  'requests.all': ['answered', 'declined', 'withdrawn', 'open'].map((name) => `requests.${name}`),
  'requests.answered': ['requests.in-time', 'requests.late'],
  'departures.ended': ['departures.with-exceptions'],
}

/** Of a gap no entry says the company's name: it is told by its kind and days. */
const aboutOf: Record<string, (row: FigureTable['rows'][number]) => string> = {
  'statements.gaps': ({ cells }) => cells.slice(1, 4).join(' '),
}

/**
 * Every number the declaration prints of the year, of its tables too, comes out the same when it is counted from the log alone; one
 * that nothing here counts again fails.
 */
export function sameFromTheLog(
  { period, sections }: Pick<YearFigures, 'period' | 'sections'>,
  entries: readonly LoggedEntry[],
  today: Day,
): void {
  const again = recompute(entries, period, today)
  const about = `of ${period.from} to ${period.to}`
  expect(again.lacking, `entries that do not say what is counted from them, ${about}`).to.deep.equal([])
  const figures = sections.flatMap((section) => section.figures)
  expect(figuresOf(figures, again.numbers), about).to.deep.equal(printed(figures))
  const known = new Set([...figures.map(({ key }) => key), ...Object.keys(outOf)])
  const only = Object.keys(again.numbers).filter((key) => again.numbers[key] !== 0 && !known.has(key))
  expect(
    only.filter((key) => !isNoughtOfNone(key, again.numbers)),
    `in the log only, ${about}`,
  ).to.deep.equal([])
  for (const table of sections.flatMap((section) => section.tables)) {
    const rows = rowsOf(table)
    const counted = again.rows[table.key] ?? []
    if (rows.length > 0)
      expect(again.rows, `numbers nothing counts again: ${table.key}`).to.have.property(table.key)
    expect(counted.toSorted(), `${table.key} ${about}`).to.deep.equal(rows.toSorted())
  }
}

type Printed = Record<string, { value: number | undefined; of: number | null | undefined }>

function printed(figures: readonly Figure[]): Printed {
  return Object.fromEntries(figures.map(({ key, value, of }) => [key, { value, of }]))
}

/** The same figures as the log gives them; what it does not give is undefined, and nobody's number. */
function figuresOf(figures: readonly Figure[], numbers: Numbers): Printed {
  const base = new Map(Object.entries(outOf).flatMap(([of, keys]) => keys.map((key) => [key, of] as const)))
  return Object.fromEntries(
    figures.map(({ key }) => {
      const of = base.get(key)
      return [key, { value: numbers[key], of: of === undefined ? null : numbers[of] }]
    }),
  )
}

/** Shown only where there is something to show. */
function isNoughtOfNone(key: string, numbers: Numbers): boolean {
  const of = Object.entries(outOf).find(([, keys]) => keys.includes(key))?.[0]
  return of !== undefined && numbers[of] === 0
}

/** Rows with a number in them, as the log is asked for them. */
function rowsOf({ key, columns, rows }: FigureTable): string[] {
  return rows.flatMap((row) => {
    const numbers = Object.fromEntries(columns.map((name, place) => [name, row.cells[place]])) as Record<
      string,
      number
    >
    if (!Object.values(numbers).some((cell) => typeof cell === 'number')) return []
    return [rowOf(aboutOf[key]?.(row) ?? row.reference, numbers)]
  })
}
