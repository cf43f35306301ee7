import type { Locale } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import type { Message } from '../mail/rules.js'
import type { Contact } from '../customers/rules.js'
import { framed, subjectOf, written } from '../notices/mails/letter.js'
import type { Notice, Recipient } from '../notices/rules.js'
import type { Reply } from './rules.js'

export type Officer = { person: string; name: string; address: string; locale: Locale }

/** To the officers, or whoever has the case in hand: a customer has written, and what that stops. What it wrote is read on the page, not in a mail. */
export function alertMail(reply: Reply, officer: Officer): Message {
  const t = textIn(officer.locale)
  const facts = {
    customer: reply.part?.customerName ?? reply.about?.party ?? '',
    notice: reply.part?.noticeReference ?? reply.about?.reference ?? '',
    reference: reply.reference,
    count: reply.mayConcern?.length ?? 0,
  }
  const unsure = reply.state === 'unmatched' ? 'unsure' : 'message'
  const what = reply.look ?? (reply.about ? 'case' : unsure)
  return {
    key: `reply/alert/${reply.reference}/${reply.about ? reply.about.reference : reply.state}/${officer.person}`,
    kind: 'reply-alert',
    to: { address: officer.address, name: officer.name },
    locale: officer.locale,
    content: {
      subject: t(`replies:mail.alert.${what}.subject`, facts),
      lead: t(`replies:mail.alert.${what}.lead`, facts),
      greeting: t('replies:mail.greeting', { name: officer.name }),
      sections: [{ paragraphs: [t(`replies:mail.alert.${reply.about ? 'where-case' : 'where'}`)] }],
      button: { label: t('replies:mail.open') },
    },
    opens: `/replies/${reply.reference}`,
    about: { kind: 'reply', id: reply._id },
    sample: reply.sample,
  }
}

/** To the customer's contact: what staff answers. */
export function answerMail(
  reply: Reply,
  text: string,
  {
    notice,
    recipient,
    contact,
    link,
  }: { notice: Notice; recipient: Recipient; contact: Contact; link: string },
): Message {
  const mail = written({ notice, recipient, contact, services: new Map() })
  const { t, locale } = mail
  return {
    key: `reply/answer/${reply.reference}/${reply.earlier.length}/${contact.id}`,
    kind: 'reply-answer',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale,
    content: {
      ...framed(mail),
      subject: subjectOf(mail, t('replies:mail.answer.subject')),
      lead: t('replies:mail.answer.lead', { notice: notice.reference }),
      sections: [{ paragraphs: text.split(/\n{2,}/) }],
      button: { label: t('replies:mail.answer.button') },
    },
    link,
    opens: `notices/${notice.reference}`,
    about: { kind: 'recipient', id: recipient._id },
    ...(notice.sender?.replyTo ? { replyTo: notice.sender.replyTo } : {}),
    sample: recipient.sample,
  }
}
