import { z } from 'zod'
import type { Day } from '../../base/day.js'
import { choice, day, listOf, optionalDay, optionalText, readForm, text, type Read } from '../../base/form.js'
import { countryOf } from '../../transfers/rules.js'
import { assuranceKinds, type PlaceAssurance } from '../rules/data-centres.js'
import { needsApproval, siteKinds, type SiteFacts, type SiteGround } from '../rules/sites.js'
import { given } from './given.js'

const assuranceFields = {
  assuranceKind: z.preprocess(
    (value) => (value === '' ? undefined : value),
    choice(assuranceKinds).optional(),
  ),
  validUntil: optionalDay(),
  assuranceNote: optionalText(1000),
}

type TypedAssurance = {
  assuranceKind?: PlaceAssurance['kind'] | undefined
  validUntil: Day | null
  assuranceNote?: string | undefined
}

/** A day or a note without a kind is about nothing. */
function checkAssurance(typed: TypedAssurance, check: z.RefinementCtx): void {
  const said = typed.validUntil !== null || typed.assuranceNote !== undefined
  if (typed.assuranceKind === undefined && said)
    check.addIssue({ code: 'custom', path: ['assuranceKind'], message: 'choose-one' })
}

function assuranceOf({ assuranceKind, validUntil, assuranceNote }: TypedAssurance): PlaceAssurance | null {
  if (assuranceKind === undefined) return null
  return {
    kind: assuranceKind,
    ...(validUntil === null ? {} : { validUntil }),
    ...given({ note: assuranceNote }),
  }
}

/** What is on record of a data centre; null where nothing is. */
export function readAssurance(body: unknown): Read<PlaceAssurance | null> {
  const read = readForm(z.object(assuranceFields).superRefine(checkAssurance), body)
  return read.problems ? read : { input: assuranceOf(read.input) }
}

export type SiteForm = SiteFacts & { from: Day; ground?: SiteGround }

/** `before`: the site as it stands; null for a new one, which C.5 always asks approval for. */
export function readSite(body: unknown, before: SiteFacts | null): Read<SiteForm> {
  const schema = z
    .object({
      name: optionalText(100),
      kind: choice(siteKinds),
      address: text(300),
      country: z.string().refine((value) => countryOf(value) !== null, 'choose-one'),
      operator: optionalText(60),
      services: listOf(z.string().max(60)),
      from: day(),
      because: optionalText(1000),
      notice: optionalText(20)
        .transform((value) => value?.toUpperCase())
        .refine((value) => value === undefined || /^CN-\d{4}-\d{3,}$/.test(value), 'not-a-notice'),
      ...assuranceFields,
    })
    .superRefine(checkAssurance)
  const read = readForm(schema, body)
  if (read.problems) return read
  const { name, kind, address, country, operator, services, from, because, notice } = read.input
  const assurance = assuranceOf(read.input)
  const facts: SiteFacts = {
    ...given({ name }),
    kind,
    address,
    country,
    operator: operator ?? null,
    services: [...new Set(services)],
    ...(assurance === null ? {} : { assurance }),
  }
  // C.5: only with the customers' prior written approval, or where the agreement names the place already.
  const asked = before === null || needsApproval(before, facts) || notice !== undefined
  if (because === undefined && asked)
    return { problems: [{ field: 'because', text: 'say-on-what-it-stands' }] }
  return {
    input: {
      ...facts,
      from,
      ...(because === undefined ? {} : { ground: { because, ...given({ notice }) } }),
    },
  }
}

/** A site may be given up on a day that is already known. */
export function readSiteEnd(body: unknown): Read<{ on: Day; because: string }> {
  return readForm(z.object({ on: day(), because: text(500) }), body)
}
