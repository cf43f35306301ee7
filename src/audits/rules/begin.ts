/** A new year's audit: begins from the last one's words and plan, with nothing carried over as done. */
import { addDays, addMonths, calendarYear, yearOfPeriod, type Period } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { Audit, Test } from './audit.js'
import type { ControlSet } from './controls.js'

export type Beginning = { year: number; period: Period; lead: string }

export type Last = { audit: Audit; tests: readonly Test[] }

export function referenceOf(year: number, edition = 1): string {
  return edition === 1 ? `AU-${year}` : `AU-${year}-${edition}`
}

/** The year that is to be audited by default: the calendar year (DPA C.7: once a year). */
export const yearOf = calendarYear

/** The same, but where the last audit covered another year, such as 1 July to 30 June: then the twelve months after it. */
export function proposedPeriod(year: number, last: Pick<Audit, 'year' | 'period'> | null): Period {
  if (last?.year !== year - 1 || yearOfPeriod(last.period) !== null) return yearOf(year)
  const from = addDays(last.period.to, 1)
  return { from, to: addDays(addMonths(from, 12), -1) }
}

export function newAudit(
  { year, period, lead }: Beginning,
  { id, version }: Pick<ControlSet, 'id' | 'version'>,
  last: Last | null,
): Omit<Audit, '_id' | keyof Moved> {
  const nothing = { da: '', en: '' }
  return {
    reference: referenceOf(year),
    year,
    edition: 1,
    replaces: null,
    period,
    controlSet: { id, version },
    state: 'open',
    lead,
    scope: last?.audit.scope ?? nothing,
    plan: last?.audit.plan ?? '',
    // What was said of independence, risks and the result was said of another year.
    independence: null,
    risks: [],
    threats: [],
    incidents: [],
    changesSinceLast: nothing,
    conclusion: nothing,
    review: null,
    frozen: null,
    signatures: [],
    signedCopy: null,
    sample: false,
  }
}

/** One for each control; `staff`: who may test today, so that nobody who has left is put to work. */
export function newTests(
  audit: string,
  { controls }: Pick<ControlSet, 'controls'>,
  last: Last | null,
  staff: ReadonlySet<string>,
): Omit<Test, keyof Moved>[] {
  const before = new Map((last?.tests ?? []).map((test) => [test.control, test]))
  return controls.map(({ id, area }) => {
    const earlier = before.get(id)
    return {
      _id: `${audit}/${id}`,
      audit,
      control: id,
      area,
      tester: earlier?.tester && staff.has(earlier.tester) ? earlier.tester : null,
      methods: [],
      sample: { da: '', en: '' },
      testedOn: null,
      result: null,
      reason: { da: '', en: '' },
      note: '',
      files: [],
      operates: false,
      lastYear:
        earlier && last
          ? {
              audit: last.audit._id,
              result: earlier.result,
              reason: earlier.reason,
              sample: earlier.sample,
              methods: earlier.methods,
            }
          : null,
    }
  })
}
