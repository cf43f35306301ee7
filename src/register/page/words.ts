import type { Locale } from '../../base/context.js'
import type { Registration } from '../../base/registration.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countryName } from '../../transfers/rules.js'
import {
  completenessOf,
  usualSubjects,
  type ChangeKind,
  type EngagementState,
  type Missing,
  type Service,
} from '../rules.js'

export type State = { tone: 'calm' | 'info' | 'good' | 'wait' | 'stop'; word: string }

const stateTones = { planned: 'wait', approved: 'info', 'in-use': 'good', ended: 'calm' } as const

export function stateOf(state: EngagementState, locale: Locale): State {
  return { tone: stateTones[state], word: textIn(locale)(`register:state.${state}`) }
}

export function completenessState(missing: readonly Missing[], locale: Locale): State {
  const t = textIn(locale)
  switch (completenessOf(missing)) {
    case 'complete':
      return { tone: 'good', word: t('register:completeness.complete') }
    case 'b1-only':
      return { tone: 'wait', word: t('register:completeness.missing', { count: missing.length }) }
    case 'incomplete':
      return { tone: 'stop', word: t('register:completeness.missing', { count: missing.length }) }
  }
}

/** What is missing and why it matters, a line each. */
export function missingRows(missing: readonly Missing[], locale: Locale) {
  const t = textIn(locale)
  return missing.map(({ field, text, country }) => ({
    field,
    what: t(text, { country: country === undefined ? '' : countryName(country, locale) }),
    why: t(`register:why.${field}`),
  }))
}

/** 'CVR 35645845'; the name of its kind is left out where it says nothing. */
export function numberInWords(registration: Registration | null, locale: Locale): string {
  if (registration === null) return ''
  if (registration.kind === 'other') return registration.number
  return `${textIn(locale)(`register:number-kind.${registration.kind}`)} ${registration.number}`
}

export function servicesInWords(
  ids: readonly string[],
  services: readonly Service[],
  locale: Locale,
): string {
  return services
    .filter(({ _id }) => ids.includes(_id))
    .map(({ name }) => name[locale])
    .join(', ')
}

export function subjectsInWords(subjects: readonly string[], locale: Locale): string {
  const t = textIn(locale)
  const usual: readonly string[] = usualSubjects
  return subjects
    .map((subject) => (usual.includes(subject) ? t(`register:subject.${subject}`) : subject))
    .join(', ')
}

export function changesInWords(changes: readonly ChangeKind[], locale: Locale): string {
  const t = textIn(locale)
  return new Intl.ListFormat(locale).format(changes.map((kind) => t(`register:change.kind.${kind}`)))
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('da') + text.slice(1)
}

/** '212 kunder', '1.000+ kunder' where counting stopped. */
export function customersInWords(customers: number, capped: boolean, locale: Locale): string {
  const shown = `${formatNumber(customers, locale)}${capped ? '+' : ''}`
  return textIn(locale)('register:list.customers', { count: customers, shown })
}
