/** A breach at an invented sub-processor: its customers told by telephone within the hour, the risk judged, closed. */
import type { Context } from '../base/context.js'
import { newId } from '../base/ids.js'
import {
  closeBreach,
  enterBreach,
  judgeRisk,
  registerCall,
  saveContent,
  saveDetails,
} from '../breaches/actions.js'
import { everyAffected } from '../breaches/records.js'
import { emptyContent } from '../breaches/rules.js'
import { engagementsOfVendor, everyVendor } from '../register/actions.js'
import { inventedNames } from './invented.js'

const hour = 3_600_000

export async function loadBreach(context: Context): Promise<void> {
  const vendor = (await everyVendor()).find(({ name }) => name === inventedNames.backup)
  const [engagement] = vendor ? await engagementsOfVendor(vendor._id) : []
  if (!vendor || !engagement) return
  const awareAt = new Date(context.now.getTime() - 3 * hour)
  const { _id, reference } = await enterBreach(context, {
    once: newId(),
    role: 'processor',
    report: 'Eksempel: En ekstern har i en time haft læseadgang til en mappe med projektdata.',
    engagement: engagement.reference,
    services: [],
    vendorKnewAt: new Date(awareAt.getTime() - 2 * hour),
    vendorToldAt: awareAt,
    awareAt,
    sample: true,
  })
  await saveDetails(context, reference, {
    role: 'processor',
    engagements: [engagement._id],
    services: [],
    from: context.today,
    until: context.today,
    foundAt: null,
  })
  await saveContent(context, reference, {
    ...emptyContent({ name: 'Åse Eksempel', phone: '+45 00 00 00 00', email: 'dpo@eksempel.example' }),
    nature: {
      da: 'Eksempel: læseadgang til projektdata i en time.',
      en: 'Example: read access to project data for an hour.',
    },
  })
  const affected: { customerReference: string }[] = []
  for await (const some of everyAffected(_id)) affected.push(...some)
  for (const { customerReference } of affected)
    await registerCall(context, reference, customerReference, {
      at: new Date(awareAt.getTime() + hour),
      spokeWith: 'Kontaktpersonen',
      number: '',
      outcome: 'told',
      note: 'Eksempel.',
    })
  await judgeRisk(context, reference, {
    groups: [
      {
        who: 'Medarbejdere hos kunderne (eksempel)',
        harms: ['loss'],
        likelihood: 1,
        consequence: 2,
        because: 'Kun navne på projektdeltagere.',
      },
    ],
    safeguards: 'Loggen viser, at intet er hentet.',
    conclusion: 'unlikely',
    because: 'Som forslaget.',
  })
  if (affected.length === 0) return
  await closeBreach(context, reference, {
    facts: 'Eksempel: en delt mappe var åben for en ekstern i en time.',
    effects: 'Ingen oplysninger er hentet.',
    remedy: 'Adgangen er lukket.',
    lesson: 'Delinger udløber af sig selv.',
  })
}
