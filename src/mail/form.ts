import { z } from 'zod'
import { optionalText, readForm } from '../base/form.js'
import { mailStates } from './rules.js'

const schema = z.object({
  state: z.enum(mailStates).optional().catch(undefined),
  q: optionalText(200).catch(undefined),
  page: optionalText(500).catch(undefined),
})

/** What of the mailbox is to be shown, from the address; what does not fit is left out. */
export function readMailboxQuery(query: unknown): Partial<z.output<typeof schema>> {
  return readForm(schema, query).input ?? {}
}
