/** What both sides are told of a request. The answer itself stands on the customer's page: a mail only leads there. */
import type { Locale } from '../base/context.js'
import type { Contact } from '../customers/rules.js'
import { formatDay } from '../i18n/formats.js'
import { textIn, type Text } from '../i18n/texts.js'
import type { MailContent, Message } from '../mail/rules.js'
import { worded, type Wording } from '../mail/rules/wording.js'
import type { Sender } from '../notices/rules.js'
import { kindRules, type CustomerRequest, type RequestMessage } from './rules.js'

export * from './mails/staff.js'

export type CustomerLetter = {
  request: CustomerRequest
  contact: Pick<Contact, 'id' | 'name' | 'email' | 'locale'>
  link: string
  sender: Sender
  wording: Wording | null
}

/** It has come, this is what it says, and by when there is an answer. */
export function receiptMail(letter: CustomerLetter): Message {
  const { request } = letter
  const t = words(letter)
  return toCustomer(letter, 'receipt', '', {
    subject: t('requests:mail.receipt.subject', facts(letter)),
    lead: t('requests:mail.receipt.lead', facts(letter)),
    sections: [
      { rows: rowsOf(letter) },
      ...(request.text ? [{ heading: t('requests:mail.asked'), paragraphs: paragraphs(request.text) }] : []),
      { paragraphs: [t('requests:mail.receipt.more', facts(letter))] },
    ],
  })
}

/** The answer is on the page; or what we have to tell the customer is. What is sensitive is read there, not in a mailbox. */
export function answerMail(letter: CustomerLetter): Message {
  const { request } = letter
  const t = words(letter)
  const { confirming } = kindRules[request.kind]
  const ours = request.begunBy === 'us'
  return toCustomer(letter, ours ? 'told' : 'answer', '', {
    subject: t(ours ? 'requests:mail.told.subject' : 'requests:mail.answer.subject', facts(letter)),
    lead: t(ours ? 'requests:mail.told.lead' : 'requests:mail.answer.lead', facts(letter)),
    sections: [
      { rows: rowsOf(letter) },
      ...(confirming === 'none'
        ? []
        : [{ heading: t('requests:mail.to-do'), paragraphs: [t(`requests:mail.confirm-${confirming}`)] }]),
      { paragraphs: [t('requests:mail.where')] },
    ],
  })
}

export function declinedMail(letter: CustomerLetter): Message {
  const t = words(letter)
  return toCustomer(letter, 'declined', '', {
    subject: t('requests:mail.declined.subject', facts(letter)),
    lead: t('requests:mail.declined.lead', facts(letter)),
    sections: [
      { heading: t('requests:mail.declined.why'), paragraphs: paragraphs(letter.request.reason ?? '') },
      { paragraphs: [t('requests:mail.declined.disagree')] },
    ],
  })
}

/** What staff wrote to the customer; it stands on the customer's page as well. */
export function messageMail(letter: CustomerLetter, message: RequestMessage): Message {
  const t = words(letter)
  return toCustomer(letter, 'message', message.id, {
    subject: t('requests:mail.message.subject', facts(letter)),
    lead: t('requests:mail.message.lead', facts(letter)),
    sections: [{ paragraphs: paragraphs(message.text) }],
  })
}

/** The customer has our answer and has still to say so, or to order. `days` since the answer. */
export function confirmReminderMail(letter: CustomerLetter, days: number): Message {
  const { confirming } = kindRules[letter.request.kind]
  const t = words(letter)
  return toCustomer(letter, 'reminder', String(days), {
    subject: t('requests:mail.reminder.subject', facts(letter)),
    lead: t('requests:mail.reminder.lead', facts(letter)),
    sections: [
      { rows: rowsOf(letter) },
      ...(confirming === 'none' ? [] : [{ paragraphs: [t(`requests:mail.confirm-${confirming}`)] }]),
    ],
  })
}

type Content = Pick<MailContent, 'subject' | 'lead' | 'sections'>

function toCustomer(
  letter: CustomerLetter,
  what: 'receipt' | 'answer' | 'told' | 'declined' | 'message' | 'reminder',
  which: string,
  { subject, ...content }: Content,
): Message {
  const { request, contact, link, sender } = letter
  const t = words(letter)
  const own = request.caseNumber ? `${t('requests:mail.your-case', { number: request.caseNumber })}: ` : ''
  return {
    key: ['request', what, request.reference, which, contact.id].filter(Boolean).join('/'),
    kind: `request-${what}`,
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: {
      subject: `${own}${subject} [${request.reference}]`,
      ...content,
      greeting: t('requests:mail.greeting', { name: contact.name, customer: request.customerName }),
      button: { label: t('requests:mail.see') },
      closing: [
        t('requests:mail.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
      ...(request.caseNumber ? { caseNumber: request.caseNumber } : {}),
    },
    link,
    opens: `requests/${request.reference}`,
    about: { kind: 'request', id: request._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: request.sample,
  }
}

function rowsOf(letter: CustomerLetter): [string, string][] {
  const { request, contact } = letter
  const t = words(letter)
  const day = (on: string) => formatDay(on, contact.locale)
  return [
    [t('requests:field.reference'), request.reference],
    [t('requests:field.about'), kindInWords(request, contact.locale)],
    [t('requests:field.clause'), t('requests:clause', { clause: kindRules[request.kind].clause })],
    ...(request.running
      ? ([
          [t('requests:field.receivedOn'), day(request.receivedOn)],
          [t('requests:field.answerBy'), day(request.dueOn)],
        ] as [string, string][])
      : []),
  ]
}

function kindInWords({ kind }: CustomerRequest, locale: Locale): string {
  return textIn(locale)(`requests:kind.${kind}.name`)
}

function facts({ request, contact, sender }: CustomerLetter): Record<string, string> {
  return {
    kind: kindInWords(request, contact.locale),
    answerBy: formatDay(request.dueOn, contact.locale),
    sender: sender.name,
  }
}

function words({ contact, wording }: CustomerLetter): Text {
  return worded(textIn(contact.locale), wording, contact.locale)
}

function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/).filter((each) => each.trim() !== '')
}
