import type { Locale } from '../../base/context.js'
import { addDays, daysBetween, type Day } from '../../base/day.js'
import type { Block } from '../../documents/blocks.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { isOverdue, kindRules, nextStep, type CustomerRequest } from '../rules.js'
import { stateOf, urlOf, type State } from './words.js'

type Reading = { today: Day; locale: Locale }

export function requestRow(
  request: CustomerRequest,
  names: ReadonlyMap<string, string>,
  { today, locale }: Reading,
) {
  const t = textIn(locale)
  const next = nextStep(request, today)
  return {
    url: urlOf(request),
    reference: request.reference,
    kind: t(`requests:kind.${request.kind}.name`),
    clause: t('requests:clause', { clause: kindRules[request.kind].clause }),
    customer: request.customerName,
    customerUrl: `/customers/${request.customerReference}`,
    received: formatShortDay(request.receivedOn, locale),
    due: formatShortDay(request.dueOn, locale),
    dueNote: dueNote(request, { today, locale }),
    owner: request.owner === null ? '' : (names.get(request.owner) ?? t('requests:owner-gone')),
    state: stateOf(request, today, t),
    next: next === null || next === 'wait' ? '' : t(`requests:next.${next}`),
  }
}

/** How near the day is, in words: who opens the list must see at once what has to go today. */
function dueNote(request: CustomerRequest, { today, locale }: Reading): State | null {
  const t = textIn(locale)
  const { running, dueOn } = request
  if (isOverdue(request, today))
    return { tone: 'stop', word: t('requests:due-note.over', { count: daysBetween(dueOn, today) }) }
  if (!running) return null
  if (dueOn === today) return { tone: 'wait', word: t('requests:due-note.today') }
  return dueOn === addDays(today, 1) ? { tone: 'wait', word: t('requests:due-note.tomorrow') } : null
}

/** A short line, for the panels of other rooms. */
export function requestItem(request: CustomerRequest, { today, locale }: Reading) {
  const t = textIn(locale)
  return {
    url: urlOf(request),
    text: `${request.reference}: ${t(`requests:kind.${request.kind}.name`)}`,
    state: stateOf(request, today, t),
    note: t(request.running ? 'requests:panel.due' : 'requests:panel.received', {
      day: formatShortDay(request.running ? request.dueOn : request.receivedOn, locale),
    }),
  }
}

const columns = [
  'reference',
  'kind',
  'clause',
  'customer',
  'receivedOn',
  'dueOn',
  'answeredOn',
  'state',
  'owner',
] as const

/** The list as a table of a workbook. */
export function requestSheet(
  requests: readonly CustomerRequest[],
  names: ReadonlyMap<string, string>,
  { today, locale }: Reading,
): Extract<Block, { kind: 'table' }> {
  const t = textIn(locale)
  return {
    kind: 'table',
    headings: columns.map((column) => t(`requests:field.${column}`)),
    rows: requests.map((request) => {
      const row = requestRow(request, names, { today, locale })
      return [
        row.reference,
        row.kind,
        kindRules[request.kind].clause,
        `${row.customer} (${request.customerReference})`,
        request.receivedOn,
        request.dueOn,
        request.answeredOn ?? '',
        row.state.word,
        row.owner,
      ]
    }),
  }
}
