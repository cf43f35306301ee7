/** The year's figures as words: sentences, tables, and what they were counted from. */
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { formatInstant, formatMonth, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { hasText, textIn, type Text } from '../../i18n/texts.js'
import { sortInWords } from '../../statements/page.js'
import type { SortOf } from '../../statements/rules.js'
import { countryName } from '../../transfers/rules.js'
import { changedSince, type Item, type Since } from '../rules/figures-made.js'
import type { Figure, FigureSection, FigureTable, YearFigures } from '../rules/figures.js'

/** '12', '12 of 14', '31 days'. */
export function figureInShort(
  { value, of, unit }: Pick<Figure, 'value' | 'of' | 'unit'>,
  locale: Locale,
): string {
  const t = textIn(locale)
  const shown = formatNumber(value, locale)
  if (of !== null) return t('audit-figures:value.of', { value: shown, of: formatNumber(of, locale) })
  return unit === 'count' ? shown : t(`audit-figures:value.${unit}`, { count: value, value: shown })
}

/** One plain sentence: 'The whole notice period was kept for 212 of 212.' */
export function figureInWords(
  { key, value, of }: Pick<Figure, 'key' | 'value' | 'of'>,
  locale: Locale,
): string {
  return textIn(locale)(`audit-figures:sentence.${key}`, {
    count: value,
    value: formatNumber(value, locale),
    of: formatNumber(of ?? 0, locale),
  })
}

export type ShownTable = {
  key: string
  title: string
  headings: string[]
  rows: { reference: string; url: string | null; cells: { label: string; text: string; number: boolean }[] }[]
}

/** A table in the reader's language: columns of the other one are left out. */
export function figureTable({ key, columns, rows }: FigureTable, locale: Locale): ShownTable {
  const t = textIn(locale)
  const other = locale === 'da' ? '-en' : '-da'
  const shown = columns
    .map((name, place) => ({ name: name.replace(/-(?:da|en)$/, ''), place, own: !name.endsWith(other) }))
    .filter(({ own }) => own)
  const headings = shown.map(({ name }) => t(`audit-figures:column.${name}`))
  return {
    key,
    title: t(`audit-figures:table.${key}`),
    headings,
    rows: rows.map(({ reference, evidence, cells }) => ({
      reference,
      url: evidence,
      cells: shown.map(({ name, place }, at) => ({
        label: headings[at] ?? '',
        text: cellInWords(key, name, cells[place] ?? null, locale),
        number: typeof cells[place] === 'number',
      })),
    })),
  }
}

function cellInWords(table: string, column: string, cell: string | number | null, locale: Locale): string {
  const t = textIn(locale)
  if (cell === null || cell === '') return '–'
  if (typeof cell === 'number') return formatNumber(cell, locale)
  const word = wordsOf[`${table} ${column}`] ?? wordsOf[column]
  if (word) return word(cell, t, locale)
  if (/^\d{4}-\d{2}$/.test(cell)) return formatMonth(cell, locale)
  return isDay(cell) ? formatShortDay(cell, locale) : cell
}

/** Cells that are keys; days and names stand as they are. */
const wordsOf: Record<string, (cell: string, t: Text, locale: Locale) => string> = {
  change: (cell, t) => t(`audit-figures:word.${cell}`),
  kinds: (cell, t) =>
    cell
      .split(' ')
      .map((kind) => t(`audit-figures:kind.${kind}`))
      .join(', '),
  severity: (cell, t) => t(`findings:severity.${cell}`),
  basis: (cell, t) => (cell === 'none' ? t('audit-figures:word.no-basis') : t(`transfers:short.${cell}`)),
  country: (cell, _t, locale) => countryName(cell, locale),
  sort: (cell, t) => sortInWords(cell as SortOf, t),
  opinion: (cell, t) => t(`statements:opinion.${cell}`),
  verdict: (cell, t) => t(`statements:verdict.${cell}`),
  'notices.list state': (cell, t) => t(`notices:state.${cell}`),
  'findings.open-list state': (cell, t) => t(`findings:state.${cell}`),
  'questionnaires.list state': (cell, t) => t(`questionnaires-asking:filter-state.${cell}`),
}

export type ShownFigure = {
  key: string
  label: string
  sentence: string
  value: string
  url: string
  /** What it has become since it was frozen; '' where it is the same. */
  since: string
}

export type ShownSection = { key: string; title: string; figures: ShownFigure[]; tables: ShownTable[] }

/** `below`: the address of the audit; its figures' pages stand below that. */
function figureSections(
  sections: readonly FigureSection[],
  { below, changed = [], locale }: { below: string; changed?: readonly Since[]; locale: Locale },
): ShownSection[] {
  const t = textIn(locale)
  return sections.map(({ key, figures, tables }) => ({
    key,
    title: t(`audit-figures:section.${key}`),
    figures: figures.map((figure) => ({
      key: figure.key,
      label: t(`audit-figures:${figure.key}`),
      sentence: figureInWords(figure, locale),
      value: figureInShort(figure, locale),
      url: `${below}/figures/${figure.key}`,
      since: sinceInWords(
        changed.find((each) => each.key === figure.key),
        locale,
      ),
    })),
    tables: tables.filter(({ rows }) => rows.length > 0).map((table) => figureTable(table, locale)),
  }))
}

function sinceInWords(since: Since | undefined, locale: Locale): string {
  if (!since) return ''
  const t = textIn(locale)
  if (since.now === null) return t('audit-figures:page.gone-since')
  if (since.now === since.before) return t('audit-figures:page.others-since')
  return t('audit-figures:page.now', { value: formatNumber(since.now, locale) })
}

/** The page of all figures. `live` is null where nothing is frozen: then `figures` are the live ones. */
export function figuresPage(
  { figures, live, below }: { figures: YearFigures; live: YearFigures | null; below: string },
  { locale, zone }: { locale: Locale; zone: string },
) {
  const changed = live === null ? [] : changedSince(figuresIn(figures), figuresIn(live))
  return {
    asOf: formatInstant(new Date(figures.asOf), locale, zone),
    frozen: live !== null,
    changed: changed.length,
    from: formatShortDay(figures.period.from, locale),
    to: formatShortDay(figures.period.to, locale),
    sections: figureSections(figures.sections, { below, changed, locale }),
  }
}

export function figuresIn({ sections }: Pick<YearFigures, 'sections'>): Figure[] {
  return sections.flatMap((section) => section.figures)
}

/** The page of one figure, with what it was counted from. */
export function figurePage(
  { frozen, live, items }: { frozen: Figure | null; live: Figure | null; items: readonly Item[] },
  locale: Locale,
) {
  const t = textIn(locale)
  const figure = frozen ?? live
  if (!figure) return null
  const [since] = frozen && live ? changedSince([frozen], [live]) : []
  const section = figure.key.split('.')[0] ?? ''
  const how = `audit-figures:how.${section}`
  return {
    title: t(`audit-figures:${figure.key}`),
    sentence: figureInWords(figure, locale),
    facts: [
      [t('audit-figures:page.value'), figureInShort(figure, locale)],
      [t('audit-figures:page.section'), t(`audit-figures:section.${section}`)],
      ...(hasText(locale, how) ? [[t('audit-figures:page.counted'), t(how)]] : []),
      [
        t('audit-figures:page.made'),
        t('audit-figures:page.made-of', {
          count: figure.made.count,
          value: formatNumber(figure.made.count, locale),
        }),
      ],
    ],
    hash: figure.made.hash,
    since: since && {
      text: sinceInWords(since, locale),
      came: since.came,
      went: since.went,
    },
    rows: items.map(({ reference, url, log, on }) => ({
      reference,
      url,
      on: on === null ? '–' : formatShortDay(on, locale),
      log: log && `/log?${new URLSearchParams({ kind: log.kind, about: log.id }).toString()}`,
    })),
  }
}
