import { formatDay, formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Notice, Recipient } from '../notices/actions.js'
import { readReply, replyByReference, type Reply } from '../replies/actions.js'
import { mailAbout, mailsTo, recipientNamed, short } from './customers.js'
import { answerTo, returned } from './letters.js'
import type { Telling } from './telling.js'

const t = textIn('en')

/** A server took the mail, and sends it back days later: the clock never started, and the next contact is told. */
export async function mailComesBack({ trial, transcript }: Telling, notice: Notice): Promise<void> {
  const { say } = transcript
  const before = await recipientNamed(notice, 'Mejeri')
  const address = before.contacts[0]?.email ?? ''
  trial.at('08:40')
  const { reference } = await trial.receive(
    returned(mailAbout(trial, address, notice.reference), trial.now()),
  )
  await trial.runTimers()
  await trial.runTimers()
  const after = await recipientNamed(notice, 'Mejeri')
  const next = after.contacts[after.contactIndex]
  say(
    'Mail server',
    `sends a report (${reference}): the mail to ${address}, taken a week ago, has come back after all.`,
  )
  say(
    'Tilsyn',
    `stops ${short(after.customerName)}’s clock and writes to ${next?.email}. Last day ${dayOf(before.lastDay)} becomes ${dayOf(after.lastDay)}.`,
  )
}

const dayOf = (day: Recipient['lastDay']) => (day ? formatShortDay(day, 'en') : 'none')

/** A customer answers the mail itself, on its last day: nobody knows yet whether that is an objection. */
export async function customerAnswersByMail({ trial, transcript }: Telling, notice: Notice): Promise<Reply> {
  const polar = await recipientNamed(notice, 'Polar Shipping')
  const contact = polar.contacts[polar.contactIndex]
  if (!contact) throw new Error('nobody can answer')
  trial.at('16:40')
  const { reference } = await trial.receive(
    answerTo(mailAbout(trial, contact.email, notice.reference), {
      from: `${contact.name} <${contact.email}>`,
      text: 'Before we make up our minds: is our data encrypted before it leaves your servers?',
      date: trial.now(),
    }),
  )
  await trial.runTimers()
  const reply = await replyByReference(reference)
  if (!reply?.part || !reply.blocking) throw new Error('the answer blocks nobody')
  transcript.say(
    contact.name,
    `answers the mail itself. Tilsyn keeps it as ${reference}: ${short(reply.part.customerName)}, ${reply.part.noticeReference}, “${t('replies:state.blocking')}”.`,
  )
  return reply
}

/** Its last day is over, and still nothing begins for it. */
export async function stillHeld(
  { transcript }: Telling,
  notice: Notice,
  { reference }: Reply,
): Promise<void> {
  const {
    customerName,
    held,
    unclassified = [],
    lines,
    lastDay,
  } = await recipientNamed(notice, 'Polar Shipping')
  if (!held || !unclassified.includes(reference) || lines.some(({ permittedFrom }) => permittedFrom))
    throw new Error('an unread answer must hold its customer')
  transcript.say(
    'Tilsyn',
    `permits nothing for ${short(customerName)}, whose last day was ${formatDay(lastDay ?? '', 'en')}: nobody has read ${unclassified.join(', ')}.`,
  )
}

export async function officerReads(
  { trial, transcript, olga }: Telling,
  { reference }: Reply,
): Promise<void> {
  trial.at('08:10')
  const read = await readReply(olga(), reference, {
    as: 'question',
    note: null,
    answer: 'Yes: with keys that only we hold. You may still object until the use begins.',
    reason: null,
    name: null,
    title: null,
  })
  await trial.runTimers()
  const { to, mail } = mailsTo(trial, read.from.address).at(-1) ?? {}
  if (read.classification?.as !== 'question' || !mail?.text?.includes('keys that only we hold'))
    throw new Error('the question has not been answered')
  transcript.say(
    'Olga, officer',
    `reads ${reference} as a question and answers ${to}. Nothing holds the customer any more.`,
  )
}
