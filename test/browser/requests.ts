/** Requests and instructions of one customer in every state their pages can show. */
import type { Context } from '../../src/base/context.js'
import { customersByIds } from '../../src/customers/actions.js'
import { addAgreementVersion, giveInstruction } from '../../src/instructions/actions.js'
import type { Recipient } from '../../src/notices/actions.js'
import { answerRequest, beginRequest, takeRequest, writeInRequest } from '../../src/requests/actions.js'
import type { RequestKind } from '../../src/requests/rules.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nanmodning\n%%EOF\n')

export async function requestsInTown(
  officer: Context,
  { customer: id }: Pick<Recipient, 'customer'>,
): Promise<{
  open: { reference: string; file: string }
  order: { reference: string; file: string }
  instruction: { reference: string; file: string }
}> {
  const [customer] = await customersByIds([id])
  const contact = customer?.contacts.find(({ to }) => to === null)
  if (!customer || !contact) throw new Error('a customer of the town has nobody')
  const ask = (kind: RequestKind, text: string | null) =>
    beginRequest(officer, {
      kind,
      customer,
      by: { contact: { ...contact, mayApprove: true } },
      channel: 'page',
      receivedAt: officer.now,
      receivedOn: officer.today,
      text,
      files: [{ name: 'anmodning.pdf', bytes: pdf }],
      once: `town/${kind}`,
    })
  const by = { id: officer.actor.id, name: 'Berit Åkjær' }
  const plain = { text: '', files: [], copies: [], declaration: null }
  const open = await ask('inspection', 'Vi vil gerne se driftscentret i foråret.')
  await takeRequest(officer, open.reference, {
    owner: officer.actor.id,
    assessment: 'Kan lægges sammen med en anden kundes besøg.',
    dueOn: open.dueOn,
    because: null,
  })
  await writeInRequest(officer, open, {
    once: 'town/message',
    by: { kind: 'contact', id: contact.id, name: contact.name },
    direction: 'from-customer',
    text: 'Vi er fleksible i uge 12.',
    files: [],
  })
  await ask('contract-copy', null)
  const order = await ask('extra-instruction', 'Slet logfiler efter 30 dage i stedet for 90.')
  const offer = 'Vi ændrer opbevaringen for jeres servere. Pris: 4.200 kr. Kan være klar den 1. juni.'
  const answered = await answerRequest(officer, order.reference, {
    ...plain,
    by,
    text: offer,
    files: [{ name: 'tilbud.pdf', bytes: pdf }],
  })
  const instruction = await giveInstruction(officer, {
    once: 'town/instruction',
    customer,
    subject: 'transfer',
    engagement: null,
    service: null,
    countries: ['US'],
    text: 'Support må ydes fra USA på grundlag af standardkontrakterne.',
    by: { name: 'Karin Lund', title: 'Direktør' },
    channel: 'letter',
    givenOn: '2026-11-24',
    files: [{ name: 'instruks.pdf', bytes: pdf }],
  })
  const told = await beginRequest(officer, {
    kind: 'unlawful-instruction',
    customer,
    by: null,
    channel: 'us',
    receivedAt: officer.now,
    receivedOn: officer.today,
    text: 'Instruksen omfatter oplysninger, der ikke må overføres.',
    instruction: instruction.reference,
    files: [],
    once: 'town/told',
  })
  await answerRequest(officer, told.reference, { ...plain, by, text: 'Se vores vurdering.' })
  await addAgreementVersion(officer, {
    version: '1.2',
    change: { da: 'Bilag B opdateret.', en: 'Appendix B brought up to date.' },
    publishedOn: '2026-12-01',
    file: null,
  })
  return {
    open: { reference: open.reference, file: open.files[0] ?? '' },
    order: { reference: order.reference, file: answered.answer?.files[0] ?? '' },
    instruction: { reference: instruction.reference, file: instruction.files[0] ?? '' },
  }
}
