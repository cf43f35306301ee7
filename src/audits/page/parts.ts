import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { WholeAudit } from '../rules/audit.js'
import { marksOf } from '../rules/merge.js'
import { needsIndependence } from '../rules/missing.js'
import { textsOfPart, type Part } from '../rules/parts.js'
import type { Around } from './overview.js'
import { controlUrl, testerOf } from './words.js'

/** Scope and plan, or changes and conclusion: read by everybody, written while the audit is open. */
export function partPage(
  { audit, tests }: Pick<WholeAudit, 'audit' | 'tests'>,
  part: Part,
  leads: readonly { _id: string; name: string }[],
  { locale, names }: Pick<Around, 'locale' | 'names'>,
) {
  const t = textIn(locale)
  const offered = leads.map(({ _id, name }) => ({ value: _id, text: name }))
  const { lead, period, scope, plan, independence, changesSinceLast, conclusion } = audit
  const known = offered.some(({ value }) => value === lead)
  return {
    stored: { lead, ...period, scope, plan, independence, changesSinceLast, conclusion },
    marks: marksOf(textsOfPart(audit, part)),
    people: known ? offered : [{ value: lead, text: names.get(lead) ?? t('audits:former') }, ...offered],
    ledBy: names.get(lead) ?? t('audits:former'),
    period: `${formatDay(period.from, locale)} – ${formatDay(period.to, locale)}`,
    independenceNeeded: needsIndependence(tests),
    operated: tests
      .filter(({ operates }) => operates)
      .map((test) => ({
        control: test.control,
        url: controlUrl(audit, test.control),
        tester: testerOf(test, names, t),
      })),
  }
}

export function partValueInWords(
  people: readonly { value: string; text: string }[],
  locale: Locale,
): (field: string, value: string) => string {
  const t = textIn(locale)
  return (field, value) => {
    if (value === '') return t('audits:conflict.nothing')
    if (field === 'lead') return people.find((one) => one.value === value)?.text ?? t('audits:former')
    return field === 'from' || field === 'to' ? formatDay(value, locale) : value
  }
}

/** 'scope.da' -> 'Scope (in Danish)'. */
export function fieldLabel(locale: Locale): (field: string) => string {
  const t = textIn(locale)
  return (field) => {
    const [name = '', language] = field.split('.')
    const label = t(`audits:field.${name}`)
    return language ? `${label} (${t(`web:in-language.${language}`).toLowerCase()})` : label
  }
}
