import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import type { Text } from '../../i18n/texts.js'
import { textIn } from '../../i18n/texts.js'
import { minutesBetween, type AffectedCustomer, type Breach, type RiskLevel, type Told } from '../rules.js'
import { spanInWords, type Reading } from './moment.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const told: Record<Told, Tone> = { no: 'wait', queued: 'info', told: 'good', undelivered: 'stop' }
const risks: Record<RiskLevel, Tone> = { unlikely: 'good', risk: 'wait', high: 'stop' }

export function urlOf({ reference }: Pick<Breach, 'reference'>): string {
  return `/breaches/${reference}`
}

export function whereOf({ vendorName }: Pick<Breach, 'vendorName'>, t: Text): string {
  return vendorName ?? t('breaches:ourselves')
}

export function breachState({ state, noBreach }: Pick<Breach, 'state' | 'noBreach'>, t: Text): State {
  if (noBreach) return { tone: 'calm', word: t('breaches:state.no-breach') }
  const tones = { reported: 'stop', assessing: 'wait', told: 'info', closed: 'good' } as const
  return { tone: tones[state], word: t(`breaches:state.${state}`) }
}

export function toldState(affected: Pick<AffectedCustomer, 'told' | 'standing'>, t: Text): State {
  if (affected.standing === 'left-out') return { tone: 'calm', word: t('breaches:told.left-out') }
  return { tone: told[affected.told], word: t(`breaches:told.${affected.told}`) }
}

/** What came of the last phase, where somebody was told before. */
export function latestState({ told: first, latest, phase }: AffectedCustomer, t: Text): State | null {
  if (first !== 'told' || latest === 'told' || phase < 2) return null
  return { tone: told[latest], word: t(`breaches:latest.${latest}`, { phase }) }
}

/** Why its data were not affected as far as the registers know, engagement by engagement. */
export function unusedWords(
  { unused = [] }: Pick<AffectedCustomer, 'unused'>,
  t: Text,
  locale: Locale,
): string {
  return unused
    .map(({ why, engagement, on, notice }) =>
      t(`breaches:unused.${why}${on === null ? '' : '-on'}`, {
        engagement,
        notice: notice ?? '',
        on: on === null ? '' : formatDay(on, locale),
      }),
    )
    .join(' ')
}

export function riskState(level: RiskLevel, t: Text): State {
  return { tone: risks[level], word: t(`breaches:risk.level.${level}`) }
}

/** How much is left, or how long it is over, as a state: red in the last six hours and after. */
export function clockState(now: Date, until: Date, { locale }: Pick<Reading, 'locale'>): State {
  const t = textIn(locale)
  const minutes = minutesBetween(now, until)
  return minutes < 0
    ? { tone: 'stop', word: t('breaches:clock.over', { span: spanInWords(-minutes, locale) }) }
    : {
        tone: minutes <= 360 ? 'stop' : 'wait',
        word: t('breaches:clock.left', { span: spanInWords(minutes, locale) }),
      }
}
