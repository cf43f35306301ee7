/** What a customer is told when the year's declaration is there for it. */
import type { Bilingual, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { MailContent, Message } from '../mail/rules.js'
import { worded, type Wording } from '../mail/rules/wording.js'
import type { Sender } from '../notices/rules.js'
import type { Copy } from './rules/sending.js'

export const declarationKind = 'declaration'

/** What the mail says of the declaration; the declaration itself stands on the customer's page only. */
export type Announced = {
  audit: string
  reference: string
  year: number
  edition: number
  period: { from: Day; to: Day }
  signedOn: Day
  hash: string
  /** The edition it takes the place of, and what was put right. */
  replaces: { reference: string; why: Bilingual } | null
}

export type DeclarationLetter = {
  declaration: Announced
  copy: Pick<Copy, '_id' | 'customerName' | 'customerReference' | 'replaces' | 'round' | 'sample'>
  contact: { id: string; name: string; email: string; locale: Locale }
  caseNumber: string | null
  sender: Sender
  wording: Wording | null
}

/** Only who has the earlier edition has to be told that it no longer holds. */
export function tellsOfCorrection({ declaration, copy }: DeclarationLetter): boolean {
  return declaration.replaces !== null && copy.replaces !== ''
}

/** First what it is and what the reader can do with it; then the facts. */
export function declarationContent(letter: DeclarationLetter): MailContent {
  const { declaration, copy, contact, caseNumber, sender, wording } = letter
  const { locale } = contact
  const t = worded(textIn(locale), wording, locale)
  const day = (on: Day) => formatDay(on, locale)
  const { reference, year, edition, period, replaces } = declaration
  const facts = { sender: sender.name, year, reference }
  const own = caseNumber ? `${t('declaration:mail.your-case', { number: caseNumber })}: ` : ''
  const earlier = tellsOfCorrection(letter) ? replaces : null
  return {
    subject: earlier
      ? `${own}${t('declaration:mail.subject-corrected', facts)} [${reference}]`
      : `${own}${t('declaration:mail.subject', facts)} [${reference}]`,
    lead: earlier
      ? t('declaration:mail.lead-corrected', { ...facts, earlier: earlier.reference })
      : t('declaration:mail.lead', facts),
    greeting: t('declaration:mail.greeting', { name: contact.name, customer: copy.customerName }),
    sections: [
      ...(earlier
        ? [
            {
              heading: t('declaration:mail.corrected'),
              paragraphs: [earlier.why[locale], t('declaration:mail.use-this', facts)],
            },
          ]
        : []),
      {
        heading: t('declaration:mail.what'),
        paragraphs: [t('declaration:mail.what-it-is', facts), t('declaration:mail.not-assurance', facts)],
      },
      {
        rows: [
          [t('declaration:mail.period'), `${day(period.from)} – ${day(period.to)}`],
          [t('declaration:mail.edition'), `${reference}, ${edition}`],
          [t('declaration:mail.signed'), day(declaration.signedOn)],
          [t('declaration:mail.hash'), declaration.hash],
        ],
      },
      { paragraphs: [t('declaration:mail.confirm', facts)] },
    ],
    button: { label: t('declaration:mail.button') },
    closing: [
      t('declaration:mail.regards'),
      [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
    ],
    ...(caseNumber ? { caseNumber } : {}),
  }
}

export function declarationMail(letter: DeclarationLetter, link: string): Message {
  const { declaration, copy, contact, sender } = letter
  return {
    key: `${declarationKind}/${declaration.reference}/${copy.customerReference}/${contact.id}/${copy.round}`,
    kind: declarationKind,
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: declarationContent(letter),
    link,
    opens: 'declarations',
    about: { kind: 'declaration-copy', id: copy._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: copy.sample,
  }
}
