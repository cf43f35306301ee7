import { z } from 'zod'
import type { Day } from '../base/day.js'
import { optionalDay, optionalText, readForm, text, type Read } from '../base/form.js'

/** Reasons are the customer's own affair: clause 7.3 asks for none. */
export const objectionForm = z.object({ reasons: optionalText(5000) })

/** `once`: the form's own id, so that a double click is one message. */
export const messageForm = z.object({ text: text(5000), once: text(60) })

const listForm = z.object({ on: optionalDay() })

/** Which day's list is wanted: the one in the address, else today. */
export function readListDay(query: unknown, today: Day): Read<{ on: Day }> {
  const read = readForm(listForm, query)
  return read.problems ? read : { input: { on: read.input.on ?? today } }
}

/** How the chain is shown; a tree unless a table is asked for. */
export function readShape(query: unknown): 'tree' | 'table' {
  return (query as { as?: unknown } | null)?.as === 'table' ? 'table' : 'tree'
}
