import type { Context } from '../../base/context.js'
import { calendarYear, type Period } from '../../base/day.js'
import { yearsToLookIn } from '../../questionnaires/rules/period.js'
import { listsUpToDate } from '../../register/actions.js'
import { markOfYear } from '../records.js'
import type { VendorYear } from '../rules.js'
import { reckonYear } from './gather.js'
import { presentModel } from './model.js'

type Kept = { mark: string; rows: Promise<VendorYear[]> }

/** The last years asked for, until anything they were reckoned from has changed. With 2,000 vendors that takes half a second. */
const kept = new Map<string, Kept>()
const mostKept = 4

/** Every sub-processor's year, in no order, or one vendor's alone. What comes back is shared: nobody changes it. */
export function yearOf(
  context: Pick<Context, 'today'>,
  year: number,
  of: { vendor?: string } = {},
): Promise<readonly VendorYear[]> {
  return periodOf(context, calendarYear(year), of)
}

/** The same for a year that is no calendar year, as when the audit covers 1 July to 30 June. */
export async function periodOf(
  { today }: Pick<Context, 'today'>,
  period: Period,
  of: { vendor?: string } = {},
): Promise<readonly VendorYear[]> {
  const stamp = await listsUpToDate(today)
  // The marks are taken before anything is read: what changes meanwhile is found by the next one who asks.
  const [changed, model] = await Promise.all([markOfYear(yearsToLookIn(period)), presentModel()])
  const mark = `${today} ${stamp} ${model.number} ${changed}`
  const key = `${period.from} ${period.to}`
  const known = kept.get(key)
  if (known?.mark === mark) {
    const rows = await known.rows
    return of.vendor === undefined ? rows : rows.filter(({ vendor }) => vendor.id === of.vendor)
  }
  if (of.vendor !== undefined || stamp === null) return reckonYear(today, period, stamp, model, of)
  const rows = reckonYear(today, period, stamp, model)
  kept.delete(key)
  kept.set(key, { mark, rows })
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old)
  rows.catch(() => kept.delete(key))
  return rows
}
