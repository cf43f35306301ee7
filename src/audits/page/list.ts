import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Audit, Test } from '../rules/audit.js'
import { missingBeforeSigning } from '../rules/missing.js'
import { progressOf } from '../rules/progress.js'
import { auditUrl, stateOf } from './words.js'

/** `tests`: of one that is open; the others show what they came to. */
export function auditRow(
  audit: Audit,
  tests: readonly Test[],
  names: ReadonlyMap<string, string>,
  locale: Locale,
) {
  const t = textIn(locale)
  const day = (on: Day) => formatShortDay(on, locale)
  return {
    url: auditUrl(audit),
    reference: audit.reference,
    year: audit.year,
    edition: audit.edition > 1 ? t('audits:edition', { edition: audit.edition }) : '',
    period: `${day(audit.period.from)} – ${day(audit.period.to)}`,
    lead: names.get(audit.lead) ?? t('audits:former'),
    state: stateOf(audit, t),
    progress: progressOf(tests),
    next: nextOf(audit, tests, locale),
  }
}

/** The one thing to do now, in words. */
export function nextOf(audit: Audit, tests: readonly Test[], locale: Locale): string {
  const t = textIn(locale)
  if (audit.state !== 'open') return t(`audits:next.${audit.state}`)
  const { done, all } = progressOf(tests)
  if (done < all) return t('audits:next.test', { count: all - done })
  const missing = missingBeforeSigning({ audit, tests: [...tests] })
  return missing.length > 0 ? t('audits:next.missing', { count: missing.length }) : t('audits:next.ready')
}
