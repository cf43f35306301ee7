import { addDays, earlierOf } from '../../base/day.js'
import type { Day } from '../../base/day.js'
import { noticesBetween } from '../../register/records/approvals.js'
import { approvalDays } from '../../register/records/spans.js'
import { engagementsEverApproved } from '../../register/records.js'
import { namedEngagements, type NamedEngagement } from '../records/figures.js'
import { turnsOf, type Turns } from '../rules/figures-lists.js'
import type { FigureTable } from '../rules/figures.js'
import type { DrawnSection, Item } from '../rules/figures-made.js'
import type { Part } from './figures-part.js'

/** The list of all customers together, through the period: which engagements, by whose approvals (B.1). */
export async function listTurns(from: Day, to: Day): Promise<Turns> {
  const days = await approvalDays(await engagementsEverApproved())
  return turnsOf(days, { before: addDays(from, -1), from, to })
}

export const subProcessorFigures: Part = async ({ today }, { from, to }) => {
  const end = earlierOf(to, today)
  const turns = await listTurns(from, end)
  const changed = [...turns.added, ...turns.removed]
  const named = await namedEngagements([
    ...new Set([...turns.start, ...turns.end, ...changed.map(({ engagement }) => engagement)]),
  ])
  const notices = await noticesBetween(
    changed.map(({ engagement }) => engagement),
    { after: addDays(from, -1), until: end },
  )
  const items = (ids: readonly string[], on: (id: string) => Day | null = () => null) =>
    ids.map((id) => itemOf(named.get(id), id, on(id)))
  const dated = (all: Turns['added']) => {
    const days = new Map(all.map(({ engagement, on }) => [engagement, on]))
    return items([...days.keys()], (id) => days.get(id) ?? null)
  }
  const vendors = new Set(turns.end.map((id) => named.get(id)?.vendor ?? id))
  const section: DrawnSection = {
    key: 'sub-processors',
    figures: [
      { key: 'sub-processors.start', items: items(turns.start) },
      { key: 'sub-processors.end', items: items(turns.end) },
      { key: 'sub-processors.vendors', value: vendors.size, items: items(turns.end) },
      { key: 'sub-processors.added', items: dated(turns.added) },
      { key: 'sub-processors.removed', items: dated(turns.removed) },
    ],
    tables: [changesTable(turns, named, notices)],
  }
  return section
}

function changesTable(
  { added, removed }: Turns,
  named: ReadonlyMap<string, NamedEngagement>,
  notices: ReadonlyMap<string, string[]>,
): FigureTable {
  const rows = [
    ...added.map((each) => ({ ...each, change: 'added' })),
    ...removed.map((each) => ({ ...each, change: 'removed' })),
  ]
  return {
    key: 'sub-processors.changes',
    columns: ['change', 'vendor', 'activity-da', 'activity-en', 'on', 'notices'],
    rows: rows
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.engagement < b.engagement ? -1 : 1))
      .map(({ engagement, on, change }) => {
        const known = named.get(engagement)
        return {
          reference: known?.reference ?? engagement,
          evidence: known ? `/engagements/${known.reference}` : null,
          cells: [
            change,
            known?.vendorName ?? '',
            known?.activity.da ?? '',
            known?.activity.en ?? '',
            on,
            (notices.get(engagement) ?? []).join(', '),
          ],
        }
      }),
  }
}

function itemOf(known: NamedEngagement | undefined, id: string, on: Day | null = null): Item {
  const reference = known?.reference ?? id
  return {
    reference,
    url: known ? `/engagements/${reference}` : null,
    log: { kind: 'engagement', id },
    on,
  }
}
