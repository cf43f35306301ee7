/** The mail with the code, where it is about a case of its own. Its digits stand in no stored copy. */
import { codeMinutes } from '../../auth/rules.js'
import type { Contact } from '../../customers/rules.js'
import type { Departure } from '../../departures/rules.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { codePlaceholder, type Message } from '../../mail/rules.js'
import { worded, type Wording } from '../../mail/rules/wording.js'
import type { Sender } from '../../notices/rules.js'
import type { CustomerRequest } from '../../requests/rules.js'
import { codeMailKey } from '../mails.js'
import type {
  CaseStatement,
  HandlingStatement,
  MailboxStatement,
  OrderStatement,
} from '../rules/statement.js'

type To = { contact: Contact; sender: Sender; wording: Wording | null }

/** An order (D.1). */
export function orderCodeMail(
  code: string,
  statement: OrderStatement,
  { request, ...to }: To & { request: CustomerRequest },
): Message {
  const { _id, reference, customerName: customer, caseNumber, sample } = request
  const t = wordsOf(to)
  return caseCodeMail(code, statement, to, t, {
    about: { kind: 'request', id: _id },
    reference,
    sample,
    caseNumber,
    own: caseNumber ? t('requests:mail.your-case', { number: caseNumber }) : '',
    greeting: t('requests:mail.greeting', { name: to.contact.name, customer }),
    regards: t('requests:mail.regards'),
  })
}

/** Deletion, or return first (28(3)(g)). */
export function handlingCodeMail(
  code: string,
  statement: HandlingStatement,
  { departure, caseNumber, ...to }: To & { departure: Departure; caseNumber: string | null },
): Message {
  const { _id, reference, customerName: customer, sample } = departure
  const t = wordsOf(to)
  return caseCodeMail(code, statement, to, t, {
    about: { kind: 'departure', id: _id },
    reference,
    sample,
    caseNumber,
    own: caseNumber ? t('departures:mail.your-case', { number: caseNumber }) : '',
    greeting: t('departures:mail.greeting', { name: to.contact.name, customer: customer ?? '' }),
    regards: t('departures:mail.regards'),
  })
}

/** Shows a person the customers it answers for; about none of them in particular. */
export function mailboxCodeMail(
  code: string,
  statement: MailboxStatement,
  { about, sample, ...to }: To & Pick<Case, 'about' | 'sample'>,
): Message {
  const t = wordsOf(to)
  return caseCodeMail(code, statement, to, t, {
    about,
    reference: null,
    sample,
    caseNumber: null,
    own: '',
    greeting: t('shared:mail.greeting', { name: to.contact.name }),
    regards: t('requests:mail.regards'),
  })
}

function wordsOf({ contact, wording }: To): Text {
  return worded(textIn(contact.locale), wording, contact.locale)
}

type Case = {
  about: Message['about']
  reference: string | null
  sample: boolean
  caseNumber: string | null
  own: string
  greeting: string
  regards: string
}

/** The same words as for an approval. */
function caseCodeMail(
  code: string,
  { kind, words, by }: CaseStatement,
  { contact, sender }: To,
  t: Text,
  { about, reference, sample, caseNumber, own, greeting, regards }: Case,
): Message {
  return {
    key: codeMailKey(code),
    kind: 'customer-code',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: {
      subject: `${own ? `${own}: ` : ''}${t('answers:code-mail.subject')}${reference ? ` [${reference}]` : ''}`,
      lead: t('answers:code-mail.lead', { code: codePlaceholder }),
      greeting,
      sections: [
        { heading: t('answers:code-mail.confirms'), list: words },
        {
          paragraphs: [
            ...(kind === 'mailbox' ? [] : [t('answers:code-mail.by', by)]),
            t('answers:code-mail.minutes', { minutes: codeMinutes }),
          ],
        },
        {
          heading: t('answers:code-mail.not-you'),
          paragraphs: [t('answers:code-mail.not-you-what', { mailbox: sender.replyTo ?? '' })],
        },
      ],
      closing: [regards, [sender.officer, sender.name, sender.phone].filter(Boolean).join(', ')],
      ...(caseNumber ? { caseNumber } : {}),
    },
    code,
    about,
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample,
  }
}
