/** What a customer is told of use without its permission. */
import type { Locale } from '../base/context.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { MailContent, Message } from '../mail/rules.js'
import { worded, type Wording } from '../mail/rules/wording.js'
import type { Sender } from '../notices/rules.js'
import { countryName } from '../transfers/rules.js'
import type { AffectedCustomer, UseCase } from './rules.js'

export type Letter = {
  useCase: UseCase
  affected: Pick<
    AffectedCustomer,
    '_id' | 'customerName' | 'customerReference' | 'since' | 'until' | 'approvedFrom' | 'sample'
  >
  contact: { id: string; name: string; email: string; locale: Locale }
  caseNumber: string | null
  sender: Sender
  wording: Wording | null
}

/** First what happened and that nothing has to be proved by the customer; then facts, what was done, and its rights. */
export function toldContent({
  useCase,
  affected,
  contact,
  caseNumber,
  sender,
  wording,
}: Letter): MailContent {
  const { locale } = contact
  const t = worded(textIn(locale), wording, locale)
  const day = (on: string) => formatDay(on, locale)
  const until = useCase.stopped?.on ?? affected.approvedFrom ?? affected.until
  const facts = { sender: sender.name, vendor: useCase.vendorName, since: day(affected.since) }
  const countries = (codes: readonly string[]) => codes.map((code) => countryName(code, locale)).join(', ')
  const own = caseNumber ? `${t('unpermitted:mail.your-case', { number: caseNumber })}: ` : ''
  return {
    subject: `${own}${t('unpermitted:mail.subject', facts)} [${useCase.reference}]`,
    lead: t('unpermitted:mail.lead', facts),
    greeting: t('unpermitted:mail.greeting', { name: contact.name, customer: affected.customerName }),
    sections: [
      { heading: t('unpermitted:mail.what'), paragraphs: paragraphs(useCase.what?.[locale]) },
      {
        heading: t('unpermitted:mail.facts'),
        rows: [
          [t('unpermitted:mail.who'), useCase.vendorName],
          [t('unpermitted:mail.activity'), useCase.activity[locale] || useCase.activity.da],
          [t('unpermitted:mail.since'), day(affected.since)],
          [t('unpermitted:mail.until'), until === null ? t('unpermitted:mail.still') : day(until)],
          [
            t('unpermitted:mail.data'),
            useCase.dataCategories.map((each) => t(`register:category.${each}`)).join(', ') ||
              t('unpermitted:mail.unknown'),
          ],
          [
            t('unpermitted:mail.stored'),
            countries(useCase.storageCountries) || t('unpermitted:mail.unknown'),
          ],
          [t('unpermitted:mail.seen'), countries(useCase.accessCountries) || t('unpermitted:mail.unknown')],
          [t('unpermitted:mail.discovered'), day(useCase.discoveredOn)],
        ],
      },
      { heading: t('unpermitted:mail.done'), paragraphs: paragraphs(useCase.done?.[locale]) },
      {
        heading: t('unpermitted:mail.rights'),
        list: (['object', 'documentation', 'stop', 'judge', 'complain'] as const).map((right) =>
          t(`unpermitted:right.${right}`, facts),
        ),
      },
      { paragraphs: [t('unpermitted:mail.no-advice')] },
    ],
    closing: [
      t('unpermitted:mail.regards'),
      [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
    ],
    ...(caseNumber ? { caseNumber } : {}),
  }
}

export const toldKind = 'unpermitted-use'

export function toldMail(letter: Letter, round: number): Message {
  const { useCase, affected, contact, sender } = letter
  return {
    key: `${toldKind}/${useCase.reference}/${affected.customerReference}/${contact.id}/${round}`,
    kind: toldKind,
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: toldContent(letter),
    about: { kind: 'unpermitted-customer', id: affected._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: affected.sample,
  }
}

function paragraphs(text: string | undefined): string[] {
  return (text ?? '').split(/\n{2,}/).filter((each) => each.trim() !== '')
}
