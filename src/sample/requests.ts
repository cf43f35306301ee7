/** What customers have asked for and instructed: something in every state, one due today, one overdue, one that waits for the customer. */
import type { Context } from '../base/context.js'
import { addDays, type Day } from '../base/day.js'
import { newId } from '../base/ids.js'
import { contactsOn, type Customer } from '../customers/rules.js'
import { addAgreementVersion, giveInstruction } from '../instructions/actions.js'
import {
  answerRequest,
  beginRequest,
  declineRequest,
  mayWork,
  takeRequest,
  writeInRequest,
} from '../requests/actions.js'
import type { CustomerRequest, RequestKind } from '../requests/rules.js'

const noon = 12 * 3_600_000

/** Which customer, what, how many days ago, in its words. */
type Asking = { customer: string; kind: RequestKind; ago: number; text: string | null; registered?: boolean }

export async function loadRequests(context: Context, customers: readonly Customer[]): Promise<void> {
  const named = (beginning: string): Customer => {
    const found = customers.find(({ name }) => name.startsWith(beginning))
    if (!found) throw new Error(`no sample customer ${beginning}`)
    return found
  }
  const ask = (asking: Asking) => asked(context, named(asking.customer), asking)
  const owner = context.actor.kind === 'staff' ? context.actor.id : (await mayWork())[0]?._id
  const inHand = async ({ reference, dueOn }: CustomerRequest, assessment: string) => {
    if (owner) await takeRequest(context, reference, { owner, assessment, dueOn, because: null })
  }
  const answer = ({ reference }: CustomerRequest, text: string, files: string[] = []) =>
    answerRequest(context, reference, {
      by: { id: context.actor.id, name: 'Åse Eksempel' },
      text,
      files: files.map((name) => paper(name, text)),
      copies: [],
      declaration: null,
    })

  // Asked seventeen days ago and answered within fourteen: overdue. The declaration, within seven, is due today.
  await inHand(
    await ask({
      customer: 'Klinikdata',
      kind: 'contract-copy',
      ago: 17,
      text: 'Vores revisor beder om dem.',
    }),
    'Kopien uden priser mangler for én underdatabehandler.',
  )
  await ask({ customer: 'Fjordens Friskole', kind: 'declaration', ago: 7, text: null })
  const rights = 'En tidligere medarbejder beder om indsigt i sin postkasse. Vi skal bruge et udtræk.'
  await ask({ customer: 'Advokatfirmaet', kind: 'subject-rights', ago: 1, text: rights, registered: true })
  await inspection(
    context,
    await ask({
      customer: 'Skovbakke Kommune, Rådhuset',
      kind: 'inspection',
      ago: 5,
      text: 'Vi vil gerne se driftscentret sammen med vores it-chef.',
    }),
    inHand,
  )
  // What waits for the customer: an order to confirm (D.1).
  const logs = 'Slet logfiler fra vores webserver efter 30 dage i stedet for 90.'
  await answer(
    await ask({ customer: 'Møllegårdens', kind: 'extra-instruction', ago: 6, text: logs }),
    'Vi ændrer opbevaringen for jeres server. Pris: 1.800 kr. Kan være klar 14 dage efter jeres bekræftelse.',
  )
  const staff = 'Dokumentation for, at jeres medarbejdere har tavshedspligt.'
  await answer(
    await ask({ customer: 'Østergades', kind: 'confidentiality-proof', ago: 9, text: staff }),
    'Vedlagt er vores erklæring om tavshedspligt. Den underskrives ved ansættelsen.',
    ['tavshedspligt.txt'],
  )
  const { reference } = await ask({
    customer: 'Tårnby Taxa',
    kind: 'further-measures',
    ago: 12,
    text: 'Vi ønsker, at alle opkald lyttes igennem for personnumre.',
  })
  await declineRequest(
    context,
    reference,
    'Det kan ikke gøres uden at gribe ind i brugernes kommunikation. Vi foreslår i stedet kortere opbevaring.',
  )
  await instructions(context, named)
  await versions(context)
}

async function asked(
  context: Context,
  customer: Customer,
  { kind, ago, text, registered = false }: Asking,
): Promise<CustomerRequest> {
  const contacts = contactsOn(customer.contacts, context.today)
  const contact = contacts.find(({ mayApprove }) => mayApprove) ?? contacts[0]
  if (!contact) throw new Error('the invented customers have contacts')
  const receivedOn: Day = addDays(context.today, -ago)
  return beginRequest(context, {
    kind,
    customer,
    by: registered ? { name: contact.name } : { contact },
    channel: registered ? 'letter' : 'page',
    receivedAt: new Date(Date.parse(receivedOn) + noon),
    receivedOn,
    text,
    files: registered ? [paper('brev.txt', text ?? '')] : [],
    filesFor: 'customer',
    once: newId(),
    quiet: true,
  })
}

/** In hand, with a question that waits for our reply. */
async function inspection(
  context: Context,
  request: CustomerRequest,
  inHand: (request: CustomerRequest, assessment: string) => Promise<void>,
): Promise<void> {
  await inHand(request, 'Kan lægges sammen med en anden kundes besøg i foråret.')
  const name = request.askedBy?.name ?? ''
  await writeInRequest(context, request, {
    once: newId(),
    by: { kind: 'contact', id: request.askedBy?.contact ?? '', name },
    direction: 'from-customer',
    text: 'Passer uge 12 jer?',
    files: [],
  })
}

async function instructions(context: Context, named: (beginning: string) => Customer): Promise<void> {
  const give = (
    customer: Customer,
    text: string,
    ago: number,
    more: { country?: string; replaces?: string } = {},
  ) => {
    const contact = customer.contacts.find(({ mayApprove }) => mayApprove) ?? customer.contacts[0]
    return giveInstruction(context, {
      once: newId(),
      customer,
      subject: more.country ? 'transfer' : 'processing',
      engagement: null,
      service: null,
      countries: more.country ? [more.country] : [],
      text,
      by: {
        name: contact?.mayApprove ? contact.name : 'Direktøren (opdigtet)',
        title: contact?.mayApprove ? (contact.title ?? '') : '',
      },
      channel: 'letter',
      givenOn: addDays(context.today, -ago),
      files: [paper('instruks.txt', text)],
      replaces: more.replaces ?? null,
    })
  }
  const law = named('Advokatfirmaet')
  await give(law, 'Ingen support må ydes fra lande uden for EU/EØS, heller ikke i hastesager.', 200)
  const clinic = named('Klinikdata')
  const us = { country: 'US' }
  const { reference } = await give(clinic, 'Support må ydes fra USA på standardkontrakterne.', 300, us)
  await give(
    clinic,
    'Support må kun ydes fra USA på standardkontrakterne, og kun med vores tilladelse hver gang.',
    40,
    {
      ...us,
      replaces: reference,
    },
  )
}

async function versions(context: Context): Promise<void> {
  const lines = [
    ['1.0', 700, 'Første version.', 'First version.'],
    [
      '1.1',
      90,
      'Bilag B er bragt på plads; ingen ændringer i vilkårene.',
      'Appendix B put in order; no terms changed.',
    ],
  ] as const
  for (const [version, ago, da, en] of lines)
    await addAgreementVersion(context, {
      version,
      change: { da, en },
      publishedOn: addDays(context.today, -ago),
      file: null,
      sample: true,
    })
}

function paper(name: string, text: string) {
  return { name, bytes: Buffer.from(`Eksempel. ${text}\n`) }
}
