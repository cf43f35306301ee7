import type { Request } from 'express'
import type { Context } from '../base/context.js'
import { record } from '../audit-log/actions.js'
import { keepLetterhead } from '../mail/actions.js'
import { letterheadOf, type Organisation } from './organisation-rules.js'
import { moveSample, Organisations, readOrganisation, saveOrganisation } from './records/organisation.js'

export type { Organisation } from './organisation-rules.js'

/** The processor this Tilsyn belongs to; null before it is set up. */
export async function organisation(): Promise<Organisation | null> {
  const found = await readOrganisation()
  if (!found) return null
  const { version: _version, moves: _moves, unlogged: _unlogged, secondFactorFor: _for, ...rest } = found
  return rest
}

/** Asks for it while the page asks for its own, which then is one question; only for reading, where it cannot change meanwhile. */
export function askForOrganisation(req: Request): void {
  if (req.method !== 'GET' && req.method !== 'HEAD') return
  req.organisation = organisation()
  // Who prints the page hears of it; a redirect or a file never asks.
  req.organisation.catch(() => undefined)
}

export type OrganisationInput = Omit<Organisation, '_id' | 'sampleSince'>

export async function editOrganisation(context: Context, input: OrganisationInput): Promise<void> {
  const before = await organisation()
  const changed = Object.keys(input).filter(
    (key) =>
      JSON.stringify(before?.[key as keyof Organisation]) !==
      JSON.stringify(input[key as keyof OrganisationInput]),
  ) as (keyof OrganisationInput)[]
  await keepLetterhead(letterheadOf(input))
  if (before && changed.length === 0) return
  const { public: open, personal } = apart(before, input, changed)
  const moved = await saveOrganisation(input, {
    at: context.now,
    by: context.actor,
    event: before ? 'organisation.changed' : 'organisation.set-up',
    facts: open,
    personal,
  })
  await record(Organisations, moved)
}

/** Says on every page that what is shown is invented, or no longer so. A repeat changes nothing, and is told so. */
export async function markSample(context: Context, loaded: boolean): Promise<boolean> {
  const moved = await moveSample(loaded ? context.now : null, {
    at: context.now,
    by: context.actor,
    event: loaded ? 'organisation.sample-loaded' : 'organisation.sample-removed',
    facts: {},
  })
  if (moved) await record(Organisations, moved)
  return moved !== null
}

// A sole trader's name, number and address are personal; so is the data protection officer. The languages are not.
function apart(before: Organisation | null, after: OrganisationInput, changed: (keyof OrganisationInput)[]) {
  const change = (keys: (keyof OrganisationInput)[]) => ({
    before: before ? Object.fromEntries(keys.map((key) => [key, before[key]])) : {},
    after: Object.fromEntries(keys.map((key) => [key, after[key]])),
  })
  const open = changed.filter((key) => key === 'locales')
  return {
    public: open.length > 0 ? change(open) : {},
    personal: change(changed.filter((key) => key !== 'locales')),
  }
}
