/** The sample organisation in the middle of everything: what pages look like when there is something on them. */
import { setUpToken } from '../../src/auth/actions/set-up.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { linkMaker, linksFor, linkUrl } from '../../src/auth/links.js'
import type { Context, Locale } from '../../src/base/context.js'
import { timersByHand } from '../../src/jobs/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { makeSender } from '../../src/mail/sender.js'
import {
  confirmUse,
  draftNotice,
  issueNotice,
  noticeByReference,
  recipientsOf,
  type Notice,
  type Recipient,
} from '../../src/notices/actions.js'
import {
  assessObjection,
  raiseObjection,
  settleObjection,
  writeToCustomer,
} from '../../src/objections/actions.js'
import type { Objection } from '../../src/objections/rules.js'
import { plannedEngagements } from '../../src/register/actions.js'
import { loadSample } from '../../src/sample/actions.js'
import { timers } from '../../src/schedule.js'
import type { Tilsyn } from '../support/app.js'
import { organise, password } from '../support/people.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nindsigelse\n%%EOF\n')

export type Town = {
  officer: Context
  draft: Notice
  issued: Notice
  recipients: Recipient[]
  /** Still to be dealt with. */
  open: Objection
  settled: Objection
}

/** Everything that happens by itself, with a mail sender that keeps mails in the house, as a trial has it. */
export async function work(tilsyn: Tilsyn): Promise<void> {
  const { config, clock, log } = tilsyn.house
  const liveLinks = () => Promise.resolve(new Map<string, string>())
  const sender = makeSender({
    transport: null,
    clock,
    log,
    from: config.mailFrom,
    baseUrl: config.baseUrl,
    liveLinks,
  })
  const byHand = timersByHand({ timers, clock, zone: config.zone, log })
  await sender.sendDue()
  await byHand.runAll()
  await sender.sendDue()
}

/** The sample as it is on the day it is loaded. */
export async function foundTown(tilsyn: Tilsyn): Promise<Context> {
  await organise(tilsyn)
  const person = await addPersonWithPassword(
    tilsyn.context(),
    { email: 'berit@nordvang.example', name: 'Berit Åkjær', role: 'officer', locale: 'da' },
    password,
  )
  const officer = () => tilsyn.context({ kind: 'staff', id: person._id })
  await loadSample(officer())
  return officer()
}

/** Two months on: one notice drafted, one issued with something in every state. */
export async function buildTown(tilsyn: Tilsyn): Promise<Town> {
  const { actor } = await foundTown(tilsyn)
  const officer = () => tilsyn.context(actor)
  const [first, second] = await plannedEngagements(tilsyn.today())
  const wanted = (reference: string | undefined) => ({
    lines: [{ kind: 'addition' as const, engagement: reference ?? '', replaces: null }],
    why: {
      da: 'Vi vil have en sikkerhedskopi på en anden adresse.',
      en: 'We want a backup at another address.',
    },
    safeguards: { da: '', en: '' },
    plannedStart: '2027-02-01',
    goLive: 'staged' as const,
    togetherBecause: null,
  })
  const backup = [first, second].find((each) => each?.vendorName.startsWith('Fjordbackup'))
  const other = [first, second].find((each) => each !== backup)
  const drafted = await draftNotice(officer(), wanted(backup?.reference))
  await issueNotice(officer(), { reference: drafted.reference, version: drafted.version }, [
    'laterStart',
    'otherChannel',
  ])
  await work(tilsyn)

  tilsyn.moveTo('2026-12-07')
  const all = (await recipientsOf(drafted, { phase: null, q: '' }, { cursor: undefined, size: 100 })).rows
  const asked = all.filter(({ lines }) => lines.some(({ mode }) => mode === 'notice'))
  const objections = []
  for (const [number, recipient] of asked.slice(0, 3).entries())
    objections.push(await object(tilsyn, recipient, number))
  const [open, written, settled] = objections as [Objection, Objection, Objection]
  await assessObjection(officer(), written.reference, {
    owner: actor.id,
    answerBy: '2026-12-14',
    assessment: 'Vi undersøger det.',
  })
  await writeToCustomer(officer(), written, {
    by: { id: actor.id, name: 'Berit Åkjær' },
    direction: 'to-customer',
    text: 'Kun to navngivne medarbejdere har adgang.',
  })
  await assessObjection(officer(), settled.reference, {
    owner: actor.id,
    answerBy: '2026-12-14',
    assessment: 'Undtages.',
  })
  await settleObjection(officer(), settled.reference, {
    outcome: 'customer-exempted',
    note: 'Ikke for denne kunde.',
    endsOn: null,
    files: [],
  })
  const draft = await draftNotice(officer(), wanted(other?.reference))
  tilsyn.moveTo('2027-01-05')
  await work(tilsyn)
  const issued = await noticeByReference(drafted.reference)
  await confirmUse(officer(), issued.reference, issued.lines[0]?.id ?? '', '2027-01-05')
  tilsyn.moveTo('2027-03-01')
  await work(tilsyn)
  const recipients = (await recipientsOf(issued, { phase: null, q: '' }, { cursor: undefined, size: 100 }))
    .rows
  return { officer: officer(), draft, issued, recipients, open, settled }
}

async function object(tilsyn: Tilsyn, recipient: Recipient, number: number): Promise<Objection> {
  const contact = recipient.contacts[0]
  const { objection } = await raiseObjection(
    tilsyn.context({ kind: 'customer', id: contact?.id ?? '' }),
    recipient._id,
    {
      by: { kind: 'contact', id: contact?.id ?? '', name: contact?.name ?? '' },
      channel: 'page',
      receivedAt: tilsyn.now(),
      receivedOn: tilsyn.today(),
      reasons: number === 2 ? null : 'Vi vil vide, hvem der har adgang til sikkerhedskopien.',
      files: [{ name: 'indsigelse.pdf', bytes: pdf }],
    },
  )
  return objection
}

/** Whose objection is settled: it has had everything. */
export function settledRecipient({ recipients, settled }: Pick<Town, 'recipients' | 'settled'>): Recipient {
  const found = recipients.find(({ _id }) => _id === settled.recipient)
  if (!found) throw new Error('not among the recipients')
  return found
}

/** The path of the link in the mail to this recipient; `shared`: in one to a person about several customers. */
export async function linkTo(
  tilsyn: Tilsyn,
  recipient: Pick<Recipient, '_id'>,
  opens?: 'shared',
): Promise<{ path: string; page: string }> {
  const [link] = await linksFor('recipient', recipient._id)
  if (!link) throw new Error('nobody was sent a link')
  return { path: new URL(linkUrl(link, linkMaker(tilsyn.house), opens)).pathname, page: `/c/${link._id}` }
}

/** A mail in the mailbox, one with files. */
export async function mailTo(recipient: Pick<Recipient, '_id'>): Promise<string> {
  return (await mailsAbout('recipient', [recipient._id]))[0]?._id ?? ''
}

export async function setUpPath(tilsyn: Tilsyn): Promise<string> {
  return `/set-up/${await setUpToken(tilsyn.context())}`
}

export async function addAdministrator(tilsyn: Tilsyn, locale: Locale) {
  return addPersonWithPassword(
    tilsyn.context(),
    { email: `admin-${locale}@nordvang.example`, name: 'Ask Ørum', role: 'administrator', locale },
    password,
  )
}
