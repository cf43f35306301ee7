import { z } from 'zod'
import { readForm } from '../../base/form.js'

/** The parts of a form that repeat, as `name[0][field]`: rows left empty are left out. */
export const rowsOf = <Row extends z.ZodType>(row: Row, fields: readonly string[]) =>
  z
    .preprocess(
      (value) => listed(value).map((each) => (isEmptyRow(each, fields) ? null : each)),
      // The place in the list stays, so that a problem is shown beside the row it is about.
      z.array(row.nullable()).max(200, 'invalid'),
    )
    .transform((rows) => rows.filter((each) => each !== null))

/** A body parser gives a list, or an object by number where numbers are left out. */
export function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

/** Empty in each of the fields that make a row; a select that always has a value does not count. */
function isEmptyRow(row: unknown, fields: readonly string[]): boolean {
  if (typeof row !== 'object' || row === null) return true
  return fields.every((field) => {
    const value = (row as Record<string, unknown>)[field]
    return typeof value !== 'string' || value.trim() === ''
  })
}

/** Rows left empty are left out; the problem belongs beside the row as the person sees it. */
export function rowAsTyped(
  body: unknown,
  part: string,
  rows: z.ZodType<readonly unknown[]>,
  index: number,
): number {
  const filled = listed((body as Record<string, unknown> | null)?.[part]).flatMap((row, at) => {
    const read = readForm(rows, [row])
    return read.problems || read.input.length > 0 ? [at] : []
  })
  return filled[index] ?? index
}
