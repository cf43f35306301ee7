import type { Locale } from '../base/context.js'
import { formatDay, formatInstant } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { MailContent, Message } from '../mail/rules.js'
import { linesOf } from '../notices/mails/announcement.js'
import { framed, subjectOf, written, type Letter, type Written } from '../notices/mails/letter.js'
import { linesInWords } from '../notices/page/facts.js'
import type { Objection, ObjectionMessage } from './rules.js'

/** A reader on the customer's side: `link` opens its page, and is put in only while the mail is sent. */
export type CustomerReader = Letter & { to: { contact: string; address: string; link: string } }

/** A reader on staff, who signs in and finds the case by its reference. */
export type StaffReader = { person: string; name: string; address: string; locale: Locale }

/** The receipt for the customer's contacts: that it has come, what it stops, and what happens now. */
export function receiptMail(objection: Objection, reader: CustomerReader): Message {
  const mail = written(reader)
  const { t, locale, notice } = mail
  const facts = factsOf(objection, locale)
  const received =
    objection.channel === 'page'
      ? formatInstant(objection.receivedAt, locale, notice.rules.zone)
      : formatDay(objection.receivedOn, locale)
  return toCustomer(objection, reader, 'receipt', '', {
    subject: subjectOf(mail, t('objections:mail.receipt.subject', facts)),
    lead: t(
      objection.useHadBegun ? 'objections:mail.receipt.leadInUse' : 'objections:mail.receipt.lead',
      facts,
    ),
    sections: [
      {
        rows: [
          ...aboutRows(objection, mail),
          [t('objections:mail.received'), received],
          [t('objections:mail.by'), objection.raisedBy.name],
          [t('objections:mail.reasons'), objection.reasons ?? t('objections:mail.noReasons')],
        ],
      },
      {
        heading: t('objections:mail.whatNow'),
        list: [
          ...(objection.timely ? [] : [t('objections:mail.receipt.late')]),
          t('objections:mail.receipt.answer', facts),
          t('objections:mail.receipt.withdraw'),
        ],
      },
    ],
  })
}

/** What staff wrote to the customer; it stands on the customer's page as well. */
export function messageMail(
  objection: Objection,
  message: ObjectionMessage,
  reader: CustomerReader,
): Message {
  const mail = written(reader)
  const { t, locale } = mail
  const facts = factsOf(objection, locale)
  return toCustomer(objection, reader, 'message', message.id, {
    subject: subjectOf(mail, t('objections:mail.message.subject', facts)),
    lead: t('objections:mail.message.lead', facts),
    sections: [{ paragraphs: message.text.split(/\n{2,}/) }],
  })
}

/** How it ended, and what that means for the customer; nothing of our own deliberation. */
export function outcomeMail(objection: Objection, reader: CustomerReader): Message {
  const mail = written(reader)
  const { t, locale } = mail
  const facts = factsOf(objection, locale)
  const outcome = objection.outcome ?? ''
  return toCustomer(objection, reader, 'outcome', outcome, {
    subject: subjectOf(mail, t('objections:mail.outcome.subject', facts)),
    lead: t(`objections:customerOutcome.${outcome}`, facts),
    sections: [
      { rows: aboutRows(objection, mail) },
      ...(objection.outcomeNote
        ? [
            {
              heading: t('objections:mail.outcome.ourWords'),
              paragraphs: objection.outcomeNote.split(/\n{2,}/),
            },
          ]
        : []),
      { paragraphs: [t('objections:mail.outcome.disagree')] },
    ],
  })
}

/** To the officers: a customer has objected, what it stops, and what to do first. */
export function alertMail(objection: Objection, reader: StaffReader, zone: string): Message {
  const { t, facts } = forStaff(objection, reader)
  return toStaff(objection, reader, 'alert', '', {
    subject: t('objections:mail.alert.subject', facts),
    lead: t(objection.useHadBegun ? 'objections:mail.alert.leadInUse' : 'objections:mail.alert.lead', facts),
    greeting: t('objections:mail.greeting', { name: reader.name }),
    sections: [
      {
        rows: [
          [t('objections:mail.reference'), objection.reference],
          [t('objections:mail.customer'), `${objection.customerName} (${objection.customerReference})`],
          [t('objections:mail.received'), formatInstant(objection.receivedAt, reader.locale, zone)],
          [t('objections:mail.inTime'), t(objection.timely ? 'objections:timely' : 'objections:late')],
          [t('objections:mail.answerBy'), formatDay(objection.answerBy, reader.locale)],
        ],
      },
      { paragraphs: [t('objections:mail.alert.where', facts)] },
    ],
  })
}

/** To the owner, or to all officers while there is none: the customer has written in its case, or withdrawn it. */
export function customerWroteMail(
  objection: Objection,
  message: ObjectionMessage | null,
  reader: StaffReader,
): Message {
  const { t, facts } = forStaff(objection, reader)
  const said = message ? 'wrote' : 'withdrew'
  return toStaff(objection, reader, said, message?.id ?? '', {
    subject: t(`objections:mail.${said}.subject`, facts),
    lead: t(`objections:mail.${said}.lead`, facts),
    greeting: t('objections:mail.greeting', { name: reader.name }),
    sections: [{ paragraphs: [t('objections:mail.alert.where', facts)] }],
  })
}

export type Blocked = {
  recipient: string
  noticeReference: string
  customerName: string
  customerReference: string
  /** Why, as `mayBePermitted` says it: a text key. */
  because: string
  sample: boolean
}

/** To the officers, once for each reason: the days are over, and the change may still not be used for the customer. */
export function blockedMail(blocked: Blocked, reader: StaffReader): Message {
  const t = textIn(reader.locale)
  return {
    key: `change-blocked/${blocked.recipient}/${blocked.because}/${reader.person}`,
    kind: 'change-blocked',
    to: { address: reader.address, name: reader.name },
    locale: reader.locale,
    content: {
      subject: t('objections:mail.blocked.subject', blocked),
      lead: t('objections:mail.blocked.lead', blocked),
      greeting: t('objections:mail.greeting', { name: reader.name }),
      sections: [
        {
          rows: [
            [t('objections:mail.customer'), `${blocked.customerName} (${blocked.customerReference})`],
            [t('objections:mail.because'), t(blocked.because)],
          ],
        },
        { paragraphs: [t('objections:mail.blocked.where', blocked)] },
      ],
      button: { label: t('objections:mail.openNotice') },
    },
    opens: `/notices/${blocked.noticeReference}`,
    about: { kind: 'recipient', id: blocked.recipient },
    sample: blocked.sample,
  }
}

export function aboutRows(objection: Objection, { notice, recipient, t }: Written): [string, string][] {
  const change = linesInWords(linesOf(notice.lines, recipient), t)
  return [
    [t('objections:mail.reference'), objection.reference],
    [t('objections:mail.notice'), `${notice.reference}: ${change}`],
  ]
}

export function toCustomer(
  objection: Objection,
  reader: CustomerReader,
  what: 'receipt' | 'message' | 'outcome' | 'remedy',
  which: string,
  content: Pick<MailContent, 'subject' | 'lead' | 'sections'>,
): Message {
  const mail = written(reader)
  const { to, notice } = reader
  return {
    key: ['objection', what, objection.reference, which, to.contact].filter(Boolean).join('/'),
    kind: `objection-${what}`,
    to: { address: to.address, name: reader.contact.name, contact: to.contact },
    locale: mail.locale,
    content: { ...framed(mail), ...content, button: { label: mail.t('objections:mail.seeObjection') } },
    link: to.link,
    opens: `objections/${objection.reference}`,
    about: { kind: 'objection', id: objection._id },
    ...(notice.sender?.replyTo ? { replyTo: notice.sender.replyTo } : {}),
    sample: objection.sample,
  }
}

export function toStaff(
  objection: Objection,
  reader: StaffReader,
  what: 'alert' | 'wrote' | 'withdrew' | 'confirmed',
  which: string,
  content: MailContent,
): Message {
  return {
    key: ['objection', what, objection.reference, which, reader.person].filter(Boolean).join('/'),
    kind: `objection-${what}`,
    to: { address: reader.address, name: reader.name },
    locale: reader.locale,
    content: { ...content, button: { label: textIn(reader.locale)('objections:mail.openCase') } },
    opens: `/objections/${objection.reference}`,
    about: { kind: 'objection', id: objection._id },
    sample: objection.sample,
  }
}

export function forStaff(objection: Objection, { locale }: StaffReader) {
  return { t: textIn(locale), facts: factsOf(objection, locale) }
}

export function factsOf(objection: Objection, locale: Locale): Record<string, string> {
  return {
    reference: objection.reference,
    notice: objection.noticeReference,
    customer: objection.customerName,
    answerBy: formatDay(objection.answerBy, locale),
    endsOn: objection.endsOn === null ? '' : formatDay(objection.endsOn, locale),
  }
}
