import { z } from 'zod'
import { readForm, text, type Read } from '../../base/form.js'

/** Where to in the address and the form; no reference of an engagement. */
export const toTop = 'top'

/** `to`: the reference of the link above, or null for a place on top. */
export function readMove(body: unknown): Read<{ to: string | null; because: string }> {
  const read = readForm(z.object({ to: text(20), because: text(1000) }), body)
  if (read.problems) return read
  const { to, because } = read.input
  return { input: { to: to === toTop ? null : to, because } }
}
