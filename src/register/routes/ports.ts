import type { Request, Response } from 'express'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Customer } from '../../customers/rules.js'
import { renderPage, type PageValues } from '../../web/page.js'
import type { TellOfNotices, ToldOn } from '../actions.js'
import type { InstructedFor, LeftOutOf } from '../actions/instructed.js'
import type { LatestToSend } from '../actions/standing.js'
import { readVersion } from '../form.js'
import type { CentreJudgements } from '../page.js'
import type { Engagement, Site, Vendor } from '../rules.js'

/** A section a room above shows on an engagement's page: views/<view>.ejs, rendered with `values`. */
/** `id`: where others lead to it by name. */
export type Panel = { title: string; view: string; values: Record<string, unknown>; id?: string }

/** The day a list is shown of; `asThen`: as it was known on that day. */
export type ShownDay = { on: Day; asThen: boolean }

export type Ports = {
  /** By when a notice of what begins on a day must be sent; reckoned by the room above that knows periods. */
  latestToSend?: LatestToSend
  panels?: readonly ((engagement: Engagement, context: Context) => Promise<Panel | null>)[]
  /** The same on a vendor's page. */
  vendorPanels?: readonly ((vendor: Vendor, context: Context) => Promise<Panel | null>)[]
  /** Whether their notice to us is long enough for what we owe, as the form of an engagement warns of it. */
  gap?: (
    engagement: Pick<Engagement, 'services' | 'theirNotice' | 'role' | 'parent'>,
    context: Context,
  ) => Promise<{ state: { tone: string; word: string } | null; sentences: string[] } | null>
  /** Which customers instructed the transfers of an engagement when a notice told them of it. */
  instructedFor?: InstructedFor
  /** Whom notices about an engagement turned out not to be for. */
  leftOutOf?: LeftOutOf
  /** What notices told customers about an engagement. */
  told?: TellOfNotices
  /** The day a notice went to a customer. */
  toldOn?: ToldOn
  /** How data centres stand against C.2 by the register of statements: all, or those of these records. */
  centres?: (of: CentresAsked, context: Context) => Promise<CentreJudgements>
  /** Below one customer's list on a day. */
  listPanels?: readonly ((customer: Customer, shown: ShownDay, context: Context) => Promise<Panel>)[]
}

export type CentresAsked = 'all' | { sites: readonly Site[]; engagements: readonly Engagement[] }

export function centresJudged(
  { centres }: Ports,
  of: CentresAsked,
  context: Context,
): Promise<CentreJudgements> {
  return centres ? centres(of, context) : Promise.resolve(new Map())
}

/** Express types a parameter as text or list; ours are named once in their path. */
export function parameter(req: Request, name: string): string {
  return String(req.params[name] ?? '')
}

/** The version the person had before them, taken from the form's hidden field. */
export function which(req: Request): { reference: string; version: number } {
  return { reference: parameter(req, 'reference'), version: readVersion(req.body) }
}

export type Wrong = Pick<PageValues, 'problems' | 'refusal'> & Record<string, unknown>

/** `record`: what the form is about; it carries the version the form was filled in on. */
export type FormPage = { view: string; record?: { version: number }; values: PageValues }

/** The form as it stands, or again with what is wrong and everything that was typed. */
export async function showForm(req: Request, res: Response, page: FormPage, wrong?: Wrong): Promise<void> {
  // After "changed meanwhile" the next try is made knowing it, so it goes out from the present version.
  const version = wrong?.problems ? readVersion(req.body) : page.record?.version
  const values = { ...page.values, version }
  if (!wrong) return renderPage(req, res, page.view, values)
  const status = wrong.problems ? 422 : 409
  await renderPage(req, res, page.view, { ...values, ...wrong, typed: req.body as unknown }, status)
}

/** The form again with one more empty row; nothing is judged or saved. */
export async function showWithRow(req: Request, res: Response, page: FormPage): Promise<void> {
  await renderPage(req, res, page.view, {
    ...page.values,
    version: readVersion(req.body),
    typed: req.body as unknown,
  })
}
