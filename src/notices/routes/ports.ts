import type { Request, Response } from 'express'
import type { Context, Locale } from '../../base/context.js'
import type { Read } from '../../base/form.js'
import { refusalOf, renderPage, type PageValues } from '../../web/page.js'
import type { ObjectionsOf } from '../page.js'
import type { Notice, Recipient } from '../rules.js'

/** A section a room above shows on a recipient's page: views/<view>.ejs, rendered with `values`. */
export type Panel = { title: string; view: string; values: Record<string, unknown> }

/** What this room cannot see itself, since it stands above: objections of a recipient. */
export type Ports = {
  panels?: readonly ((recipient: Recipient, context: Context) => Promise<Panel | null>)[]
  /** On the notice's own page; null where there is nothing to show. */
  noticePanels?: readonly ((notice: Notice, context: Context) => Promise<Panel | null>)[]
  /** The objections of these recipients, by recipient, with how each was settled. */
  objections?: (recipients: readonly string[], locale: Locale) => Promise<ObjectionsOf>
}

/** The version the person had before them, from the form's hidden field. */
export function versionIn(body: unknown): number {
  const version = Number((body as Record<string, unknown> | undefined)?.['version'])
  return Number.isInteger(version) ? version : -1
}

type Wrong = Pick<PageValues, 'problems' | 'refusal'>

/** Reads done: act and go on, or show the page again with problems (422) or a refusal (409), what was typed kept. */
export async function answer<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  again: { view: string; values: () => Promise<PageValues> },
  act: (input: Input) => Promise<void>,
): Promise<void> {
  const show = async (wrong: Wrong, status: number) =>
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

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
