/** index.pdf of an auditor's pack: which control, for which period, what is in it and how it can be checked. */
import { figureInWords } from '../../audits/page/figures.js'
import { figuresFor } from '../../audits/rules/figures-for.js'
import type { WholeAudit } from '../../audits/rules/audit.js'
import type { Locale } from '../../base/context.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay, formatInstant, formatNumber, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { AreaAsked, PackFile } from '../rules.js'

export type AreaInput = {
  asked: AreaAsked
  whole: WholeAudit
  organisation: string
  files: readonly PackFile[]
  entries: number
  made: { at: Date; by: string; version: string }
  anchor: { sequence: number; hash: string }
  locale: Locale
  zone: string
}

/** Files of records are counted by folder; the tables are named one by one. */
const mostNamed = 60

export function areaPaper(input: AreaInput): PdfInput {
  const { asked, whole, organisation, files, entries, made, anchor, locale, zone } = input
  const t = textIn(locale)
  const { audit, set, figures } = whole
  const control = set.controls.find(({ id }) => id === asked.area)
  const area = set.areas.find(({ id }) => id === control?.area)
  const sections = control ? figuresFor(control, figures) : []
  const tables = files.filter(({ path }) => !path.includes('/')).slice(0, mostNamed)
  const beside = files.filter(({ path }) => path.includes('/'))
  return {
    title: t('area-packs:paper.title', { area: asked.area, year: audit.year }),
    kicker: t('area-packs:paper.kicker', { organisation }),
    subject: `${audit.reference} ${asked.area}`,
    author: organisation,
    locale,
    createdAt: made.at,
    blocks: [
      { kind: 'lead', text: control?.text[locale] ?? '' },
      {
        kind: 'pairs',
        rows: [
          [t('area-packs:paper.area'), `${area?.id ?? ''} ${area?.title[locale] ?? ''}`],
          [t('area-packs:paper.sources'), (control?.sources ?? []).join(', ')],
          [
            t('area-packs:paper.period'),
            `${formatDay(audit.period.from, locale)} – ${formatDay(audit.period.to, locale)}`,
          ],
          [t('area-packs:paper.audit'), audit.reference],
          [t('area-packs:paper.as-of'), formatInstant(new Date(figures.asOf), locale, zone)],
          [t('area-packs:paper.made'), `${formatInstant(made.at, locale, zone)}, ${made.by}`],
          [t('area-packs:paper.version'), `Tilsyn ${made.version}`],
          [t('area-packs:paper.anchor'), `${formatNumber(anchor.sequence, locale)} · ${anchor.hash}`],
          [t('area-packs:paper.entries'), formatNumber(entries, locale)],
        ],
      },
      { kind: 'note', text: t(asked.named ? 'area-packs:paper.named' : 'area-packs:paper.unnamed') },
      ...(audit.sample ? [{ kind: 'note' as const, text: t('exports:index.sample') }] : []),
      ...sections.flatMap((section): Block[] => [
        { kind: 'heading', text: t(`audit-figures:section.${section.key}`) },
        { kind: 'list', items: section.figures.map((figure) => figureInWords(figure, locale)) },
      ]),
      { kind: 'heading', text: t('area-packs:paper.contents') },
      {
        kind: 'table',
        headings: [t('area-packs:paper.file'), t('area-packs:paper.size'), 'SHA-256'],
        rows: tables.map(({ path, size, sha256 }) => [path, formatSize(size, locale), sha256]),
        widths: [0.3, 0.12, 0.58],
      },
      { kind: 'paragraph', text: t('area-packs:paper.files', { count: beside.length }) },
      { kind: 'heading', text: t('exports:index.check') },
      {
        kind: 'list',
        items: [t('exports:check.alone'), t('exports:check.hash'), t('exports:check.house')],
      },
    ],
    footer: `${audit.reference} · ${asked.area} · ${formatInstant(made.at, locale, zone)}`,
    pageLabel: (page, pages) => t('notices:paper.page', { page, pages }),
  }
}
