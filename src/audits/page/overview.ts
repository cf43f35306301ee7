/** The audit's own page: how far it is, what is missing, what was found. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { findingItem } from '../../findings/page.js'
import type { Finding } from '../../findings/rules.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Audit, Test, WholeAudit } from '../rules/audit.js'
import { controlOf } from '../rules/carried.js'
import { missingBeforeSigning, type Missing } from '../rules/missing.js'
import { progressByArea, progressOf, type AreaProgress } from '../rules/progress.js'
import { nextOf } from './list.js'
import { auditUrl, controlUrl, missingUrl, said } from './words.js'

export type Around = {
  today: Day
  locale: Locale
  names: ReadonlyMap<string, string>
  /** Of last year's audit, and of findings' sources: reference by id. */
  references: ReadonlyMap<string, string>
  /** The signed-in person, whose own controls are shown first. */
  me: string
}

export function overviewPage(
  whole: Pick<WholeAudit, 'audit' | 'set' | 'tests'>,
  findings: { own: readonly Finding[]; carried: readonly Finding[] },
  around: Around,
) {
  const { audit, set, tests } = whole
  const { locale, today } = around
  const t = textIn(locale)
  const { done, all } = progressOf(tests)
  const mine = tests.filter(({ tester, result }) => tester === around.me && result === null)
  return {
    done: { count: done, all, words: t('audits:overview.done', { done, all }) },
    next: { text: nextOf(audit, tests, locale), url: nextUrl(audit, tests) },
    areas: progressByArea(set, tests).map((area) => areaRow(audit, area, locale)),
    missing: audit.state === 'open' ? missingGroups(audit, missingBeforeSigning(whole), t) : [],
    mine: {
      count: mine.length,
      url: `${auditUrl(audit)}/controls?tester=${around.me}&result=open`,
      first: mine[0] ? controlUrl(audit, mine[0].control) : null,
    },
    exceptions: tests
      .filter(({ result }) => result === 'exception')
      .map((test) => ({
        control: test.control,
        url: controlUrl(audit, test.control),
        text: said(test.reason, locale),
        // An exception is a deficiency; where nobody follows it up, the declaration names it and no more.
        unfollowed: !findings.own.some((finding) => controlOf(finding) === test.control),
      })),
    own: findings.own.map((finding) => findingItem(finding, { today, locale })),
    carried: findings.carried.map((finding) => findingItem(finding, { today, locale })),
    facts: factsOf(audit, around, t),
  }
}

function factsOf(audit: Audit, { locale, names, references }: Around, t: Text) {
  const { period, lead, controlSet, scope, replaces } = audit
  const url = auditUrl(audit)
  return [
    [t('audits:field.period'), `${formatDay(period.from, locale)} – ${formatDay(period.to, locale)}`],
    [t('audits:field.lead'), names.get(lead) ?? t('audits:former')],
    [t('audits:field.controls'), `${controlSet.id} ${controlSet.version}`, `${url}/controls`],
    [t('audits:field.scope'), shortened(said(scope, locale)), `${url}/scope`],
    ...(replaces
      ? [
          [
            t('audits:field.replaces'),
            `${references.get(replaces.audit) ?? ''}: ${said(replaces.why, locale)}`,
          ],
        ]
      : []),
  ]
}

function areaRow(audit: Audit, area: AreaProgress, locale: Locale) {
  const t = textIn(locale)
  const { all } = area
  const parts = (
    [
      ['good', 'no-exception', area.tested - area.exceptions],
      ['stop', 'exception', area.exceptions],
      ['wait', 'not-tested', area.notTested],
      ['calm', 'not-applicable', area.notApplicable],
    ] as const
  ).filter(([, , count]) => count > 0)
  let from = 0
  const bar = parts.map(([tone, , count]) => {
    const part = { tone, from: (from / all) * 100, width: (count / all) * 100 }
    from += count
    return part
  })
  const words = parts.map(([, result, count]) => t(`audits:overview.count.${result}`, { count }))
  return {
    id: area.id,
    title: area.title[locale],
    url: `${auditUrl(audit)}/controls?area=${area.id}`,
    bar,
    words: [
      t('audits:overview.of', { done: all - area.open, all }),
      ...words,
      ...(area.open > 0 ? [t('audits:overview.count.open', { count: area.open })] : []),
    ],
  }
}

/** Controls without a result are one line; what else is missing is told one by one. */
function missingGroups(audit: Audit, missing: readonly Missing[], t: Text) {
  const untested = missing.filter(({ what }) => what === 'result')
  const others = missing.filter(({ what }) => what !== 'result')
  return [
    ...(untested.length > 0
      ? [
          {
            text: t('audits:missing.result', { count: untested.length }),
            url: `${auditUrl(audit)}/controls?result=open`,
          },
        ]
      : []),
    ...others.map((one) => ({
      text: t(`audits:missing.${one.what}`, { control: one.control ?? '' }),
      url: missingUrl(audit, one),
    })),
  ]
}

function nextUrl(audit: Audit, tests: readonly Test[]): string {
  const open = tests.find(({ result }) => result === null)
  if (audit.state === 'open' && open) return controlUrl(audit, open.control)
  const [first] = audit.state === 'open' ? missingBeforeSigning({ audit, tests: [...tests] }) : []
  return first ? missingUrl(audit, first) : `${auditUrl(audit)}/review`
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
