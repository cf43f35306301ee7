import { z } from 'zod'
import { choice, listOf, readForm, text, ticked, type Read } from '../base/form.js'
import { listNames, type ListName } from './rules.js'

export type ViewInput = { list: ListName; name: string; query: string; shared: boolean }

// It comes back in addresses, so it is written anew as one writes them.
const query = z
  .string()
  .max(4000, 'too-long|most=4000')
  .default('')
  .transform((value) => new URLSearchParams(value).toString().replaceAll('%2C', ','))

export function readNewView(body: unknown): Read<ViewInput> {
  return readForm(z.object({ list: choice(listNames), name: text(60), query, shared: ticked() }), body)
}

/** `columns`: null for the usual ones. `asked`: what the list is asked besides, which stays as it was. */
export function readColumns(body: unknown): Read<{ columns: string[] | null; asked: string }> {
  const names = listOf(z.string().max(100)).pipe(z.array(z.string()).max(50))
  const read = readForm(z.object({ columns: names, usual: ticked(), asked: query }), body)
  if (read.problems) return read
  const { columns, usual, asked } = read.input
  return { input: { columns: usual ? null : ['name', ...columns], asked } }
}

export function readViewName(body: unknown): Read<{ name: string; shared: boolean }> {
  return readForm(z.object({ name: text(60), shared: ticked() }), body)
}

export function readViewQuery(body: unknown): Read<{ query: string }> {
  return readForm(z.object({ query }), body)
}
