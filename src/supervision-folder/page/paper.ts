/** The customer's supervision of us as one paper to file. Everything it says is handed in; no other customer is in it. */
import type { Organisation } from '../../auth/organisation.js'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Customer } from '../../customers/rules.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page/words.js'
import { conceptWord } from '../../supervision/page/words.js'
import { parameters, sufficing, suffices, type Model, type Parameter } from '../../supervision/rules.js'
import { meets, type Evidence, type Folder, type FolderScore } from '../rules.js'
import { evidenceParts } from './evidence.js'
import { recordsTexts } from './texts.js'

export type PaperParts = {
  folder: Folder
  score: FolderScore
  model: Model
  evidence: Evidence
  house: Organisation
  customer: Pick<Customer, 'name' | 'reference' | 'registration'>
  number: number
}

type Printing = { locale: Locale; today: Day; madeAt: Date; services: readonly string[] }

export function folderPaper(parts: PaperParts, printing: Printing): PdfInput {
  const { folder, house, customer, number } = parts
  const { locale, today, madeAt, services } = printing
  const t = textIn(locale)
  const facts = {
    customer: customer.name,
    house: house.name,
    year: String(folder.year),
    day: formatDay(today, locale),
    number,
  }
  return {
    title: t('supervision-folder:paper.title', facts),
    kicker: t('supervision-folder:paper.kicker', facts),
    subject: `${customer.reference} ${folder.year}`,
    author: customer.name,
    locale,
    createdAt: madeAt,
    blocks: [
      ...(folder.sample ? [{ kind: 'note' as const, text: t('supervision-folder:paper.sample') }] : []),
      {
        kind: 'lead',
        text: t(`supervision-folder:paper.lead-${folder.verdict ?? 'with-remarks'}`, facts),
      },
      {
        kind: 'pairs',
        rows: [
          [
            t('supervision-folder:paper.controller'),
            [customer.name, numberInWords(customer.registration ?? null, locale)].filter(Boolean).join(', '),
          ],
          [
            t('supervision-folder:paper.processor'),
            [
              house.name,
              numberInWords(house.registration, locale),
              house.address.replaceAll('\n', ', '),
            ].join(', '),
          ],
          [t('supervision-folder:paper.services'), new Intl.ListFormat(locale).format(services)],
          [t('supervision-folder:paper.on'), facts.day],
          [
            t('supervision-folder:paper.next'),
            folder.next ? formatDay(folder.next, locale) : t('supervision-folder:paper.no-next'),
          ],
        ],
      },
      ...scoreBlocks(parts, t),
      ...evidenceBlocks(parts, locale, t),
      ...(folder.notes
        ? [
            { kind: 'heading' as const, text: t('supervision-folder:paper.notes') },
            ...paragraphs(folder.notes),
          ]
        : []),
      { kind: 'heading', text: t('supervision-folder:paper.conclusion'), room: 140 },
      {
        kind: 'paragraph',
        text: t(`supervision-folder:verdict.${folder.verdict ?? 'with-remarks'}`),
        keep: true,
      },
      ...paragraphs(folder.conclusion),
      {
        kind: 'pairs',
        rows: [
          [t('supervision-folder:paper.by'), [folder.name, folder.title].filter(Boolean).join(', ')],
          [t('supervision-folder:paper.on'), facts.day],
        ],
      },
      { kind: 'heading', text: t('supervision-folder:paper.texts') },
      ...recordsTexts({ house, services, evidence: parts.evidence }, locale).flatMap(
        ({ title, text }): Block[] => [{ kind: 'paragraph', text: title, keep: true }, ...paragraphs(text)],
      ),
      { kind: 'note', text: t('supervision-folder:paper.about', facts) },
    ],
    footer: t('supervision-folder:paper.footer', facts),
    pageLabel: (page, pages) => t('supervision-folder:paper.page', { page, pages }),
  }
}

/** 'Tilsynsmappe 2026-1.pdf' */
export function folderName({ year }: Pick<Folder, 'year'>, number: number, locale: Locale): string {
  return textIn(locale)('supervision-folder:paper.file', { year: String(year), number })
}

function scoreBlocks({ folder, score, model, evidence }: PaperParts, t: Text): Block[] {
  const { concept } = folder
  return [
    { kind: 'heading', text: t('supervision-folder:paper.score') },
    {
      kind: 'paragraph',
      text: t('supervision-folder:paper.score-lead', { number: model.number }),
      keep: true,
    },
    {
      kind: 'table',
      headings: (['question', 'answer', 'points'] as const).map((column) =>
        t(`supervision-folder:column.${column}`),
      ),
      widths: [0.62, 0.24, 0.14],
      rows: [
        ...parameters.map((name) => [
          t(`supervision-folder:question.${name}`),
          answerWord(name, folder, t),
          String(score.points[name]),
        ]),
        [t('supervision-folder:paper.total'), '', String(score.total)],
      ],
    },
    {
      kind: 'paragraph',
      text: t('supervision-folder:paper.suffices', {
        points: score.total,
        list: sufficing[score.band].map((each) => conceptWord(each, t)).join('; '),
      }),
    },
    ...(concept === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: t('supervision-folder:paper.chosen', { concept: conceptWord(concept, t) }),
          },
          {
            kind: 'paragraph' as const,
            text: t(`supervision-folder:why.${concept}-${meets(concept, evidence)}`),
          },
          ...(suffices(concept, score.band)
            ? []
            : [
                {
                  kind: 'paragraph' as const,
                  text: t('supervision-folder:paper.weaker', { because: folder.weakerBecause }),
                },
              ]),
        ]),
  ]
}

export function answerWord(name: Parameter, { answers }: Pick<Folder, 'answers'>, t: Text): string {
  if (name === 'subjects') return answers.subjects ? t(`supervision:subjects.${answers.subjects}`) : '–'
  const answer = answers[name]
  return answer === null ? '–' : t(answer ? 'supervision:yes' : 'supervision:no')
}

function evidenceBlocks({ evidence, folder }: PaperParts, locale: Locale, t: Text): Block[] {
  return [
    { kind: 'heading', text: t('supervision-folder:paper.evidence') },
    {
      kind: 'paragraph',
      text: t('supervision-folder:paper.evidence-lead', { day: formatDay(evidence.on, locale) }),
    },
    ...evidenceParts(evidence, locale).flatMap((part): Block[] => [
      { kind: 'heading', text: part.title, room: 110 },
      {
        kind: 'paragraph',
        text: `${part.lead} ${t(
          folder.looked.includes(part.kind)
            ? 'supervision-folder:paper.looked'
            : 'supervision-folder:paper.not-looked',
        )}`,
        keep: true,
      },
      ...(part.empty ? [{ kind: 'paragraph' as const, text: part.empty }] : []),
      ...(part.items.length > 0 && !part.empty ? [{ kind: 'list' as const, items: part.items }] : []),
      ...(part.table ? [{ kind: 'table' as const, ...part.table }] : []),
    ]),
  ]
}

function paragraphs(text: string): Block[] {
  return text.split(/\n+/).flatMap((each) => (each.trim() === '' ? [] : [{ kind: 'paragraph', text: each }]))
}
