/** A remedy is put to the customer, and what it says to that. */
import type { Message } from '../../mail/rules.js'
import { subjectOf, written } from '../../notices/mails/letter.js'
import {
  aboutRows,
  factsOf,
  forStaff,
  toCustomer,
  toStaff,
  type CustomerReader,
  type StaffReader,
} from '../mails.js'
import type { Objection, Remedy } from '../rules.js'

/** To the customer's contacts: what we have done, and whether that meets the objection. */
export function remedyMail(objection: Objection, remedy: Remedy, reader: CustomerReader): Message {
  const mail = written(reader)
  const { t, locale } = mail
  const facts = factsOf(objection, locale)
  return toCustomer(objection, reader, 'remedy', remedy.id, {
    subject: subjectOf(mail, t('remedies:mail.subject', facts)),
    lead: t('remedies:mail.lead', facts),
    sections: [
      { rows: aboutRows(objection, mail) },
      { heading: t('remedies:mail.what'), paragraphs: remedy.text.split(/\n{2,}/) },
      { heading: t('remedies:mail.how'), list: [t('remedies:mail.confirm'), t('remedies:mail.until')] },
    ],
  })
}

/** To the owner, or to all officers while there is none: the customer has confirmed on its page. */
export function confirmedMail(objection: Objection, reader: StaffReader): Message {
  const { t, facts } = forStaff(objection, reader)
  return toStaff(objection, reader, 'confirmed', '', {
    subject: t('remedies:confirmed.subject', facts),
    lead: t('remedies:confirmed.lead', facts),
    greeting: t('objections:mail.greeting', { name: reader.name }),
    sections: [{ paragraphs: [t('objections:mail.alert.where', facts)] }],
  })
}
