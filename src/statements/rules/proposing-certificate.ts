import type { Day } from '../../base/day.js'
import type { Cell, PageText } from '../../documents/pdf-lines.js'
import type { Found } from './proposals.js'
import { auditing, companiesIn, same } from './proposing-companies.js'
import { daysIn } from './proposing-days.js'
import { best, type Candidate } from './proposing-rank.js'
import { words, type Report } from './proposing-text.js'

const numberLabel =
  /(?:certificat(?:e|ion)|certifikat|approval|registration|registrerings)[ -]?(?:number|no\.?|nr\.?|nummer|id)\s*[:#]?\s*(?=[A-Z0-9])([A-Z0-9][A-Z0-9/.-]*(?: [A-Z0-9/.-]*\d[A-Z0-9/.-]*)*)/i

const numberHead =
  /(?:certificat(?:e|ion)|certifikat|approval|registration)[ -]?(?:number|no\.?|nr\.?|nummer)\s*:?$/i

export function certificateNumberOf(pages: readonly PageText[]): Found<string> {
  return best(
    pages.flatMap(({ page, rows }) =>
      rows.flatMap((row, at): Candidate<string>[] => {
        const text = row.map((cell) => cell.text).join(' ')
        const head = row.find((cell) => numberHead.test(cell.text))
        const value = head ? valueOf(head, row, rows[at + 1]) : numberLabel.exec(text)?.[1]
        const number = value?.trim().replace(/[.,]$/, '')
        if (!number || !/\d/.test(number) || number.length > 30 || daysIn(number).length > 0) return []
        return [{ value: number, page, words: words(`${text} ${head ? number : ''}`.trim()), points: 4 }]
      }),
    ),
    3,
  )
}

/** Beside a label that stands in a cell of its own, or beneath it. */
function valueOf(label: Cell, row: readonly Cell[], next: readonly Cell[] = []): string | undefined {
  const beneath = next.find(({ x }) => Math.abs(x - label.x) < 25)
  const beside = row[row.indexOf(label) + 1]
  // Where the labels stand in a row, so do the values.
  const labels = beside === undefined || !/\d/.test(beside.text)
  return labels ? (beneath ?? beside)?.text : beside.text
}

const ends =
  /(?:expir(?:y|es|ation)(?: date)?|valid (?:until|to|through|thru)|gyldig(?:t)?(?: til| indtil)|gyldighed(?:speriode)?|udløb(?:er|sdato)?|til og med)/i
const validity = /^(?:gyldigt?|valid(?:ity)?)\s*:?$/i
const startsThenEnds = /(?:valid|gyldig(?:t)?)\s*(?:from|fra)/i

/** The label before the day, in the same line, or above it in the next. */
export function expiresOf(pages: readonly PageText[]): Found<Day> {
  const found: Candidate<Day>[] = []
  for (const { page, rows } of pages)
    for (const [at, row] of rows.entries()) {
      const text = row.map((cell) => cell.text).join(' ')
      const days = daysIn(text)
      const label = ends.exec(text)
      const next = label ? days.find((day) => day.at > label.index && day.at - label.index < 45) : undefined
      if (next) found.push({ value: next.day, page, words: words(text, label?.index), points: 4 })
      else if (startsThenEnds.test(text) && days.length === 2 && days[1])
        found.push({ value: days[1].day, page, words: words(text), points: 4 })
      const head = row.find(
        ({ text: label }) => (ends.test(label) || validity.test(label)) && daysIn(label).length === 0,
      )
      const below = head ? valueOf(head, row, rows[at + 1]) : undefined
      const day = below === undefined ? undefined : daysIn(below).at(-1)
      if (head && day && !next)
        found.push({ value: day.day, page, words: words(`${head.text} ${below}`), points: 4 })
    }
  return best(found, 3)
}

const knownBodies =
  /\b(?:DNV(?: GL)?|Bureau Veritas|BSI|TÜV [\p{L}]+|SGS|Intertek|LRQA|DEKRA|DS Certificering|Dansk Standard|Schellman|A-LIGN|NQA|Kiwa)\b(?: [\p{Lu}][\p{L}]+)*/u
const bodyLabel =
  /(?:(?:for and )?on behalf of|issued by|udstedt af|certification body|certificeringsorgan|certified by|certificeret af)\s*:?\s*([\p{Lu}][\p{L}\d&./ -]{2,60}?)(?=[,.]?$|, )/iu

export function bodyOf({ lines }: Report, entity: string | null): Found<string> {
  return best(
    lines.flatMap(({ text, page }): Candidate<string>[] => {
      const said = bodyLabel.exec(text)?.[1]
      if (said)
        return [{ value: companiesIn(said)[0]?.name ?? said.trim(), page, words: words(text), points: 5 }]
      const known = knownBodies.exec(text)
      const company = known && companiesIn(text).find(({ name }) => knownBodies.test(name))
      if (known) return [{ value: company?.name ?? known[0], page, words: words(text), points: 3 }]
      return companiesIn(text)
        .filter(({ name }) => (entity === null || !same(name, entity)) && !auditing.test(name))
        .map(({ name }) => ({
          value: name,
          page,
          words: words(text),
          points: /certif|registr|assurance|veritas/i.test(name) ? 3 : 1.5,
        }))
    }),
    4,
    1.5,
  )
}
