import { unsentStates, type Evidence } from '../rules.js'
import { insertEvidence, acceptedAmong } from './evidence.js'
import { Mails, type Mail } from './mails.js'

/** What became of a claimed mail. */
export type Result = {
  mail: Mail
  evidence: Evidence
  /** When to try again; null when the outcome is final. */
  dueAt: Date | null
}

const unsent = { $in: unsentStates }

/**
 * Takes up to `count` mails that are due, for this claim alone, until `until`. Mails whose claim ran out (their process
 * died) are due again, except where evidence says they went out after all: those are only marked.
 * `due` is false when nothing was due; no mails though something was due means another process was quicker.
 */
export async function claimDue(
  claim: string,
  now: Date,
  until: Date,
  count: number,
  skip = 0,
): Promise<{ due: boolean; mails: Mail[] }> {
  const due = await Mails.find({ state: unsent, dueAt: { $lte: now } }, { _id: 1, state: 1 })
    .sort({ dueAt: 1 })
    .skip(skip)
    .limit(count)
    .lean()
  if (due.length === 0) return { due: skip > 0, mails: [] }
  const orphans = due.filter(({ state }) => state === 'claimed').map(({ _id }) => _id)
  const gone = orphans.length > 0 ? await acceptedAmong(orphans) : []
  if (gone.length > 0) await markAccepted(gone, now, { dueAt: { $lte: now } })
  const ids = due.map(({ _id }) => _id).filter((id) => !gone.includes(id))
  const { modifiedCount } = await Mails.updateMany(
    { _id: { $in: ids }, state: unsent, dueAt: { $lte: now } },
    { $set: { state: 'claimed', claim, dueAt: until } },
  )
  if (modifiedCount === 0) return { due: true, mails: [] }
  return { due: true, mails: await Mails.find({ _id: { $in: ids }, claim }).lean() }
}

/** Nobody else takes up a mail that is still being sent. */
export async function renewClaim({ _id, claim }: Pick<Mail, '_id' | 'claim'>, until: Date): Promise<void> {
  await Mails.updateOne({ _id, state: 'claimed', claim }, { $set: { dueAt: until } })
}

/** Evidence first: with it alone a mail counts as gone, so a crash in between costs no second copy. */
export async function recordResults(results: Result[], now: Date): Promise<void> {
  await insertEvidence(results.map(({ evidence }) => evidence))
  const claims = [...new Set(results.map(({ mail }) => mail.claim))]
  const accepted = results.filter(({ evidence }) => evidence.outcome === 'accepted')
  const others = results.filter(({ evidence }) => evidence.outcome !== 'accepted')
  if (accepted.length > 0)
    await markAccepted(
      accepted.map(({ mail }) => mail._id),
      now,
      { claim: { $in: claims } },
    )
  if (others.length > 0)
    await Mails.bulkWrite(
      others.map(({ mail, evidence, dueAt }) => ({
        updateOne: {
          filter: { _id: mail._id, state: 'claimed', claim: mail.claim },
          update: {
            $set: {
              state: evidence.outcome,
              dueAt,
              claim: null,
              settledAt: dueAt ? null : now,
              attempts: evidence.attempt,
              firstTriedAt: mail.firstTriedAt ?? evidence.at,
            },
          },
        },
      })),
      { ordered: false },
    )
}

/** Gives back what was claimed and not tried. */
export async function release(mails: Mail[], now: Date): Promise<void> {
  for (const [state, attempted] of [
    ['queued', false],
    ['deferred', true],
  ] as const) {
    const those = mails.filter((mail) => mail.attempts > 0 === attempted)
    if (those.length === 0) continue
    await Mails.updateMany(
      {
        _id: { $in: those.map(({ _id }) => _id) },
        state: 'claimed',
        claim: { $in: those.map(({ claim }) => claim) },
      },
      { $set: { state, dueAt: now, claim: null } },
    )
  }
}

export async function countDue(now: Date): Promise<number> {
  return Mails.countDocuments({ state: unsent, dueAt: { $lte: now } })
}

async function markAccepted(ids: string[], now: Date, condition: object): Promise<void> {
  await Mails.updateMany(
    { _id: { $in: ids }, state: 'claimed', ...condition },
    { $set: { state: 'accepted', dueAt: null, claim: null, settledAt: now }, $inc: { attempts: 1 } },
  )
}
