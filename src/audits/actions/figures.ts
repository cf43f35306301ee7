import { markOfLog } from '../../audit-log/extract.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { figureOf, type Drawn, type DrawnSection, type Item } from '../rules/figures-made.js'
import { recipientFigures, type RecipientFigure } from '../rules/figures-notices.js'
import type { FigureSection, YearFigures } from '../rules/figures.js'
import { affectedOfFigure, findingFigures, objectionFigures, unpermittedFigures } from './figures-cases.js'
import { noticeFigures, recipientsOfFigure } from './figures-notices.js'
import { breachFigures, departureFigures, instructionFigures, requestFigures } from './figures-others.js'
import type { Part } from './figures-part.js'
import { subProcessorFigures } from './figures-sub-processors.js'
import { statementFigures } from './figures-statements.js'
import { questionnaireFigures, supervisionFigures } from './figures-supervision.js'
import { transferFigures } from './figures-transfers.js'

type Period = YearFigures['period']

/** In the order of the declaration. */
const parts: Record<string, Part> = {
  'sub-processors': subProcessorFigures,
  'unpermitted-use': unpermittedFigures,
  notices: noticeFigures,
  objections: objectionFigures,
  transfers: transferFigures,
  supervision: supervisionFigures,
  statements: statementFigures,
  questionnaires: questionnaireFigures,
  findings: findingFigures,
  breaches: breachFigures,
  requests: requestFigures,
  instructions: instructionFigures,
  departures: departureFigures,
}

/** What our own records say of the year (DPA C.7), as known now. Both days are in the period. */
export async function figuresOfYear(context: Context, year: number, period: Period): Promise<YearFigures> {
  const sections: FigureSection[] = []
  // One after the other: many customers' parts pass by, and nobody waits for the second half of them.
  for (const part of Object.values(parts)) {
    const drawn = await part(context, period)
    if (drawn) sections.push(sectionOf(drawn, year))
  }
  return { year, period, asOf: context.now.toISOString(), sections }
}

function sectionOf({ key, figures, tables }: DrawnSection, year: number): FigureSection {
  const counted = figures.map((each) => figureOf(each, evidencePath(year, each.key)))
  // How many of none there were says nothing.
  return { key, figures: counted.filter(({ of }) => of !== 0), tables }
}

/** The page that lists what the figure was counted from. */
export function evidencePath(year: number, key: string): string {
  return `/audits/AU-${year}/figures/${key}`
}

const pageSize = 50

export type FigureItems = { items: Item[]; next: string | null }

/** What a figure is counted from as of now, a page at a time. Throws `NotFound` where the year has no such figure. */
export async function itemsOfFigure(
  context: Context,
  { period }: { period: Period },
  key: string,
  cursor: string,
): Promise<FigureItems> {
  const [section = '', name = ''] = key.split('.')
  if (section === 'notices' && (name === 'customers' || isRecipientFigure(name)))
    return recipientsOfFigure(name, period, cursor, pageSize)
  if (section === 'notices' && name === 'shortest')
    return recipientsOfFigure('kept', period, cursor, pageSize)
  if (section === 'unpermitted-use' && (name === 'customers' || name === 'told'))
    return affectedOfFigure(name, period, cursor, pageSize)
  const drawn = await parts[section]?.(context, period)
  const figure = drawn?.figures.find((each): each is Drawn => each.key === key && each.items !== undefined)
  if (!figure) throw new NotFound()
  const from = Number(/^\d{1,7}$/.exec(cursor)?.[0] ?? 0)
  const items = figure.items
    .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
    .slice(from, from + pageSize)
  const next = from + pageSize < figure.items.length ? String(from + pageSize) : null
  return { items, next }
}

function isRecipientFigure(name: string): name is RecipientFigure {
  return (recipientFigures as readonly string[]).includes(name)
}

type Kept = { mark: string; at: number; took: number; figures: Promise<YearFigures> }

/** The last years counted. Counting three hundred thousand customers' parts takes seconds, and nobody waits for that on every page. */
const kept = new Map<string, Kept>()
const mostKept = 4
/** What took longer than this to count is shown for so long with the moment it was counted, even if something has changed. */
const slow = 3000
const keptFor = 15 * 60_000

/** The year's figures for a page: counted anew where anything was logged since, unless that takes long. Signing never uses these. */
export async function figuresAsked(
  context: Context,
  { year, period }: { year: number; period: Period },
  { fresh = false }: { fresh?: boolean } = {},
): Promise<YearFigures> {
  const key = `${year} ${period.from} ${period.to}`
  const mark = `${context.today} ${await markOfLog()}`
  const known = kept.get(key)
  const stillGood =
    known && (known.mark === mark || (known.took > slow && context.now.getTime() - known.at < keptFor))
  if (known && stillGood && !fresh) return known.figures
  const begun = performance.now()
  const figures = figuresOfYear(context, year, period)
  const made: Kept = { mark, at: context.now.getTime(), took: 0, figures }
  kept.delete(key)
  kept.set(key, made)
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old)
  figures.then(
    () => (made.took = performance.now() - begun),
    () => kept.delete(key),
  )
  return figures
}
