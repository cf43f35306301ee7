import type { Locale } from '../../src/base/context.js'
import { makeLog } from '../../src/base/log.js'
import { liveCodes } from '../../src/auth/actions/codes.js'
import { liveLinkUrls } from '../../src/auth/links.js'
import { addCustomers, type NewCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement, type Agreement, type Customer } from '../../src/customers/rules.js'
import { makeSender, type Sender } from '../../src/mail/sender.js'
import { makeTransport } from '../../src/mail/transport.js'
import { approve, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import type { Engagement, Service } from '../../src/register/rules.js'
import { draftNotice, issueNotice, noticeByReference } from '../../src/notices/actions.js'
import type { DraftInput } from '../../src/notices/form.js'
import type { Notice, Tick } from '../../src/notices/rules.js'
import type { Tilsyn } from '../support/app.js'
import { organise } from '../support/people.js'

/** Two services, a sub-processor all have approved, one that is planned for the first service. */
export type World = { hosting: Service; telephony: Service; old: Engagement; planned: Engagement }

export async function aWorld(
  tilsyn: Tilsyn,
  changes: Partial<Parameters<typeof createEngagement>[1]> = {},
): Promise<World> {
  await organise(tilsyn)
  const context = tilsyn.context()
  const hosting = await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
  const telephony = await createService(context, { name: { da: 'Telefoni', en: 'Telephony' }, order: 2 })
  const old = await anEngagement(tilsyn, 'Gammelby Drift ApS', [hosting._id])
  const planned = await anEngagement(tilsyn, 'Nyborg Backup ApS', [hosting._id], changes)
  return { hosting, telephony, old, planned }
}

export async function anEngagement(
  tilsyn: Tilsyn,
  name: string,
  services: string[],
  changes: Partial<Parameters<typeof createEngagement>[1]> = {},
): Promise<Engagement> {
  const context = tilsyn.context()
  const vendor = await createVendor(context, {
    name,
    registration: { kind: 'CVR', number: '29403473' },
    address: 'Havnegade 3, 5800 Nyborg',
    country: 'DK',
    contacts: [{ name: 'Ida Holm', email: 'ida@nyborg.example', role: 'data-protection', locale: 'da' }],
  })
  return createEngagement(context, {
    vendor: vendor._id,
    role: 'sub-processor',
    services,
    activity: { da: 'Backup af kundernes servere', en: "Backup of customers' servers" },
    dataCategories: ['ordinary'],
    subjects: ['employees'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    places: [],
    transfers: [],
    parent: null,
    contract: { template: 'ours', signedOn: '2026-11-02' },
    dueDiligence: { conclusion: 'accepted', concludedOn: '2026-11-03' },
    ...changes,
  })
}

type Wanted = Partial<Omit<NewCustomer, 'agreement'>> & {
  agreement?: Partial<Agreement>
  locale?: Locale
  emails?: string[]
}

let count = 0

/** Customers that buy the hosting, each with one contact, on the ordinary agreement unless told otherwise. */
export async function customersOf(
  tilsyn: Tilsyn,
  { hosting, old }: World,
  wanted: Wanted[],
): Promise<Customer[]> {
  const customers = await addCustomers(
    tilsyn.context(),
    wanted.map(({ agreement, locale = 'da', emails, ...rest }) => {
      count += 1
      const addresses = emails ?? [`kontakt-${count}@kunde.example`]
      return {
        name: `Kunde ${count}`,
        isProcessor: false,
        from: '2026-01-01',
        services: [hosting._id],
        contacts: addresses.map((email, place) => ({
          name: `Kontakt ${count}.${place + 1}`,
          email,
          locale,
          dataProtection: true,
          mayApprove: true,
        })),
        agreement: { ...ordinaryAgreement, signedOn: '2026-01-01', ...agreement },
        ...rest,
      }
    }),
  )
  await approve(
    tilsyn.context(),
    customers.map(({ _id }) => ({
      customer: _id,
      engagement: old._id,
      from: '2026-01-01',
      notice: null,
      kind: 'baseline' as const,
    })),
  )
  return customers
}

export const why = { da: 'Vi samler backup ét sted.', en: 'We bring backup together in one place.' }

export function aDraft(engagement: Engagement, changes: Partial<DraftInput> = {}): DraftInput {
  return {
    lines: [{ kind: 'addition', engagement: engagement.reference, replaces: null }],
    why,
    safeguards: { da: '', en: '' },
    plannedStart: '2027-03-01',
    goLive: 'staged',
    togetherBecause: null,
    ...changes,
  }
}

export const officer = { kind: 'staff' as const, id: 'officer' }

export async function anIssued(tilsyn: Tilsyn, draft: DraftInput, ticks: Tick[] = []): Promise<Notice> {
  const { reference, version } = await draftNotice(tilsyn.context(officer), draft)
  await issueNotice(tilsyn.context(officer), { reference, version }, ticks)
  return noticeByReference(reference)
}

/** Sends to the mail server at that address; without one the mails are kept in the house. */
export function senderTo(tilsyn: Tilsyn, smtpUrl: string | undefined): Sender {
  return makeSender({
    transport: makeTransport({ smtpUrl }),
    clock: tilsyn.now,
    log: makeLog('silent'),
    from: tilsyn.house.config.mailFrom,
    baseUrl: tilsyn.house.config.baseUrl,
    liveLinks: liveLinkUrls(tilsyn.house),
    liveCodes: liveCodes(tilsyn.house),
  })
}
