import type { Day } from '../../base/day.js'
import { listThenAndNow, wasLateOn } from '../records.js'
import { correctedAfter, differencesBetween, type Difference, type ListRow } from '../rules.js'
import { listFor, rowsFor, vendorsAbove, type Whose } from './differences.js'

export type PastList = {
  rows: ListRow[]
  /** Shown as it was known on that day, and not as it is known now. */
  asThen: boolean
  /** What was known on that day was, or may have been, another list than is known now. */
  differs: boolean
  /** From the list of then to that of now, where it is one customer's; without those below. */
  differences: Difference[]
  /** How many rows were not known then only because they were entered later, as a list accepted before there was a register. */
  entered: number
  vendors: ReadonlyMap<string, string>
}

/** A list on a day, with whether the same list was shown on that day itself. */
export async function pastList(whose: Whose, on: Day, today: Day, asThen: boolean): Promise<PastList> {
  const nothing = {
    asThen: false,
    differs: false,
    differences: [],
    entered: 0,
    vendors: new Map<string, string>(),
  }
  if (on >= today) return { ...nothing, rows: await listFor(whose, on) }
  if (whose.customer !== undefined) {
    const both = await listThenAndNow(whose.customer, on)
    const [now, before] = [both.now, both.before].map((rows) =>
      rowsFor(whose.service, rows).map((row) => correctedAfter(row, on)),
    ) as [ListRow[], ListRow[]]
    const differences = differencesBetween(before, now)
    if (differences.length === 0) return { ...nothing, rows: now }
    const vendors = await vendorsAbove([...before, ...now], on)
    const later = new Set(
      now
        .filter((row) => row.enteredOn !== null && row.corrections.length === 0)
        .map((row) => row.engagement),
    )
    const isLater = (each: Difference) => each.kind === 'came' && later.has(each.row.engagement)
    return {
      rows: asThen ? before : now,
      asThen,
      differs: true,
      differences: differences.filter((each) => !isLater(each)),
      entered: differences.filter(isLater).length,
      vendors,
    }
  }
  const late = await wasLateOn(on)
  const rows = await listFor(whose, on, asThen ? on : undefined)
  const differs =
    asThen || late || rows.some(({ corrections }) => corrections.some((each) => each.recordedOn > on))
  return { ...nothing, rows, asThen, differs }
}
