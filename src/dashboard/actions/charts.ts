import { countedRecipients, noticesIssuedIn, type CountedNotice } from '../../audits/records/figures.js'
import { judgeRecipient } from '../../audits/rules/figures-notices.js'
import type { Context } from '../../base/context.js'
import { drawnOfList, listsUpToDate } from '../../register/actions.js'
import { supervisionInYear } from '../../supervision/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { byFooting, type ByFooting, type NoticeMonth } from '../rules/charts.js'
import { firstDayOf, lastDayOf } from '../rules/year.js'

// A page is no place to go through three hundred thousand customers; the audit's figures do.
const mostCounted = 20_000

type Kept = { of: string; until: number; months: Promise<NoticeMonth[]> }

const kept = new Map<number, Kept>()
const keptFor = 5 * 60_000

/** The year's notices by the month they were sent in, and how many of their customers had the whole period; some minutes old at the most. */
export async function noticesByMonth({ now }: Pick<Context, 'now'>, year: number): Promise<NoticeMonth[]> {
  const notices = await noticesIssuedIn(firstDayOf(year), lastDayOf(year))
  const of = notices.map(({ _id, version }) => `${_id}/${version}`).join()
  const known = kept.get(year)
  if (known?.of === of && known.until > now.getTime()) return known.months
  const months = countByMonth(notices)
  kept.clear()
  kept.set(year, { of, until: now.getTime() + keptFor, months })
  months.catch(() => kept.delete(year))
  return months
}

async function countByMonth(sent: readonly CountedNotice[]): Promise<NoticeMonth[]> {
  const months = Array.from({ length: 12 }, (_, at): NoticeMonth => {
    const nothing = { notices: 0, kept: 0, consent: 0, short: 0, open: 0, uncounted: 0 }
    return { month: at + 1, ...nothing }
  })
  let counted = 0
  for (const { _id, issuedOn } of sent) {
    const month = months[Number(issuedOn?.slice(5, 7)) - 1]
    if (!month) continue
    month.notices += 1
    if (counted >= mostCounted) {
      month.uncounted += 1
      continue
    }
    for await (const batch of countedRecipients(_id))
      for (const recipient of batch) {
        counted += 1
        const { in: figures } = judgeRecipient(recipient)
        const figure = (['short', 'consent', 'kept'] as const).find((each) => figures.includes(each))
        month[figure ?? 'open'] += 1
      }
  }
  return months
}

export async function supervisionOfChart(context: Context, year: number) {
  return (await supervisionInYear(context, year)).duties
}

export async function footingsNow({ today }: Pick<Context, 'today'>): Promise<ByFooting> {
  const [law, stamp] = await Promise.all([lawNow(), listsUpToDate(today)])
  return drawnOfList(stamp, today, `footings/${JSON.stringify(law)}`, async (records) =>
    byFooting(law, records, today),
  )
}
