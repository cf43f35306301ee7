/** What every mail about a notice has in common. */
import type { Locale } from '../../base/context.js'
import { formatWeekday } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Contact } from '../../customers/rules.js'
import type { MailContent } from '../../mail/rules.js'
import { worded } from '../../mail/rules/wording.js'
import type { ServiceNames } from '../page/facts.js'
import type { Notice } from '../rules/notice.js'
import type { RecipientContent } from '../rules/recipient.js'

export type Letter = {
  notice: Notice
  recipient: RecipientContent
  contact: Pick<Contact, 'name' | 'locale'>
  services: ServiceNames
}

export type Written = Letter & { locale: Locale; t: Text; day: (day: string) => string }

export function written(letter: Letter): Written {
  const { locale } = letter.contact
  const t = worded(textIn(locale), letter.notice.wording, locale)
  return { ...letter, locale, t, day: (on) => formatWeekday(on, locale) }
}

/** The customer files by its own case number, so it stands first; ours stands last. */
export function subjectOf(mail: Written, subject: string): string {
  return `${ownCase(mail)}${subject} [${mail.notice.reference}]`
}

export function ownCase({ recipient, t }: Pick<Written, 'recipient' | 't'>): string {
  return recipient.caseNumber ? `${t('notices:mail.your-case', { number: recipient.caseNumber })}: ` : ''
}

/** Greeting, foot and case number of a mail. */
export function framed({
  notice,
  recipient,
  contact,
  t,
}: Written): Pick<MailContent, 'greeting' | 'closing'> & { caseNumber?: string } {
  const { sender } = notice
  return {
    greeting: t('notices:mail.greeting', { name: contact.name, customer: recipient.customerName }),
    closing: [
      t('notices:mail.regards'),
      [sender?.officer, sender?.name, sender?.phone].filter(Boolean).join(', '),
    ],
    ...(recipient.caseNumber ? { caseNumber: recipient.caseNumber } : {}),
  }
}
