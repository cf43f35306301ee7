import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { isSettled, type Departure } from '../rules.js'
import { aboutOf, servicesIn, stateOf, urlOf } from './words.js'

export function departureRow(departure: Departure, { today, locale }: { today: Day; locale: Locale }) {
  const t = textIn(locale)
  const counted = departure.points.filter(({ state }) => state !== 'left-out')
  return {
    url: urlOf(departure),
    reference: departure.reference,
    about: aboutOf(departure),
    cause: t(`departures:cause.${departure.cause}`),
    services: servicesIn(departure, locale),
    ended: formatShortDay(departure.endedOn, locale),
    due: departure.running ? formatShortDay(departure.dueOn, locale) : '',
    progress: t('departures:progress', { done: counted.filter(isSettled).length, count: counted.length }),
    state: stateOf(departure, today, t),
  }
}

/** A short line, for the panels of other rooms. */
export function departureItem(departure: Departure, { today, locale }: { today: Day; locale: Locale }) {
  const t = textIn(locale)
  return {
    url: urlOf(departure),
    text: `${departure.reference}: ${aboutOf(departure)}`,
    state: stateOf(departure, today, t),
    note: t('departures:panel.note', { day: formatShortDay(departure.endedOn, locale) }),
  }
}
