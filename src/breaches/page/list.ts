import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { nextStep, type Breach, type Standing } from '../rules.js'
import { shortMoment, type Reading } from './moment.js'
import { endOf } from './tasks.js'
import { breachState, clockState, riskState, urlOf, whereOf } from './words.js'

export function breachRow(
  { breach, standing }: { breach: Breach; standing: Standing },
  now: Date,
  reading: Reading,
) {
  const { locale } = reading
  const t = textIn(locale)
  const next = nextStep(breach, standing, now)
  const end = endOf(breach, standing)
  return {
    url: urlOf(breach),
    reference: breach.reference,
    where: whereOf(breach, t),
    role: t(`breaches:role.${breach.role}`),
    aware: shortMoment(breach.awareAt, reading),
    customers: formatNumber(standing.affected, locale),
    untold:
      standing.untold === 0
        ? ''
        : t('breaches:list.untold', { count: standing.untold, shown: formatNumber(standing.untold, locale) }),
    clock: end ? clockState(now, end, { locale }) : null,
    risk: breach.risk ? riskState(breach.risk.conclusion, t) : null,
    state: breachState(breach, t),
    next: next && t(`breaches:next.${next}`),
  }
}

/** A short line, for panels of other pages. */
export function breachItem(breach: Breach, reading: Reading) {
  const t = textIn(reading.locale)
  return {
    url: urlOf(breach),
    text: breach.reference,
    state: breachState(breach, t),
    note: t('breaches:panel.aware', { at: shortMoment(breach.awareAt, reading) }),
  }
}

export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

export function roleChoices(locale: Locale) {
  const t = textIn(locale)
  return (['processor', 'controller', 'provider'] as const).map((value) => ({
    value,
    text: t(`breaches:role.${value}`),
    hint: t(`breaches:role-hint.${value}`),
  }))
}
