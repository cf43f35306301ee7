/** What a sub-processor's contact is sent about a statement, and what our own people are told. */
import type { Locale } from '../base/context.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Message } from '../mail/rules.js'
import type { Sender } from '../notices/rules.js'
import type { Reminder, Statement, StatementRequest } from './rules.js'

export type Asking = {
  statement: Statement
  request: StatementRequest
  vendorName: string
  sender: Sender
  link: string
}

/** The request itself, and each time it is sent anew. */
export function requestMail(asking: Asking): Message {
  const { statement, request } = asking
  return asked(
    asking,
    'request',
    `statements/request/${statement.reference}/${request.round}`,
    'statement-request',
  )
}

export function reminderMail(asking: Asking, reminder: Reminder): Message {
  const { statement, request } = asking
  const key = `statements/reminder/${statement.reference}/${request.round}/${reminder}`
  const late = reminder === 'late' || reminder === 'escalated'
  return asked(asking, late ? 'reminder-late' : 'reminder', key, 'statement-reminder')
}

function asked(
  { statement, request, vendorName, sender, link }: Asking,
  texts: 'request' | 'reminder' | 'reminder-late',
  key: string,
  kind: string,
): Message {
  const { locale, dueOn, what, name } = request
  const t = textIn(locale)
  const facts = { sender: sender.name, vendor: vendorName, day: formatDay(dueOn, locale), what }
  return {
    key,
    kind,
    to: { address: request.email, name, contact: request.contact },
    locale,
    content: {
      subject: t(`statements:mail.${texts}.subject`, facts),
      lead: t(`statements:mail.${texts}.lead`, facts),
      greeting: t('statements:mail.greeting', { name }),
      sections: [
        {
          rows: [
            [t('statements:request.what'), what],
            [t('statements:request.dueOn'), formatDay(dueOn, locale)],
            [t('statements:mail.our-reference'), statement.reference],
          ],
        },
        { paragraphs: [t('statements:mail.how'), t('statements:mail.why')] },
      ],
      button: { label: t('statements:mail.button') },
      closing: regards(sender, locale),
    },
    link,
    about: { kind: 'statement', id: statement._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: statement.sample,
  }
}

/** The sender has it in writing that it came, with the file's name. */
export function receiptMail(
  { statement, request, sender }: Omit<Asking, 'link'>,
  file: { name: string; sha256: string },
): Message {
  const { locale, name } = request
  const t = textIn(locale)
  return {
    key: `statements/receipt/${statement.reference}/${file.sha256}`,
    kind: 'statement-receipt',
    to: { address: request.email, name, contact: request.contact },
    locale,
    content: {
      subject: t('statements:mail.receipt.subject', { what: request.what }),
      lead: t('statements:mail.receipt.lead', { file: file.name }),
      greeting: t('statements:mail.greeting', { name }),
      sections: [
        {
          rows: [
            [t('statements:mail.our-reference'), statement.reference],
            [t('statements:fact.file'), file.name],
            [t('statements:fact.hash'), file.sha256],
          ],
        },
      ],
      closing: regards(sender, locale),
    },
    about: { kind: 'statement', id: statement._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: statement.sample,
  }
}

export type StaffReader = { id: string; name: string; address: string; locale: Locale }

/** To our own people: a statement has come, or one has been waited for two weeks past its day. */
export function staffMail(
  statement: Statement,
  vendorName: string,
  reader: StaffReader,
  what: 'came' | 'escalated',
  once: string,
): Message {
  const { locale } = reader
  const t = textIn(locale)
  const day = statement.request ? formatDay(statement.request.dueOn, locale) : ''
  const facts = {
    vendor: vendorName,
    reference: statement.reference,
    day,
    what: statement.request?.what ?? '',
  }
  return {
    key: `statements/${what}/${statement.reference}/${once}/${reader.id}`,
    kind: `statement-${what}`,
    to: { address: reader.address, name: reader.name },
    locale,
    content: {
      subject: t(`statements:mail.${what}.subject`, facts),
      lead: t(`statements:mail.${what}.lead`, facts),
      sections: [],
      button: { label: t('statements:mail.open') },
    },
    opens: `/statements/${statement.reference}`,
    about: { kind: 'statement', id: statement._id },
    sample: statement.sample,
  }
}

function regards(sender: Sender, locale: Locale): string[] {
  return [
    textIn(locale)('statements:mail.regards'),
    [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
  ]
}
