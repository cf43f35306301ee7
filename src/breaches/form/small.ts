import { z } from 'zod'
import { choice, optionalText, readForm, text, ticked, type Read } from '../../base/form.js'
import { callOutcomes, otherWays, type Call, type ClosingRecord, type Registered } from '../rules.js'
import { checked, joined, readMoment, readOptionalMoment, type Wall } from './moment.js'

export function readBecause(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(2000) }), body)
}

export function readWords(body: unknown): Read<{ text: string }> {
  return readForm(z.object({ text: text(6000) }), body)
}

export type AddingInput = { customer: string; because: string; foundAt: Date | null }

/** A customer that was not found affected at first; `foundAt`: since when we know, where it could not be known before. */
export function readAdding(body: unknown, wall: Wall): Read<AddingInput> {
  const schema = z.object({ customer: text(200), because: text(2000) })
  return joined(readForm(schema, body), readOptionalMoment(body, wall, 'found', 'foundAt'))
}

/** What those who were told already have been told since, where there are any. */
export function readNoBreach(body: unknown): Read<{ because: string; takenBack: boolean }> {
  return readForm(z.object({ because: text(4000), takenBack: ticked() }), body)
}

export function readCall(body: unknown, wall: Wall): Read<Omit<Call, 'id' | 'by'>> {
  const schema = z.object({
    outcome: choice(callOutcomes),
    spokeWith: optionalText(200).transform((value) => value ?? ''),
    number: optionalText(60).transform((value) => value ?? ''),
    note: optionalText(2000).transform((value) => value ?? ''),
  })
  // "Told" counts: so with whom.
  return checked(
    joined(readMoment(body, wall, 'called', 'at'), readForm(schema, body)),
    ({ outcome, spokeWith }) =>
      outcome === 'told' && spokeWith === '' ? [{ field: 'spokeWith', text: 'required' }] : [],
  )
}

export function readTold(body: unknown, wall: Wall): Read<Pick<Registered, 'how' | 'at'>> {
  return joined(readMoment(body, wall, 'reached', 'at'), readForm(z.object({ how: choice(otherWays) }), body))
}

export type AuthorityInput =
  { decision: 'told'; toldAt: Date; reference: string } | { decision: 'not'; because: string }

/** Told, with when and under which reference; or not, and why a risk is unlikely. */
export function readAuthority(body: unknown, wall: Wall): Read<AuthorityInput> {
  const decision = (body as { decision?: unknown } | undefined)?.decision
  if (decision === 'not')
    return readForm(
      z.object({ because: text(4000) }).transform(({ because }) => ({ decision, because }) as const),
      body,
    )
  return joined(
    readMoment(body, wall, 'authority', 'toldAt'),
    readForm(z.object({ decision: choice(['told']), reference: text(200) }), body),
  )
}

export function readClosing(body: unknown): Read<ClosingRecord> {
  return readForm(
    z.object({ facts: text(8000), effects: text(8000), remedy: text(8000), lesson: text(8000) }),
    body,
  )
}
