/** Which controls were tested, and with what result: read from the tables, where what belongs together stands side by side. */
import type { Cell, PageText } from '../../documents/pdf-lines.js'
import type { Proposed, ReadControl, ReadException } from './proposals.js'
import { words } from './proposing-text.js'

/** A to I of the Danish statement, with how many controls each has at most. */
const areas: Readonly<Record<string, number>> = { A: 3, B: 15, C: 9, D: 3, E: 2, F: 6, G: 3, H: 2, I: 4 }
const control = /^(?:(?:nr|no|ref|kontrol|control)\.?\s+)?([A-I])\.\s?(\d{1,2})(?![.\d])/i
const numbered =
  /^(?:(?:nr|no|ref|kontrol|control)\.?\s+)?([A-Z]{1,4}[-.]?\d{1,3}(?:\.\d{1,2}){0,2}|\d{1,2}(?:\.\d{1,2}){1,3})(?=$|[\s:.])/

const none =
  /\b(?:ingen|no|without|uden|ej)\s+(?:\p{L}+\s+){0,2}?(?:afvigelse(?:r)?|undtagelser|bemærkninger|anmærkninger|forhold|exceptions?|deviations?|findings?)(?:\s+(?:er |blev |were |was )?(?:konstateret|noteret|identificeret|noted|identified|found))?|\bintet at bemærke|\b(?:ikke|not)\s+(?:konstateret|noteret|identificeret|fundet|note|noted|identify|identified|find|found)\s+(?:\p{L}+\s+){0,2}?(?:afvigelse(?:r)?|undtagelser|exceptions?|deviations?)/giu
const some =
  /afvigelse|undtagelse|\bexceptions?\b|\bdeviations?\b|(?:vi har |blev |er der )?konstateret,? at|\bwe noted that|(?:was|were|has|have) not (?:\w+ ){0,3}(?:performed|removed|approved|documented|reviewed|operat\w+|available)|(?:er|var|blev|har) (?:\p{L}+ ){0,5}ikke (?:\p{L}+ ){0,3}(?:udført|godkendt|dokumenteret|efterlevet|fungeret)|\bikke overholdt/iu
const untested =
  /ikke (?:blevet )?(?:testet|mulig\w* at teste|kunnet teste)|not (?:be )?tested|unable to test|no (?:occurrences?|instances?|such cases)|(?:ikke været|ingen) (?:tilfælde|hændelser|forekomst)/i
const irrelevant = /\b(?:ikke|ej) (?:relevant|aktuelt?)|not applicable|\bn\/a\b/i

type Band = { page: number; id: string; name: string; rows: Cell[][] }

export function controlsOf(pages: readonly PageText[]): ReadControl[] {
  const found = new Map<string, ReadControl>()
  for (const { page, id, rows } of bandsOf(pages, control)) {
    const match = control.exec(id)
    const area = match?.[1]?.toUpperCase() ?? ''
    const number = Number(match?.[2])
    const key = `${area}.${number}`
    if (!(number >= 1 && number <= (areas[area] ?? 0))) continue
    const text = resultText(rows)
    const result = resultOf(text) ?? resultOf(allText(rows))
    const known = found.get(key)
    // A list of controls in the description has no results; the table of tests has.
    if (!known || (known.result === null && result !== null))
      found.set(key, { control: key, result, page, words: words(text || allText(rows)) })
  }
  return [...found.values()].toSorted((a, b) => order(a.control) - order(b.control))
}

const mostExceptions = 50

/** What was tested and not found in order, each with its control. */
export function exceptionsOf(pages: readonly PageText[]): Proposed<ReadException>[] {
  return bandsOf(pages, numbered)
    .filter(({ rows }) => rows.some((row) => row.length >= 2))
    .flatMap(({ page, name, rows }): Proposed<ReadException>[] => {
      const text = resultText(rows)
      if (resultOf(text) !== 'exceptions') return []
      return [{ value: { control: name, text }, page, words: words(text), confidence: 'high' }]
    })
    .slice(0, mostExceptions)
}

function order(key: string): number {
  return key.charCodeAt(0) * 100 + Number(key.slice(2))
}

export function resultOf(text: string): ReadControl['result'] {
  const rest = text.replaceAll(none, ' ')
  if (some.test(rest))
    return untested.test(rest) && !/konstateret|noted/i.test(rest) ? 'not-tested' : 'exceptions'
  if (untested.test(text)) return 'not-tested'
  if (irrelevant.test(text)) return 'not-applicable'
  return rest === text ? null : 'no-exceptions'
}

/** A control's rows: from where its number stands to the next number, or a line across the page. */
function bandsOf(pages: readonly PageText[], pattern: RegExp): Band[] {
  const bands: Band[] = []
  for (const { page, rows } of pages) {
    let open: Band | null = null
    let columns = 0
    for (const row of rows) {
      const [first] = row
      const match = first ? pattern.exec(first.text) : null
      if (first && match) {
        columns = row.length
        open = { page, id: match[0], name: match[1] ?? match[0], rows: [without(row, match[0])] }
        if (pattern === control) open.name = match[0]
        bands.push(open)
      } else if (open && columns > 1 && row.length === 1 && first && isAcross(first, open)) open = null
      else open?.rows.push(row)
      if (open && open.rows.length > 60) open = null
    }
  }
  return bands
}

function without(row: readonly Cell[], id: string): Cell[] {
  const [first, ...rest] = row
  if (!first) return []
  const text = first.text.slice(id.length).trim()
  return text === '' ? rest : [{ ...first, text }, ...rest]
}

// A heading between two tables begins at the left edge and goes over more than one column.
function isAcross(cell: Cell, { rows: [head = []] }: Band): boolean {
  const [, second] = head
  return second !== undefined && cell.x < second.x - 20 && cell.end > second.x
}

/** What stands in the last column. */
function resultText(rows: readonly Cell[][]): string {
  const last = Math.max(...(rows[0] ?? []).map(({ x }) => x))
  return rows
    .flatMap((row) => row.filter(({ x }) => x >= last - 8))
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(/(\p{Ll})- (?=\p{Ll})/gu, '$1')
}

function allText(rows: readonly Cell[][]): string {
  return rows.flatMap((row) => row.map(({ text }) => text)).join(' ')
}
