/** The house as it stands the day before a notice: what customers buy, who is on their list, and who is to come. */
import { editOrganisation } from '../../src/auth/organisation.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import type { Context } from '../../src/base/context.js'
import type { Day } from '../../src/base/day.js'
import { addCustomers, type NewCustomer } from '../../src/customers/actions.js'
import {
  ordinaryAgreement,
  type Agreement,
  type ContactContent,
  type Customer,
} from '../../src/customers/rules.js'
import { draftNotice, issueNotice, noticeByReference, type Notice } from '../../src/notices/actions.js'
import type { DraftInput } from '../../src/notices/form.js'
import type { Tick } from '../../src/notices/rules/blockers.js'
import {
  acceptBaseline,
  createEngagement,
  createService,
  createVendor,
  engagementByReference,
  type EngagementInput,
} from '../../src/register/actions.js'
import type { Engagement, Service } from '../../src/register/rules.js'
import { ourOrganisation } from '../support/people.js'

export type World = {
  service: Service
  /** On every list since before the register. */
  present: Engagement
  /** Entered, checked, and on nobody's list. */
  planned: Engagement
  customers: Customer[]
}

export const since: Day = '2024-01-01'

export const cleared: EngagementInput = {
  role: 'sub-processor',
  services: [],
  activity: { da: 'Drift af sikkerhedskopier', en: 'Operation of backups' },
  dataCategories: ['ordinary'],
  subjects: ['customers'],
  storageCountries: ['DK'],
  accessCountries: ['DK'],
  places: [{ kind: 'data-centre', address: 'Serverparken 1, 8660 Skanderborg', country: 'DK' }],
  transfers: [],
  parent: null,
  contract: { signedOn: '2026-10-01', template: 'ours' },
  dueDiligence: { concludedOn: '2026-10-01', conclusion: 'accepted' },
}

export function aContact(address: string, given: Partial<ContactContent> = {}): ContactContent {
  return {
    name: 'Åse Ørsted',
    email: address,
    locale: 'da',
    dataProtection: true,
    mayApprove: false,
    ...given,
  }
}

type CustomerGiven = Partial<Omit<NewCustomer, 'agreement'>> & { agreement?: Partial<Agreement> }

/** The `number`th customer: general authorisation and 30 days, unless said. */
export function aCustomer(
  number: number,
  { agreement, ...given }: CustomerGiven = {},
): CustomerGiven & Pick<NewCustomer, 'name'> {
  return {
    name: `Kunde ${String(number).padStart(4, '0')}`,
    contacts: [aContact(`dpo${number}@kunde.example`, { locale: number % 5 === 0 ? 'en' : 'da' })],
    ...given,
    ...(agreement ? { agreement } : {}),
  }
}

/** An organisation, an officer, one service, one sub-processor in use and one planned, and those customers. */
export async function buildWorld(
  context: Context,
  customers: readonly (CustomerGiven & { name: string })[],
): Promise<World> {
  await editOrganisation(context, ourOrganisation)
  await addPersonWithPassword(
    context,
    { email: 'officer@nordvang.example', name: 'Anders Vester', role: 'officer', locale: 'da' },
    'seven blue bicycles',
  )
  const service = await createService(context, { name: { da: 'Webhotel', en: 'Web hosting' }, order: 1 })
  const services = [service._id]
  const present = await engage(context, 'Curanet A/S', {
    services,
    from: since,
    inUse: { since, until: null },
  })
  const planned = await engage(context, 'Sikkerkopi ApS', { services })
  const added = await addCustomers(
    context,
    customers.map((given) => ({
      isProcessor: false,
      from: since,
      contacts: [],
      ...given,
      services: given.services ?? services,
      agreement: { ...ordinaryAgreement, ...given.agreement },
    })),
  )
  await acceptBaseline(
    context,
    added.map(({ _id, agreement }) => ({ id: _id, from: since, services, commonList: agreement.commonList })),
    [{ _id: present._id, services }],
  )
  return { service, present, planned, customers: added }
}

/** A vendor with one engagement. */
export async function engage(
  context: Context,
  name: string,
  given: Partial<EngagementInput> & { from?: Day; inUse?: { since: Day | null; until: Day | null } } = {},
): Promise<Engagement> {
  const vendor = await createVendor(context, {
    name,
    registration: { kind: 'CVR', number: '29412006' },
    address: 'Højvangen 4, 8660 Skanderborg',
    country: 'DK',
    contacts: [
      { name: 'Dorthe Holm', email: 'dpo@leverandoer.example', role: 'data-protection', locale: 'da' },
    ],
    ...(given.from ? { from: given.from } : {}),
  })
  return createEngagement(context, { ...cleared, vendor: vendor._id, ...given })
}

export function anAddition(
  { planned }: Pick<World, 'planned'>,
  changes: Partial<DraftInput> = {},
): DraftInput {
  return {
    lines: [{ kind: 'addition', engagement: planned.reference, replaces: null }],
    why: {
      da: 'Vi får en fast leverandør af sikkerhedskopier.',
      en: 'We gain a regular supplier of backups.',
    },
    safeguards: { da: '', en: '' },
    plannedStart: '2027-02-01',
    goLive: 'staged',
    togetherBecause: null,
    ...changes,
  }
}

/** Drafted and issued at once, as it stands in the register. */
export async function announce(
  context: Context,
  draft: DraftInput,
  ticks: readonly Tick[] = [],
): Promise<Notice> {
  const { reference } = await draftNotice(context, draft)
  const { version } = await noticeByReference(reference)
  return issueNotice(context, { reference, version }, ticks)
}

export async function asItStands(engagement: Pick<Engagement, 'reference'>): Promise<Engagement> {
  const found = await engagementByReference(engagement.reference)
  if (!found) throw new Error('an engagement that was there is gone')
  return found
}
