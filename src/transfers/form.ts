import { z } from 'zod'
import { bilingual, day, optionalDay, optionalText, readForm, text, ticked, type Read } from '../base/form.js'
import type { Day } from '../base/day.js'
import type { DecisionCorrection, DecisionInput } from './actions.js'
import type { DecisionKind, Ending, Leaving, MembershipInput, Scope } from './rules.js'

const noteInBoth = z
  .object({ da: optionalText(1000), en: optionalText(1000) })
  .default({ da: undefined, en: undefined })
  .transform(({ da, en }) => ({ da: da ?? '', en: en ?? '' }))

const address = () =>
  optionalText(500).refine((url) => url === undefined || /^https:\/\/\S+$/.test(url), 'not-a-web-address')

const fields = {
  number: text(200),
  name: bilingual(200),
  from: day(),
  until: optionalDay(),
  source: text(500),
  sourceUrl: address(),
  note: noteInBoth,
}

const scopeFields = {
  limited: ticked(),
  requiresListing: optionalText(200),
  scope: bilingual(1000),
}

type Typed = z.output<z.ZodObject<typeof fields & typeof scopeFields>>

function inputOf(typed: Typed): DecisionInput {
  const { number, name, from, until, source, sourceUrl = null, note } = typed
  const { requiresListing } = typed
  return {
    number,
    name,
    from,
    until,
    source,
    sourceUrl,
    note,
    scope: {
      // Only for those on a list is a limit, too.
      limited: typed.limited || requiresListing !== undefined,
      ...(requiresListing === undefined ? {} : { requiresListing }),
      text: typed.scope,
    },
  }
}

const endsBefore = 'decision-ends-before-it-began'

export function readDecision(body: unknown): Read<DecisionInput> {
  const schema = z
    .object({ ...fields, ...scopeFields })
    .refine(({ from, until }) => until === null || until >= from, { path: ['until'], message: endsBefore })
  const read = readForm(schema, body)
  return read.problems ? read : { input: inputOf(read.input) }
}

/** `confirmed`: what follows has been seen. */
export type Correction = DecisionCorrection & { confirmed: boolean }

/** A dead basis covers nothing any more, and a membership all of the state, so their scope is not asked. */
export function readCorrection(body: unknown, kind: DecisionKind): Read<Correction> {
  const common = z.object({
    ...fields,
    endedOn: optionalDay(),
    endedBy: optionalText(300),
    scopeFrom: optionalDay(),
    notNarrowed: ticked(),
    because: text(1000),
    confirmed: ticked(),
  })
  const schema = (
    kind === 'adequacy'
      ? common.extend(scopeFields)
      : common.extend({
          limited: ticked(),
          requiresListing: optionalText(200),
          scope: noteInBoth,
        })
  )
    .refine(({ from, until }) => until === null || until >= from, { path: ['until'], message: endsBefore })
    .refine(({ from, endedOn }) => endedOn === null || endedOn > from, {
      path: ['endedOn'],
      message: endsBefore,
    })
    .refine(({ endedOn, endedBy }) => endedOn === null || endedBy !== undefined, {
      path: ['endedBy'],
      message: 'required',
    })
    .refine(({ endedOn, endedBy }) => endedBy === undefined || endedOn !== null, {
      path: ['endedOn'],
      message: 'required',
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { endedOn, endedBy, scopeFrom, notNarrowed, because, confirmed } = read.input
  const ended = endedOn !== null && endedBy !== undefined ? { on: endedOn, by: endedBy } : null
  return { input: { ...inputOf(read.input), ended, scopeFrom, notNarrowed, because, confirmed } }
}

/** `confirmed`: the preview has been seen, and it is meant. */
export type EndingInput = { ended: Ending; source: string; because: string; confirmed: boolean }

export function readEnding(body: unknown, from: Day): Read<EndingInput> {
  const schema = z
    .object({ on: day(), by: text(300), source: text(500), because: text(1000), confirmed: ticked() })
    .refine(({ on }) => on > from, { path: ['on'], message: endsBefore })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { on, by, source, because, confirmed } = read.input
  return { input: { ended: { on, by }, source, because, confirmed } }
}

export type LimitInput = { scope: Scope; source: string; because: string; confirmed: boolean }

export function readLimit(body: unknown, from: Day): Read<LimitInput> {
  const schema = z
    .object({
      on: day(),
      by: text(300),
      scope: bilingual(1000),
      requiresListing: optionalText(200),
      source: text(500),
      because: text(1000),
      confirmed: ticked(),
    })
    .refine(({ on }) => on > from, { path: ['on'], message: endsBefore })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { on, by, scope, requiresListing, source, because, confirmed } = read.input
  return {
    input: {
      scope: {
        from: on,
        limited: true,
        ...(requiresListing === undefined ? {} : { requiresListing }),
        text: scope,
        by,
      },
      source,
      because,
      confirmed,
    },
  }
}

export type JoiningInput = MembershipInput & { confirmed: boolean }

export function readJoining(body: unknown): Read<JoiningInput> {
  const { number, from, source, sourceUrl, note } = fields
  const schema = z.object({ number, from, source, sourceUrl, note, confirmed: ticked() })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { sourceUrl: url = null, ...input } = read.input
  return { input: { ...input, sourceUrl: url } }
}

export type LeavingInput = { leaving: Leaving; because: string; confirmed: boolean }

/** A transition has its own last day and says what it is; both or neither. */
export function readLeaving(body: unknown, from: Day): Read<LeavingInput> {
  const schema = z
    .object({
      lastDay: day(),
      by: text(300),
      until: optionalDay(),
      transition: noteInBoth,
      source: text(500),
      because: text(1000),
      confirmed: ticked(),
    })
    .refine(({ lastDay }) => lastDay >= from, { path: ['lastDay'], message: endsBefore })
    .refine(({ lastDay, until }) => until === null || until > lastDay, {
      path: ['until'],
      message: 'transition-ends-too-soon',
    })
    .refine(({ until, transition: { da, en } }) => until === null || (da !== '' && en !== ''), {
      path: ['transition.da'],
      message: 'required',
    })
    .refine(({ until, transition: { da, en } }) => until !== null || (da === '' && en === ''), {
      path: ['until'],
      message: 'required',
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { lastDay, by, until, transition, source, because, confirmed } = read.input
  const leaving = { lastDay, by, source, transition: until === null ? null : { until, text: transition } }
  return { input: { leaving, because, confirmed } }
}
