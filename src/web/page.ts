import type { Request, Response } from 'express'
import type { Actor, Context } from '../base/context.js'
import { dayOf } from '../base/day.js'
import { NotFound, type Refused } from '../base/errors.js'
import type { Problem } from '../base/form.js'
import { notOurForm } from './csrf.js'
import { withLabels } from './fields.js'
import { flash, readFlash } from './flash.js'
import { viewLocals } from './locals.js'

/** Made once at the door of a request; actions take it first. */
export function contextOf(req: Request): Context {
  // A multipart form whose token `upload` has not checked may not reach any action.
  if (req.tokenPending) throw notOurForm
  const now = req.house.clock()
  return { now, today: dayOf(now, req.house.config.zone), actor: actorOf(req), locale: req.locale }
}

/** A part of the address by its name in the route's path ('/notices/:reference'). */
export function pathPart(req: Request, name: string): string {
  const value = req.params[name]
  if (typeof value !== 'string') throw new NotFound()
  return value
}

export type PageValues = Record<string, unknown> & {
  /** Shown on top and beside their fields. */
  problems?: Problem[]
  /** The body as it was typed: fields show it instead of what is stored. */
  typed?: unknown
  /** The business said no: shown on top of the form, which stays as typed. See `refusalOf`. */
  refusal?: Refused
}

/** Renders views/<view>.ejs in the reader's language; `locals.ts` says what every view may use. */
export async function renderPage(
  req: Request,
  res: Response,
  view: string,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const locals = await viewLocals(req, res, values, readFlash(req, res))
  const html = await new Promise<string>((resolve, reject) => {
    req.app.render(view, locals, (error: unknown, text?: string) =>
      error instanceof Error ? reject(error) : resolve(text ?? ''),
    )
  })
  res.status(status).type('html').send(withLabels(html, locals.labels))
}

/** After a form that was taken: 303 to a page of ours, which shows the message once. */
export function redirectWith(
  req: Request,
  res: Response,
  url: string,
  text?: string,
  facts?: Record<string, string | number>,
): void {
  if (text) flash(req, res, { text, ...(facts ? { facts } : {}) })
  res.redirect(303, url)
}

/** For forms that are shown again with the refusal on top: any other error is thrown on. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Error && error.name === 'Refused') return error as Refused
  throw error
}

function actorOf(req: Request): Actor {
  if (req.link) return { kind: 'customer', id: req.link.contact }
  if (req.vendorLink) return { kind: 'vendor', id: req.vendorLink.contact }
  if (req.person) return { kind: 'staff', id: req.person._id }
  return { kind: 'system', id: 'visitor' }
}
