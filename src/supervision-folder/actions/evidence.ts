/** What we can show one customer today. Every look-up asks for that customer, or for what stands on its own list. */
import { declarationsFor } from '../../audits/actions/received.js'
import { daysBetween, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { servicesOn, type Customer } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { noticesForCustomer } from '../../notices/actions.js'
import { listOn } from '../../register/actions.js'
import { numberInWords } from '../../register/page/words.js'
import type { ListRow } from '../../register/rules.js'
import { requestsOfCustomer } from '../../requests/actions.js'
import { acceptedCurrent } from '../../statements/actions.js'
import { kindInWords, spanInWords } from '../../statements/page/words.js'
import { yearOf } from '../../supervision/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { countryName, sortedByName, transfersNeeded, type LawOn } from '../../transfers/rules.js'
import {
  noticesKept,
  type Evidence,
  type NoticesKept,
  type ShownStatement,
  type ShownSubProcessor,
  type SupervisionDone,
} from '../rules.js'

export async function evidenceFor(
  customer: Pick<Customer, '_id' | 'services'>,
  { today, locale }: { today: Day; locale: Locale },
): Promise<Evidence> {
  const year = Number(today.slice(0, 4))
  const bought = servicesOn(customer.services, today)
  const [rows, declarations, requests, notices, law] = await Promise.all([
    listOn(customer._id, today),
    declarationsFor(customer),
    requestsOfCustomer(customer._id),
    noticesOf(customer._id, year),
    lawNow(),
  ])
  const vendors = [...new Map(rows.map(({ vendor, content }) => [vendor, content.vendorName]))]
  const [statements, supervision] = await Promise.all([
    Promise.all(vendors.map(([vendor, name]) => statementsOf(vendor, name, today, locale))),
    supervisionOf(rows, today, year),
  ])
  const t = textIn(locale)
  return {
    on: today,
    year,
    declarations: declarations
      // One that was replaced by a correction is not what is to be relied on.
      .filter(({ declaration }) => declaration.state === 'signed')
      .map(({ declaration: { reference, year: of, edition, signedOn, hash } }) => ({
        reference,
        year: of,
        edition,
        signedOn,
        hash,
      })),
    statements: statements.flat(),
    register: rows.map((row) => subProcessorShown(row, { law, day: today, bought, locale })),
    notices,
    supervision,
    requests: requests.map(({ reference, kind, receivedOn, answeredOn }) => ({
      reference,
      kind: t(`requests:kind.${kind}`),
      receivedOn,
      answeredOn,
      inspection: kind === 'inspection',
    })),
  }
}

/** What is accepted and may be relied on today. A report for named readers only is not ours to tell of. */
async function statementsOf(
  vendor: string,
  name: string,
  today: Day,
  locale: Locale,
): Promise<ShownStatement[]> {
  const t = textIn(locale)
  return (await acceptedCurrent(vendor, today)).flatMap(({ facts }): ShownStatement[] =>
    facts === null || facts.audience === 'named'
      ? []
      : [
          {
            vendor: name,
            name: kindInWords(facts, t),
            span: spanInWords(facts, locale),
            issuer: facts.issuer,
            certificate: facts.certificate !== null,
          },
        ],
  )
}

async function noticesOf(customer: string, year: number): Promise<NoticesKept> {
  const parts = (await noticesForCustomer(customer)).filter(({ notice }) =>
    notice.issuedOn?.startsWith(`${year}-`),
  )
  return noticesKept(
    parts.map(({ notice, recipient: { dayZero, earliestUse, lines } }) => ({
      reference: notice.reference,
      dayZero,
      earliestUse,
      inUseSince:
        lines
          .filter(({ mode }) => mode !== 'information')
          .flatMap(({ inUseSince }) => inUseSince ?? [])
          .toSorted()[0] ?? null,
    })),
    daysBetween,
  )
}

/** Counted over the engagements on this customer's list alone. */
async function supervisionOf(rows: readonly ListRow[], today: Day, year: number): Promise<SupervisionDone> {
  const own = new Set(rows.map(({ engagement }) => engagement))
  const engagements = (await yearOf({ today }, year)).flatMap((vendor) =>
    vendor.engagements.filter(({ engagement }) => own.has(engagement.id)),
  )
  const duties = engagements.flatMap((each) => each.duties)
  return {
    subProcessors: engagements.length,
    owed: duties.length,
    done: duties.filter(({ stage }) => stage === 'done' || stage === 'reviewed').length,
    overdue: duties.filter(({ state }) => state === 'overdue').length,
  }
}

function subProcessorShown(
  { content }: ListRow,
  { law, day, bought, locale }: LawOn & { bought: readonly string[]; locale: Locale },
): ShownSubProcessor {
  const t = textIn(locale)
  const { storageCountries, accessCountries, transfers, services } = content
  const named = (codes: readonly string[]) =>
    sortedByName(codes, locale).map((code) => countryName(code, locale))
  const unknown = storageCountries.length === 0 || accessCountries.length === 0
  const needed = transfersNeeded(law, storageCountries, accessCountries, day).length > 0
  return {
    name: content.vendorName,
    number: numberInWords(content.registration, locale),
    activity: content.activity[locale] || content.activity.da,
    storage: named(storageCountries),
    access: named(accessCountries),
    transfers: transfers.map(({ country, basis }) => ({
      country: countryName(country, locale),
      basis: t(`transfers:basis.${basis}`),
    })),
    standing: transfers.length > 0 ? 'based' : unknown ? 'unknown' : needed ? 'missing' : 'none',
    used: services.some((service) => bought.includes(service)),
  }
}
