/** The form as a workbook: which cell is which answer, and what a filled one holds. */
import type { Value } from '../../question-sets/rules/answer.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import type { BroughtAnswer, WrongCell } from './brought.js'
import {
  countriesIn,
  dayIn,
  isYes,
  listOrNull,
  numberIn,
  optionIn,
  plain,
  type Cell,
  type Reading,
  type Words,
} from './workbook-cells.js'

export type Sheet = { name: string; rows: string[][] }
/** Reads a workbook within the limits imports have; throws `Refused` with what is wrong with the file. */
export type ReadSheets = (bytes: Buffer, name: string) => Promise<{ sheets: Sheet[] }>

export const workbookMark = 'tilsyn-workbook/1'

/** Columns of the sheet with the questions; the first two are hidden. */
export const columns = { key: 1, seen: 2, number: 3, text: 4, answer: 5, comment: 6, note: 7 } as const
/** Rows with titles above the first question. */
export const headRows = 4
/** Empty rows of a table's own sheet. */
export const tableRows = 30

/** Types that have a sheet of their own. */
export function hasOwnSheet({ type }: Pick<Question, 'type'>): boolean {
  return type === 'table' || type === 'per-country'
}

/** The rows of a question on the sheet: one, or one for each part or option. `part`: what stands after the '/' in the hidden key. */
export function partsOf(question: Question): (string | null)[] {
  if (question.type === 'multi') return question.options.map(({ id }) => id)
  if (question.type === 'contact') return ['name', 'email', 'phone', 'incidents']
  if (question.type === 'identity') return ['name', 'registration', 'address', 'country']
  return [null]
}

/** What the sheets hold, by question; a cell that does not fit is told and leaves its question as it was. */
export function answersInSheets(
  sheets: readonly Sheet[],
  set: QuestionSet,
  words: Words,
): { reference: string; answers: BroughtAnswer[]; wrong: WrongCell[] } | null {
  const marked = sheets.filter(({ rows }) => rows[0]?.[0] === workbookMark)
  const main = marked.find(({ rows }) => (rows[0]?.[1] ?? '').split('|')[1] === 'answers')
  if (!main) return null
  const wrong: WrongCell[] = []
  const questions = new Map(set.questions.map((question) => [question.id, question]))
  const cells = new Map<string, { seen: number; comment: string; parts: Map<string, Cell> }>()
  for (const [at, row] of main.rows.entries()) {
    const [id = '', part = ''] = (row[columns.key - 1] ?? '').split('/')
    if (at < headRows || !questions.has(id)) continue
    const known = cells.get(id) ?? { seen: Number(row[columns.seen - 1]) || 0, comment: '', parts: new Map() }
    known.comment ||= plain(row[columns.comment - 1] ?? '').slice(0, 5000)
    const text = plain(row[columns.answer - 1] ?? '')
    known.parts.set(part, { sheet: main.name, row: at + 1, column: columns.answer, text })
    cells.set(id, known)
  }
  for (const { name, rows } of marked) {
    const id = (rows[0]?.[1] ?? '').split('|')[1] ?? ''
    if (!questions.has(id)) continue
    const known = cells.get(id) ?? { seen: 0, comment: '', parts: new Map<string, Cell>() }
    for (const [at, row] of rows.slice(headRows, headRows + 100).entries())
      for (const [column, text] of row.entries())
        known.parts.set(`${at}/${column}`, {
          sheet: name,
          row: at + headRows + 1,
          column: column + 1,
          text: plain(text),
        })
    cells.set(id, known)
  }
  const answers = [...cells].flatMap(([id, { seen, comment, parts }]): BroughtAnswer[] => {
    const question = questions.get(id)
    if (!question) return []
    const before = wrong.length
    const value = valueOf({ question, parts, wrong, words })
    if (wrong.length > before || (value === null && comment === '')) return []
    return [{ question: id, value, comment, seen }]
  })
  return { reference: (main.rows[0]?.[1] ?? '').split('|')[0] ?? '', answers, wrong }
}

function valueOf(reading: Reading): Value | null {
  const { question, parts } = reading
  const cell = parts.get('')
  const text = cell?.text ?? ''
  switch (question.type) {
    case 'single':
      return cell ? optionIn(reading, cell) : null
    case 'multi': {
      const picked = question.options.filter(({ id }) => {
        const one = parts.get(id)
        return one !== undefined && isYes(reading, one)
      })
      return picked.length > 0 ? picked.map(({ id }) => id) : null
    }
    case 'text':
      return text.slice(0, 5000) || null
    case 'number':
      return cell && text !== '' ? numberIn(reading, cell) : null
    case 'date':
      return cell && text !== '' ? dayIn(reading, cell) || null : null
    case 'countries':
      return cell ? listOrNull(countriesIn(reading, cell)) : null
    case 'contact':
    case 'identity': {
      const told = Object.fromEntries(
        partsOf(question).map((part) => {
          const one = parts.get(part ?? '')
          const isCountry = part === 'country' && one !== undefined
          return [part, isCountry ? (countriesIn(reading, one)[0] ?? '') : (one?.text.slice(0, 500) ?? '')]
        }),
      ) as Record<string, string>
      return Object.values(told).some(Boolean) ? (told as unknown as Value) : null
    }
    case 'table':
      return tableIn(reading)
    case 'per-country':
      return byCountryIn(reading)
    case 'signoff':
      // Given in the browser, with the submission itself.
      return null
  }
}

function tableIn(reading: Reading): Value | null {
  const rows = rowsIn(reading.parts).map((cells) =>
    Object.fromEntries(
      reading.question.columns.map(({ id, type }, column) => {
        const cell = cells.get(column + 1)
        if (!cell || cell.text === '') return [id, '']
        if (type === 'date') return [id, dayIn(reading, cell)]
        return [id, type === 'countries' ? countriesIn(reading, cell).join(', ') : cell.text.slice(0, 500)]
      }),
    ),
  )
  return listOrNull(rows.filter((row) => Object.values(row).some((cell) => cell !== '')))
}

function byCountryIn(reading: Reading): Value | null {
  const told = rowsIn(reading.parts).flatMap((cells) => {
    const [place, option] = [cells.get(1), cells.get(2)]
    if (!place || !option || place.text === '' || option.text === '') return []
    const [country] = countriesIn(reading, place)
    const id = optionIn(reading, option)
    return country && id ? [[country, id] as const] : []
  })
  return told.length > 0 ? { byCountry: Object.fromEntries(told) } : null
}

function rowsIn(parts: Map<string, Cell>): Map<number, Cell>[] {
  const rows = new Map<number, Map<number, Cell>>()
  for (const [key, cell] of parts) {
    const [row, column] = key.split('/').map(Number)
    if (row === undefined || column === undefined || Number.isNaN(row)) continue
    const known = rows.get(row) ?? new Map<number, Cell>()
    rows.set(row, known.set(column, cell))
  }
  return [...rows.values()]
}
