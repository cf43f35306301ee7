/** The confirmation of deletion as a paper (clause 11.1). Everything it says is handed in; no other customer is in it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Sender } from '../../notices/rules.js'
import type { Departure, Point } from '../rules.js'
import { placeOf, servicesIn } from './words.js'

type Content = { number: number; on: Day; by: string; final: boolean }

export function confirmationPaper(
  departure: Departure,
  { number, on, by, final }: Content,
  {
    locale,
    sender,
    customer,
    madeAt,
  }: { locale: Locale; sender: Sender; customer: string | null; madeAt: Date },
): PdfInput {
  const t = textIn(locale)
  const name = departure.customerName ?? ''
  const facts = {
    sender: sender.name,
    customer: name,
    services: servicesIn(departure, locale),
    ended: formatDay(departure.endedOn, locale),
    day: formatDay(on, locale),
  }
  const counted = departure.points.filter(({ state }) => state === 'done' || state === 'retained')
  const kept = counted.filter(({ state }) => state === 'retained')
  const before = counted.flatMap((point) =>
    point.state === 'done' ? point.earlier.filter(({ retention }) => retention !== null) : [],
  )
  return {
    title: t(final ? 'departures:paper.title' : 'departures:paper.title-kept'),
    kicker: t('departures:paper.kicker', { reference: departure.reference, number }),
    subject: departure.reference,
    author: sender.name,
    locale,
    createdAt: madeAt,
    blocks: [
      ...(departure.sample ? [{ kind: 'note' as const, text: t('departures:paper.sample') }] : []),
      { kind: 'lead', text: t(final ? 'departures:paper.lead' : 'departures:paper.lead-kept', facts) },
      {
        kind: 'pairs',
        rows: [
          [
            t('departures:paper.customer'),
            [name, customer ? `CVR ${customer}` : ''].filter(Boolean).join(', '),
          ],
          [t('departures:paper.processor'), [sender.name, sender.registration, sender.address].join(', ')],
          [t('departures:field.services'), facts.services],
          [t('departures:field.endedOn'), facts.ended],
          [t('departures:field.handling'), t(`departures:handling.${departure.choice.handling}`)],
          [t('departures:paper.chosen'), t(`departures:paper.chosen-by.${departure.choice.by}`)],
        ],
      },
      { kind: 'heading', text: t('departures:paper.where') },
      { kind: 'paragraph', text: t('departures:paper.where-lead'), keep: true },
      {
        kind: 'table',
        headings: (['place', 'what', 'handling', 'day', 'how'] as const).map((column) =>
          t(`departures:paper.column.${column}`),
        ),
        rows: counted.map((point) => rowOf(point, locale, t)),
      },
      ...keptBlocks(kept, locale, t),
      ...(before.length > 0 ? [{ kind: 'paragraph' as const, text: t('departures:paper.kept-before') }] : []),
      { kind: 'paragraph', text: t('departures:paper.liable') },
      { kind: 'heading', text: t('departures:paper.signed'), room: 90 },
      {
        kind: 'pairs',
        rows: [
          [t('departures:paper.by'), [by, sender.name].filter(Boolean).join(', ')],
          [t('departures:paper.on'), facts.day],
          [
            t('departures:paper.dpo'),
            [sender.officer, sender.replyTo, sender.phone].filter(Boolean).join(', '),
          ],
        ],
      },
    ],
    footer: t('departures:paper.footer', {
      sender: sender.name,
      reference: departure.reference,
      day: facts.day,
    }),
    pageLabel: (page, pages) => t('departures:paper.page', { page, pages }),
  }
}

/** 'Sletteerklæring OP-2026-001-1.pdf' */
export function confirmationName(
  departure: Pick<Departure, 'reference'>,
  number: number,
  locale: Locale,
): string {
  return textIn(locale)('departures:paper.file', { reference: departure.reference, number })
}

/** What the law keeps stands apart: by which rule, which data, until when (clause 11.2). */
function keptBlocks(kept: readonly Point[], locale: Locale, t: Text): Block[] {
  if (kept.length === 0) return []
  return [
    { kind: 'heading', text: t('departures:paper.kept'), room: 120 },
    { kind: 'paragraph', text: t('departures:paper.kept-lead'), keep: true },
    {
      kind: 'table',
      headings: (['place', 'rule', 'data', 'until'] as const).map((column) =>
        t(`departures:paper.column.${column}`),
      ),
      rows: kept.map((point) => [
        placeOf(point, locale),
        point.answer?.retention?.rule ?? '',
        point.answer?.retention?.data ?? '',
        point.answer?.retention ? formatShortDay(point.answer.retention.until, locale) : '',
      ]),
    },
  ]
}

function rowOf(point: Point, locale: Locale, t: Text): string[] {
  return [
    [placeOf(point, locale), point.through ? t('departures:through', { name: point.through }) : '']
      .filter(Boolean)
      .join('\n'),
    point.what[locale] || point.what.da,
    point.state === 'retained'
      ? t('departures:handled.retained', { done: t(`departures:handled.${point.handling}`) })
      : t(`departures:handled.${point.handling}`),
    point.answer ? formatShortDay(point.answer.on, locale) : '',
    point.answer?.how ?? '',
  ]
}
