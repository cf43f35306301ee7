import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { findRecipient, moveRecipient, Recipients } from '../records/recipients.js'
import type { Recipient, RecipientContent } from '../rules/recipient.js'

/** What a recipient becomes; null where nothing changes. Throws `Refused` where it may not. */
export type Decision = {
  change: Partial<RecipientContent>
  event: string
  facts?: Record<string, unknown>
  personal?: Record<string, unknown>
} | null

export type Decide = (recipient: Recipient) => Decision

const attempts = 25

/**
 * Decides on the recipient as it is, and again on what it has become where another was quicker. Returns it as it then is;
 * `moved` says whether this did anything.
 */
export async function decideFor(
  context: Context,
  id: string,
  decide: Decide,
): Promise<{ recipient: Recipient; moved: boolean }> {
  const decided = await attempt(context, id, decide)
  if (decided.moved) await record(Recipients, decided.recipient)
  return decided
}

/** The same for many, some at a time, with one writing of the log. `recipients` as just read. */
export async function decideForAll(
  context: Context,
  recipients: readonly Recipient[],
  decide: Decide,
): Promise<Recipient[]> {
  const moved: Recipient[] = []
  const waiting = [...recipients]
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const decided = await attempt(context, next._id, decide, next)
      if (decided.moved) moved.push(decided.recipient)
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: 16 }, lane))
  if (moved.length > 0) await record(Recipients, moved)
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
  return moved
}

async function attempt(
  context: Context,
  id: string,
  decide: Decide,
  read?: Recipient,
): Promise<{ recipient: Recipient; moved: boolean }> {
  let recipient = read ?? (await findRecipient(id))
  for (let tried = 0; tried < attempts; tried += 1) {
    if (!recipient) throw new NotFound()
    const decision = decide(recipient)
    if (!decision) return { recipient, moved: false }
    const moved = await moveRecipient(recipient, decision.change, moveOf(context, recipient, decision))
    if (moved) return { recipient: moved, moved: true }
    recipient = await findRecipient(id)
  }
  throw new Error('a recipient that never stands still')
}

export function moveOf(context: Context, recipient: Recipient, decision: NonNullable<Decision>) {
  const { customerReference, noticeReference, state } = recipient
  const after = decision.change.state ?? state
  return {
    at: context.now,
    by: context.actor,
    event: `recipient.${decision.event}`,
    facts: {
      notice: noticeReference,
      customer: customerReference,
      ...(after === state ? {} : { before: { state }, after: { state: after } }),
      ...daysOf(decision.change),
      ...decision.facts,
    },
    ...(decision.personal ? { personal: decision.personal } : {}),
  }
}

/** Where the clock starts or stops: from these alone it can be reckoned later whether the whole notice was kept. */
function daysOf({ acceptedAt, dayZero, lastDay, earliestUse }: Partial<RecipientContent>) {
  return acceptedAt === undefined
    ? {}
    : {
        received: {
          acceptedAt,
          dayZero: dayZero ?? null,
          lastDay: lastDay ?? null,
          earliestUse: earliestUse ?? null,
        },
      }
}
