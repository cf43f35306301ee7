import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import type { Figure, FigureSection } from '../rules/figures.js'
import { figureInShort, figureTable, type ShownTable } from './figures.js'

/** Wider ones stand in the working papers. */
const mostColumns = 6

/** Sections on supervising sub-processors stand under a heading of their own (DPA C.8). */
const ofSupervision = ['supervision', 'statements', 'questionnaires']

/** What our own records say of the year: each number with what it is out of. */
export function figureBlocks(
  { figures, organisation }: DeclarationFacts,
  locale: Locale,
  section: (key: string, blocks: readonly Block[]) => Block[],
): Block[] {
  const t = textIn(locale)
  const asOf = formatDay(figures.asOf.slice(0, 10), locale)
  const [supervision, others] = [true, false].map((wanted) =>
    figures.sections.filter(({ key }) => ofSupervision.includes(key) === wanted),
  ) as [FigureSection[], FigureSection[]]
  const none: Block[] = [{ kind: 'paragraph', text: t('declaration:figures.none') }]
  const all = (sections: readonly FigureSection[]) => sections.flatMap((each) => sectionBlocks(each, locale))
  return [
    ...section('figures', [
      {
        kind: 'paragraph',
        text: t('declaration:figures.lead', { day: asOf, organisation: organisation.name }),
      },
      ...(others.length === 0 ? none : all(others)),
    ]),
    ...section('supervision', [
      { kind: 'paragraph', text: t('declaration:figures.supervision-lead') },
      ...(supervision.length === 0 ? none : all(supervision)),
    ]),
  ]
}

function sectionBlocks({ key, figures, tables }: FigureSection, locale: Locale): Block[] {
  const t = textIn(locale)
  return [
    { kind: 'heading', text: t(`audit-figures:section.${key}`), level: 3, room: 90 },
    {
      kind: 'table',
      headings: [t('declaration:figures.what'), t('declaration:figures.number')],
      rows: figures.map((figure) => [figureLabel(figure, locale), figureInShort(figure, locale)]),
      widths: [0.78, 0.22],
    },
    ...tables
      .map((table) => figureTable(table, locale))
      .filter(({ rows, headings }) => rows.length > 0 && headings.length <= mostColumns)
      .flatMap((table) => tableBlocks(table)),
  ]
}

/** A table of the year as a block of its own, its title above. */
export function tableBlocks({ title, headings, rows }: ShownTable): Block[] {
  return [
    { kind: 'paragraph', text: title, keep: true },
    { kind: 'table', headings, rows: rows.map(({ cells }) => cells.map(({ text }) => text)) },
  ]
}

export function figureLabel({ key }: Pick<Figure, 'key'>, locale: Locale): string {
  return textIn(locale)(`audit-figures:${key}`)
}
