/** Back to back, as staff reads it: one sentence, and the days behind it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import {
  findingOf,
  objectBy,
  type Finding,
  type GroupReckoned,
  type Reckoned,
  type TellBy,
  type TheirDays,
} from '../rules.js'
import { periodWords, type Tone } from './words.js'

const tones: Record<Finding, Tone> = {
  nobody: 'calm',
  'no-days': 'wait',
  object: 'stop',
  'too-late': 'stop',
  'objections-late': 'wait',
  'in-time': 'good',
}

/** `services`: whose customers are counted; the list behind a number is the list of customers, filtered. */
export function reckoningPage(
  reckoned: Reckoned,
  their: TheirDays,
  services: readonly string[],
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  const finding = findingOf(reckoned, their, today)
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const facts = {
    count: finding === 'objections-late' ? reckoned.late : reckoned.short,
    shown: formatNumber(finding === 'objections-late' ? reckoned.late : reckoned.short, locale),
    all: formatNumber(reckoned.customers, locale),
    objectBy: day(objectBy(their)),
    tellBy: day(reckoned.tellBy),
    starts: day(their.startsOn),
  }
  return {
    finding,
    tone: tones[finding],
    sentence: t(`upstream:finding.${finding}`, facts),
    tell: reckoned.tellBy === null ? '' : t('upstream:reckon.tell-by', facts),
    customers: reckoned.customers,
    facts: [
      [t('upstream:field.startsOn'), day(their.startsOn)],
      [t('upstream:field.objectUntil'), day(their.objectUntil)],
      [t('upstream:reckon.objections-by'), day(reckoned.objectionsBy)],
      [t('upstream:reckon.handling'), t('upstream:reckon.handling-days', { count: their.handlingDays })],
    ] as [string, string][],
    rows: reckoned.groups.map((group) => rowOf(group, services, locale, t)),
  }
}

function rowOf(group: GroupReckoned, services: readonly string[], locale: Locale, t: Text) {
  const { period, count, forStart, forObjection, toldNow, shortBy, objectionTooLate } = group
  return {
    period: periodWords(period, t),
    count,
    customers: customersUrl(services, `${period.length}-${period.unit}`),
    forStart: tellByWords(forStart, locale, t),
    forObjection: tellByWords(forObjection, locale, t),
    lastDay: formatShortDay(toldNow.lastDay, locale),
    earliest: formatShortDay(toldNow.earliestUse, locale),
    state:
      shortBy > 0
        ? { tone: 'stop', word: t('upstream:reckon.short-by', { count: shortBy }) }
        : objectionTooLate
          ? { tone: 'wait', word: t('upstream:reckon.objection-late') }
          : { tone: 'good', word: t('upstream:reckon.enough') },
  }
}

function tellByWords(tellBy: TellBy | null, locale: Locale, t: Text): { day: string; slack: string } | null {
  if (tellBy === null) return null
  const { sendBy, slack } = tellBy
  const passed = slack < 0
  return {
    day: formatShortDay(sendBy, locale),
    slack: t(passed ? 'upstream:reckon.passed' : 'upstream:reckon.slack', { count: Math.abs(slack) }),
  }
}

function customersUrl(services: readonly string[], notice: string): string {
  const asked = new URLSearchParams(services.map((service): [string, string] => ['service', service]))
  asked.append('notice', notice)
  return `/customers?${asked.toString()}`
}
