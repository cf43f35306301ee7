/** The mail with the code. Its digits stand in no stored copy: they are put in while it is sent. */
import { codeMinutes } from '../auth/rules.js'
import { codePlaceholder, type Message } from '../mail/rules.js'
import type { Contact } from '../customers/rules.js'
import { framed, subjectOf, written } from '../notices/mails/letter.js'
import type { Notice } from '../notices/rules/notice.js'
import type { Recipient } from '../notices/rules/recipient.js'
import type { Statement } from './rules/statement.js'

export function codeMailKey(code: string): string {
  return `code/${code}`
}

/** To the contact's registered mailbox, wherever its link has been forwarded to: what the code would confirm, and what not to do with it. */
export function codeMail(
  code: string,
  statement: Statement,
  { notice, recipient, contact }: { notice: Notice; recipient: Recipient; contact: Contact },
): Message {
  const mail = written({ notice, recipient, contact, services: new Map() })
  const { t, locale } = mail
  const { by } = statement
  return {
    key: codeMailKey(code),
    kind: 'customer-code',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale,
    content: {
      ...framed(mail),
      subject: subjectOf(mail, t('answers:code-mail.subject')),
      lead: t('answers:code-mail.lead', { code: codePlaceholder }),
      sections: [
        { heading: t('answers:code-mail.confirms'), list: statement.words },
        {
          paragraphs: [
            t('answers:code-mail.by', by),
            t('answers:code-mail.minutes', { minutes: codeMinutes }),
          ],
        },
        {
          heading: t('answers:code-mail.not-you'),
          paragraphs: [t('answers:code-mail.not-you-what', { mailbox: notice.sender?.replyTo ?? '' })],
        },
      ],
    },
    code,
    about: { kind: 'recipient', id: recipient._id },
    ...(notice.sender ? { replyTo: notice.sender.replyTo } : {}),
    sample: recipient.sample,
  }
}
