import type { Locale } from '../../base/context.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { textIn } from '../../i18n/texts.js'
import type { Plan } from '../actions/plan.js'
import type { Differences } from '../actions/differences.js'
import { fieldsInWords, messageInWords } from '../page.js'
import type { Note } from '../reading/limits.js'
import type { Import } from '../records.js'
import type { Difference } from '../rules/differences.js'
import { headingOf, type Register } from '../rules/fields.js'
import {
  countRows,
  shortened,
  type Message,
  type PlannedRow,
  type Severity,
  type Verdict,
} from '../rules/plan.js'
import { neededField } from '../rules/fields.js'
import { rowLabel } from '../rules/rows.js'
import { waysFor } from '../rules/several.js'
import { matchInWords } from './matches.js'

const tones = { create: 'good', change: 'info', same: 'calm', problem: 'stop', out: 'calm' } as const
const severityTones = { problem: 'stop', critical: 'stop', warning: 'wait', note: 'calm' } as const
const weights = { problem: 0, critical: 1, warning: 2, note: 3 } as const satisfies Record<Severity, number>

const pageOfRows = 100

/** Which rows are shown: those with one outcome, those with something to be said of them, or all. */
export const shownRows = ['all', 'remarks', 'problem', 'create', 'change', 'same', 'out'] as const
export type Shown = (typeof shownRows)[number]

type Planned = Pick<Plan, 'rows' | 'messages'> & { differences: Differences }

/** `show`: as asked for in the address; where nothing is, problems come first. */
export function runPage(
  { register, fileName, state, mapping }: Import,
  plan: Planned,
  notes: readonly Note[],
  { show, from }: { show: Shown | undefined; from: number },
  url: string,
  locale: Locale,
) {
  const t = textIn(locale)
  const counts = countRows(plan.rows)
  const said = messagesByRow(plan.messages)
  const shown = show ?? (counts.problem > 0 ? 'problem' : 'all')
  const fitting = plan.rows.filter(
    ({ verdict, number }) => shown === 'all' || (shown === 'remarks' ? said.has(number) : verdict === shown),
  )
  const start = Math.max(
    0,
    fitting.findIndex(({ number }) => number >= from),
  )
  const rows = fitting.slice(start, start + pageOfRows)
  const link = (which: Shown, number?: number) =>
    `${url}?show=${which}${number === undefined ? '' : `&from=${number}`}#rows`
  const next = fitting[start + pageOfRows]
  const previous = start === 0 ? undefined : fitting[Math.max(0, start - pageOfRows)]
  return {
    fileName,
    registerName: t(`imports:register.${register}`),
    sheet: mapping.sheet,
    heading: mapping.heading + 1,
    half: state === 'applying',
    counts,
    nothing: counts.create + counts.change === 0,
    notes: notes.map(({ text, facts }) => t(`imports:note.${text}`, facts)),
    views: shownRows
      .map((which) => ({
        url: link(which),
        text: t(`imports:show.${which}`),
        count: which === 'all' ? plan.rows.length : which === 'remarks' ? said.size : counts[which],
        current: which === shown,
      }))
      .filter(({ count, current }) => count > 0 || current),
    groups: problemGroups(plan.messages, register, mapping, locale),
    rows: rows.map((row) => rowOf(row, said.get(row.number) ?? [], plan.differences(row), register, locale)),
    paging: {
      count: fitting.length,
      next: next ? link(shown, next.number) : null,
      previous: previous ? link(shown, previous.number) : null,
    },
    kind: register === 'customers' ? 'customer' : 'vendor',
  }
}

/** The same problem in the same column, with what can be done about all of them at once. */
function problemGroups(
  messages: readonly Message[],
  register: Register,
  { columns }: Import['mapping'],
  locale: Locale,
) {
  const t = textIn(locale)
  const groups = new Map<string, Message[]>()
  for (const message of messages) {
    if (message.severity !== 'problem') continue
    const key = `${message.text}/${message.letter}`
    groups.set(key, [...(groups.get(key) ?? []), message])
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    if (!first) return []
    const { text, letter, column } = first
    const rows = [...new Set(all.map(({ row }) => row))]
    const ofName = columns.some(
      (field, at) => field === neededField[register] && lettersOf(at + 1) === letter,
    )
    return {
      column: letter === '' ? '' : [letter, column.replace(/\s+/g, ' ')].filter(Boolean).join(' '),
      text: messageInWords(first, register, locale),
      rows: t('imports:group.rows', {
        count: rows.length,
        rows: rows.slice(0, 8).map(rowLabel).join(', ') + (rows.length > 8 ? ' …' : ''),
      }),
      ways: waysFor(text, letter, ofName).map((way) => ({
        text: t(`imports:group.${way}`, { count: rows.length }),
        fields: { text, letter, way },
      })),
    }
  })
}

function messagesByRow(messages: readonly Message[]): Map<number, Message[]> {
  const map = new Map<number, Message[]>()
  for (const message of messages) map.set(message.row, [...(map.get(message.row) ?? []), message])
  return map
}

function rowOf(
  row: PlannedRow,
  messages: readonly Message[],
  differences: readonly Difference[],
  register: Register,
  locale: Locale,
) {
  return {
    number: row.number,
    label: rowLabel(row.number),
    name: row.name,
    part: row.part,
    state: verdictState(row.verdict, locale),
    matches: matchesOf(row, register, locale),
    // What no column shows is named at least.
    changes:
      row.verdict === 'change' && differences.length === 0
        ? fieldsInWords(row.changes, register, locale)
        : '',
    differences: differencesOf(differences, register, locale).map((each) => ({
      ...each,
      before: shortened(each.before),
      after: shortened(each.after),
    })),
    remarks: remarksOf(messages, register, locale),
  }
}

/** Each column by its heading, with what stands there now and what would stand there. */
export function differencesOf(differences: readonly Difference[], register: Register, locale: Locale) {
  const none = textIn(locale)('imports:run.empty')
  return differences.map(({ field, before, after }) => ({
    heading: headingOf(register, field, locale),
    before: before || none,
    after: after || none,
  }))
}

export function verdictState(verdict: Verdict, locale: Locale) {
  return { tone: tones[verdict], word: textIn(locale)(`imports:verdict.${verdict}`) }
}

/** What the row was found to be; nothing for one that could not be read or is left out. */
export function matchesOf({ whole, of, verdict }: PlannedRow, register: Register, locale: Locale): string[] {
  if (verdict === 'out') return []
  if (register === 'customers') return [matchInWords(whole, 'customer', locale)]
  return [matchInWords(whole, 'vendor', locale), ...(of ? [matchInWords(of, 'engagement', locale)] : [])]
}

/** The gravest first, each with the cell it is about: 'C12 Land'. */
export function remarksOf(messages: readonly Message[], register: Register, locale: Locale) {
  const t = textIn(locale)
  return messages
    .toSorted((a, b) => weights[a.severity] - weights[b.severity])
    .map((message) => ({
      cell: message.letter === '' ? '' : `${message.letter}${Math.trunc(message.row)}`,
      column: message.column.replace(/\s+/g, ' '),
      state: { tone: severityTones[message.severity], word: t(`imports:severity.${message.severity}`) },
      text: messageInWords(message, register, locale),
    }))
}
