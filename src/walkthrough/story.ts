import { addPersonWithPassword } from '../auth/actions/people.js'
import { editOrganisation } from '../auth/organisation.js'
import { verifyLog } from '../audit-log/verify.js'
import type { Context } from '../base/context.js'
import { addDays, isDay, type Day } from '../base/day.js'
import { Refused } from '../base/errors.js'
import { formatDay, formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import {
  confirmUse,
  draftNotice,
  issueNotice,
  previewNotice,
  reckonStart,
  recipientsOf,
  registerApproval,
  type Recipient,
} from '../notices/actions.js'
import { assessObjection, objectionsOfRecipient, settleObjection } from '../objections/actions.js'
import { listOn, plannedEngagements } from '../register/actions.js'
import type { ListRow } from '../register/rules.js'
import { loadSample } from '../sample/actions.js'
import type { Trial } from './house.js'
import type { Transcript } from './transcript.js'
import { newVisitor, type Page, type Visitor } from './visitor.js'

/** The last contact in the first mailbox of this customer has left; the mail server says so. */
export const closedMailbox = 'dpo@harbouranalytics.example'

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
    { name: 'Olga Olesen', email: 'olga@eksempel-drift.example', role: 'officer', locale: 'en' },
    'a walk through the main job',
  )
  const olga = () => trial.as({ kind: 'staff', id: person._id })
  await loadSample(olga())
  const offered = await plannedEngagements(trial.today())
  const planned = offered.find(({ vendorName }) => vendorName.startsWith('Fjordbackup'))
  if (!planned) throw new Error('the sample has no planned engagement')
  const name = planned.vendorName
  say(
    'Olga, officer',
    'loads the sample organisation: the real list of an agreement, and 25 invented customers.',
  )

  const lines = [{ kind: 'addition' as const, engagement: planned.reference, replaces: null }]
  const start = await reckonStart(olga(), lines, addDays(first, 70))
  say(
    'Olga, officer',
    `wants to take ${name} into use for off-site backup on ${formatDay(addDays(first, 70), 'en')}. Tilsyn reckons back:`,
    start.map(
      ({ period, sendBy, inTime }) =>
        `${t(`notices:period.${period.unit}`, { count: period.length })}: send by ${sendBy ? formatShortDay(sendBy, 'en') : 'never'}${inTime ? '' : ' (too late: starts later for these)'}`,
    ),
  )
  const draft = await draftNotice(olga(), {
    lines,
    why: {
      da: 'Vi vil have en sikkerhedskopi på en anden adresse end driften, så data kan genskabes efter brand eller angreb.',
      en: 'We want a backup away from the place of operation, so that data can be restored after a fire or an attack.',
    },
    safeguards: { da: '', en: '' },
    plannedStart: addDays(first, 70),
    goLive: 'staged',
    togetherBecause: null,
  })
  const preview = await previewNotice(olga(), draft.reference)
  say(
    'Olga, officer',
    `previews ${draft.reference}: ${preview.summary.count} customers to tell, ${preview.summary.affected} of them affected.`,
    preview.blockers.map((blocker) => t(`notices:blocker.${blocker.text}`, inWords(blocker.facts))),
  )
  const ticks = preview.blockers.flatMap(({ tick }) => (tick ? [tick] : []))
  const notice = await issueNotice(olga(), { reference: draft.reference, version: draft.version }, ticks)
  say('Olga, officer', `issues ${notice.reference}.`)

  trial.at('09:10')
  await trial.runTimers()
  trial.at('09:20')
  await trial.runTimers()
  const { delivered } = trial.postOffice
  say(
    'Mail server',
    `takes ${delivered.length} mails, each in its reader's language, with PDF and calendar file.`,
  )
  say(
    'Mail server',
    `refuses ${closedMailbox} (550 no such mailbox); the customer's next contact is written to at once.`,
  )
  const all = await everyRecipient(notice)
  const groups = new Map<string, number>()
  for (const { lastDay, earliestUse, period } of all) {
    if (!lastDay || !earliestUse) continue
    const words = `${t(`notices:period.${period.unit}`, { count: period.length })}: last day ${formatShortDay(lastDay, 'en')}, earliest use ${formatShortDay(earliestUse, 'en')}`
    groups.set(words, (groups.get(words) ?? 0) + 1)
  }
  say(
    'Tilsyn',
    'starts the clock for each customer whose mail was accepted:',
    [...groups].map(([words, count]) => `${count} x ${words}`),
  )

  await trial.sleepUntil(addDays(first, 1))
  day(trial.today())
  trial.at('10:30')
  const nora = newVisitor()
  await nora.send(await changePage(nora, trial, reader, notice), '/receipt')
  say(
    'Nora North',
    'opens the link in her mail on Northlight’s page, reads, and confirms receipt. Her dates do not move.',
  )

  await trial.sleepUntil(addDays(first, 8))
  day(trial.today())
  trial.at('14:05')
  const ulla = newVisitor()
  const change = await changePage(ulla, trial, objector, notice)
  await ulla.send(await ulla.open(`${change.address}/object`), '/object', {
    reasons: 'Vores kunders reparationssedler må ikke ligge hos en ny leverandør.',
  })
  await trial.runTimers()
  say(
    'Ulla Ur',
    'objects on Ørsted Ure og Smykker’s page, with her reasons, and gets a receipt by mail. Olga is alerted.',
  )

  const lawyers = await recipientNamed(notice, 'Lind & Lund')
  await trial.sleepUntil(addDays(first, 14))
  day(trial.today())
  trial.at('11:00')
  await registerApproval(
    olga(),
    lawyers._id,
    {
      answer: 'approved',
      lines: [],
      channel: 'letter',
      at: olga().now,
      on: trial.today(),
      by: { name: 'Lise Lund', title: 'Partner' },
      waivesRest: false,
    },
    {
      name: 'approval.txt',
      bytes: Buffer.from('We approve the change of notice ' + notice.reference + '. Lise Lund, partner'),
    },
  )
  say(
    'Olga, officer',
    `files the letter in which ${short(lawyers.customerName)} approves: its agreement asks for specific authorisation.`,
  )

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
  await settleObjection(olga(), objection.reference, {
    outcome: 'customer-exempted',
    note: 'Backup for this customer stays where it is.',
    confirmationMessage: null,
    endsOn: null,
    by: 'staff',
    files: [],
  })
  say(
    'Olga, officer',
    'settles it: “not for Ørsted Ure og Smykker”. The customer is told, and its list will not change.',
  )
  await refusedUse(olga(), notice.reference, notice.lines[0]?.id ?? '', transcript)

  let known = await statesOf(notice)
  await trial.sleepUntil(addDays(first, 100), async () => {
    const now = await statesOf(notice)
    const fresh = now.permitted.filter((customer) => !known.permitted.includes(customer))
    known = now
    if (fresh.length === 0) return
    day(trial.today())
    say(
      'Tilsyn',
      `permits the change for ${fresh.length} ${fresh.length === 1 ? 'customer' : 'customers'}; no objection is open:`,
      fresh.map(short),
    )
    trial.at('08:30')
    const used = await confirmUse(olga(), notice.reference, notice.lines[0]?.id ?? '', trial.today())
    say('Olga, officer', `confirms that ${name} is in use for ${used} of them from today.`)
  })

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

async function refusedUse(
  context: Context,
  reference: string,
  line: string,
  { say }: Transcript,
): Promise<void> {
  try {
    await confirmUse(context, reference, line, context.today)
    throw new Error('a change was taken into use before it was permitted')
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    say('Olga, officer', 'tries to confirm use already today. Tilsyn refuses:', [
      t(`refusals:${error.reason}`, inWords(error.facts)),
    ])
  }
}

async function everyRecipient(notice: { _id: string }): Promise<Recipient[]> {
  const { rows } = await recipientsOf(
    notice as Parameters<typeof recipientsOf>[0],
    { phase: null, q: '' },
    { cursor: undefined, size: 100 },
  )
  return rows
}

async function recipientNamed(notice: { _id: string }, part: string): Promise<Recipient> {
  const found = (await everyRecipient(notice)).find(({ customerName }) => customerName.includes(part))
  if (!found) throw new Error(`${part} was not told`)
  return found
}

async function statesOf(notice: { _id: string }): Promise<{ permitted: string[] }> {
  const permitted = (await everyRecipient(notice))
    .filter(({ lines }) => lines.some(({ permittedFrom }) => permittedFrom !== null))
    .map(({ customerName }) => customerName)
  return { permitted }
}

function groupedByState(recipients: Recipient[]): Record<string, string[]> {
  const states: Record<string, string[]> = {}
  for (const { state, customerName } of recipients)
    (states[t(`notices:phase.${state}`)] ??= []).push(customerName)
  return states
}

const short = (name: string) => name.replace(/ \((opdigtet|sample)\)$/, '')

/** The live link as it stands in the contact's own mail. */
function linkIn(trial: Trial, address: string): string {
  const text = trial.postOffice.delivered.find(({ to }) => to === address)?.mail.text ?? ''
  const link = /https?:\/\/\S+\/l\/\S+/.exec(text)?.[0]
  if (!link) throw new Error('a mail without a link')
  return link
}

/** Where the link leads, and on to the notice. */
async function changePage(
  visitor: Visitor,
  trial: Trial,
  address: string,
  { reference }: { reference: string },
): Promise<Page> {
  const home = await visitor.open(linkIn(trial, address))
  return home.address.endsWith(reference)
    ? home
    : visitor.open(`${home.address.replace(/\/$/, '')}/notices/${reference}`)
}

function inWords(facts: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => [key, isDay(fact) ? formatDay(fact, 'en') : fact]),
  )
}
