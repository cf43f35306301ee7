import type { Express, Request, Response } from 'express'
import type { Context } from '../base/context.js'
import { isDay } from '../base/day.js'
import type { Read } from '../base/form.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../web/page.js'
import { pathExists } from '../web/routes-of.js'
import { addressOf, mostSelected, pairsOf, readListQuery, type ListQuery, type ListShape } from './rules.js'

/** What a change would do, or did, to one record. `because`: why it cannot, in the reader's language. */
export type Outcome = {
  reference: string
  name: string
  outcome: 'change' | 'changed' | 'already' | 'cannot'
  because?: string
}

/** One thing that can be done to several records: fields as partials/field takes them. */
export type Offer = { kind: string; title: string; hint: string; fields: Record<string, unknown>[] }

/** What a list does to several of its records at once. */
export type Several<Change> = {
  shape: ListShape
  title: string
  offers: readonly Offer[]
  read: (kind: string, body: unknown) => Read<Change>
  /** All that match the list's query, in its order. */
  matching: (context: Context, query: ListQuery) => AsyncIterable<{ reference: string }>
  /** What would happen to each, nothing is changed. */
  plan: (context: Context, references: readonly string[], change: Change) => Promise<Outcome[]>
  /** Does it to each it can be done to; what is so already stays. A repeat is harmless. */
  apply: (context: Context, references: readonly string[], change: Change) => Promise<Outcome[]>
}

/** Choose what to do, then see what it would do to each. Neither changes anything. */
export async function showSeveral<Change>(
  req: Request,
  res: Response,
  several: Several<Change>,
): Promise<void> {
  const context = contextOf(req)
  const asked = req.query as Record<string, unknown>
  const query = queryAsked(several.shape, asked['asked'])
  const { references, more } = await referencesAsked(several, context, asked, query)
  const values = pageValues(req, several, references, query, more)
  const kind = wordOf(asked['action'])
  if (references.length === 0 || !several.offers.some((offer) => offer.kind === kind))
    return renderPage(req, res, 'lists/several', { ...values, open: '' })
  const read = several.read(kind, asked)
  if (read.problems)
    return showAgain(req, res, { ...values, open: kind, problems: read.problems, typed: asked })
  await showPreview(req, res, several, { ...values, kind, given: givenIn(asked) }, read.input)
}

/** Does it. Where something could not be done that the preview did not say, the page says so. */
export async function takeSeveral<Change>(
  req: Request,
  res: Response,
  several: Several<Change>,
): Promise<void> {
  const context = contextOf(req)
  const body = req.body as Record<string, unknown>
  const query = queryAsked(several.shape, body['asked'])
  const references = readListQuery(several.shape, { ids: body['ids'] }).ids
  const kind = wordOf(body['action'])
  const values = pageValues(req, several, references, query, false)
  const read = several.read(kind, body)
  if (read.problems)
    return showAgain(req, res, { ...values, open: kind, problems: read.problems, typed: body })
  const { outcomes, expected } = await applied(context, several, body, references, read.input)
  const count = (outcome: Outcome['outcome']) => outcomes.filter((each) => each.outcome === outcome).length
  const unforeseen = outcomes.some(
    ({ outcome, reference }) => outcome === 'cannot' && expected.has(reference),
  )
  if (unforeseen)
    return renderPage(
      req,
      res,
      'lists/preview',
      { ...previewValues(outcomes, several, kind), ...values, kind, given: {}, facts: [], done: true },
      409,
    )
  redirectWith(req, res, addressOf(several.shape, query, { page: query.page }), 'lists:bulk.done', {
    changed: count('changed'),
    already: count('already'),
    cannot: count('cannot'),
  })
}

/**
 * Only what the preview said would be changed is changed: what has become possible since, nobody has seen. Of the rest is told how
 * it stands.
 */
async function applied<Change>(
  context: Context,
  several: Several<Change>,
  body: Record<string, unknown>,
  references: readonly string[],
  change: Change,
): Promise<{ outcomes: Outcome[]; expected: ReadonlySet<string> }> {
  const named = readListQuery(several.shape, { ids: body['expected'] ?? body['ids'] }).ids
  const expected = new Set(named.filter((reference) => references.includes(reference)))
  const rest = references.filter((reference) => !expected.has(reference))
  const [done, left] = [
    await several.apply(context, [...expected], change),
    rest.length === 0 ? [] : await several.plan(context, rest, change),
  ]
  const because = textIn(context.locale)('lists:bulk.because.possible-since')
  const waiting = left.map((each): Outcome =>
    each.outcome === 'change' ? { ...each, outcome: 'cannot', because } : each,
  )
  return { outcomes: [...done, ...waiting], expected }
}

/** The choice of a change again, with what is wrong and what was given. */
async function showAgain(req: Request, res: Response, values: PageValues): Promise<void> {
  await renderPage(req, res, 'lists/several', values, 422)
}

async function showPreview<Change>(
  req: Request,
  res: Response,
  several: Several<Change>,
  values: { references: string[]; kind: string; given: Record<string, string> } & Record<string, unknown>,
  change: Change,
): Promise<void> {
  const outcomes = await several.plan(contextOf(req), values.references, change)
  await renderPage(req, res, 'lists/preview', {
    ...values,
    ...previewValues(outcomes, several, values.kind),
    facts: factsOf(several, values.kind, values.given, req.locale),
    done: false,
  })
}

function previewValues(
  outcomes: readonly Outcome[],
  { shape, offers }: Pick<Several<unknown>, 'shape' | 'offers'>,
  kind: string,
) {
  const of = (outcome: Outcome['outcome']) => outcomes.filter((each) => each.outcome === outcome)
  return {
    title: offers.find((offer) => offer.kind === kind)?.title ?? '',
    path: `/${shape.name}`,
    changing: of('change'),
    changed: of('changed'),
    already: of('already'),
    cannot: of('cannot'),
  }
}

function pageValues<Change>(
  req: Request,
  { shape, title, offers }: Several<Change>,
  references: string[],
  query: ListQuery,
  more: boolean,
) {
  return {
    heading: title,
    action: `/${shape.name}/several`,
    // As it was left, with its page, its view and a selection it was narrowed to.
    back: addressOf(shape, query, { page: query.page }),
    downloads: downloadsOf(req, shape, references),
    offers,
    references,
    more,
    most: mostSelected,
    asked: new URLSearchParams(pairsOf(shape, query)).toString(),
  }
}

/** The selection to take away, where a room above hands it out. */
function downloadsOf(req: Request, { name }: ListShape, references: readonly string[]) {
  if (!pathExists(req.app as Express, `/${name}/export`)) return []
  const t = textIn(req.locale)
  const url = (format: string) => `/${name}/export?format=${format}&ids=${references.join(',')}`
  return [
    { url: url('xlsx'), text: t('lists:export-excel') },
    { url: url('csv'), text: t('lists:export-csv') },
  ]
}

async function referencesAsked<Change>(
  several: Several<Change>,
  context: Context,
  asked: Record<string, unknown>,
  query: ListQuery,
): Promise<{ references: string[]; more: boolean }> {
  if (asked['all'] !== 'yes') {
    const { ids } = readListQuery(several.shape, asked)
    const given = [asked['ids']].flat().join(',').split(',').filter(Boolean)
    return { references: ids, more: new Set(given).size > mostSelected }
  }
  const references: string[] = []
  for await (const { reference } of several.matching(context, query)) {
    if (references.length === mostSelected) return { references, more: true }
    references.push(reference)
  }
  return { references, more: false }
}

function queryAsked(shape: ListShape, asked: unknown): ListQuery {
  const given = new URLSearchParams(typeof asked === 'string' ? asked.slice(0, 8000) : '')
  const names = [...new Set(given.keys())]
  return readListQuery(shape, Object.fromEntries(names.map((name) => [name, given.getAll(name)])))
}

/** The fields of the change as they were typed, to be sent once more with the confirmation. */
function givenIn(asked: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && !['ids', 'asked', 'all', 'action'].includes(entry[0]),
    ),
  )
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** What was typed, in words: the label of each field and what was chosen. */
function factsOf(
  { offers }: Pick<Several<unknown>, 'offers'>,
  kind: string,
  given: Record<string, string>,
  locale: Context['locale'],
): [string, string][] {
  const fields = offers.find((offer) => offer.kind === kind)?.fields ?? []
  return fields.flatMap(({ field, label, options }): [string, string][] => {
    const typed = given[String(field)] ?? ''
    const chosen = (options as { value: string; text: string }[] | undefined)?.find(
      ({ value }) => value === typed,
    )
    const value = chosen?.text ?? (isDay(typed) ? formatDay(typed, locale) : typed)
    return value === '' ? [] : [[String(label), value]]
  })
}

/** A refusal as the reason of one line. */
export function refusedLine(error: unknown, locale: Context['locale']): string {
  if (!(error instanceof Error) || error.name !== 'Refused') throw error
  const { reason, facts } = error as Error & { reason: string; facts?: Record<string, string | number> }
  return textIn(locale)(`refusals:${reason}`, facts)
}
