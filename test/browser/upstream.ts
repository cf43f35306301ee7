/** What sub-processors announced to the town's processor, and a use without permission that was discovered. */
import { customersByIds } from '../../src/customers/actions.js'
import { engagementByReference } from '../../src/register/actions.js'
import {
  assessUpstream,
  confirmUpstream,
  objectUpstream,
  receiveUpstream,
} from '../../src/upstream/actions.js'
import { addCustomerTo, openCase, registerTold, writeWords } from '../../src/unpermitted-use/actions.js'
import type { Tilsyn } from '../support/app.js'
import type { Town } from './town.js'

const mail = [
  'From: Privacy Team <privacy@vendor.example>',
  'Subject: New sub-processor: Cloudhaven BV',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'We will add a new sub-processor, Cloudhaven BV in the Netherlands.',
  'The change is effective as of 15 January 2027. You may object until 20 December 2026.',
].join('\r\n')

/** Confirmed, to be told to customers, and objected to. */
export async function upstreamInTown({ officer }: Town): Promise<{ reference: string; file: string }> {
  const engagement = await engagementByReference('E-0001')
  const { notice } = await receiveUpstream(officer, {
    file: { name: 'varsel.eml', bytes: Buffer.from(mail) },
    text: null,
    from: null,
    subject: null,
    receivedAt: officer.now,
    zone: 'Europe/Copenhagen',
  })
  const { reference, file } = notice
  await confirmUpstream(officer, reference, {
    vendor: engagement?.vendor ?? null,
    engagements: engagement ? [engagement._id] : [],
    kinds: ['addition'],
    what: 'Cloudhaven BV i Nederlandene opbevarer backup.',
    further: 'Cloudhaven BV',
    going: null,
    startsOn: '2027-01-15',
    receivedOn: officer.today,
    objectUntil: '2026-12-20',
  })
  await assessUpstream(officer, reference, { verdict: 'tell', because: null })
  await objectUpstream(officer, reference, {
    locale: 'da',
    text: 'Vi gør indsigelse.',
    how: 'portal',
    to: { name: 'Privacy Team', address: null },
    on: officer.today,
    file: null,
  })
  return { reference, file: file ?? '' }
}

/** One customer of it told by letter. */
export async function useCaseInTown(
  { officer, recipients }: Town,
  tilsyn: Tilsyn,
): Promise<{ reference: string; customer: string }> {
  const planned = await engagementByReference('E-0001')
  const { reference } = await openCase(officer, {
    engagement: planned?.reference ?? '',
    since: tilsyn.today(),
    discoveredOn: tilsyn.today(),
    how: 'Set af en tekniker.',
    once: 'town',
  })
  const text = { da: 'Slået til ved en fejl.', en: 'Switched on by mistake.' }
  await writeWords(officer, reference, { what: text, done: text })
  const [customer] = await customersByIds(recipients.slice(0, 1).map(({ customer: id }) => id))
  await addCustomerTo(officer, reference, {
    customer: customer?.reference ?? '',
    since: tilsyn.today(),
    because: 'Delt server.',
  })
  await registerTold(officer, reference, customer?.reference ?? '', {
    channel: 'letter',
    on: tilsyn.today(),
    file: { name: 'brev.txt', bytes: Buffer.from('Kære kunde') },
  })
  return { reference, customer: customer?.reference ?? '' }
}
