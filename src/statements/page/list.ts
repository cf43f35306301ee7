import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { isAccepted, shows, statementKinds, type Statement } from '../rules.js'
import { choices, nameOf, opinionState, spanInWords, stateOf, urlOf } from './words.js'

export type Listed = { statement: Statement; vendorName: string; vendorReference: string }

export function statementRow({ statement, vendorName, vendorReference }: Listed, today: Day, locale: Locale) {
  const t = textIn(locale)
  const { facts, until, request, state } = statement
  const day = (on: Day | null) => (on === null ? '' : formatShortDay(on, locale))
  const expectedOn = isAccepted(statement) ? statement.expectedOn : null
  return {
    url: urlOf(statement),
    reference: statement.reference,
    vendor: vendorName,
    vendorUrl: `/vendors/${vendorReference}`,
    kind: nameOf(statement, t),
    span: spanInWords(facts, locale),
    opinion: opinionState(facts?.opinion ?? null, t),
    state: stateOf(statement, today, t),
    due: state === 'requested' && request ? t('statements:list.due', { day: day(request.dueOn) }) : '',
    // What is not accepted covers nothing; of a bridge letter not all may count, which the timeline tells.
    until: isAccepted(statement) && facts?.kind !== 'bridge-letter' ? day(until) : '',
    expected: day(expectedOn),
    overdue: expectedOn !== null && expectedOn < today,
  }
}

export function listChoices(locale: Locale) {
  const t = textIn(locale)
  return {
    shows: choices(shows, (value) => t(`statements:show.${value}`)),
    kinds: choices(statementKinds, (value) => t(`statements:kind.${value}`)),
    sorts: choices(['received', 'vendor', 'expected'], (value) => t(`statements:sorted.${value}`)),
  }
}

/** Of the whole list as a spreadsheet. */
export function statementHeadings(locale: Locale): string[] {
  const t = textIn(locale)
  return ['reference', 'vendor', 'kind', 'span', 'opinion', 'state', 'until', 'expected'].map((column) =>
    t(`statements:export.${column}`),
  )
}

export function statementCells(row: ReturnType<typeof statementRow>): string[] {
  const { reference, vendor, kind, span, opinion, state, due, until, expected } = row
  return [
    reference,
    vendor,
    kind,
    span,
    opinion?.word ?? '',
    [state.word, due].filter(Boolean).join(', '),
    until,
    expected,
  ]
}
