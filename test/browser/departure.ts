import { linksFor } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import { addDays } from '../../src/base/day.js'
import { customersByIds } from '../../src/customers/actions.js'
import {
  acceptAnswers,
  answerByVendor,
  askSubProcessors,
  chooseHandling,
  confirmToCustomer,
  departureOf,
  openByHand,
  registerAnswer,
  tellCustomer,
} from '../../src/departures/actions.js'
import type { Departure } from '../../src/departures/rules.js'
import type { Recipient } from '../../src/notices/actions.js'
import { fileFolder, shareFolder } from '../../src/supervision-folder/actions.js'
import { emptyContent } from '../../src/supervision-folder/rules.js'
import { editVendor, engagementsByIds, vendorsByIds } from '../../src/register/actions.js'
import type { Tilsyn } from '../support/app.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nslettet\n%%EOF\n')

/** A customer of the town that has left: asked, answered by one, something kept by law, and confirmed as far as it goes. */
export async function departureInTown(
  tilsyn: Tilsyn,
  officer: Context,
  { customer: id }: Pick<Recipient, 'customer'>,
): Promise<{
  reference: string
  file: string
  number: string
  language: string
  link: string
  vendorFile: string
}> {
  const [customer] = await customersByIds([id])
  const { reference } = await openByHand(officer, {
    customer: customer?.reference ?? '',
    engagement: null,
    endedOn: officer.today,
    once: 'town',
  })
  await tellCustomer(officer, reference)
  await chooseHandling(officer, reference, {
    handling: 'delete',
    name: 'Jens Holm',
    by: 'staff',
    note: 'Brev',
  })
  const reached = await reachable(officer, await departureOf(reference))
  await askSubProcessors(officer, reference)
  const given = { on: officer.today, how: 'Overskrevet.', by: 'Mette Sørensen', retention: null, known: null }
  const files = [{ name: 'slettet.pdf', bytes: pdf }]
  const theirs = (await departureOf(reference)).points.filter(({ vendor }) => vendor === reached)
  const asked = await departureOf(reference)
  await answerByVendor(tilsyn.context({ kind: 'vendor', id: 'town' }), asked, reached, {
    ...given,
    points: theirs.map((point) => point.id),
    files,
  })
  const [first, ...others] = (await departureOf(reference)).points
    .filter(({ state }) => state !== 'answered')
    .map((point) => point.id)
  const kept = {
    rule: 'Bekendtgørelse om trafikdata',
    data: 'Trafikdata',
    until: addDays(officer.today, 200),
  }
  await registerAnswer(officer, reference, { ...given, points: [first ?? ''], retention: kept, files })
  await registerAnswer(officer, reference, { ...given, points: others, files })
  const whole = await acceptAnswers(
    officer,
    reference,
    theirs.map((point) => point.id),
  )
  await confirmToCustomer(officer, reference, 'Berit Åkjær')
  const fileOf = (which: (point: Departure['points'][number]) => boolean) =>
    whole.points.find((point) => which(point) && point.answer?.files[0])?.answer?.files[0] ?? ''
  const [link] = (await linksFor('departure', whole._id)).filter(({ kind }) => (kind as string) === 'vendor')
  return {
    reference,
    file: fileOf(({ vendor }) => vendor !== reached),
    number: '1',
    language: 'da',
    link: link?._id ?? '',
    vendorFile: fileOf(({ vendor }) => vendor === reached),
  }
}

/** The vendor of its first engagement, with a contact that can be written to. */
async function reachable(officer: Context, { points }: Departure): Promise<string> {
  const [engagement] = await engagementsByIds(points.flatMap((point) => point.engagement ?? []).slice(0, 1))
  const [vendor] = engagement ? await vendorsByIds([points[0]?.vendor ?? engagement.vendor]) : []
  if (!vendor) throw new Error('nothing to ask about in the town')
  if (!vendor.contacts.some(({ email }) => email))
    await editVendor(officer, vendor, {
      ...vendor,
      contacts: [
        {
          id: 'town',
          name: 'Mette Sørensen',
          email: 'mette@underdatabehandler.example',
          role: 'data-protection',
          locale: 'da',
        },
      ],
    })
  return vendor._id
}

/** The same customer has supervised us this year, filed its paper and lets us see it. */
export async function folderInTown(
  officer: Context,
  { customer: id }: Pick<Recipient, 'customer'>,
): Promise<{ year: string; number: string }> {
  const [customer] = await customersByIds([id])
  const contact = customer?.contacts[0]
  if (!customer || !contact) throw new Error('nobody who could supervise')
  const filed = await fileFolder(officer, customer, contact, {
    ...emptyContent,
    answers: { subjects: '1000-10000', special: false, other: true, processing: false },
    concept: 3,
    looked: ['register', 'notices'],
    verdict: 'with-remarks',
    conclusion: 'I orden. Vi vil gerne se den næste erklæring.',
    name: contact.name,
    seen: 0,
  })
  await shareFolder(officer, customer, filed.year, 'all')
  return { year: String(filed.year), number: '1' }
}
