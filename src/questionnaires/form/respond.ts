import { z } from 'zod'
import { choice, email, listOf, optionalText, text, ticked } from '../../base/form.js'

/** Who signs for the whole. */
export const signingForm = z.object({
  name: text(120),
  title: text(120),
  confirmed: ticked().refine(Boolean, 'tick-to-confirm'),
})

/** Sections handed to a colleague. */
export const handOnForm = z.object({
  name: text(120),
  email: email(),
  locale: choice(['da', 'en']),
  sections: listOf(z.string().max(40)).refine((list) => list.length > 0, 'choose-at-least-one'),
  note: optionalText(2000).transform((value) => value ?? null),
})

/** Last year's answers of a section are true still. */
export const stillTrueForm = z.object({
  name: text(120),
  confirmed: ticked().refine(Boolean, 'tick-to-confirm'),
})

/** Answers of a statement or a file, ticked one by one. */
export const takenForm = z.object({
  questions: listOf(z.string().max(60)).refine((list) => list.length > 0, 'choose-at-least-one'),
})
