import type { Request, Response, Router } from 'express'
import type { RequestHandler } from 'express'
import type { Problem, Read } from '../base/form.js'
import { textIn } from '../i18n/texts.js'
import {
  givenIn,
  meant,
  mostFound,
  mostInSelect,
  mostOffered,
  pickText,
  referenceIn,
  valueAt,
  withValue,
  type Pickable,
} from './picking.js'

/** Where a box finds what it offers. Whether what was chosen may be taken is for the form and the rules to say. */
export type PickSource = {
  /** Asked while somebody types, with `q`: see `pickRoute`. */
  url: string
  /** The first so many that match the words, in the order of their names; without words the first there are. */
  find: (words: string, most: number) => Promise<Pickable[]>
  /** By reference or value, whether it is offered (any more) or not. */
  exact: (asked: string) => Promise<Pickable | null>
}

export type PickField = { field: string; source: PickSource }

/** What views/partials/picker shows. */
export type Picker = {
  url: string
  /** Few enough for a select; null: a box to search from. */
  options: { value: string; text: string }[] | null
  value: string
  /** What stands in the box. */
  text: string
  chosen: string | null
  /** What was typed fits all of these. */
  offered: { value: string; text: string }[]
  more: boolean
}

/** What was chosen in each box: `body` as the form's reader takes it, and what could not be understood. */
export type Picks = {
  body: Record<string, unknown>
  problems: Problem[]
  found: ReadonlyMap<string, Found>
}
type Found = { text: string; chosen: Pickable | null; offered: Pickable[]; more: boolean }

/** A value no reader can mistake for a record; nothing is saved while it stands there. */
const unclear = '?'

/** Finds what is meant in each box. A box left empty stays empty: whether it may is for the form's reader. */
export async function pickIn(body: unknown, fields: readonly PickField[]): Promise<Picks> {
  const found = new Map(
    await Promise.all(
      fields.map(async ({ field, source }) => [field, await foundFor(valueAt(body, field), source)] as const),
    ),
  )
  let picked: unknown = body ?? {}
  const problems: Problem[] = []
  for (const [field, { text, chosen, offered, more }] of found) {
    if (chosen) picked = withValue(picked, field, chosen.value)
    else if (text !== '') {
      picked = withValue(picked, field, unclear)
      problems.push(
        offered.length === 0
          ? { field, text: 'pick-none', facts: { typed: text } }
          : {
              field,
              text: more ? 'pick-many' : 'pick-several',
              facts: { typed: text, count: offered.length },
            },
      )
    } else if (Array.isArray(valueAt(body, field))) picked = withValue(picked, field, '')
  }
  return { body: picked as Record<string, unknown>, problems, found }
}

/** What the form's reader read, unless a box was not understood: then its problems stand first. */
export function withPicks<Input>(read: Read<Input>, { problems }: Pick<Picks, 'problems'>): Read<Input> {
  if (problems.length === 0) return read
  const unclearFields = new Set(problems.map(({ field }) => field))
  const others = (read.problems ?? []).filter(({ field }) => !unclearFields.has(field))
  return { problems: [...problems, ...others] }
}

/** What each box shows: as it was typed and understood, else what is stored. */
export async function pickersFor(
  fields: readonly (PickField & { stored?: string | null | undefined })[],
  picks?: Picks,
): Promise<Record<string, Picker>> {
  const few = new Map<PickSource, Promise<Pickable[] | null>>()
  const fewOf = (source: PickSource) => {
    const known = few.get(source) ?? source.find('', mostInSelect + 1).then(unlessMany)
    few.set(source, known)
    return known
  }
  const shown = fields.map(async ({ field, source, stored }): Promise<[string, Picker]> => {
    const [options, found] = await Promise.all([
      fewOf(source),
      picks?.found.get(field) ?? foundFor(stored ?? '', source),
    ])
    const { text, chosen, offered, more } = found
    const all =
      options && chosen && !options.some(({ value }) => value === chosen.value)
        ? [chosen, ...options]
        : options
    return [
      field,
      {
        url: source.url,
        options: all && all.map(option),
        value: chosen?.value ?? '',
        text: chosen ? pickText(chosen) : text,
        chosen: chosen && pickText(chosen),
        offered: offered.map(option),
        more,
      },
    ]
  })
  return Object.fromEntries(await Promise.all(shown))
}

async function foundFor(value: unknown, source: PickSource): Promise<Found> {
  const { typed, offeredFor, chosen } = givenIn(value)
  const none = { text: typed, chosen: null, offered: [], more: false }
  if (typed === '') return none
  const asked = chosen !== '' && typed === offeredFor ? chosen : (referenceIn(typed) ?? typed)
  const exact = await source.exact(asked)
  if (exact) return { ...none, chosen: exact }
  const all = await source.find(referenceIn(typed) ?? typed, mostOffered + 1)
  const one = meant(typed, all)
  if (one) return { ...none, chosen: one }
  return { ...none, offered: all.slice(0, mostOffered), more: all.length > mostOffered }
}

/** The address a box asks while somebody types: the first that match, as JSON, and how many in the reader's words. */
export function pickRoute(
  router: Router,
  path: string,
  guard: RequestHandler,
  sourceFor: (req: Request) => PickSource,
): void {
  router.get(path, guard, async (req: Request, res: Response) => {
    const asked = req.query['q']
    const words = typeof asked === 'string' ? asked.trim().slice(0, 200) : ''
    const found = await sourceFor(req).find(words, mostFound + 1)
    const t = textIn(req.locale)
    const count = Math.min(found.length, mostFound)
    res.json({
      choices: found.slice(0, mostFound).map((each) => ({
        text: pickText(each),
        name: each.name,
        detail: each.detail ?? '',
        reference: each.reference,
      })),
      said:
        count === 0
          ? t('lists:pick.none')
          : t(found.length > mostFound ? 'lists:pick.more' : 'lists:pick.found', { count }),
    })
  })
}

function option(each: Pickable): { value: string; text: string } {
  return { value: each.value, text: pickText(each) }
}

function unlessMany(found: Pickable[]): Pickable[] | null {
  return found.length > mostInSelect ? null : found
}
