import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Blocker } from '../rules/blockers.js'
import { modeOf } from '../rules/modes.js'
import type { RecipientContent } from '../rules/recipient.js'
import type { Summary } from '../rules/summary.js'
import { periodInWords } from './facts.js'

const order = ['issue', 'tick', 'customers', 'use'] as const

/** What stands in the way, the heaviest first, in words. */
export function blockerGroups(blockers: readonly Blocker[], locale: Locale) {
  const t = textIn(locale)
  return order.flatMap((severity) => {
    const entries = blockers
      .filter((blocker) => blocker.severity === severity)
      .map(({ text, facts, url, tick, customers }) => ({
        text: t(`notices:blocker.${text}`, inWords(facts, locale)),
        url,
        tick,
        tickText: tick ? t(`notices:tick.${tick}`, { count: customers?.count ?? 0 }) : null,
        customers: customers?.first ?? [],
        more: Math.max(0, (customers?.count ?? 0) - (customers?.first.length ?? 0)),
      }))
    const title = t(`notices:severity.${severity}`)
    return entries.length > 0
      ? [{ severity, title, tone: severity === 'issue' ? 'stop' : 'wait', entries }]
      : []
  })
}

export function groupRows(summary: Summary, locale: Locale) {
  const t = textIn(locale)
  return [...summary.groups.values()]
    .toSorted((a, b) => b.count - a.count)
    .map(({ mode, period, printedLastDay, count, locales }) => ({
      mode: t(`notices:mode.${mode}`),
      period: mode === 'information' ? '–' : periodInWords(period, t),
      lastDay: printedLastDay === null || mode === 'information' ? '–' : formatDay(printedLastDay, locale),
      count: formatNumber(count, locale),
      languages: [
        ...(locales.da > 0 ? [t('notices:preview.in-danish', { count: locales.da })] : []),
        ...(locales.en > 0 ? [t('notices:preview.in-english', { count: locales.en })] : []),
      ].join(', '),
    }))
}

/** One customer for each way in which the mails differ, to choose from. */
export function exampleOptions(examples: readonly RecipientContent[], locale: Locale) {
  const t = textIn(locale)
  return examples.map((recipient) => {
    const mode = modeOf(recipient)
    const contact = recipient.contacts[0]
    const details = [
      t(`notices:mode.${mode}`),
      ...(mode === 'information' ? [] : [periodInWords(recipient.period, t)]),
      contact ? t(`web:language.${contact.locale}`) : t('notices:preview.no-contact'),
    ]
    return { value: recipient.customerReference, text: `${recipient.customerName} (${details.join(', ')})` }
  })
}

function inWords(facts: Blocker['facts'], locale: Locale): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, isDay(value) ? formatDay(value, locale) : value]),
  )
}
