import type { Request, Response } from 'express'
import type { Read } from '../base/form.js'
import { refusalOf, renderPage, type PageValues } from './page.js'

/** What was wrong with a form: its fields (422), or the business said no (409). */
export type Wrong = Pick<PageValues, 'problems' | 'refusal'>

/** Reads done: act and go on, or show the form again with what was wrong. */
export async function answer<Input>(
  read: Read<Input>,
  again: (wrong: Wrong) => Promise<void>,
  act: (input: Input) => Promise<void>,
): Promise<void> {
  if (read.problems) return again({ problems: read.problems })
  try {
    await act(read.input)
  } catch (error) {
    await again({ refusal: refusalOf(error) })
  }
}

/** The same where the form is a page of its own: shown again with its values read anew, and what was typed kept. */
export async function answerOn<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  page: { view: string; values: () => Promise<PageValues> },
  act: (input: Input) => Promise<void>,
): Promise<void> {
  const again = async (wrong: Wrong) => {
    const values = { ...(await page.values()), ...wrong, typed: req.body as unknown }
    await renderPage(req, res, page.view, values, wrong.problems ? 422 : 409)
  }
  await answer(read, again, act)
}

/** A part of the query, where it is one text. */
export function queried(req: Request, name: string): string {
  return oneText((req.query as Record<string, unknown>)[name]).slice(0, 300)
}

/** A field of the form, where it is one text. */
export function typedText(req: Request, field: string): string {
  return oneText((req.body as Record<string, unknown> | undefined)?.[field])
}

function oneText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
