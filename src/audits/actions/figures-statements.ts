import { daysBetween, earlierOf } from '../../base/day.js'
import { settingsNow } from '../../statements/actions.js'
import { lanesOf, sortOf, type Statement } from '../../statements/rules.js'
import { statementsConcludedIn, statementsOfThese, vendorNamesOf } from '../records/figures.js'
import type { DrawnSection, Item } from '../rules/figures-made.js'
import { periodOf } from '../../supervision/actions/year.js'
import { gapsIn } from '../rules/figures-statements.js'
import type { FigureTable } from '../rules/figures.js'
import type { Part } from './figures-part.js'

/** Statements judged in the period, with the auditor's opinion and our conclusion; and the days nothing covered, of all supervised then. */
export const statementFigures: Part = async (context, { from, to }) => {
  const end = earlierOf(to, context.today)
  const concluded = await statementsConcludedIn(from, end)
  const supervised = await periodOf(context, { from, to })
  const vendors = [
    ...new Set([...concluded.map(({ vendor }) => vendor), ...supervised.map(({ vendor }) => vendor.id)]),
  ]
  const [all, { terms }] = await Promise.all([statementsOfThese(vendors), settingsNow()])
  const byVendor = new Map<string, Statement[]>()
  for (const each of all) byVendor.set(each.vendor, [...(byVendor.get(each.vendor) ?? []), each])
  const gaps = [...byVendor]
    .flatMap(([vendor, own]) =>
      lanesOf(own, end, terms).flatMap(({ sort, gaps: between }) =>
        gapsIn(between, { from, to: end }).map((gap) => ({ vendor, sort, ...gap })),
      ),
    )
    .toSorted((a, b) => (a.from === b.from ? (a.vendor < b.vendor ? -1 : 1) : a.from < b.from ? -1 : 1))
  const names = await vendorNamesOf([...concluded, ...gaps].map(({ vendor }) => vendor))
  const items = (holds: (each: Statement) => boolean) => concluded.filter(holds).map(itemOf)
  const section: DrawnSection = {
    key: 'statements',
    figures: [
      { key: 'statements.read', items: items(() => true) },
      {
        key: 'statements.accepted',
        items: items(({ conclusion }) => conclusion?.verdict === 'accepted'),
        of: concluded.length,
      },
      {
        key: 'statements.follow-up',
        items: items(({ conclusion }) => conclusion?.verdict === 'accepted-with-follow-up'),
        of: concluded.length,
      },
      {
        key: 'statements.rejected',
        items: items(({ conclusion }) => conclusion?.verdict === 'rejected'),
        of: concluded.length,
      },
      {
        key: 'statements.qualified',
        items: items(
          ({ facts }) => facts !== null && facts.opinion !== null && facts.opinion !== 'unqualified',
        ),
        of: concluded.length,
      },
      {
        key: 'statements.exceptions',
        value: concluded.reduce((sum, { exceptions }) => sum + exceptions.length, 0),
        items: items(({ exceptions }) => exceptions.length > 0),
      },
      {
        key: 'statements.gap-days',
        value: gaps.reduce((sum, gap) => sum + daysBetween(gap.from, gap.to) + 1, 0),
        unit: 'days',
        items: gaps.map((gap) => ({
          reference: `${gap.sort} ${gap.from}/${gap.to}`,
          url: '/statements/timeline',
          log: null,
          on: gap.from,
        })),
      },
    ],
    tables: [readTable(concluded, names), gapTable(gaps, names)],
  }
  return section
}

function readTable(concluded: readonly Statement[], names: ReadonlyMap<string, string>): FigureTable {
  return {
    key: 'statements.read-list',
    columns: ['vendor', 'sort', 'from', 'to', 'opinion', 'exceptions', 'verdict', 'concluded'],
    rows: concluded
      .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
      .map(({ reference, vendor, facts, exceptions, conclusion }) => ({
        reference,
        evidence: `/statements/${reference}`,
        cells: [
          names.get(vendor) ?? '',
          facts ? sortOf(facts) : null,
          facts?.period?.from ?? facts?.asOf ?? null,
          facts?.period?.to ?? facts?.certificate?.expiresOn ?? facts?.asOf ?? null,
          facts?.opinion ?? null,
          exceptions.length,
          conclusion?.verdict ?? null,
          conclusion?.on ?? null,
        ],
      })),
  }
}

type Gap = { vendor: string; sort: string; from: string; to: string }

function gapTable(gaps: readonly Gap[], names: ReadonlyMap<string, string>): FigureTable {
  return {
    key: 'statements.gaps',
    columns: ['vendor', 'sort', 'from', 'to', 'days'],
    rows: gaps.map(({ vendor, sort, from, to }) => ({
      reference: names.get(vendor) ?? '',
      evidence: null,
      cells: [names.get(vendor) ?? '', sort, from, to, daysBetween(from, to) + 1],
    })),
  }
}

function itemOf({ _id, reference, conclusion }: Statement): Item {
  return {
    reference,
    url: `/statements/${reference}`,
    log: { kind: 'statement', id: _id },
    on: conclusion?.on ?? null,
  }
}
