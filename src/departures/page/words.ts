import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { isOverdue, type Departure, type DepartureState, type Point, type PointState } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const tones: Record<DepartureState, Tone> = {
  open: 'wait',
  asked: 'info',
  'with-exceptions': 'wait',
  confirmed: 'good',
  closed: 'good',
  'called-off': 'calm',
}

const pointTones: Record<PointState, Tone> = {
  open: 'wait',
  asked: 'info',
  answered: 'wait',
  done: 'good',
  retained: 'wait',
  'left-out': 'calm',
}

export function urlOf({ reference }: Pick<Departure, 'reference'>): string {
  return `/departures/${reference}`
}

/** As a reader must know it: not confirmed and past its day is overdue. */
export function stateOf(departure: Pick<Departure, 'state' | 'dueOn'>, today: Day, t: Text): State {
  if (isOverdue(departure, today)) return { tone: 'stop', word: t('departures:state.overdue') }
  return { tone: tones[departure.state], word: t(`departures:state.${departure.state}`) }
}

export function pointState({ state, dueOn }: Pick<Point, 'state' | 'dueOn'>, today: Day, t: Text): State {
  const late = (state === 'open' || state === 'asked') && dueOn < today
  if (late) return { tone: 'stop', word: t('departures:point-state.overdue') }
  return { tone: pointTones[state], word: t(`departures:point-state.${state}`) }
}

export function servicesIn({ serviceNames }: Pick<Departure, 'serviceNames'>, locale: Locale): string {
  return new Intl.ListFormat(locale).format(serviceNames.map((name) => name[locale] || name.da))
}

/** Whom or what it is about: the customer that left, or the sub-processor that is no longer used. */
export function aboutOf({
  customerName,
  vendorName,
}: Pick<Departure, 'customerName' | 'vendorName'>): string {
  return customerName ?? vendorName ?? ''
}

export function placeOf({ name }: Pick<Point, 'name'>, locale: Locale): string {
  return name || textIn(locale)('departures:ourselves')
}
