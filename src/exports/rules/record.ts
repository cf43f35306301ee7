/** The record of processing carried out on behalf of controllers (Art. 30(2)), read from what was approved and bought on a day. */
import type { Day } from '../../base/day.js'
import { hasEnded, servicesOn, type Customer } from '../../customers/rules.js'
import type { EngagementContent, Listed } from '../../register/rules.js'
import { transfersNeeded, type CountryCode, type LawOn, type Transfer } from '../../transfers/rules.js'

export const recordFormats = ['pdf', 'xlsx'] as const
export type RecordFormat = (typeof recordFormats)[number]

/** Above this many controllers one paper is no longer read by anybody; the workbook has no such end. */
export const mostOnPaper = 500

/** A sub-processor of the controller, or one further down its chain. */
export type Processing = Pick<Listed, 'reference' | 'content'>

/** A category of processing: one service, and what is done with which data for it. */
export type Category<Row extends Processing = Processing> = { service: string; rows: Row[] }

/** It was a controller we processed for on that day. */
export function processedForOn(
  { agreements, endedOn }: Pick<Customer, 'agreements' | 'endedOn'>,
  day: Day,
): boolean {
  const first = agreements[0]?.from
  return !hasEnded({ endedOn }, day) && (first === undefined || first <= day)
}

/**
 * (b): one for each service bought on the day, with the engagements for it. What is approved for a service that is not bought (one
 * list for all customers) processes nothing of this controller's.
 */
export function categoriesOf<Row extends Processing>(
  bought: readonly string[],
  rows: readonly Row[],
): Category<Row>[] {
  return bought.map((service) => ({
    service,
    rows: rows.filter(({ content }) => content.services.includes(service)),
  }))
}

export function boughtOn({ services }: Pick<Customer, 'services'>, day: Day): string[] {
  return servicesOn(services, day)
}

/** Those that process for a service it buys. */
export function rowsInUseOf<Row extends Processing>(bought: readonly string[], rows: readonly Row[]): Row[] {
  return rows.filter(({ content }) => content.services.some((service) => bought.includes(service)))
}

/** (c): a country outside the EEA, and what the transfer stands on; null where no basis is on record. */
export type ThirdCountry<Row extends Processing = Processing> = {
  country: CountryCode
  row: Row
  transfer: Transfer | null
}

export function thirdCountriesOf<Row extends Processing>(
  rows: readonly Row[],
  { law, day }: LawOn,
): ThirdCountry<Row>[] {
  return rows.flatMap((row) =>
    countriesOf(row.content, { law, day }).flatMap((country): ThirdCountry<Row>[] => {
      const transfers = row.content.transfers.filter((transfer) => transfer.country === country)
      return transfers.length === 0
        ? [{ country, row, transfer: null }]
        : transfers.map((transfer) => ({ country, row, transfer }))
    }),
  )
}

/** Where these have the data is not on record, so that nobody can say there is no transfer. */
export function whereaboutsMissing<Row extends Processing>(rows: readonly Row[]): Row[] {
  return rows.filter(
    ({ content }) => content.storageCountries.length === 0 || content.accessCountries.length === 0,
  )
}

/** Art. 49(1), second subparagraph: the suitable safeguards have to be documented in the record itself. */
export function restsOnCompellingInterest({ transfer }: ThirdCountry): boolean {
  return transfer?.basis === 'art-49' && transfer.derogation === 'second'
}

function countriesOf(content: EngagementContent, { law, day }: LawOn): CountryCode[] {
  return transfersNeeded(law, content.storageCountries, content.accessCountries, day)
}
