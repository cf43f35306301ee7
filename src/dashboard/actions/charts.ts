import { countedRecipients, noticesIssuedIn, type CountedNotice } from '../../audits/records/figures.js'
import { judgeRecipient } from '../../audits/rules/figures-notices.js'
import type { Context } from '../../base/context.js'
import { drawnOfList, listsUpToDate } from '../../register/actions.js'
import { supervisionInYear } from '../../supervision/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { byStanding, type NoticeTally, type Standing } from '../rules/charts.js'
import type { Mapped } from '../../transfers/rules/map.js'
import { firstDayOf, lastDayOf } from '../rules/year.js'

// A page is no place to go through three hundred thousand customers; the audit's figures do.
const mostCounted = 20_000

type Kept = { of: string; until: number; tallies: Promise<NoticeTally[]> }

const kept = new Map<number, Kept>()
const keptFor = 5 * 60_000

/** The notices sent in the year, and how many of their customers had the whole period; some minutes old at the most. */
export async function noticesCounted({ now }: Pick<Context, 'now'>, year: number): Promise<NoticeTally[]> {
  const notices = await noticesIssuedIn(firstDayOf(year), lastDayOf(year))
  const of = notices.map(({ _id, version }) => `${_id}/${version}`).join()
  const known = kept.get(year)
  if (known?.of === of && known.until > now.getTime()) return known.tallies
  const tallies = counted(notices)
  kept.clear()
  kept.set(year, { of, until: now.getTime() + keptFor, tallies })
  tallies.catch(() => kept.delete(year))
  return tallies
}

async function counted(sent: readonly CountedNotice[]): Promise<NoticeTally[]> {
  const tallies: NoticeTally[] = []
  let left = mostCounted
  for (const { _id, reference, issuedOn } of sent) {
    if (!issuedOn) continue
    const tally = { reference, issuedOn, kept: 0, consent: 0, short: 0, open: 0, counted: true }
    for await (const batch of left > 0 ? countedRecipients(_id) : []) {
      left -= batch.length
      for (const recipient of batch) {
        const { in: figures } = judgeRecipient(recipient)
        tally[(['short', 'consent', 'kept'] as const).find((each) => figures.includes(each)) ?? 'open'] += 1
      }
      if (left <= 0) break
    }
    tallies.push(left > 0 ? tally : { ...tally, kept: 0, consent: 0, short: 0, open: 0, counted: false })
  }
  return tallies.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : 0))
}

export async function supervisionOfChart(context: Context, year: number) {
  return (await supervisionInYear(context, year)).duties
}

/** Everything on today's list by what it stands on, each once. What comes back is shared: nobody changes it. */
export async function standingsNow({
  today,
}: Pick<Context, 'today'>): Promise<{ footing: Standing; of: Mapped[] }[]> {
  const [law, stamp] = await Promise.all([lawNow(), listsUpToDate(today)])
  return drawnOfList(stamp, today, `standings/${JSON.stringify(law)}`, async (records) =>
    byStanding(law, records, today),
  )
}
