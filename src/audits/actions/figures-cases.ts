import { dayOf, earlierOf } from '../../base/day.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { outcomes } from '../../objections/rules.js'
import { casesDiscovered } from '../../unpermitted-use/records.js'
import {
  affectedOf,
  findingsOpenedBy,
  objectionsReceivedIn,
  type CountedFinding,
} from '../records/figures.js'
import { endedOn, overdueIn } from '../rules/figures-findings.js'
import { tally, type DrawnSection, type Item } from '../rules/figures-made.js'
import type { Part } from './figures-part.js'

/** Use without permission discovered in the period: cases, the customers it was for, and those of them that were told. */
export const unpermittedFigures: Part = async (_context, { from, to }) => {
  const cases = await casesDiscovered(from, to)
  const customers = tally()
  const told = tally()
  const counts = { customers: 0, told: 0 }
  const byCase = new Map<string, { customers: number; told: number }>()
  for (const { _id } of cases.toSorted((a, b) => (a._id < b._id ? -1 : 1))) {
    const own = { customers: 0, told: 0 }
    for await (const batch of affectedOf(_id))
      for (const affected of batch) {
        if (affected.standing !== 'affected') continue
        own.customers += 1
        customers.add(affected._id)
        if (affected.told !== 'told') continue
        own.told += 1
        told.add(affected._id)
      }
    byCase.set(_id, own)
    counts.customers += own.customers
    counts.told += own.told
  }
  const itemOf = ({ _id, reference, discoveredOn }: (typeof cases)[number]): Item => ({
    reference,
    url: `/unpermitted-use/${reference}`,
    log: { kind: 'unpermitted-use', id: _id },
    on: discoveredOn,
  })
  const section: DrawnSection = {
    key: 'unpermitted-use',
    figures: [
      { key: 'unpermitted-use.cases', items: cases.map(itemOf) },
      { key: 'unpermitted-use.open', items: cases.filter(({ open }) => open).map(itemOf), of: cases.length },
      {
        key: 'unpermitted-use.customers',
        value: counts.customers,
        of: null,
        unit: 'count',
        made: customers.end(),
      },
      {
        key: 'unpermitted-use.told',
        value: counts.told,
        of: counts.customers,
        unit: 'count',
        made: told.end(),
      },
    ],
    tables: [
      {
        key: 'unpermitted-use.list',
        columns: ['vendor', 'since', 'discovered', 'stopped', 'customers', 'told'],
        rows: cases.map(({ _id, reference, vendorName, since, discoveredOn, stopped }) => ({
          reference,
          evidence: `/unpermitted-use/${reference}`,
          cells: [
            vendorName,
            since,
            discoveredOn,
            stopped?.on ?? null,
            byCase.get(_id)?.customers ?? 0,
            byCase.get(_id)?.told ?? 0,
          ],
        })),
      },
    ],
  }
  return section
}

/** Objections received in the period, whatever became of them (7.3). */
export const objectionFigures: Part = async (_context, { from, to }) => {
  const all = await objectionsReceivedIn(from, to)
  const items = (holds: (each: (typeof all)[number]) => boolean) =>
    all.filter(holds).map(({ _id, reference, receivedOn }): Item => ({
      reference,
      url: `/objections/${reference}`,
      log: { kind: 'objection', id: _id },
      on: receivedOn,
    }))
  const section: DrawnSection = {
    key: 'objections',
    figures: [
      { key: 'objections.received', items: items(() => true) },
      { key: 'objections.late', items: items(({ timely }) => !timely), of: all.length },
      { key: 'objections.open', items: items(({ blocking }) => blocking), of: all.length },
      ...outcomes.flatMap((outcome) => {
        const those = items((each) => each.outcome === outcome)
        return those.length === 0 ? [] : [{ key: `objections.${outcome}`, items: those, of: all.length }]
      }),
    ],
    tables: [],
  }
  return section
}

const zone = danishDateRules.zone

/** Findings: opened and ended in the period, and those that were still open at its end, or past their day. */
export const findingFigures: Part = async ({ today }, { from, to }) => {
  const end = earlierOf(to, today)
  const found: Record<'opened' | 'closed' | 'accepted' | 'open' | 'overdue', CountedFinding[]> = {
    opened: [],
    closed: [],
    accepted: [],
    open: [],
    overdue: [],
  }
  for await (const batch of findingsOpenedBy(end))
    for (const finding of batch) {
      const moves = finding.moves.map(({ event, at }) => ({ event, on: dayOf(at, zone) }))
      const ended = endedOn(moves, end)
      if (finding.openedOn >= from) found.opened.push(finding)
      if (ended === null) found.open.push(finding)
      else if (ended.on >= from) found[ended.as].push(finding)
      if (overdueIn({ ...finding, ended: ended?.on ?? null }, end)) found.overdue.push(finding)
    }
  const items = (findings: readonly CountedFinding[]) =>
    findings.map(({ _id, reference, openedOn }): Item => ({
      reference,
      url: `/findings/${reference}`,
      log: { kind: 'finding', id: _id },
      on: openedOn,
    }))
  const section: DrawnSection = {
    key: 'findings',
    figures: [
      { key: 'findings.opened', items: items(found.opened) },
      { key: 'findings.closed', items: items(found.closed) },
      { key: 'findings.accepted', items: items(found.accepted) },
      { key: 'findings.open', items: items(found.open) },
      { key: 'findings.overdue', items: items(found.overdue), of: found.open.length },
    ],
    tables: [
      {
        key: 'findings.open-list',
        columns: ['vendor', 'severity', 'opened', 'due', 'state'],
        rows: found.open.map(({ reference, vendorName, severity, openedOn, dueOn, state }) => ({
          reference,
          evidence: `/findings/${reference}`,
          cells: [vendorName, severity, openedOn, dueOn, state],
        })),
      },
    ],
  }
  return section
}

/** Whose parts in the period's cases a figure was counted from, a page at a time. */
export async function affectedOfFigure(
  figure: 'customers' | 'told',
  { from, to }: { from: string; to: string },
  after: string,
  size: number,
): Promise<{ items: Item[]; next: string | null }> {
  const items: Item[] = []
  const cases = (await casesDiscovered(from, to)).toSorted((a, b) => (a._id < b._id ? -1 : 1))
  for (const { _id: useCase, reference } of cases) {
    if (useCase < (after.split('/')[0] ?? '')) continue
    for await (const batch of affectedOf(useCase, after))
      for (const { _id, customerReference, standing, told } of batch) {
        if (standing !== 'affected' || (figure === 'told' && told !== 'told')) continue
        if (items.length === size) return { items, next: items.at(-1)?.log?.id ?? null }
        items.push({
          reference: `${reference} · ${customerReference}`,
          url: `/unpermitted-use/${reference}/customers/${customerReference}`,
          log: { kind: 'unpermitted-customer', id: _id },
          on: null,
        })
      }
  }
  return { items, next: null }
}
