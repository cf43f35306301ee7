import { addPersonWithPassword } from '../auth/actions/people.js'
import { editOrganisation } from '../auth/organisation.js'
import { verifyLog } from '../audit-log/verify.js'
import type { Context } from '../base/context.js'
import { addDays, type Day } from '../base/day.js'
import { textIn } from '../i18n/texts.js'
import { confirmUse, type Recipient } from '../notices/actions.js'
import { assessObjection, objectionsOfRecipient, settleObjection } from '../objections/actions.js'
import { listOn } from '../register/actions.js'
import type { ListRow } from '../register/rules.js'
import { loadSample } from '../sample/actions.js'
import { announce } from './announcing.js'
import { directorApproves } from './approving.js'
import { changePage, everyRecipient, recipientNamed, refusalOf, short, withMailTo } from './customers.js'
import type { Trial } from './house.js'
import { yearIsDeclared } from './declaration.js'
import { customerAnswersByMail, mailComesBack, officerReads, stillHeld } from './mails-in.js'
import { permissionsAsTheyCome } from './permitting.js'
import { superviseSubProcessors } from './supervision.js'
import type { Transcript } from './transcript.js'
import { useIsDiscovered } from './unpermitted-use.js'
import { subProcessorWrites } from './upstream.js'
import { newVisitor } from './visitor.js'

const officer = 'olga@eksempel-drift.example'
const objector = 'butik@oersted-ure.example'
const reader = 'privacy@northlight.example'

export type Told = {
  reference: string
  /** The list of the customer that objected, and of one that did not, on the first and the last day. */
  lists: { name: string; before: ListRow[]; after: ListRow[]; days: [Day, Day] }[]
  /** Customers by their state at the end. */
  states: Record<string, string[]>
  logWhole: boolean
}

const t = textIn('en')

/** The main job on the sample organisation, from the list as signed to the change in use, told as it happens. */
export async function tellMainJob(trial: Trial, transcript: Transcript): Promise<Told> {
  const { day, say } = transcript
  const first = trial.today()
  day(first)

  const system: Context = trial.as({ kind: 'system', id: 'walkthrough' })
  await editOrganisation(system, {
    name: 'Eksempel Drift ApS (opdigtet)',
    registration: { kind: 'CVR', number: '00000000', keptBecause: 'Opdigtet / invented' },
    address: 'Eksempelvej 1, 8000 Aarhus C',
    dpo: { name: 'Dagny Dam', email: 'databeskyttelse@eksempel-drift.example', phone: '+45 00 00 00 00' },
    locales: ['da', 'en'],
    replyTo: 'databeskyttelse@eksempel-drift.example',
  })
  const person = await addPersonWithPassword(
    system,
    { name: 'Olga Olesen', email: officer, role: 'officer', locale: 'en' },
    'a walk through the main job',
  )
  const olga = () => trial.as({ kind: 'staff', id: person._id })
  await loadSample(olga())
  say(
    'Olga, officer',
    'loads the sample organisation: the real list of an agreement, and 25 invented customers.',
  )
  const telling = { trial, transcript, olga }
  const { notice, planned } = await announce(telling)

  await trial.sleepUntil(addDays(first, 1))
  day(trial.today())
  trial.at('10:30')
  const nora = newVisitor()
  const { lastDay } = await recipientNamed(notice, 'Northlight')
  await nora.send(await changePage(nora, trial, reader, notice), '/receipt')
  const confirmed = await recipientNamed(notice, 'Northlight')
  if (!confirmed.receipt || confirmed.lastDay !== lastDay) throw new Error('a receipt must move no date')
  say(
    'Nora North',
    'opens the link in her mail on Northlight’s page, reads, and confirms receipt. Her dates do not move.',
  )

  await trial.sleepUntil(addDays(first, 7))
  day(trial.today())
  await mailComesBack(telling, notice)

  await trial.sleepUntil(addDays(first, 8))
  day(trial.today())
  trial.at('14:05')
  const ulla = newVisitor()
  const change = await changePage(ulla, trial, objector, notice)
  const objectPage = await ulla.open(`${change.address}/object`)
  await withMailTo(trial, [objector, officer], () =>
    ulla.send(objectPage, '/object', {
      reasons: 'Vores kunders reparationssedler må ikke ligge hos en ny leverandør.',
    }),
  )
  say(
    'Ulla Ur',
    'objects on Ørsted Ure og Smykker’s page, with her reasons, and gets a receipt by mail. Olga is alerted.',
  )

  await trial.sleepUntil(addDays(first, 14))
  day(trial.today())
  await directorApproves(telling, notice)

  const jeweller = await recipientNamed(notice, 'Ørsted Ure')
  const [objection] = await objectionsOfRecipient(jeweller._id)
  if (!objection) throw new Error('the objection is not there')
  await assessObjection(olga(), objection.reference, {
    owner: person._id,
    answerBy: addDays(trial.today(), 7),
    assessment: 'The customer’s web site can stay on the present backup.',
  })
  say(
    'Olga, officer',
    `assesses objection ${objection.reference}: this customer can stay without the new backup.`,
  )

  await trial.sleepUntil(addDays(first, 16))
  day(trial.today())
  trial.at('09:30')
  await withMailTo(trial, [objector], () =>
    settleObjection(olga(), objection.reference, {
      outcome: 'customer-exempted',
      note: 'Backup for this customer stays where it is.',
      endsOn: null,
      files: [],
    }),
  )
  say(
    'Olga, officer',
    'settles it: “not for Ørsted Ure og Smykker”. The customer is told, and its list will not change.',
  )
  say('Olga, officer', 'tries to confirm use already today. Tilsyn refuses:', [
    await refusalOf(confirmUse(olga(), notice.reference, notice.lines[0]?.id ?? '', trial.today())),
  ])

  const permitting = await permissionsAsTheyCome(telling, notice, planned.vendorName)
  const morningOf = async (days: number) => {
    await trial.sleepUntil(addDays(first, days), permitting)
    day(trial.today())
  }
  await morningOf(35)
  const answer = await customerAnswersByMail(telling, notice)
  await morningOf(36)
  await stillHeld(telling, notice, answer)
  await morningOf(37)
  await officerReads(telling, answer)
  await permitting()
  await morningOf(49)
  await subProcessorWrites(telling, planned.reference)
  await morningOf(56)
  await useIsDiscovered(telling)
  await superviseSubProcessors(telling, morningOf, 57)
  await morningOf(70)
  await yearIsDeclared(telling)
  await trial.sleepUntil(addDays(first, 100), permitting)

  const end = trial.today()
  day(end)
  const states = groupedByState(await everyRecipient(notice))
  say(
    'Tilsyn',
    'shows how it ended:',
    Object.entries(states).map(([state, customers]) => `${state}: ${customers.map(short).join('; ')}`),
  )
  const log = await verifyLog()
  say(
    'Olga, officer',
    `verifies the log: ${log.sealed} sealed entries, ${log.whole ? 'whole' : 'NOT WHOLE'}.`,
  )

  const northlight = await recipientNamed(notice, 'Northlight')
  const lists = await Promise.all(
    [northlight, jeweller].map(async ({ customer, customerName }) => ({
      name: customerName,
      before: await listOn(customer, first),
      after: await listOn(customer, end),
      days: [first, end] as [Day, Day],
    })),
  )
  return { reference: notice.reference, lists, states, logWhole: log.whole }
}

function groupedByState(recipients: Recipient[]): Record<string, string[]> {
  const states: Record<string, string[]> = {}
  for (const { state, customerName } of recipients)
    (states[t(`notices:phase.${state}`)] ??= []).push(customerName)
  return states
}
