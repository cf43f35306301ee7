/** Services, vendors, engagements with their chain, customers: written by the rooms' own batch actions. */
import type { Context } from '../../src/base/context.js'
import { newId } from '../../src/base/ids.js'
import { addCustomers, type NewCustomer } from '../../src/customers/actions/customer.js'
import { ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import {
  addImportedEngagements,
  addImportedVendors,
  createService,
  everyEngagement,
} from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import type { Sizes } from './world.js'

const countries = ['DK', 'DK', 'DK', 'SE', 'DE', 'NL', 'IE', 'FI', 'PL', 'US', 'GB', 'IN'] as const
const places = ['Aarhus', 'Ørsted', 'Malmö', 'Hamburg', 'Delft', 'Cork', 'Turku', 'Łódź', 'Årslev', 'Sæby']
const trades = [
  'Backup',
  'Drift',
  'Netværk',
  'Overvågning',
  'Telefoni',
  'Hosting',
  'Support',
  'Analyse',
  'Arkiv',
]
const bodies = [
  'Kommune',
  'Skole',
  'Tandklinik',
  'Revision',
  'Mejeri',
  'Boligforening',
  'Rederi',
  'Bibliotek',
]
const batch = 500
const began = '2024-01-01'

export const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T

export async function addServices(context: Context): Promise<string[]> {
  const names = [
    'Hosting',
    'Webhosting',
    'Telefoni',
    'Backup',
    'Microsoft 365',
    'Fjernsupport',
    'TV',
    'Rådgivning',
  ]
  const services: string[] = []
  for (const [place, name] of names.entries())
    services.push((await createService(context, { name: { da: name, en: name }, order: place + 1 }))._id)
  return services
}

/**
 * Three engagements in four vendors' first link, the rest below another in the chain; one in ten is no sub-processor. The first
 * of all stand on every customer's list.
 */
export async function addRegister(
  context: Context,
  services: readonly string[],
  { vendors: count }: Sizes,
): Promise<Engagement[]> {
  const vendors = Array.from({ length: count }, () => newId())
  await addImportedVendors(
    context,
    vendors.map((_id, place) => ({
      _id,
      name: `${at(places, place)} ${at(trades, Math.floor(place / 10))} ${place + 1} A/S`,
      ...(place % 9 === 8
        ? { registration: null }
        : { registration: { kind: 'other' as const, number: `B-${100_000 + place}` } }),
      address: place % 11 === 10 ? '' : `Havnegade ${place + 1}, 8000 ${at(places, place)}`,
      country: at(countries, place),
      from: began,
      contacts: [
        {
          name: `Kontakt ${place + 1}`,
          email: `gdpr@leverandoer-${place + 1}.example`,
          role: 'data-protection' as const,
          locale: 'da' as const,
        },
      ],
    })),
  )
  // In each eight one link of two and one of three: a customer's chain is as deep in a large house as in a small one.
  const chained = new Set([3, 6, 7])
  const ids = Array.from({ length: Math.round(count * 1.25) }, () => newId())
  await addImportedEngagements(
    context,
    ids.map((_id, place) => {
      const country = at(countries, place)
      const far = ['US', 'GB', 'IN'].includes(country)
      return {
        _id,
        vendor: at(vendors, place),
        role: place > 10 && place % 10 === 9 ? ('own-vendor' as const) : ('sub-processor' as const),
        services: [at(services, place), at(services, place * 3 + 1)].filter(
          (each, n, all) => all.indexOf(each) === n,
        ),
        activity: {
          da: `${at(trades, place)} af kundernes systemer, del ${place + 1}`,
          en: `${at(trades, place)} of customers' systems, part ${place + 1}`,
        },
        dataCategories: ['ordinary' as const],
        subjects: ['employees', 'customers'],
        storageCountries: [country],
        accessCountries: [country],
        places: [],
        transfers: far ? [{ country, basis: 'scc-2021' as const, module: 3 as const, signedOn: began }] : [],
        parent: chained.has(place % 8) && place > 10 ? at(ids, place - 1) : null,
        contract: { template: 'ours' as const, signedOn: began },
        dueDiligence: { conclusion: 'accepted' as const, concludedOn: began },
        from: began,
        inUse: { since: isPlanned(place) ? null : began, until: null },
      }
    }),
  )
  return everyEngagement()
}

export async function addBuyers(
  context: Context,
  services: readonly string[],
  { customers }: Sizes,
): Promise<Customer[]> {
  const added: Customer[] = []
  for (let from = 0; from < customers; from += batch)
    added.push(
      ...(await addCustomers(
        context,
        Array.from({ length: Math.min(batch, customers - from) }, (_, row) => buyer(from + row, services)),
      )),
    )
  return added
}

function buyer(place: number, services: readonly string[]): NewCustomer {
  const number = place + 1
  return {
    name: `${at(places, place)} ${at(bodies, Math.floor(place / 10))} ${number}`,
    isProcessor: place % 50 === 0,
    caseNumber: `26/${number}`,
    from: began,
    services: [at(services, place), at(services, place + 3), at(services, place + 5)],
    contacts: [
      {
        name: `Ægir Ågård ${number}`,
        email: `dpo@kunde-${number}.example`,
        locale: place % 5 === 0 ? 'en' : 'da',
        dataProtection: true,
        mayApprove: true,
      },
    ],
    agreement: {
      ...ordinaryAgreement,
      signedOn: began,
      authorisation: place % 10 === 0 ? 'specific' : 'general',
      notice: { length: place % 3 === 0 ? 60 : 30, unit: 'days' },
      transferInstruction: { kind: 'any-valid', countries: [] },
    },
  }
}

/** Entered, and on nobody's list yet. */
const isPlanned = (place: number) => place % 50 === 25

const onEveryList = 10
const onOwnList = 10

export function listed(engagements: readonly Engagement[]): Engagement[] {
  return engagements.filter(({ role, inUse }) => role === 'sub-processor' && inUse.since !== null)
}

/** Of those on any list, what a customer has approved: the first ones, as everybody, and some of its own. */
export function listOf(customer: number, listed: readonly Engagement[]): Engagement[] {
  const rest = Math.max(1, listed.length - onEveryList)
  const own = Array.from(
    { length: onOwnList },
    (_, n) => listed[onEveryList + ((customer * 7 + n * 131) % rest)],
  )
  return [...new Set([...listed.slice(0, onEveryList), ...own.filter((each) => each !== undefined)])]
}
