/** One control: what is asked, what was seen, what to say of it. */
import type { Locale } from '../../base/context.js'
import type { StoredFile } from '../../files/actions.js'
import { findingItem } from '../../findings/page.js'
import type { Finding } from '../../findings/rules.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { methods, results, sampleOf, type Test, type WholeAudit } from '../rules/audit.js'
import { controlOf } from '../rules/carried.js'
import type { Control } from '../rules/controls.js'
import { marksOf, type Merged } from '../rules/merge.js'
import { needsReason, missingIn } from '../rules/missing.js'
import { textsOfTest } from '../rules/testing.js'
import type { Around } from './overview.js'
import { areaTitle, auditUrl, controlUrl, resultState, said } from './words.js'

export type ControlShown = {
  whole: Pick<WholeAudit, 'audit' | 'set' | 'tests'>
  control: Control
  test: Test
  files: readonly StoredFile[]
  findings: { own: readonly Finding[]; carried: readonly Finding[] }
  testers: readonly { _id: string; name: string }[]
}

export function controlPage(
  { whole, control, test, files, findings, testers }: ControlShown,
  { locale, zone, today, names, references, me }: Around & { zone: string },
) {
  const { audit, set, tests } = whole
  const t = textIn(locale)
  const base = controlUrl(audit, control.id)
  const about = (all: readonly Finding[]) =>
    all
      .filter((finding) => controlOf(finding) === control.id)
      .map((finding) => findingItem(finding, { today, locale }))
  const last = test.moves.at(-1)
  const fromLastYear =
    test.result === null && said(sampleOf(test.sample), locale) === '' && Boolean(test.lastYear?.sample)
  const offered = testers.map(({ _id, name }) => ({ value: _id, text: name }))
  const gone = test.tester !== null && !offered.some(({ value }) => value === test.tester)
  return {
    base,
    id: control.id,
    area: areaTitle(set, control.area, locale),
    text: control.text[locale],
    // The declaration has both languages: a tester sees both texts.
    other: control.text[locale === 'da' ? 'en' : 'da'],
    sources: control.sources,
    evidence: control.evidence[locale],
    usual: control.methods.map((method) => t(`audits:method.${method}`)).join(', '),
    state: resultState(test.result, t),
    ...neighbours(audit, tests, control.id),
    lastYear: test.lastYear && {
      state: resultState(test.lastYear.result, t),
      reason: said(test.lastYear.reason, locale),
      sample: said(sampleOf(test.lastYear.sample), locale),
      methods: (test.lastYear.methods ?? []).map((method) => t(`audits:method.${method}`)).join(', '),
      url: lastUrl(references.get(test.lastYear.audit), control.id),
      audit: references.get(test.lastYear.audit) ?? '',
    },
    files: files.map(({ _id, name, size, sha256, storedAt }) => ({
      id: _id,
      url: `${base}/files/${_id}`,
      name,
      size,
      hash: sha256,
      stored: formatInstant(storedAt, locale, zone),
    })),
    own: about(findings.own),
    carried: about(findings.carried),
    marks: marksOf(textsOfTest(test)),
    stored: {
      ...test,
      // Whoever opens a control nobody has is offered as its tester; last year's sample as words to start from.
      tester: test.tester ?? (offered.some(({ value }) => value === me) ? me : ''),
      sample: fromLastYear ? sampleOf(test.lastYear?.sample) : sampleOf(test.sample),
    },
    fromLastYear,
    options: {
      testers: gone
        ? [{ value: test.tester ?? '', text: names.get(test.tester ?? '') ?? t('audits:former') }, ...offered]
        : offered,
      methods: methods.map((value) => ({
        value,
        text: t(`audits:method.${value}`),
        hint: t(`audits:method-hint.${value}`),
      })),
      results: [
        { value: '', text: t('audits:result.open') },
        ...results.map((value) => ({
          value,
          text: t(`audits:result.${value}`),
          hint: t(`audits:result-hint.${value}`),
        })),
      ],
    },
    needsReason: needsReason(test),
    incomplete: missingIn(test)
      .filter(({ what }) => what !== 'result')
      .map(({ what }) => t(`audits:missing.${what}`, { control: control.id })),
    // GDPR 38(6): tasks and duties of the data protection officer must not conflict.
    askIndependence: test.operates && !audit.independence,
    independenceUrl: `${auditUrl(audit)}/scope#independence`,
    saved: last && { by: last.by, at: formatInstant(last.at, locale, zone) },
  }
}

/** What somebody else saved while this was typed, field by field. */
export function conflictOf(
  { values, conflicts }: Merged,
  current: Record<string, string>,
  inWords: (field: string, value: string) => string,
  label: (field: string) => string,
) {
  return conflicts.map((field) => ({
    field,
    label: label(field),
    theirs: inWords(field, current[field] ?? ''),
    mine: inWords(field, values[field] ?? ''),
  }))
}

/** The words of a value of the control's form. */
export function testValueInWords(
  names: ReadonlyMap<string, string>,
  locale: Locale,
): (field: string, value: string) => string {
  const t = textIn(locale)
  return (field, value) => {
    if (value === '') return field === 'result' ? t('audits:result.open') : t('audits:conflict.nothing')
    if (field === 'tester') return names.get(value) ?? t('audits:former')
    if (field === 'methods')
      return value
        .split(',')
        .map((method) => t(`audits:method.${method}`))
        .join(', ')
    if (field === 'result') return t(`audits:result.${value}`)
    if (field === 'operates') return t('audits:field.operates')
    return value
  }
}

function neighbours(audit: { reference: string }, tests: readonly Test[], id: string) {
  const at = tests.findIndex(({ control }) => control === id)
  const link = (test: Test | undefined) =>
    test ? { id: test.control, url: controlUrl(audit, test.control) } : null
  const ahead = [...tests.slice(at + 1), ...tests.slice(0, at)]
  return {
    place: { at: at + 1, all: tests.length },
    previous: link(tests[at - 1]),
    following: link(tests[at + 1]),
    nextOpen: link(ahead.find(({ result }) => result === null)),
  }
}

function lastUrl(reference: string | undefined, control: string): string | null {
  return reference ? controlUrl({ reference }, control) : null
}
