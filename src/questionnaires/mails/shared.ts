import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { MailContent, Message } from '../../mail/rules.js'
import type { Questionnaire } from '../rules/questionnaire.js'

/** Who asks, as mails and pages name it. */
export type Asker = { name: string; dpo: { name: string; email: string; phone: string } }

/** Somebody at the vendor, with the link that opens the questionnaire; it is put in only while the mail is sent. */
export type Reader = { name: string; email: string; locale: Locale; contact: string | null; link?: string }

/** Somebody on staff, who signs in. */
export type StaffReader = { person: string; name: string; email: string; locale: Locale }

/** What the questionnaire is about, in the reader's language. */
export type About = Record<Locale, { engagements: string[]; set: string }>

export type Writing = { questionnaire: Questionnaire; asker: Asker; about: About }

export function factsOf({ questionnaire, asker, about }: Writing, locale: Locale): Record<string, string> {
  return {
    reference: questionnaire.reference,
    vendor: questionnaire.vendorName,
    asker: asker.name,
    year: String(questionnaire.year),
    set: about[locale].set,
  }
}

export function aboutRow({ about }: Writing, locale: Locale): [string, string] {
  return [textIn(locale)('questionnaires-asking:mail.about'), about[locale].engagements.join('; ')]
}

/** To the vendor: always with whom to ask, and the reference in the subject. */
export function toVendor(
  writing: Writing,
  reader: Reader,
  { key, kind, button }: { key: string; kind: string; button?: string },
  content: Pick<MailContent, 'subject' | 'lead' | 'sections'>,
): Message {
  const { questionnaire, asker } = writing
  const t = textIn(reader.locale)
  const { name, email, phone } = asker.dpo
  return {
    key,
    kind,
    to: {
      address: reader.email,
      name: reader.name,
      ...(reader.contact === null ? {} : { contact: reader.contact }),
    },
    locale: reader.locale,
    content: {
      ...content,
      greeting: t('questionnaires-asking:mail.greeting', { name: reader.name }),
      ...(button && reader.link ? { button: { label: button } } : {}),
      closing: [
        t('questionnaires-asking:mail.ask-us', { name, email, phone }),
        t('questionnaires-asking:mail.regards'),
        asker.name,
      ],
    },
    ...(reader.link ? { link: reader.link } : {}),
    about: { kind: 'questionnaire', id: questionnaire._id },
    sample: questionnaire.sample,
  }
}
