/** A breach in the town: reported by a sub-processor through its link, sent, called about, asked about. */
import { linksFor } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import {
  addCustomerTo,
  addNote,
  askAboutBreach,
  breachForCustomer,
  breachOf,
  judgeRisk,
  mailReportLink,
  registerCall,
  registerTold,
  reportByVendor,
  saveContent,
  saveDetails,
  sendPhase,
  vendorBy,
} from '../../src/breaches/actions.js'
import { emptyContent } from '../../src/breaches/rules.js'
import { customersByIds } from '../../src/customers/actions.js'
import { engagementsOfVendor, everyVendor } from '../../src/register/actions.js'
import type { Recipient } from '../../src/notices/actions.js'

const file = { name: 'kvittering.txt', bytes: Buffer.from('Modtaget') }

/** `customer`: whose page the town's link opens. */
export async function breachInTown(
  officer: Context,
  { customer }: Pick<Recipient, 'customer'>,
): Promise<{ reference: string; customer: string; file: string; own: string; link: string }> {
  const [own] = await customersByIds([customer])
  const reachable = (await everyVendor()).filter(({ contacts }) => contacts.some(({ email }) => email))
  const engagements = (await Promise.all(reachable.map(({ _id }) => engagementsOfVendor(_id)))).flat()
  const engagement = engagements.find(({ role, endedOn }) => role === 'sub-processor' && endedOn === null)
  const vendor = reachable.find(({ _id }) => _id === engagement?.vendor)
  const contact = vendor?.contacts.find(({ email }) => email !== undefined)
  if (!own || !engagement || !vendor || !contact) throw new Error('not the town that was expected')
  await mailReportLink(officer, vendor.reference, contact.id)
  const [link] = await linksFor('breach', vendor._id)
  const here = await vendorBy({
    _id: link?._id ?? '',
    kind: 'vendor',
    vendor: vendor._id,
    contact: contact.id,
    about: { kind: 'breach', id: vendor._id },
  })
  const { reference } = await reportByVendor(
    officer,
    here,
    {
      once: 'town',
      report: 'Uvedkommende har haft adgang til en server.',
      engagements: [engagement._id],
      vendorKnewAt: new Date(officer.now.getTime() - 7_200_000),
      contact: { name: contact.name, phone: '+45 11 22 33 44', email: contact.email ?? '' },
    },
    [file],
  )
  await saveDetails(officer, reference, {
    role: 'processor',
    engagements: [engagement._id],
    services: [],
    from: officer.today,
    until: null,
    foundAt: null,
  })
  await addCustomerTo(officer, reference, { customer: own.reference, because: 'Delt server.', foundAt: null })
  const point = { name: 'Karen Østergård', phone: '+45 70 10 20 30', email: 'dpo@nordvang.example' }
  await saveContent(officer, reference, {
    ...emptyContent(point),
    nature: { da: 'Uvedkommende har haft adgang.', en: 'A third party has had access.' },
  })
  await sendPhase(officer, reference)
  await registerCall(officer, reference, own.reference, {
    at: officer.now,
    outcome: 'message-left',
    spokeWith: '',
    number: '+45 11 22 33 44',
    note: 'Ringer igen.',
  })
  await registerTold(officer, reference, own.reference, { how: 'digital-post', at: officer.now, file })
  const mine = await breachForCustomer(own._id, reference)
  const asking = { id: own.contacts[0]?.id ?? '', name: own.contacts[0]?.name ?? '' }
  await askAboutBreach(officer, mine, asking, { text: 'Er adgangskoder læst?', once: 'q1' })
  await judgeRisk(officer, reference, {
    groups: [{ who: 'Medarbejdere', harms: ['loss'], likelihood: 2, consequence: 2, because: 'Få data.' }],
    safeguards: '',
    conclusion: 'risk',
    because: 'Som forslaget.',
  })
  await addNote(officer, await breachOf(reference), {
    from: 'staff',
    name: 'Berit Åkjær',
    text: 'Rapporten er læst.',
    files: [],
  })
  const { affected } = await breachForCustomer(own._id, reference)
  return {
    reference,
    customer: own.reference,
    file: (await breachOf(reference)).notes[0]?.files[0] ?? '',
    own: affected.registered[0]?.file ?? '',
    link: link?._id ?? '',
  }
}
