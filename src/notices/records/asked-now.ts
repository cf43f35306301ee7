import { Notices } from './notices.js'
import { Recipients } from './recipients.js'
import type { RecipientState } from '../rules/recipient.js'

const undecided: readonly RecipientState[] = ['queued', 'running', 'undelivered']

/** Who is being asked about one of these engagements by a notice that runs, and has neither permitted nor ended it. */
export async function askedNow(
  engagements: readonly string[],
  customers?: readonly string[],
): Promise<{ customer: string; engagement: string }[]> {
  if (engagements.length === 0) return []
  const running = await Notices.find({
    'lines.engagement': { $in: [...engagements] },
    state: { $in: ['issuing', 'issued'] },
  })
    .select({ 'lines.engagement': 1 })
    .lean<{ _id: string; lines: { engagement: string | null }[] }[]>()
  if (running.length === 0) return []
  const asked = await Recipients.find({
    notice: { $in: running.map(({ _id }) => _id) },
    ...(customers ? { customer: { $in: [...customers] } } : { state: { $in: [...undecided] } }),
  })
    .select({ notice: 1, customer: 1, state: 1 })
    .lean<{ notice: string; customer: string; state: RecipientState }[]>()
  const about = new Map(running.map(({ _id, lines }) => [_id, lines.map(({ engagement }) => engagement)]))
  return asked
    .filter(({ state }) => undecided.includes(state))
    .flatMap(({ notice, customer }) =>
      (about.get(notice) ?? []).flatMap((engagement) =>
        engagement !== null && engagements.includes(engagement) ? [{ customer, engagement }] : [],
      ),
    )
}
