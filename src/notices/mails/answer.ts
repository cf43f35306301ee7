/** What follows an answer: a receipt for every contact of the customer, and word to the officers. */
import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailContent } from '../../mail/rules.js'
import { answerFrom, answerRows, type AnswerGiven } from '../page/answers.js'
import { namesIn } from '../page/facts.js'
import type { Notice } from '../rules/notice.js'
import { nextPermission } from '../rules/permission.js'
import type { Recipient } from '../rules/recipient.js'
import { linesOf } from './announcement.js'
import { framed, subjectOf, written, type Letter } from './letter.js'

type Answered = Omit<Letter, 'recipient'> & { recipient: Recipient }

/** What was answered, by whom, when and how; what it means; and where to say so if it is not right. */
export function answerReceipt(letter: Answered, given: AnswerGiven): MailContent {
  const mail = written(letter)
  const { notice, t, locale } = mail
  const { recipient } = letter
  const names = namesIn(linesOf(notice.lines, recipient))
  const mailbox = notice.sender?.replyTo ?? ''
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('answers:receipt.subject', { names })),
    lead: t('answers:receipt.lead', { customer: recipient.customerName }),
    sections: [
      {
        rows: [
          ...answerRows(given, notice, recipient, t),
          ...answerFrom(given, t),
          [t('answers:when'), formatInstant(given.at, locale, notice.rules.zone)],
        ],
      },
      { heading: t('answers:receipt.what-now'), list: meaning(recipient, given, mail) },
      { heading: t('answers:receipt.not-right'), paragraphs: [t('answers:receipt.tell-us', { mailbox })] },
    ],
    button: { label: t('answers:receipt.button') },
  }
}

function meaning(
  recipient: Recipient,
  given: AnswerGiven,
  { t, day }: Pick<ReturnType<typeof written>, 't' | 'day'>,
): string[] {
  const approved = given.lines.some(({ answer }) => answer === 'approved')
  const refused = given.lines.some(({ answer }) => answer === 'refused')
  const permitted = recipient.lines.flatMap(({ permittedFrom }) => permittedFrom ?? []).toSorted()[0] ?? null
  const from = permitted ?? nextPermission(recipient)
  return [
    ...(approved && recipient.held ? [t('answers:receipt.held')] : []),
    ...(approved && !recipient.held && from ? [t('answers:receipt.from', { day: day(from) })] : []),
    ...(approved && !recipient.held && !from ? [t('answers:receipt.waits')] : []),
    ...(refused ? [t('answers:receipt.refused')] : []),
    ...(given.instruction ? [t('answers:receipt.instructed')] : []),
  ]
}

export type AlertReader = { name: string; locale: Locale }

/** To the officers: a customer has answered on its page. */
export function answerAlert(
  { notice, recipient }: { notice: Notice; recipient: Recipient },
  given: AnswerGiven,
  reader: AlertReader,
): MailContent {
  const t = textIn(reader.locale)
  const facts = { customer: recipient.customerName, notice: notice.reference }
  const refused = given.lines.some(({ answer }) => answer === 'refused')
  return {
    subject: t('answers:alert.subject', facts),
    lead: t(refused ? 'answers:alert.lead-refused' : 'answers:alert.lead', facts),
    greeting: t('answers:alert.greeting', { name: reader.name }),
    sections: [
      {
        rows: [
          [t('answers:alert.customer'), `${recipient.customerName} (${recipient.customerReference})`],
          ...answerRows(given, notice, recipient, t),
          ...answerFrom(given, t),
          [t('answers:when'), formatInstant(given.at, reader.locale, notice.rules.zone)],
        ],
      },
      ...(given.instruction ? [{ paragraphs: [t('answers:alert.instruction')] }] : []),
    ],
    button: { label: t('answers:alert.button') },
  }
}

/** From one contact of the customer to another who may decide; its link is that other's own. */
export function passedOn(letter: Answered, from: { name: string }): MailContent {
  const mail = written(letter)
  const { notice, t } = mail
  const { recipient } = letter
  const facts = {
    from: from.name,
    customer: recipient.customerName,
    names: namesIn(linesOf(notice.lines, recipient)),
  }
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('answers:passed-on.subject', facts)),
    lead: t('answers:passed-on.lead', facts),
    sections: [{ paragraphs: [t('answers:passed-on.what'), t('answers:passed-on.code')] }],
    button: { label: t('answers:passed-on.button') },
  }
}
