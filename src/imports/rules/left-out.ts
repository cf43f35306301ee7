import { neededField, type Register } from './fields.js'
import type { RowChoice } from './import.js'
import type { Message } from './plan.js'
import type { ReadRow } from './rows.js'

const total =
  /^(?:(?:grand |sub)?total(?:sum)?|hovedtotal|total i alt|i alt|sum|antal i alt)\s*:?$|\S\s+(?:total|i alt)$/i

const note =
  /^(?:\*|¹|²|³|†|noter?\s*(?:[:*\d)]|$)|notes?\s*(?:[:*\d)]|$)|bemærk\b|nb[:!\s]|obs[:!\s]|kilder?\s*:|sources?\s*:|sidst (?:opdateret|ændret|revideret|gennemgået)|(?:senest )?opdateret\b|last (?:updated|reviewed|modified)|updated\b|version\s*[:\d]|forklaring|signaturforklaring|legend|farvekode|rød\s*[=:]|gul\s*[=:]|grøn\s*[=:]|side \d|page \d|udarbejdet|udfyldt af|godkendt (?:af|den)|dato\s*:|©|(?:denne )?liste[n]? |this list|se også|see also|\(?\d\)\s)/i

/** Numbers alone beside a total are its sums. */
const figure = /^[\d.,\s%]+$/

/** A line below or between the rows of a table that is none of them: a total, a note, a legend. */
function isNoRecord({ cells }: ReadRow, field: string): boolean {
  const name = cells.get(field)?.text ?? ''
  const others = [...cells].filter(([each]) => each !== field)
  if (name === '') return false
  if (total.test(name)) return others.every(([, { text }]) => figure.test(text))
  if (others.length > 0) return false
  const words = name.split(/\s+/).length
  return (
    note.test(name) ||
    name.endsWith(':') ||
    words > 14 ||
    (words > 5 && /[.!]$/.test(name) && !/\b(?:inc|ltd|co|corp)\.$/i.test(name))
  )
}

/**
 * Rows that are left out: those a person said so of, and those that are no records, unless a person said that they are. What is
 * left out by itself is told.
 */
export function leftOut(
  register: Register,
  rows: readonly ReadRow[],
  choices: readonly RowChoice[],
): { out: Set<number>; messages: Message[] } {
  const said = new Map(choices.map((choice) => [choice.row, choice]))
  const out = new Set<number>()
  const messages: Message[] = []
  for (const row of rows) {
    const { number } = row
    const choice = said.get(number)
    if (choice?.out) out.add(number)
    else if (!choice?.in && isNoRecord(row, neededField[register])) {
      out.add(number)
      messages.push({ row: number, column: '', letter: '', severity: 'note', text: 'no-record', facts: {} })
    }
  }
  return { out, messages }
}

/** Whether a row is left out unless somebody says that it is to be taken. */
export function isLeftOutByItself(register: Register, row: ReadRow): boolean {
  return isNoRecord(row, neededField[register])
}
