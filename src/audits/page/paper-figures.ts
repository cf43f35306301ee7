import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { dayOf } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { discreet } from '../rules/discreet.js'
import type { Figure, FigureSection } from '../rules/figures.js'
import { figureInShort, figureTable, type ShownTable } from './figures.js'

/** Wider ones stand in the working papers. */
const mostColumns = 6

/** Sections on supervising sub-processors stand under a heading of their own (DPA C.8). */
const ofSupervision = ['supervision', 'statements', 'questionnaires']

/** What our own records say of the year: each number with what it is out of. */
export function figureBlocks(
  { figures, organisation }: DeclarationFacts,
  { locale, zone }: { locale: Locale; zone: string },
  section: (key: string, blocks: readonly Block[]) => Block[],
): Block[] {
  const t = textIn(locale)
  const asOf = formatDay(dayOf(new Date(figures.asOf), zone), locale)
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
        keep: true,
      },
      ...(others.length === 0 ? none : all(others)),
    ]),
    ...section('supervision', [
      { kind: 'paragraph', text: t('declaration:figures.supervision-lead'), keep: true },
      ...(supervision.length === 0 ? none : all(supervision)),
    ]),
  ]
}

function sectionBlocks(exact: FigureSection, locale: Locale): Block[] {
  const t = textIn(locale)
  const { section, coarse } = discreet(exact)
  const { key, figures, tables } = section
  return [
    { kind: 'heading', text: headingOf(key, t), level: 3, room: 90 },
    {
      kind: 'table',
      headings: [t('declaration:figures.what'), t('declaration:figures.number')],
      rows: telling(figures).map((figure) => [figureLabel(figure, locale), figureInShort(figure, locale)]),
      widths: [0.78, 0.22],
    },
    ...tables
      .map((table) => figureTable(table, locale))
      .filter(({ rows, headings }) => rows.length > 0 && headings.length <= mostColumns)
      .flatMap((table) => tableBlocks(table)),
    ...(coarse ? [{ kind: 'note' as const, text: t('declaration:figures.coarse') }] : []),
  ]
}

// The part about supervision has that heading itself.
function headingOf(key: string, t: Text): string {
  return key === 'supervision' ? t('declaration:figures.duties') : t(`audit-figures:section.${key}`)
}

/** Where there was none of what a part is about, saying so once is enough. */
function telling(figures: readonly Figure[]): readonly Figure[] {
  return figures[0]?.value === 0 ? figures.filter(({ value }, place) => place === 0 || value > 0) : figures
}

/** A table of the year as a block of its own, its title above. */
function tableBlocks({ title, headings, rows }: ShownTable): Block[] {
  return [
    { kind: 'paragraph', text: title, keep: true },
    { kind: 'table', headings, rows: rows.map(({ cells }) => cells.map(({ text }) => text)) },
  ]
}

export function figureLabel({ key }: Pick<Figure, 'key'>, locale: Locale): string {
  return textIn(locale)(`audit-figures:${key}`)
}
