import { lineKinds } from '../../notices/rules/notice.js'
import { countedRecipients, noticesIssuedIn, type CountedNotice } from '../records/figures.js'
import { judgeRecipient, recipientFigures, type RecipientFigure } from '../rules/figures-notices.js'
import { tally, type DrawnSection, type Item } from '../rules/figures-made.js'
import type { Figure, FigureTable } from '../rules/figures.js'
import type { Part } from './figures-part.js'

type Counts = Record<RecipientFigure, number> & { customers: number; shortest: number | null }

/** Changes notified in the period (7.3, B.2): the notices, and what their customers' parts say, counted while they pass. */
export const noticeFigures: Part = async (_context, { from, to }) => {
  const notices = await noticesIssuedIn(from, to)
  const all = emptyCounts()
  const everybody = tally()
  const tallies = new Map(recipientFigures.map((name) => [name, tally()] as const))
  const byNotice = new Map<string, Counts>()
  for (const notice of notices) {
    const counts = emptyCounts()
    for await (const batch of countedRecipients(notice._id))
      for (const recipient of batch) {
        const judged = judgeRecipient(recipient)
        everybody.add(recipient._id)
        counts.customers += 1
        for (const name of judged.in) {
          counts[name] += 1
          tallies.get(name)?.add(recipient._id)
        }
        counts.shortest = shorter(counts.shortest, judged.days)
      }
    byNotice.set(notice._id, counts)
    for (const name of ['customers', ...recipientFigures] as const) all[name] += counts[name]
    all.shortest = shorter(all.shortest, counts.shortest)
  }
  const streamed = (name: RecipientFigure, of: number | null): Omit<Figure, 'evidence'> => ({
    key: `notices.${name}`,
    value: all[name],
    of,
    unit: 'count',
    made: tallies.get(name)!.end(),
  })
  const kept = streamed('kept', all.permitted)
  const section: DrawnSection = {
    key: 'notices',
    figures: [
      { key: 'notices.issued', items: notices.map(itemOf) },
      ...lineKinds.flatMap((kind) => {
        const lines = notices.flatMap((notice) =>
          notice.lines.filter((line) => line.kind === kind).map(() => itemOf(notice)),
        )
        return lines.length === 0 ? [] : [{ key: `notices.line-${kind}`, items: lines }]
      }),
      { key: 'notices.withdrawn', items: notices.filter(({ state }) => state === 'withdrawn').map(itemOf) },
      {
        key: 'notices.customers',
        value: all.customers,
        of: null,
        unit: 'count',
        made: everybody.end(),
      },
      streamed('told', all.customers),
      streamed('untold', all.customers),
      streamed('permitted', all.customers),
      kept,
      ...(all.shortest === null
        ? []
        : [
            {
              key: 'notices.shortest',
              value: all.shortest,
              of: null,
              unit: 'days' as const,
              made: kept.made,
            },
          ]),
      streamed('consent', all.permitted),
      streamed('short', all.permitted),
      streamed('bounced', all.customers),
      streamed('put-right', all.bounced),
    ],
    tables: [tableOf(notices, byNotice)],
  }
  return section
}

function tableOf(notices: readonly CountedNotice[], byNotice: ReadonlyMap<string, Counts>): FigureTable {
  return {
    key: 'notices.list',
    columns: [
      'kinds',
      'issued',
      'planned-start',
      'customers',
      'told',
      'kept',
      'permitted',
      'shortest',
      'state',
    ],
    rows: notices
      .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
      .map((notice) => {
        const counts = byNotice.get(notice._id) ?? emptyCounts()
        return {
          reference: notice.reference,
          evidence: `/notices/${notice.reference}`,
          cells: [
            [...new Set(notice.lines.map(({ kind }) => kind))].join(' '),
            notice.issuedOn,
            notice.plannedStart,
            counts.customers,
            counts.told,
            counts.kept,
            counts.permitted,
            counts.shortest,
            notice.state,
          ],
        }
      }),
  }
}

function itemOf({ _id, reference, issuedOn }: CountedNotice): Item {
  return { reference, url: `/notices/${reference}`, log: { kind: 'notice', id: _id }, on: issuedOn }
}

/** Whose parts a figure was counted from, a page at a time; each page's cursor is the last id of the one before. */
export async function recipientsOfFigure(
  figure: RecipientFigure | 'customers',
  { from, to }: { from: string; to: string },
  after: string,
  size: number,
): Promise<{ items: Item[]; next: string | null }> {
  const items: Item[] = []
  const [reached = ''] = after.split('/')
  for (const notice of await noticesIssuedIn(from, to)) {
    if (notice._id < reached) continue
    for await (const batch of countedRecipients(notice._id, after))
      for (const recipient of batch) {
        if (figure !== 'customers' && !judgeRecipient(recipient).in.includes(figure)) continue
        // One more than is shown: there is a next page.
        if (items.length === size) return { items, next: items.at(-1)?.log?.id ?? null }
        const { _id, noticeReference, customerReference, dayZero } = recipient
        items.push({
          reference: `${noticeReference} · ${customerReference}`,
          url: `/notices/${noticeReference}/recipients/${customerReference}`,
          log: { kind: 'recipient', id: _id },
          on: dayZero,
        })
      }
  }
  return { items, next: null }
}

function shorter(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

function emptyCounts(): Counts {
  return {
    customers: 0,
    shortest: null,
    told: 0,
    untold: 0,
    permitted: 0,
    kept: 0,
    consent: 0,
    short: 0,
    bounced: 0,
    'put-right': 0,
  }
}
