/** What a customer sees of its own departure: what it may choose, how far it has come, and the confirmation. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { choices, isSettled, mayChoose, type Departure, type Handling } from '../rules.js'
import { placeOf, pointState, servicesIn, stateOf } from './words.js'

type Reader = { today: Day; locale: Locale; base: string; mayApprove: boolean; approvers: readonly string[] }

export function customerDeparturePage(departure: Departure, reader: Reader) {
  const { today, locale, base, mayApprove, approvers } = reader
  const t = textIn(locale)
  const own = `${base}/departures/${departure.reference}`
  const open = mayChoose(departure, today)
  const last = departure.confirmations.at(-1)
  const shown = departure.points.filter(({ state }) => state !== 'left-out')
  return {
    title: t('departures:customer.title', { services: servicesIn(departure, locale) }),
    reference: departure.reference,
    state: customerState(departure, today, locale),
    lead: t(`departures:customer.lead.${leadOf(departure, open)}`, {
      day: formatDay(departure.chooseBy ?? departure.endedOn, locale),
      until: formatDay(departure.followUpOn ?? departure.dueOn, locale),
    }),
    own,
    startUrl: base,
    facts: [
      [t('departures:field.services'), servicesIn(departure, locale)],
      [t('departures:field.endedOn'), formatDay(departure.endedOn, locale)],
      [t('departures:field.handling'), t(`departures:handling.${departure.choice.handling}`)],
    ],
    choice: {
      open,
      may: mayApprove,
      approvers: approvers.length > 0 ? new Intl.ListFormat(locale).format(approvers) : '',
      stored: departure.choice.handling,
      options: choices.map((value) => ({
        value,
        text: t(`departures:handling.${value}`),
        hint: t(`departures:handling-hint.${value}`),
      })),
    },
    points: shown.map((point) => ({
      place: placeOf(point, locale),
      what: point.what[locale] || point.what.da,
      handling: t(`departures:handling.${point.handling}`),
      when:
        isSettled(point) && point.answer
          ? formatDay(point.answer.on, locale)
          : t('departures:customer.by', { day: formatDay(point.dueOn, locale) }),
      state: pointState(point, today, t),
      kept:
        point.state === 'retained' && point.answer?.retention
          ? t('departures:customer.kept', {
              data: point.answer.retention.data,
              rule: point.answer.retention.rule,
              until: formatDay(point.answer.retention.until, locale),
            })
          : '',
    })),
    progress: t('departures:progress', { done: shown.filter(isSettled).length, count: shown.length }),
    confirmations: departure.confirmations.map(({ number, on, final, sha256 }) => ({
      url: `${own}/confirmations/${number}`,
      text: t(final ? 'departures:customer.final' : 'departures:customer.partial', {
        day: formatDay(on, locale),
      }),
      sha256: sha256[locale],
    })),
    receipt: last ? (last.receipt ? 'given' : 'open') : null,
  }
}

/** What the contact confirms with its code, word for word. */
export function choiceInWords(
  departure: Departure,
  handling: Handling,
  customer: string,
  locale: Locale,
): string {
  return textIn(locale)(`departures:customer.statement.${handling}`, {
    customer,
    services: servicesIn(departure, locale),
    reference: departure.reference,
  })
}

/** For the customer's first page: those that run, and those that are over. */
export function departureCard(
  departure: Departure,
  { today, locale, base }: Omit<Reader, 'mayApprove' | 'approvers'>,
) {
  const t = textIn(locale)
  const open = mayChoose(departure, today)
  return {
    url: `${base}/departures/${departure.reference}`,
    reference: departure.reference,
    text: t('departures:customer.title', { services: servicesIn(departure, locale) }),
    state: customerState(departure, today, locale),
    note: t(`departures:customer.lead.${leadOf(departure, open)}`, {
      day: formatDay(departure.chooseBy ?? departure.endedOn, locale),
      until: formatDay(departure.followUpOn ?? departure.dueOn, locale),
    }),
    running: departure.running,
  }
}

/** That we are late is ours to know and to mend; the customer reads it as a state of its points. */
function customerState(departure: Departure, today: Day, locale: Locale) {
  return stateOf(departure, today, textIn(locale))
}

function leadOf(departure: Departure, open: boolean): string {
  if (departure.state === 'called-off') return 'called-off'
  if (departure.state === 'with-exceptions') return 'with-exceptions'
  if (departure.state === 'confirmed' || departure.state === 'closed')
    return departure.confirmations.length > 0 ? 'confirmed' : 'underway'
  return open ? 'choose' : 'underway'
}
