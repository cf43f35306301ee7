/** What does not hold among the transfers of today's list, by the two checks (valid in law; instructed) one after the other. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { lawNow } from '../../transfers/actions.js'
import { judgeLinks, type Law, type Link } from '../../transfers/rules.js'
import { approvalCounts, listedEngagements, mostCounted, whileListsStand } from '../records.js'
import type { Engagement } from '../rules.js'
import { listedAndBelow, type Judged } from './listed-and-below.js'
import { withoutInstruction, type InstructedFor, type Uninstructed } from './instructed.js'

/** Nobody works through more on one page. */
const mostShown = 50

/** `further`: it hangs below one that is on the list. */
export type Unlawful = {
  reference: string
  name: string
  engagement: Engagement
  links: Link[]
  further: boolean
}
/** `approved`: how many customers have it approved. */
export type UninstructedRow = Uninstructed & {
  record: Engagement | null
  approved: { customers: number; capped: boolean }
}
export type LawFindings = {
  unlawful: { count: number; rows: Unlawful[] }
  /** How many do not say where data are stored or seen from, so that nothing can be said of their transfers; of how many. */
  unknown: number
  judged: number
  /** `more`: there are others than those shown. */
  uninstructed: { rows: UninstructedRow[]; more: boolean }
}

type InLaw = { without: Judged[]; unknown: number; judged: number }

/** Those without a basis that holds for some country: none on record, or none that is valid. */
async function judgedInLaw(law: Law, stamp: string | null, today: Day): Promise<InLaw> {
  return whileListsStand(stamp, `unlawful/${today}/${JSON.stringify(law)}`, async () => {
    const all = await listedAndBelow(stamp, today)
    const unknown = all.filter(
      ({ where }) => where.storageCountries.length === 0 || where.accessCountries.length === 0,
    )
    return {
      without: all.filter(({ where }) => failing(law, where, today).length > 0),
      unknown: unknown.length,
      judged: all.length,
    }
  })
}

function failing(law: Law, where: Judged['where'], day: Day): Link[] {
  const { storageCountries, accessCountries, transfers, role } = where
  return judgeLinks(law, storageCountries, accessCountries, transfers, day, role).filter(
    ({ state }) => state !== 'lawful',
  )
}

/** For the overview: how many stand without a basis in law, and whether any is outside a customer's instruction. */
export async function findingsInShort(
  stamp: string | null,
  today: Day,
  instructedFor: InstructedFor,
): Promise<{ unlawful: number; uninstructed: boolean }> {
  const law = await lawNow()
  const unlawful = (await judgedInLaw(law, stamp, today)).without.length
  const first = await withoutInstruction(stamp, today, instructedFor, 1).next()
  return { unlawful, uninstructed: first.done !== true }
}

export async function lawFindings(
  stamp: string | null,
  { today }: Pick<Context, 'today'>,
  instructedFor: InstructedFor,
): Promise<LawFindings> {
  const law = await lawNow()
  const { without, unknown, judged } = await judgedInLaw(law, stamp, today)
  const uninstructed: Uninstructed[] = []
  for await (const each of withoutInstruction(stamp, today, instructedFor, mostCounted)) {
    uninstructed.push(each)
    if (uninstructed.length > mostShown) break
  }
  const shown = without.slice(0, mostShown)
  const approved = await approvalCounts(
    today,
    uninstructed.map(({ engagement }) => engagement),
  )
  const records = await listedEngagements({
    _id: { $in: [...shown, ...uninstructed].map(({ engagement }) => engagement) },
  })
  return {
    unlawful: {
      count: without.length,
      rows: shown.flatMap(({ engagement, reference, name, where, further }) => {
        const record = records.get(engagement)
        return record
          ? [{ reference, name, engagement: record, links: failing(law, where, today), further }]
          : []
      }),
    },
    unknown,
    judged,
    uninstructed: {
      rows: uninstructed.slice(0, mostShown).map((each) => ({
        ...each,
        record: records.get(each.engagement) ?? null,
        approved: approved.get(each.engagement) ?? { customers: 0, capped: false },
      })),
      more: uninstructed.length > mostShown,
    },
  }
}
