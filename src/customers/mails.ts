import type { MailContent, Message } from '../mail/rules.js'
import { textIn } from '../i18n/texts.js'
import { worded, type Wording } from '../mail/rules/wording.js'
import type { Contact, Customer } from './rules.js'

/** The new way in, for a contact whose earlier links were closed. */
export function linkRenewedMail(
  customer: Pick<Customer, '_id' | 'name' | 'caseNumber' | 'sample'>,
  contact: Pick<Contact, 'id' | 'name' | 'email' | 'locale'>,
  link: { _id: string; tokenVersion: number },
  house: { name: string; replyTo: string },
  wording: Wording | null = null,
): Message {
  const t = worded(textIn(contact.locale), wording, contact.locale)
  const facts = { house: house.name, customer: customer.name, name: contact.name }
  const subject = t('customers:mail.link-renewed.subject', facts)
  const content: MailContent = {
    subject: customer.caseNumber
      ? `${t('customers:mail.your-case', { number: customer.caseNumber })}: ${subject}`
      : subject,
    lead: t('customers:mail.link-renewed.lead', facts),
    greeting: t('customers:mail.greeting', facts),
    sections: [{ paragraphs: [t('customers:mail.link-renewed.why', facts)] }],
    button: { label: t('customers:mail.link-renewed.button') },
    ...(customer.caseNumber ? { caseNumber: customer.caseNumber } : {}),
  }
  return {
    key: `link-renewed/${link._id}/${link.tokenVersion}`,
    kind: 'link-renewed',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content,
    link: link._id,
    about: { kind: 'customer', id: customer._id },
    replyTo: house.replyTo,
    sample: customer.sample,
  }
}
