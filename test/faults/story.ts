/** A few weeks of the house in which every timer has something to do, told the same however often somebody is killed meanwhile. */
import { insertSession } from '../../src/auth/records/sessions.js'
import { keysFrom } from '../../src/auth/keys.js'
import type { Context } from '../../src/base/context.js'
import { dayOf } from '../../src/base/day.js'
import { addCustomers, changeContact, customerByReference, endCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import { startImport } from '../../src/imports/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import {
  confirmUse,
  draftNotice,
  issueNotice,
  noticeByReference,
  registerApproval,
  type Notice,
} from '../../src/notices/actions.js'
import { assessObjection, raiseObjection, settleObjection } from '../../src/objections/actions.js'
import type { Outcome } from '../../src/objections/rules.js'
import { addContract } from '../../src/register/actions/contracts.js'
import { createService, engagementByReference } from '../../src/register/actions.js'
import { EngagementListings } from '../../src/register/records/listings.js'
import { takeMail } from '../../src/replies/actions.js'
import { openCase, stopUse, tellCustomers, writeWords } from '../../src/unpermitted-use/actions.js'
import { message } from '../replies/messages.js'
import { testConfig } from '../support/app.js'
import { aContact, aCustomer, anAddition, buildWorld, engage, type World } from '../journeys/world.js'

const many = 24
const paper = { name: 'brev.txt', bytes: Buffer.from('Vi har talt sammen.') }

export type Telling = {
  /** The draft is issued by whoever works, and what happens by itself happens until nothing more does. */
  issue: (notice: { reference: string; version: number }, at: string) => Promise<void>
  work: (at: string) => Promise<void>
}

function at(moment: string): Context {
  const now = new Date(moment)
  return { now, today: dayOf(now, testConfig.zone), actor: { kind: 'staff', id: 'officer' }, locale: 'da' }
}

/** The mail to this address is refused; its customer has another contact. */
export const refusedAddress = 'vaek@kunde.example'

export async function tell({ issue, work }: Telling): Promise<void> {
  const first = at('2026-11-23T09:00:00Z')
  const { world, few } = await begin(first)
  const notice = await draftNotice(first, anAddition(world))
  await issue(notice, '2026-11-23T09:00:00Z')
  await work('2026-11-23T10:00:00Z')

  const second = at('2026-11-24T09:00:00Z')
  const other = await engage(second, 'Lager ApS', {
    services: few[0]!.services.map(({ service }) => service),
  })
  const small = await draftNotice(second, anAddition({ planned: other }))
  const { version } = await noticeByReference(small.reference)
  await issueNotice(second, { reference: small.reference, version }, [])
  await reportComesEarly(second, await noticeByReference(small.reference), few[0]!)
  await customersChange(second, world)
  const parts = world.customers.map(({ _id }) => `${notice._id}/${_id}`)
  await objects(second, parts[1]!, null)
  await objects(second, parts[2]!, 'agreement-ended', '2026-12-10')
  await objects(second, parts[3]!, 'customer-exempted')
  await work('2026-11-24T10:00:00Z')

  await work('2026-12-16T10:00:00Z')

  const later = at('2026-12-17T09:00:00Z')
  for (const number of [0, 6, 12]) await approves(later, parts[number]!)
  await work('2027-02-05T10:00:00Z')

  await confirmUse(at('2027-02-06T09:00:00Z'), small.reference, small.lines[0]!.id, '2027-02-06')
  await work('2027-02-06T10:00:00Z')
}

async function begin(context: Context): Promise<{ world: World; few: Customer[] }> {
  const world = await buildWorld(
    context,
    Array.from({ length: many }, (_, number) =>
      aCustomer(number, {
        agreement: number % 6 === 0 ? { authorisation: 'specific' } : {},
        ...(number === 23
          ? { contacts: [aContact(refusedAddress), aContact('anden@kunde.example')] }
          : number > 19
            ? { contacts: [aContact('faelles@kommune.example')] }
            : {}),
      }),
    ),
  )
  const service = await createService(context, { name: { da: 'Arkiv', en: 'Archive' }, order: 2 })
  const few = await addCustomers(
    context,
    [1, 2, 3].map((number) => ({
      name: `Arkivkunde ${number}`,
      isProcessor: false,
      from: '2024-01-01',
      contacts: [aContact(`arkiv${number}@kunde.example`)],
      services: [service._id],
      agreement: ordinaryAgreement,
    })),
  )
  const unasked = await engage(context, 'Uventet ApS', { services: [service._id] })
  const how = 'Set i en faktura.'
  const useCase = await openCase(context, {
    engagement: unasked.reference,
    since: '2026-11-02',
    discoveredOn: '2026-11-20',
    how,
    once: 'once',
  })
  await stopUse(context, useCase.reference, { on: '2026-11-21', how: 'Slået fra.' })
  const words = { da: 'En fejl.', en: 'A mistake.' }
  await writeWords(context, useCase.reference, { what: words, done: words })
  await tellCustomers(context, useCase.reference)

  const found = await engage(context, 'Fundet ApS', {
    services: [world.service._id],
    inUse: { since: '2026-11-01', until: null },
  })
  await EngagementListings.deleteOne({ _id: found._id })
  const present = await engagementByReference(world.present.reference)
  await addContract(
    context,
    { reference: world.present.reference, version: present!.version },
    { template: 'ours', signedOn: '2026-11-01', from: '2026-12-01' },
  )
  const bytes = Buffer.from('Navn;Kontakt\nØrsted Ure;Ulla Ur')
  await startImport(at('2026-11-02T09:00:00Z'), 'customers', { name: 'glemt.csv', bytes })
  const long = new Date('2026-11-01T09:00:00Z')
  const session = { person: 'officer', startedAt: long, lastSeenAt: long, endsAt: long, browser: '' }
  await insertSession({ _id: 'ended', ...session })
  return { world, few }
}

/** A server's report about a mail that is still waiting to be sent, as far as we know. */
async function reportComesEarly(context: Context, notice: Notice, customer: Customer): Promise<void> {
  const [mail] = await mailsAbout('recipient', [`${notice._id}/${customer._id}`])
  const raw = message('postfix-dsn', { mail: mail!._id, from: mail!.to.address })
  const key = keysFrom(testConfig.sessionSecret ?? '').replies
  await takeMail(context, raw, { via: 'pipe', key, arrivedAt: context.now })
}

/** One comes, one goes, and one has somebody else to write to. */
async function customersChange(context: Context, { service, customers }: World): Promise<void> {
  await addCustomers(context, [
    {
      name: 'Ny Kunde ApS',
      isProcessor: false,
      from: context.today,
      contacts: [aContact('ny@kunde.example')],
      services: [service._id],
      agreement: ordinaryAgreement,
    },
  ])
  const leaver = await customerByReference(customers[5]!.reference)
  await endCustomer(context, leaver, { on: context.today, because: 'Opsagt.' })
  const changed = await customerByReference(customers[7]!.reference)
  await changeContact(context, changed, changed.contacts[0]!.id, {
    contact: aContact('efterfoelger@kunde.example', { name: 'Efterfølger' }),
    from: context.today,
  })
}

async function objects(
  context: Context,
  recipient: string,
  outcome: Outcome | null,
  endsOn: string | null = null,
): Promise<void> {
  const {
    objection: { reference },
  } = await raiseObjection(context, recipient, {
    by: { kind: 'staff', id: 'officer', name: 'Åse Ørsted' },
    channel: 'phone',
    receivedAt: context.now,
    receivedOn: context.today,
    reasons: 'Nej tak',
    files: [],
  })
  if (!outcome) return
  await assessObjection(context, reference, {
    owner: 'officer',
    answerBy: context.today,
    assessment: 'Set på',
  })
  await settleObjection(context, reference, { outcome, note: 'Aftalt', endsOn, files: [paper] })
}

async function approves(context: Context, recipient: string): Promise<void> {
  const by = { name: 'Åse Ørsted', title: 'Direktør' }
  const said = { lines: [], channel: 'letter' as const, at: context.now, on: context.today, by }
  await registerApproval(context, recipient, { ...said, answer: 'approved', waivesRest: false }, paper)
}
