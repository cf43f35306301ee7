/**
 * Mails that go out inside another one to the same person: each keeps what it says to its own customer, and gets the evidence of the
 * mail that carried it.
 */
import { evidenceOf, insertEvidence } from './evidence.js'
import { Mails, type Mail } from './mails.js'
import { settledStates, type MailState } from '../rules.js'

const batch = 200
const over: readonly MailState[] = [...settledStates, 'stopped']

/** Carried mails whose carrier has come to an end get its outcome and its evidence; returns how many. Repeats are harmless. */
export async function settleCarried(): Promise<number> {
  let settled = 0
  for (let after = ''; ;) {
    const waiting = await Mails.find({ state: 'carried', dueAt: null, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(batch)
      .lean<Mail[]>()
    const last = waiting.at(-1)
    if (!last) return settled
    after = last._id
    const keys = [...new Set(waiting.map(({ carrier }) => carrier ?? ''))]
    const carriers = await Mails.find({ key: { $in: keys }, state: { $in: over } }).lean<Mail[]>()
    const evidence = await evidenceOf(carriers.map(({ _id }) => _id))
    for (const carrier of carriers) {
      const those = waiting.filter((mail) => mail.carrier === carrier.key)
      await insertEvidence(
        those.flatMap(({ _id }) =>
          (evidence.get(carrier._id) ?? []).map((each) => ({
            ...each,
            _id: `${each._id}/${_id}`,
            mail: _id,
          })),
        ),
      )
      const { state, settledAt, attempts, firstTriedAt } = carrier
      const { modifiedCount } = await Mails.updateMany(
        { _id: { $in: those.map(({ _id }) => _id) }, state: 'carried' },
        { $set: { state, settledAt, attempts, firstTriedAt } },
      )
      settled += modifiedCount
    }
  }
}

/** The mails that mail carried, whatever became of it. */
export async function carriedBy(key: string): Promise<Pick<Mail, '_id' | 'about' | 'key' | 'to'>[]> {
  return Mails.find({ carrier: key }, { about: 1, key: 1, to: 1 }).sort({ _id: 1 }).lean()
}
