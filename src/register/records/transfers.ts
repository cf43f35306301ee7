import type { Day } from '../../base/day.js'
import type { EngagementRow, Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'
import { vendorsByIds } from './vendors.js'

/** Running engagements with a transfer to the country on record, or stored in or seen from there; in the order of references. */
export async function engagementsWithTransferTo(country: string): Promise<EngagementRow[]> {
  return named(await running({ 'transfers.country': country }))
}

/** Running engagements that stand on the basis by name, wherever. */
export async function engagementsOnBasis(basis: string): Promise<EngagementRow[]> {
  return named(await running({ 'transfers.basis': basis }))
}

/** Running engagements that stand on a decision on one of the countries. */
export async function engagementsOnAdequacyOf(countries: readonly string[]): Promise<EngagementRow[]> {
  const adequacy = { $elemMatch: { country: { $in: [...countries] }, basis: 'adequacy' } }
  return countries.length === 0 ? [] : named(await running({ transfers: adequacy }))
}

/** Running engagements with an assessment of one of the countries that was concluded before the day. */
export async function engagementsAssessedBefore(
  countries: readonly string[],
  day: Day,
): Promise<EngagementRow[]> {
  const assessed = { $elemMatch: { country: { $in: [...countries] }, 'tia.concludedOn': { $lt: day } } }
  return countries.length === 0 ? [] : named(await running({ transfers: assessed }))
}

/** Running engagements that are stored in or seen from one of the countries, with or without a basis. */
export async function engagementsIn(...countries: string[]): Promise<EngagementRow[]> {
  const where = countries.length === 1 ? countries[0] : { $in: countries }
  const [stored, seen] = await Promise.all([
    running({ storageCountries: where }),
    running({ accessCountries: where }),
  ])
  const known = new Set(stored.map(({ _id }) => _id))
  const both = [...stored, ...seen.filter(({ _id }) => !known.has(_id))]
  return named(both.toSorted((a, b) => (a.reference < b.reference ? -1 : 1)))
}

/**
 * Running engagements with an assessment whose review day is no later than the day, or that was concluded by `concludedBy` and may
 * not say when it is due; the rule decides which of them are.
 */
export async function engagementsWithTiaBy(day: Day, concludedBy: Day): Promise<EngagementRow[]> {
  const [due, old] = await Promise.all([
    running({ 'transfers.tia.reviewOn': { $lte: day } }),
    running({ 'transfers.tia.concludedOn': { $lte: concludedBy } }),
  ])
  const known = new Set(due.map(({ _id }) => _id))
  return named([...due, ...old.filter(({ _id }) => !known.has(_id))])
}

/** The countries that running engagements are stored in, seen from or have transfers to. */
export async function countriesOfTransfers(): Promise<string[]> {
  const [stored, seen, named] = await Promise.all([
    EngagementModel.distinct('storageCountries', { endedOn: null }),
    EngagementModel.distinct('accessCountries', { endedOn: null }),
    EngagementModel.distinct('transfers.country', { endedOn: null }),
  ])
  return [...new Set([...stored, ...seen, ...named] as string[])]
}

async function running(where: Record<string, unknown>): Promise<Engagement[]> {
  // Sorted here: asked for an order, the database takes the index that has it and looks at every running engagement.
  const found = await EngagementModel.find({ ...where, endedOn: null } as never, {
    moves: 0,
    versions: 0,
  }).lean<Engagement[]>()
  return found.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
}

async function named(engagements: Engagement[]): Promise<EngagementRow[]> {
  const vendors = new Map(
    (await vendorsByIds(engagements.map(({ vendor }) => vendor))).map((each) => [each._id, each]),
  )
  return engagements.map((engagement) => {
    const vendor = vendors.get(engagement.vendor)
    return { ...engagement, vendorName: vendor?.name ?? '', vendorReference: vendor?.reference ?? '' }
  })
}
