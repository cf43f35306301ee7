import { codeMinutes } from '../../auth/rules.js'
import type { Contact } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { codePlaceholder, type Message } from '../../mail/rules.js'
import { worded, type Wording } from '../../mail/rules/wording.js'
import type { Sender } from '../../notices/rules.js'
import type { CustomerRequest } from '../../requests/rules.js'
import { codeMailKey } from '../mails.js'
import type { OrderStatement } from '../rules/statement.js'

/** The mail with the code that confirms an order: the same words as for an approval. Its digits stand in no stored copy. */
export function orderCodeMail(
  code: string,
  { words, by }: OrderStatement,
  {
    request,
    contact,
    sender,
    wording,
  }: { request: CustomerRequest; contact: Contact; sender: Sender; wording: Wording | null },
): Message {
  const { locale } = contact
  const t = worded(textIn(locale), wording, locale)
  const { caseNumber } = request
  const own = caseNumber ? `${t('requests:mail.your-case', { number: caseNumber })}: ` : ''
  return {
    key: codeMailKey(code),
    kind: 'customer-code',
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale,
    content: {
      subject: `${own}${t('answers:code-mail.subject')} [${request.reference}]`,
      lead: t('answers:code-mail.lead', { code: codePlaceholder }),
      greeting: t('requests:mail.greeting', { name: contact.name, customer: request.customerName }),
      sections: [
        { heading: t('answers:code-mail.confirms'), list: words },
        {
          paragraphs: [
            t('answers:code-mail.by', by),
            t('answers:code-mail.minutes', { minutes: codeMinutes }),
          ],
        },
        {
          heading: t('answers:code-mail.not-you'),
          paragraphs: [t('answers:code-mail.not-you-what', { mailbox: sender.replyTo ?? '' })],
        },
      ],
      closing: [
        t('requests:mail.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
      ...(caseNumber ? { caseNumber } : {}),
    },
    code,
    about: { kind: 'request', id: request._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: request.sample,
  }
}
