import type { Context, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Engagement } from '../../register/rules.js'
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
  /** What anyone could read about an engagement, and since when; null where nothing was ever published. */
  published?: (engagement: Pick<Engagement, 'reference'>, context: Context) => Promise<Panel | null>
  /** What anyone could read on a day. */
  publishedOn?: (day: Day, context: Context) => Promise<Panel | null>
}

/** The version the person had before them, from the form's hidden field. */
export function versionIn(body: unknown): number {
  const version = Number((body as Record<string, unknown> | undefined)?.['version'])
  return Number.isInteger(version) ? version : -1
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
