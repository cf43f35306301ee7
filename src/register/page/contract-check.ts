import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import {
  breachAgainst,
  checkPoints,
  checkResults,
  isOvertaken,
  mayBeLeftOut,
  noticeAgainst,
  openPoints,
  type Against,
  type CheckResult,
  type ContractCheck,
  type ContractVersion,
  type Engagement,
} from '../rules.js'
import type { State } from './words.js'

const resultTones = { met: 'good', partly: 'wait', 'not-met': 'stop', 'not-applicable': 'calm' } as const
const againstTones = { enough: 'good', bare: 'wait', short: 'stop', unsaid: 'stop', nobody: 'calm' } as const

export function resultState(result: CheckResult, locale: Locale): State {
  return { tone: resultTones[result], word: textIn(locale)(`contracts:result.${result}`) }
}

/** Every reading, the last first, each with what was promised then on both sides. */
export function checkRows(version: ContractVersion, owed: ContractCheck['owed'], locale: Locale) {
  const t = textIn(locale)
  return version.checks
    .map((check, place, all) => ({
      on: check.on,
      by: check.by,
      state:
        openPoints(check).length === 0
          ? ({ tone: 'good', word: t('contracts:check-state.passed') } satisfies State)
          : ({
              tone: 'stop',
              word: t('contracts:open-points', { count: openPoints(check).length }),
            } satisfies State),
      /** Customers are promised more since than it was read against. */
      overtaken: place === all.length - 1 && isOvertaken(check, owed),
      against: againstRows(check.theirs, check.owed, locale),
      answers: check.answers.map(({ point, result, clause = '', note = '' }) => ({
        point: t(`contracts:point.${point}`),
        source: t(`contracts:source.${point}`),
        state: resultState(result, locale),
        clause,
        note,
      })),
    }))
    .toReversed()
}

/** What they promise beside what we owe: hours for a breach (10.2), notice of a change (7.3, B.2). */
function againstRows(theirs: ContractCheck['theirs'], owed: ContractCheck['owed'], locale: Locale) {
  const t = textIn(locale)
  const hours = (count: number | null | undefined) =>
    count === null || count === undefined ? '' : t('contracts:hours', { count })
  const period = (value: ContractCheck['owed']['notice'] | undefined) =>
    value ? t(`register:period.${value.unit}`, { count: value.length }) : ''
  const state = (against: Against): State => ({
    tone: againstTones[against],
    word: t(`contracts:against.${against}`),
  })
  return [
    {
      what: t('contracts:against.breach'),
      theirs: hours(theirs.breachHours),
      owed: hours(owed.breachHours),
      state: state(breachAgainst(theirs.breachHours, owed.breachHours)),
    },
    {
      what: t('contracts:against.notice'),
      theirs: period(theirs.notice),
      owed: period(owed.notice),
      state: state(noticeAgainst(theirs.notice, owed.notice)),
    },
  ]
}

/** The form of a reading: each point with what to look for, and as it was answered the last time. */
export function checkFields(
  engagement: Engagement,
  version: ContractVersion,
  owed: ContractCheck['owed'],
  locale: Locale,
) {
  const t = textIn(locale)
  const last = version.checks.at(-1)
  const notice = last?.theirs.notice ?? engagement.theirNotice
  const theirs = {
    ...(last?.theirs.breachHours === undefined ? {} : { breachHours: last.theirs.breachHours }),
    ...(notice === undefined ? {} : { notice }),
  }
  return {
    breachHours: theirs.breachHours ?? '',
    noticeLength: notice?.length ?? '',
    noticeUnit: notice?.unit ?? 'days',
    against: againstRows(theirs, owed, locale),
    points: checkPoints.map((point) => {
      const answer = last?.answers.find((each) => each.point === point)
      return {
        point,
        title: t(`contracts:point.${point}`),
        source: t(`contracts:source.${point}`),
        hint: t(`contracts:look-for.${point}`),
        results: checkResults
          .filter((result) => result !== 'not-applicable' || mayBeLeftOut(point))
          .map((value) => ({ value, text: t(`contracts:result.${value}`) })),
        result: answer?.result ?? '',
        clause: answer?.clause ?? '',
        note: answer?.note ?? '',
      }
    }),
  }
}
