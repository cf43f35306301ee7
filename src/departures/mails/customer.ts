/** What a customer is told at the end of services: that it may choose, what was chosen, and that its data are gone (clause 11.1). */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailContent, MailSection, Message } from '../../mail/rules.js'
import { worded, type Wording } from '../../mail/rules/wording.js'
import type { Sender } from '../../notices/rules.js'
import type { Confirmation, Departure } from '../rules.js'

export type CustomerReader = { id: string; name: string; address: string; locale: Locale; link: string }

export type CustomerLetter = {
  departure: Departure
  reader: CustomerReader
  caseNumber: string | null
  sender: Sender
  wording: Wording | null
}

type Facts = Record<string, string | number>

/** First what the reader may do; then what happens by itself, where, and by when. */
export function endedMail(letter: CustomerLetter): Message {
  const { departure } = letter
  const { t, facts } = written(letter)
  return message(letter, 'ended', '1', {
    subject: t('departures:mail.ended.subject', facts),
    lead: t('departures:mail.ended.lead', facts),
    sections: [
      { paragraphs: [t('departures:mail.ended.choice', facts)] },
      {
        heading: t('departures:mail.facts'),
        rows: [
          [t('departures:mail.services'), String(facts['services'])],
          [t('departures:mail.endedOn'), String(facts['ended'])],
          [t('departures:mail.handling'), t(`departures:handling.${departure.choice.handling}`)],
        ],
      },
      { heading: t('departures:mail.ended.where'), list: placesIn(letter, t) },
      { paragraphs: [t('departures:mail.ended.law', facts)] },
    ],
    button: { label: t('departures:mail.ended.button') },
  })
}

export function chosenMail(letter: CustomerLetter): Message {
  const { departure } = letter
  const { t, facts } = written(letter)
  return message(letter, 'chosen', String(departure.version), {
    subject: t('departures:mail.chosen.subject', facts),
    lead: t('departures:mail.chosen.lead', {
      ...facts,
      handling: t(`departures:handling.${departure.choice.handling}`),
    }),
    sections: [{ paragraphs: [t('departures:mail.chosen.not-right', facts)] }],
    button: { label: t('departures:mail.chosen.button') },
  })
}

/** With the paper attached; where the law keeps something, what and until when. */
export function confirmationMail(letter: CustomerLetter, confirmation: Confirmation): Message {
  const { departure, reader } = letter
  const { t, facts } = written(letter)
  const kept = departure.points.flatMap(({ state, name, answer }): string[] =>
    state === 'retained' && answer?.retention && !confirmation.final
      ? [
          t('departures:mail.confirmed.kept-row', {
            name: name || t('departures:ourselves'),
            data: answer.retention.data,
            rule: answer.retention.rule,
            until: formatDay(answer.retention.until, reader.locale),
          }),
        ]
      : [],
  )
  const sections: MailSection[] = [
    { paragraphs: [t('departures:mail.confirmed.attached', facts)] },
    ...(kept.length > 0 ? [{ heading: t('departures:mail.confirmed.kept'), list: kept }] : []),
    { paragraphs: [t('departures:mail.confirmed.receipt', facts)] },
  ]
  const which = confirmation.final ? 'lead' : 'lead-kept'
  return {
    ...message(letter, 'confirmed', String(confirmation.number), {
      subject: t('departures:mail.confirmed.subject', facts),
      lead: t(`departures:mail.confirmed.${which}`, facts),
      sections,
      button: { label: t('departures:mail.confirmed.button') },
    }),
    attachments: [
      {
        file: confirmation.files[reader.locale],
        name: t('departures:paper.file', { reference: departure.reference, number: confirmation.number }),
      },
    ],
  }
}

function placesIn({ departure, reader }: CustomerLetter, t: Text): string[] {
  return departure.points
    .filter(({ state }) => state !== 'left-out')
    .map(({ name, what, dueOn }) =>
      t('departures:mail.place', {
        name: name || t('departures:ourselves'),
        what: what[reader.locale] || what.da,
        due: formatDay(dueOn, reader.locale),
      }),
    )
}

function written({ departure, reader, sender, wording }: CustomerLetter): { t: Text; facts: Facts } {
  const { locale } = reader
  const names = departure.serviceNames.map((name) => name[locale] || name.da)
  return {
    t: worded(textIn(locale), wording, locale),
    facts: {
      sender: sender.name,
      mailbox: sender.replyTo,
      services: new Intl.ListFormat(locale).format(names),
      ended: formatDay(departure.endedOn, locale),
      day: formatDay(departure.chooseBy ?? departure.endedOn, locale),
    },
  }
}

function message(
  letter: CustomerLetter,
  what: 'ended' | 'chosen' | 'confirmed',
  which: string,
  content: Omit<MailContent, 'closing' | 'greeting'>,
): Message {
  const { departure, reader, caseNumber, sender } = letter
  const { t } = written(letter)
  const own = caseNumber ? `${t('departures:mail.your-case', { number: caseNumber })}: ` : ''
  return {
    key: `departure/${what}/${departure.reference}/${which}/${reader.id}`,
    kind: `departure-${what}`,
    to: { address: reader.address, name: reader.name, contact: reader.id },
    locale: reader.locale,
    content: {
      ...content,
      subject: `${own}${content.subject} [${departure.reference}]`,
      greeting: t('departures:mail.greeting', {
        name: reader.name,
        customer: departure.customerName ?? '',
      }),
      closing: [
        t('departures:mail.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
      ...(caseNumber ? { caseNumber } : {}),
    },
    link: reader.link,
    opens: `departures/${departure.reference}`,
    about: { kind: 'departure', id: departure._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: departure.sample,
  }
}
