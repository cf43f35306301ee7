/** The list of all customers together, day by day, cut where a row of it begins, ends or reads otherwise. */
import { createHash } from 'node:crypto'
import type { Day } from '../../base/day.js'
import { danishSortKey, numberFragments, searchTokens } from '../../db/keys.js'
import { countryWords } from './country-words.js'
import { printedParts, type Difference } from './differences.js'
import type { EngagementContent, EngagementFacts } from './engagement.js'
import { listedVersions, type RecordedEngagement, type RecordedVendor } from './known.js'

/**
 * Days on end on which somebody has the engagement approved and its row reads the same, as known now. Derived from the records
 * and kept beside them, as `Listing` is: it finds and sorts the rows of a day, and what a page shows is read from the records.
 */
export type ListSpan = {
  _id: string
  engagement: string
  vendor: string
  from: Day
  /** The first day after it; null where it has no end. */
  to: Day | null
  /** The two days again, under one name: what began or ended in some days is found by them. */
  days: Day[]
  /** The order of the list: the vendor's name on these days, then the reference. */
  sortKey: string
  tokens: string[]
  /** What is filtered by: 'country:IN', 'service:…'. */
  keys: string[]
  reference: string
  name: string
  /** What a map is drawn of. */
  where: Pick<EngagementFacts, 'storageCountries' | 'accessCountries' | 'transfers' | 'role'>
  /** Equal where a reader would be told of no difference. */
  reads: string
  /** The last day on which anything of it was corrected. */
  correctedOn: Day | null
  sample: boolean
}

type Interval = { from: Day; to: Day | null }

type Spanned = RecordedEngagement & { _id: string; reference: string; vendor: string; sample: boolean }

/** `held`: the days on which any customer has it approved, as `daysHeld` gives them. */
export function spansOf(
  vendor: RecordedVendor & { reference: string },
  engagement: Spanned,
  held: readonly Interval[],
): ListSpan[] {
  if (held.length === 0) return []
  const versions = listedVersions(vendor, engagement)
  return versions.flatMap(({ content, corrections, to }, place): ListSpan[] => {
    const said = whatIsSaid(content, engagement.reference, vendor.reference)
    const correctedOn = corrections.map(({ recordedOn }) => recordedOn).toSorted()
    return held.flatMap((interval): ListSpan[] => {
      // Before the first version, the first: a list accepted at signing may be older than its entry into the register.
      const from = place === 0 ? interval.from : later(interval.from, versions[place]?.from ?? '')
      const end = earlier(interval.to, to)
      if (end !== null && end <= from) return []
      return [
        {
          _id: `${engagement._id}/${from}`,
          engagement: engagement._id,
          vendor: vendor._id,
          from,
          to: end,
          days: end === null ? [from] : [from, end],
          ...said,
          reference: engagement.reference,
          correctedOn: correctedOn.at(-1) ?? null,
          sample: engagement.sample,
        },
      ]
    })
  })
}

/** The days on which any of the intervals holds, as few intervals as say it, oldest first. */
export function daysHeld(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = []
  const real = intervals.filter(({ from, to }) => to === null || to > from)
  for (const { from, to } of real.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (!last || (last.to !== null && last.to < from)) joined.push({ from, to })
    else if (last.to !== null && (to === null || to > last.to)) last.to = to
  }
  return joined
}

/** Whether any customer has it approved on the day, and the next day on which that is otherwise. */
export function outlookOf(held: readonly Interval[], day: Day): { approved: boolean; turnsOn: Day | null } {
  const present = held.find(({ from, to }) => from <= day && (to === null || to > day))
  if (present) return { approved: true, turnsOn: present.to }
  return { approved: false, turnsOn: held.find(({ from }) => from > day)?.from ?? null }
}

/** What a row of the list is found by. */
export function tokensOnList(
  { vendorName, registration, activity, storageCountries, accessCountries }: EngagementContent,
  reference: string,
  vendorReference: string,
): string[] {
  return searchTokens(
    reference,
    vendorReference,
    vendorName,
    registration?.number,
    ...numberFragments(registration?.number),
    activity.da,
    activity.en,
    ...[...new Set([...storageCountries, ...accessCountries])].flatMap(countryWords),
  )
}

function whatIsSaid(content: EngagementContent, reference: string, vendorReference: string) {
  const { vendorName, storageCountries, accessCountries, transfers, role } = content
  const countries = [...new Set([...storageCountries, ...accessCountries])]
  return {
    sortKey: `${danishSortKey(vendorName)}\u0000${reference}`,
    tokens: tokensOnList(content, reference, vendorReference),
    keys: [...countries.map((code) => `country:${code}`), ...content.services.map((id) => `service:${id}`)],
    name: vendorName,
    where: { storageCountries, accessCountries, transfers, role },
    reads: createHash('sha256')
      .update(inOneOrder(printedParts(content)))
      .digest('base64url'),
  }
}

type Found = { kind: Difference['kind']; engagement: string }

/** Which differences there are between two days, in the order of `differencesBetween`, from the spans that cover them. */
export function differencesFound(
  before: readonly Pick<ListSpan, 'engagement' | 'reads'>[],
  after: readonly Pick<ListSpan, 'engagement' | 'reads'>[],
): Found[] {
  const old = new Map(before.map(({ engagement, reads }) => [engagement, reads]))
  const fresh = new Set(after.map(({ engagement }) => engagement))
  const of = (kind: Found['kind'], rows: readonly { engagement: string }[]) =>
    rows.map(({ engagement }) => ({ kind, engagement }))
  return [
    ...of(
      'came',
      after.filter(({ engagement }) => !old.has(engagement)),
    ),
    ...of(
      'went',
      before.filter(({ engagement }) => !fresh.has(engagement)),
    ),
    ...of(
      'changed',
      after.filter(({ engagement, reads }) => old.has(engagement) && old.get(engagement) !== reads),
    ),
  ]
}

/** The same text for equal values, in whatever order their keys came. */
function inOneOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneOrder).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${inOneOrder(each)}`).join(',')}}`
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

function earlier(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
