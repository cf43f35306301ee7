/** All controls of an audit, by area, narrowed to some. */
import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { results, type Test, type WholeAudit } from '../rules/audit.js'
import { missingIn } from '../rules/missing.js'
import { areaTitle, controlUrl, resultState, said, testerOf } from './words.js'

export type ControlFilter = { area: string; tester: string; result: string; q: string }

const resultFilters = ['open', 'incomplete', ...results] as const

export function controlsPage(
  { audit, set, tests }: Pick<WholeAudit, 'audit' | 'set' | 'tests'>,
  filter: ControlFilter,
  { locale, names }: { locale: Locale; names: ReadonlyMap<string, string> },
) {
  const t = textIn(locale)
  const texts = new Map(set.controls.map((control) => [control.id, control]))
  const shown = tests.filter(
    (test) =>
      fits(test, filter) && matches(said(texts.get(test.control)?.text, locale), test.control, filter.q),
  )
  const row = (test: Test) => ({
    id: test.control,
    url: controlUrl(audit, test.control),
    text: said(texts.get(test.control)?.text, locale),
    tester: testerOf(test, names, t) || t('audits:controls.nobody'),
    methods: test.methods.map((method) => t(`audits:method.${method}`)).join(', '),
    testedOn: test.testedOn ? formatShortDay(test.testedOn, locale) : '',
    files: test.files.length,
    state: resultState(test.result, t),
    incomplete: test.result !== null && missingIn(test).length > 0,
    last: test.lastYear ? resultState(test.lastYear.result, t) : null,
  })
  return {
    count: t('audits:controls.count', { count: shown.length, all: tests.length }),
    groups: set.areas.flatMap(({ id }) => {
      const rows = shown.filter(({ area }) => area === id).map(row)
      return rows.length > 0 ? [{ id, title: areaTitle(set, id, locale), rows }] : []
    }),
    areas: set.areas.map(({ id, title }) => ({ value: id, text: `${id} ${title[locale]}` })),
    testers: [...new Set(tests.flatMap(({ tester }) => tester ?? []))].map((value) => ({
      value,
      text: names.get(value) ?? t('audits:former'),
    })),
    results: resultFilters.map((value) => ({ value, text: t(`audits:result.${value}`) })),
    anyLast: tests.some(({ lastYear }) => lastYear !== null),
    filter,
    narrowed: Object.values(filter).some((value) => value !== ''),
  }
}

function fits(test: Test, { area, tester, result }: ControlFilter): boolean {
  return (
    (area === '' || test.area === area) &&
    (tester === '' || (tester === 'nobody' ? test.tester === null : test.tester === tester)) &&
    (result === '' ||
      (result === 'open'
        ? test.result === null
        : result === 'incomplete'
          ? test.result !== null && missingIn(test).length > 0
          : test.result === result))
  )
}

function matches(text: string, id: string, q: string): boolean {
  const wanted = q.trim().toLowerCase()
  return wanted === '' || `${id} ${text}`.toLowerCase().includes(wanted)
}
