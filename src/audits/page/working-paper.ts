/** The working papers: what was done about every control, the notes, the findings, the figures with what they were made of, the files. */
import type { Locale } from '../../base/context.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { sampleOf, type WholeAudit } from '../rules/audit.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { figureInShort, figureTable as tableInWords } from './figures.js'
import { figureLabel } from './paper-figures.js'

export type WorkingValues = {
  whole: Pick<WholeAudit, 'audit' | 'set' | 'tests'>
  facts: DeclarationFacts
  names: ReadonlyMap<string, string>
  files: readonly Pick<StoredFile, '_id' | 'name' | 'size' | 'sha256'>[]
  madeAt: Date
}

type Table = Extract<Block, { kind: 'table' }>

export function workingPaper(values: WorkingValues, locale: Locale) {
  const t = textIn(locale)
  const { facts, whole, madeAt } = values
  const { audit } = whole
  const title = t('declaration:working.title', { year: facts.year })
  const blocks: Block[] = [
    {
      kind: 'lead',
      text: t('declaration:working.lead', { reference: facts.reference, edition: facts.edition }),
    },
    {
      kind: 'pairs',
      rows: [
        [
          t('declaration:about.organisation'),
          `${facts.organisation.name}, ${facts.organisation.registration}`,
        ],
        [
          t('declaration:about.period'),
          `${formatDay(facts.period.from, locale)} – ${formatDay(facts.period.to, locale)}`,
        ],
        [t('declaration:working.plan'), audit.plan || t('declaration:paper.nothing-yet')],
        [t('declaration:about.hash'), audit.frozen?.hash ?? t('declaration:signatures.not-yet')],
      ],
    },
  ]
  const input: PdfInput = {
    title,
    kicker: facts.organisation.name,
    author: facts.organisation.name,
    locale,
    createdAt: madeAt,
    footer: t('declaration:working.footer', {
      organisation: facts.organisation.name,
      reference: facts.reference,
      edition: facts.edition,
    }),
    pageLabel: (page, pages) => t('declaration:paper.page', { page, pages }),
    blocks,
  }
  return {
    ...input,
    main: controlTable(values, locale),
    sheets: { main: t('declaration:working.controls'), rest: t('declaration:working.about') },
    more: [
      { name: t('declaration:working.findings'), table: findingTable(facts, locale) },
      { name: t('declaration:working.figures'), table: figureTable(facts, locale) },
      ...yearTables(facts, locale),
      { name: t('declaration:working.files'), table: fileTable(values, locale) },
    ],
  }
}

export function workingPaperName(
  { reference, year }: Pick<DeclarationFacts, 'reference' | 'year'>,
  locale: Locale,
) {
  return `${textIn(locale)('declaration:working.file', { reference, year })}.xlsx`
}

function controlTable({ whole, names, files }: WorkingValues, locale: Locale): Table {
  const t = textIn(locale)
  const tests = new Map(whole.tests.map((test) => [test.control, test]))
  const fileNames = new Map(files.map(({ _id, name }) => [_id, name]))
  return {
    kind: 'table',
    headings: (
      [
        'id',
        'text',
        'sources',
        'tester',
        'methods',
        'sample-of',
        'on',
        'result',
        'reason',
        'note',
        'files',
        'last',
      ] as const
    ).map((column) => t(`declaration:working.column.${column}`)),
    rows: whole.set.controls.map(({ id, text, sources }) => {
      const test = tests.get(id)
      const last = test?.lastYear?.result
      return [
        id,
        text[locale],
        sources.join(', '),
        test?.tester ? (names.get(test.tester) ?? '') : '',
        (test?.methods ?? []).map((method) => t(`declaration:method.${method}`)).join(', '),
        sampleOf(test?.sample)[locale],
        test?.testedOn ? formatDay(test.testedOn, locale) : '',
        test?.result ? t(`declaration:result.${test.result}`) : '',
        test?.reason[locale] ?? '',
        test?.note ?? '',
        (test?.files ?? []).map((file) => fileNames.get(file) ?? '').join('\n'),
        last ? t(`declaration:result.${last}`) : '',
      ]
    }),
  }
}

function findingTable({ findings }: DeclarationFacts, locale: Locale): Table {
  const t = textIn(locale)
  return {
    kind: 'table',
    headings: (['reference', 'text', 'severity', 'owner', 'opened', 'due', 'state'] as const).map((column) =>
      t(`declaration:findings.${column}`),
    ),
    rows: findings.map(({ reference, text, severity, owner, openedOn, dueOn, state }) => [
      reference,
      text[locale],
      t(`findings:severity.${severity}`),
      owner ?? '',
      formatDay(openedOn, locale),
      formatDay(dueOn, locale),
      t(`findings:state.${state}`),
    ]),
  }
}

function figureTable({ figures }: DeclarationFacts, locale: Locale): Table {
  const t = textIn(locale)
  return {
    kind: 'table',
    headings: (['what', 'number', 'evidence', 'made', 'ids', 'sha256'] as const).map((column) =>
      t(`declaration:figures.${column}`),
    ),
    rows: figures.sections.flatMap((section) =>
      section.figures.map((figure) => [
        figureLabel(figure, locale),
        figureInShort(figure, locale),
        figure.evidence,
        String(figure.made.count),
        figure.made.ids?.join(', ') ?? '',
        figure.made.hash,
      ]),
    ),
  }
}

/** The year's tables, each on a sheet of its own; those of records with their references in front. */
function yearTables({ figures }: DeclarationFacts, locale: Locale): { name: string; table: Table }[] {
  const reference = textIn(locale)('audit-figures:column.reference')
  return figures.sections
    .flatMap(({ tables }) => tables.map((table) => tableInWords(table, locale)))
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, headings, rows }) => {
      const ofRecords = rows.some(({ url }) => url !== null)
      const cells = rows.map((row) => row.cells.map(({ text }) => text))
      return {
        name: title,
        table: {
          kind: 'table',
          headings: ofRecords ? [reference, ...headings] : headings,
          rows: ofRecords ? rows.map((row, place) => [row.reference, ...(cells[place] ?? [])]) : cells,
        },
      }
    })
}

function fileTable({ files }: WorkingValues, locale: Locale): Table {
  const t = textIn(locale)
  return {
    kind: 'table',
    headings: (['name', 'size', 'sha256'] as const).map((column) => t(`declaration:working.file-${column}`)),
    rows: files.map(({ name, size, sha256 }) => [name, formatSize(size, locale), sha256]),
  }
}
