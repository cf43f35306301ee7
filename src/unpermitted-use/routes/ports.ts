import type { Request, Response } from 'express'
import type { Read } from '../../base/form.js'
import { refusalOf, renderPage, type PageValues } from '../../web/page.js'

export function queried(req: Request, name: string): string {
  const value = (req.query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value.trim().slice(0, 300) : ''
}

export function typedText(req: Request, field: string): string {
  const value = (req.body as Record<string, unknown> | undefined)?.[field]
  return typeof value === 'string' ? value.trim() : ''
}

/** Reads done: act and go on, or show the page again with problems (422) or a refusal (409), what was typed kept. */
export async function answer<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  again: { view: string; values: () => Promise<PageValues> },
  act: (input: Input) => Promise<void>,
): Promise<void> {
  const show = async (wrong: Pick<PageValues, 'problems' | 'refusal'>, status: number) =>
    renderPage(
      req,
      res,
      again.view,
      { ...(await again.values()), ...wrong, typed: req.body as unknown },
      status,
    )
  if (read.problems) return show({ problems: read.problems }, 422)
  try {
    await act(read.input)
  } catch (error) {
    await show({ refusal: refusalOf(error) }, 409)
  }
}
