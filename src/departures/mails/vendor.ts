/** What a sub-processor is asked: to delete or return, and to say when and how. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailSection, Message } from '../../mail/rules.js'
import type { Sender } from '../../notices/rules.js'
import type { Departure, Point, ReminderDay } from '../rules.js'

export type VendorReader = {
  vendor: string
  company: string
  name: string
  address: string
  locale: Locale
  id: string
  link: string
}

export type VendorLetter = {
  departure: Departure
  points: readonly Point[]
  reader: VendorReader
  sender: Sender
}

/** A new one each time it is asked: when something the law kept has run out, it is asked anew. */
export function askedMail(letter: VendorLetter): Message {
  const again = letter.points.some(({ earlier }) => earlier.length > 0)
  return mail(letter, again ? 'asked-again' : 'asked', String(letter.departure.version))
}

export function reminderMail(letter: VendorLetter, days: ReminderDay): Message {
  const when = days < 0 ? 'before' : days === 0 ? 'today' : 'after'
  return mail(letter, `reminder-${when}`, `${letter.departure.dueOn}/${days}`)
}

export function sentBackMail(letter: VendorLetter, because: string): Message {
  const t = textIn(letter.reader.locale)
  return mail(letter, 'sent-back', String(letter.departure.version), [
    { heading: t('departures:vendor-mail.because'), paragraphs: because.split(/\n{2,}/) },
  ])
}

/** Stop: nothing has ended after all. */
export function calledOffMail(letter: VendorLetter): Message {
  return mail(letter, 'called-off', String(letter.departure.version))
}

function mail(letter: VendorLetter, what: string, which: string, more: MailSection[] = []): Message {
  const { departure, points, reader, sender } = letter
  const { locale } = reader
  const t = textIn(locale)
  const due = points.map(({ dueOn }) => dueOn).toSorted()[0] ?? departure.dueOn
  const facts = {
    reference: departure.reference,
    sender: sender.name,
    due: formatDay(due, locale),
    whose: departure.customerName ?? t('departures:vendor-mail.all-customers'),
    ended: formatDay(departure.endedOn, locale),
  }
  const off = what === 'called-off'
  const theirs = points.filter(({ vendor }) => vendor === reader.vendor)
  return {
    key: `departure/${what}/${departure.reference}/${which}/${reader.vendor}/${reader.id}`,
    kind: `departure-${what}`,
    to: { address: reader.address, name: reader.name },
    locale,
    content: {
      subject: t(`departures:vendor-mail.subject.${what}`, facts),
      lead: t(`departures:vendor-mail.lead.${what}`, facts),
      greeting: t('departures:vendor-mail.greeting', { name: reader.name }),
      sections: [
        ...more,
        {
          heading: t('departures:vendor-mail.what'),
          rows: [
            [t('departures:field.reference'), departure.reference],
            [t('departures:vendor-mail.whose'), facts.whose],
            [t('departures:field.endedOn'), facts.ended],
            ...(off ? [] : ([[t('departures:field.dueOn'), facts.due]] as [string, string][])),
          ],
          list: theirs.map(({ name, what: activity, handling }) =>
            t('departures:vendor-mail.point', {
              name,
              what: activity[locale] || activity.da,
              handling: t(`departures:handling.${handling}`),
            }),
          ),
        },
        ...(off
          ? []
          : [
              { paragraphs: [t('departures:vendor-mail.how'), t('departures:vendor-mail.law')] },
              ...(theirs.some(({ through }) => through !== null)
                ? [{ paragraphs: [t('departures:vendor-mail.below')] }]
                : []),
            ]),
      ],
      button: { label: t('departures:vendor-mail.button') },
      closing: [
        t('departures:mail.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
    },
    link: reader.link,
    about: { kind: 'departure', id: departure._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: departure.sample,
  }
}
