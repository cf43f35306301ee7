/**
 * How long sending a notice will take, and whether its customers then receive it on one day.
 *
 * The printed last day is fixed for all at the instant of issue, with slack. Mails accepted after the cut-off count as received on
 * the next business day (domain facts, section 9): the slack carries one such day; beyond it those customers get a correction.
 */
import { instantAt, type Day } from '../../base/day.js'
import { dayZero, deadlines, printedLastDay, type DateRules, type NoticePeriod } from './deadlines.js'

/** 'limit': MAIL_RATE; 'measured': how fast mails left last; 'assumed': nothing is known yet. */
export type SpeedBasis = 'limit' | 'measured' | 'assumed'
export type Speed = { perSecond: number; basis: SpeedBasis }

/** Until something has been sent: what an ordinary relay takes without complaint. */
const assumedPerSecond = 10

/** A pause this long (ms) means that there was nothing to send, or that the server was away. */
const longestGap = 10_000
/** Fewer say nothing of a speed. */
const fewest = 20

/** Mails per second in the last run of sending; null where too few have left. Instants in any order. */
export function measuredRate(instants: readonly Date[]): number | null {
  const times = instants.map((at) => at.getTime()).toSorted((a, b) => b - a)
  let run: number[] = []
  for (const time of times) {
    const earlier = run.at(-1)
    if (earlier !== undefined && earlier - time > longestGap) {
      if (run.length >= fewest) break
      run = []
    }
    run.push(time)
  }
  if (run.length < fewest) return null
  // What is noted in one batch has one instant; a run shorter than a second is taken as one.
  const seconds = Math.max(1, (run[0]! - run.at(-1)!) / 1000)
  return (run.length - 1) / seconds
}

/** `limit`: mails per second at the most; 0 is no limit. The slower of what may be and what was. */
export function speedOf(limit: number, measured: number | null): Speed {
  if (limit > 0 && (measured === null || limit <= measured)) return { perSecond: limit, basis: 'limit' }
  return measured === null
    ? { perSecond: assumedPerSecond, basis: 'assumed' }
    : { perSecond: measured, basis: 'measured' }
}

export type Forecast = Speed & {
  /** Mails of this notice, and those that leave before them. */
  mails: number
  waiting: number
  seconds: number
  until: Date
  /** Null where all count as received on the same day. */
  straddles: {
    /** The instant from which on it is the next business day. */
    cutOff: Date
    first: Day
    last: Day
    /** How many mails leave after the cut-off. */
    late: number
    /** The slack in the printed day is not enough for some of them: they will get a correction. */
    corrections: boolean
  } | null
}

export function forecast(
  { mails, waiting, speed, from }: { mails: number; waiting: number; speed: Speed; from: Date },
  periods: readonly NoticePeriod[],
  rules: DateRules,
): Forecast {
  const { perSecond } = speed
  const seconds = Math.ceil((waiting + mails) / perSecond)
  const until = new Date(from.getTime() + seconds * 1000)
  const [first, last] = [dayZero(from, rules), dayZero(until, rules)]
  const all = { ...speed, mails, waiting, seconds, until }
  if (first === last || mails === 0) return { ...all, straddles: null }
  const cutOff = instantAt(first, rules.receivedBy, rules.zone)
  const inTime = Math.floor(((cutOff.getTime() - from.getTime()) / 1000) * perSecond) - waiting
  const late = Math.min(mails, mails - Math.max(0, inTime))
  if (late <= 0) return { ...all, straddles: null }
  const corrections = periods.some(
    (period) => deadlines(until, period, rules).lastDay > printedLastDay(from, period, rules),
  )
  return { ...all, straddles: { cutOff, first, last, late, corrections } }
}
