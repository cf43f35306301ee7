import { z } from 'zod'
import { isDay } from '../base/day.js'
import { optionalText, readForm } from '../base/form.js'

const day = () =>
  optionalText(20).refine((value) => value === undefined || isDay(value), { message: 'not-a-day' })

const schema = z.object({
  kind: optionalText(50),
  about: optionalText(100),
  by: optionalText(50),
  from: day(),
  to: day(),
  page: optionalText(500),
})

/** What of the log is to be shown, from the address. */
export const readLogQuery = (query: unknown) => readForm(schema, query)
