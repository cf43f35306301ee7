/** What those on staff are told: a choice, an answer, and what is late. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import type { Sender } from '../../notices/rules.js'
import type { Departure, Point } from '../rules.js'

export type StaffReader = { id: string; name: string; address: string; locale: Locale }

export type StaffLetter = { departure: Departure; reader: StaffReader; sender: Sender }

export function customerChoseMail(letter: StaffLetter): Message {
  return mail(letter, 'customer-chose', [])
}

export function vendorAnsweredMail({
  points,
  ...letter
}: StaffLetter & { points: readonly Point[] }): Message {
  return mail(letter, 'vendor-answered', points)
}

/** To the DPO: a fortnight past its day, and still not confirmed. */
export function escalationMail({ points, ...letter }: StaffLetter & { points: readonly Point[] }): Message {
  return mail(letter, 'late', points)
}

function mail(
  { departure, reader, sender }: StaffLetter,
  what: 'customer-chose' | 'vendor-answered' | 'late',
  points: readonly Point[],
): Message {
  const { locale } = reader
  const t = textIn(locale)
  const facts = {
    reference: departure.reference,
    whose: departure.customerName ?? departure.vendorName ?? '',
    due: formatDay(departure.dueOn, locale),
    handling: t(`departures:handling.${departure.choice.handling}`),
  }
  return {
    key: `departure/${what}/${departure.reference}/${what === 'late' ? departure.dueOn : departure.version}/${reader.id}`,
    kind: `departure-${what}`,
    to: { address: reader.address, name: reader.name },
    locale,
    content: {
      subject: t(`departures:staff-mail.subject.${what}`, facts),
      lead: t(`departures:staff-mail.lead.${what}`, facts),
      greeting: t('departures:vendor-mail.greeting', { name: reader.name }),
      sections: points.length > 0 ? [{ list: points.map((point) => sayPoint(point, locale)) }] : [],
      button: { label: t('departures:staff-mail.button') },
    },
    opens: `/departures/${departure.reference}`,
    about: { kind: 'departure', id: departure._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: departure.sample,
  }
}

function sayPoint({ name, what, answer }: Point, locale: Locale): string {
  const t = textIn(locale)
  const place = { name: name || t('departures:ourselves'), what: what[locale] || what.da }
  if (!answer) return t('departures:staff-mail.point', place)
  return answer.retention
    ? t('departures:staff-mail.kept', { ...place, until: formatDay(answer.retention.until, locale) })
    : t('departures:staff-mail.done', { ...place, on: formatDay(answer.on, locale) })
}
