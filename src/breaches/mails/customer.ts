/** What a customer is told of a breach, phase by phase, and what it is answered. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { MailContent, MailSection, Message } from '../../mail/rules.js'
import { worded, type Wording } from '../../mail/rules/wording.js'
import type { Sender } from '../../notices/rules.js'
import { paragraphs, partsOf, timesOf } from '../page/facts.js'
import { isOurs, wordsIn, type AffectedCustomer, type Breach, type Phase, type Question } from '../rules.js'

export type BreachLetter = {
  breach: Breach
  phase: Phase
  affected: Pick<AffectedCustomer, '_id' | 'customerName' | 'customerReference' | 'foundAt' | 'sample'>
  /** What the affected services of this customer are called, in the contact's language. */
  services: string[]
  contact: { id: string; name: string; email: string; locale: Locale }
  caseNumber: string | null
  sender: Sender
  wording: Wording | null
  zone: string
}

export const phaseKind = 'breach-phase'

export function phaseKey(reference: string, customer: string, contact: string, phase: number): string {
  return `breach/${reference}/${customer}/${contact}/${phase}`
}

/** Which phase a mail of this kind brought. */
export function phaseOfKey(key: string): number {
  return Number(key.split('/').at(-1))
}

export function phaseMail(letter: BreachLetter, link: string): Message {
  const { breach, phase, affected, contact, sender } = letter
  return {
    key: phaseKey(breach.reference, affected.customerReference, contact.id, phase.number),
    kind: phaseKind,
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: isOurs(breach) ? passOnContent(letter) : phaseContent(letter),
    link,
    opens: `breaches/${breach.reference}`,
    about: { kind: 'breach-customer', id: affected._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: affected.sample,
  }
}

/** Clause 10 and Art. 33(2): what happened, as far as it is known; and that the 72 hours are the customer's. */
function phaseContent(letter: BreachLetter): MailContent {
  const { breach, phase, affected, services, contact, sender, zone } = letter
  const { locale } = contact
  const { t, frame, subject } = framedBy(letter)
  const facts = { sender: sender.name, number: phase.number }
  const later = phase.number > 1
  const advice = paragraphs(wordsIn(phase.content.advice, locale))
  return {
    ...frame,
    subject: subject(later ? t('breaches:mail.subject-later', facts) : t('breaches:mail.subject', facts)),
    lead: later ? t('breaches:mail.lead-later', facts) : t('breaches:mail.lead', facts),
    sections: [
      ...(later
        ? [{ heading: t('breaches:mail.news'), paragraphs: paragraphs(wordsIn(phase.content.news, locale)) }]
        : []),
      {
        heading: t('breaches:mail.facts'),
        rows: partsOf(phase.content, locale).map(({ label, text }): [string, string] => [label, text]),
      },
      { rows: timesOf(breach, services, { locale, zone }, affected) },
      ...(advice.length > 0 ? [{ heading: t('breaches:mail.advice'), paragraphs: advice }] : []),
      ownDuty(t),
    ],
  }
}

/** Annex D.2.2: the text that the customer sends to its users without delay and unaltered. */
function passOnContent(letter: BreachLetter): MailContent {
  const { breach, phase, contact, sender } = letter
  const { t, frame, subject } = framedBy(letter)
  const who = breach.role === 'provider' ? (breach.vendorName ?? sender.name) : sender.name
  const facts = { sender: sender.name, who, number: phase.number }
  return {
    ...frame,
    subject: subject(t('breaches:mail.pass-subject', facts)),
    lead: t('breaches:mail.pass-lead', facts),
    sections: [
      ...(phase.number > 1
        ? [
            {
              heading: t('breaches:mail.news'),
              paragraphs: paragraphs(wordsIn(phase.content.news, contact.locale)),
            },
          ]
        : []),
      { paragraphs: [t('breaches:mail.pass-duty', facts)] },
      // Both languages: the users of the customer read what they read.
      { heading: t('breaches:mail.pass-da'), paragraphs: paragraphs(phase.content.passOn.da) },
      { heading: t('breaches:mail.pass-en'), paragraphs: paragraphs(phase.content.passOn.en) },
    ],
  }
}

/** What staff answers a question about the breach. */
export function answerMail(letter: BreachLetter, { id, text, answer }: Question, link: string): Message {
  const { breach, affected, contact, sender } = letter
  const { t, frame, subject } = framedBy(letter)
  return {
    key: `breach/answer/${breach.reference}/${id}/${contact.id}`,
    kind: 'breach-answer',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: {
      ...frame,
      subject: subject(t('breaches:mail.answer-subject')),
      lead: t('breaches:mail.answer-lead', { sender: sender.name }),
      sections: [
        { heading: t('breaches:mail.answer'), paragraphs: paragraphs(answer?.text ?? '') },
        { heading: t('breaches:mail.asked'), paragraphs: paragraphs(text) },
      ],
    },
    link,
    opens: `breaches/${breach.reference}`,
    about: { kind: 'breach-customer', id: affected._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: affected.sample,
  }
}

function ownDuty(t: (key: string) => string): MailSection {
  return {
    heading: t('breaches:mail.own-duty'),
    paragraphs: [t('breaches:mail.own-duty-what')],
    list: [t('breaches:mail.own-authority'), t('breaches:mail.own-subjects'), t('breaches:mail.own-record')],
  }
}

function framedBy({ breach, affected, contact, caseNumber, sender, wording }: BreachLetter) {
  const { locale } = contact
  const t = worded(textIn(locale), wording, locale)
  const own = caseNumber ? `${t('breaches:mail.your-case', { number: caseNumber })}: ` : ''
  return {
    t,
    subject: (text: string) => `${own}${text} [${breach.reference}]`,
    frame: {
      greeting: t('breaches:mail.greeting', { name: contact.name, customer: affected.customerName }),
      button: { label: t('breaches:mail.button') },
      closing: [
        t('breaches:mail.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
      ...(caseNumber ? { caseNumber } : {}),
    },
  }
}
