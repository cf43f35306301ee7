import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import type { YearFigures } from '../../src/audits/rules/figures.js'
import type { LoggedEntry, Numbers } from './book.js'
import { recompute } from './recompute.js'

/**
 * What is derived from rules about many records at once, and not said by any one move: the log has what it follows from (the register's
 * moves, the papers' and the questionnaires'), and the figure is checked where these are.
 */
const derived =
  /^supervision\.|^statements\.gap-days$|^breaches\.(?:nobody|within-agreed|shortest|longest)|^requests\.open$|^departures\.(?:with|overdue|longest)/

/** Every figure of the year comes out the same when it is counted from the log alone. */
export function sameFromTheLog(
  { period, sections }: YearFigures,
  entries: readonly LoggedEntry[],
  today: Day,
): void {
  const counted: Numbers = Object.fromEntries(
    sections.flatMap(({ figures }) => figures.map(({ key, value }) => [key, value] as const)),
  )
  const again = recompute(entries, period, today)
  const asked = Object.keys(counted).filter((key) => !derived.test(key))
  const those = (numbers: Numbers) => Object.fromEntries(asked.map((key) => [key, numbers[key]]))
  expect(those(again), `of ${period.from}`).to.deep.equal(those(counted))
  const only = Object.keys(again).filter((key) => again[key] !== 0 && !(key in counted))
  expect(only, `in the log of ${period.from} only`).to.deep.equal([])
}
