import type { Request, Response } from 'express'
import type { Context } from '../../base/context.js'
import { renderPage, type PageValues } from '../../web/page.js'
import { readVersion } from '../form.js'
import type { ServiceName } from '../page.js'
import type { Customer } from '../rules.js'
import type { Accepting } from '../actions/several.js'

/** A section a room above shows on a customer's page: views/<view>.ejs, rendered with `values`. */
export type Panel = { title: string; view: string; values: Record<string, unknown> }

export type Ports = {
  /** Every service that can be bought, in the order of the register. */
  services: () => Promise<ServiceName[]>
  panels?: readonly ((customer: Customer, context: Context) => Promise<Panel>)[]
  /** The purchase, and what the customer accepts with it: the sub-processors that stood on the list that day. */
  acceptBaseline?: Accepting
}

/** Express types a parameter as text or list; ours are named once in their path. */
export function parameter(req: Request, name: string): string {
  return String(req.params[name] ?? '')
}

/** The version the person had before them, taken from the form's hidden field. */
export function which(req: Request): { reference: string; version: number } {
  return { reference: parameter(req, 'reference'), version: readVersion(req.body) }
}

type FormPage = { view: string; customer?: Customer; values?: PageValues }

/** The form as it stands, or again with what is wrong. A form about a customer carries the version it was filled in on. */
export async function showForm(
  req: Request,
  res: Response,
  { view, customer, values = {} }: FormPage,
  wrong?: Pick<PageValues, 'problems' | 'refusal'>,
): Promise<void> {
  // After "changed meanwhile" the next try is made knowing it, so it goes out from the present version.
  const version = wrong?.problems ? readVersion(req.body) : customer?.version
  const all = { ...values, customer, version }
  if (!wrong) return renderPage(req, res, view, all)
  return renderPage(
    req,
    res,
    view,
    { ...all, ...wrong, typed: req.body as unknown },
    wrong.problems ? 422 : 409,
  )
}
