import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { allDecisions, decisionById, insertShipped, type Decision } from '../records.js'
import { shippedDecisions, type Law } from '../rules.js'

/**
 * The law as it is on record, for one request or one timer run; rules take it as a value. What is shipped and not there yet
 * (a new installation, a new release) is taken in first.
 */
export async function lawNow(): Promise<Law> {
  const decisions = await allDecisions()
  if (law.decisions === decisions) return law
  const known = new Set(decisions.map(({ _id }) => _id))
  const missing = shippedDecisions.filter(({ _id }) => !known.has(_id))
  if (missing.length > 0) await insertShipped(missing)
  law = { decisions: missing.length > 0 ? await allDecisions() : decisions }
  return law
}

/** As it last was, with everything that is shipped in it. */
let law: Law = { decisions: [] }

/** At the start: takes in what this release ships and the collection lacks, and says so in the log. */
export async function takeInShippedLaw(context: Context): Promise<number> {
  const known = new Set((await allDecisions()).map(({ _id }) => _id))
  const missing = shippedDecisions.filter(({ _id }) => !known.has(_id))
  const added = await insertShipped(missing)
  if (added > 0)
    await recordEvent(
      context,
      'decision.shipped',
      { kind: 'decision', id: 'shipped' },
      {
        decisions: missing.map(({ _id }) => _id),
      },
    )
  return added
}

export async function decisionAsked(id: string): Promise<Decision> {
  await lawNow()
  const decision = await decisionById(id)
  if (!decision) throw new NotFound()
  return decision
}
