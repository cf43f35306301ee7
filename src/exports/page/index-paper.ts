/** index.pdf: what is in the pack, what happened day by day, how the dates were reckoned, who was told when. */
import type { Locale } from '../../base/context.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay, formatInstant, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import {
  dateRows,
  lineRows,
  lineStates,
  lineTitle,
  recipientHead,
  type ServiceNames,
} from '../../notices/page.js'
import { linesOf } from '../../notices/mails/announcement.js'
import type { Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import { mostCustomersInIndex, paths, type Asked, type Audience } from '../rules.js'
import type { Collected } from '../actions/collected.js'
import { objectionBlocks } from './objections.js'
import { dayTable, mailTold, storyTable } from './story.js'

export type IndexInput = {
  asked: Asked
  audience: Audience
  customerName: string | null
  sections: readonly { notice: Notice; own: Recipient | null; count: number }[]
  services: ServiceNames
  collected: Collected
  made: { at: Date; by: string; version: string }
  anchor: { sequence: number; hash: string }
  sample: boolean
  locale: Locale
  zone: string
}

export function indexPaper(input: IndexInput): PdfInput {
  const { asked, customerName, sections, made, anchor, sample, locale, zone } = input
  const t = textIn(locale)
  const references = sections.map(({ notice }) => notice.reference).join(', ')
  const title =
    customerName === null
      ? t('exports:index.title-notice', { references })
      : t('exports:index.title-customer', { customer: customerName, references })
  const foot = [
    asked.kind === 'customer' ? asked.customer : asked.notice,
    formatInstant(made.at, locale, zone),
  ]
  return {
    title,
    kicker: t('exports:index.kicker'),
    subject: foot[0] ?? '',
    author: sections[0]?.notice.sender?.name ?? 'Tilsyn',
    locale,
    createdAt: made.at,
    blocks: [
      { kind: 'lead', text: t(`exports:index.lead-${input.audience}`) },
      ...(sample ? [{ kind: 'note' as const, text: t('exports:index.sample') }] : []),
      {
        kind: 'pairs',
        rows: [
          [t('exports:index.made'), formatInstant(made.at, locale, zone)],
          [t('exports:index.made-by'), made.by],
          [t('exports:index.version'), `Tilsyn ${made.version}`],
          [t('exports:index.anchor'), `${formatNumber(anchor.sequence, locale)} · ${anchor.hash}`],
        ],
      },
      ...sections.flatMap((section) => sectionBlocks(section, input)),
      ...keptBackBlocks(input, t),
      ...contentBlocks(input, t),
    ],
    footer: foot.join(' · '),
    pageLabel: (page, pages) => t('notices:paper.page', { page, pages }),
  }
}

type Section = IndexInput['sections'][number]

function sectionBlocks({ notice, own, count }: Section, input: IndexInput): Block[] {
  const { services, collected, locale, zone } = input
  const t = textIn(locale)
  const day = (on: string | null) => (on === null ? '' : formatDay(on, locale))
  const lines = own ? linesOf(notice.lines, own) : notice.lines
  const objections = collected.objections.filter((objection) => objection.notice === notice._id)
  return [
    { kind: 'heading', text: `${notice.reference}: ${lines.map((line) => lineTitle(line, t)).join('; ')}` },
    {
      kind: 'pairs',
      rows: filled([
        [t('exports:index.issued'), notice.issuedAt ? formatInstant(notice.issuedAt, locale, zone) : ''],
        [t('exports:index.sender'), notice.sender?.name ?? ''],
        [t('notices:row.why'), notice.why[locale]],
        [t('notices:row.safeguards'), notice.safeguards[locale]],
        [t('notices:show.planned-start'), day(notice.plannedStart)],
        ...(own ? [] : [[t('exports:index.customers'), formatNumber(count, locale)] as [string, string]]),
        ...(notice.withdrawal
          ? [[t('exports:index.withdrawn'), withdrawn(notice.withdrawal, locale)] as [string, string]]
          : []),
      ]),
    },
    ...lines.flatMap((line): Block[] => [
      { kind: 'paragraph', text: lineTitle(line, t), keep: true },
      { kind: 'pairs', rows: lineRows(line, services, locale) },
    ]),
    ...(own ? partBlocks(notice, own, input) : toldBlocks(notice, count, input)),
    ...objectionBlocks(objections, locale, zone),
    ...storyBlocks(notice, input, t),
  ]
}

/** How the customer's dates were reckoned; line by line what was asked, answered, permitted and used. */
function partBlocks(notice: Notice, recipient: Recipient, { locale, zone, collected }: IndexInput): Block[] {
  const t = textIn(locale)
  const day = (on: string | null) => (on === null ? '' : formatDay(on, locale))
  const view = { notice, recipient, locale }
  const head = recipientHead(view)
  const told = collected.told.find((each) => each.recipient._id === recipient._id)
  const attempts = (told?.mails ?? []).flatMap((mail) => mailTold(mail, locale))
  return [
    { kind: 'heading', text: t('exports:index.dates') },
    {
      kind: 'pairs',
      rows: filled([
        [t('exports:index.state'), head.state.word],
        ...dateRows(view),
        [t('exports:index.receipt'), head.receipt],
      ]),
    },
    { kind: 'note', text: t('exports:index.dates-how', { time: clock(notice.rules.receivedBy, locale) }) },
    { kind: 'heading', text: t('exports:index.lines') },
    ...lineStates(view).flatMap((line): Block[] => [
      { kind: 'paragraph', text: line.title, keep: true },
      {
        kind: 'pairs',
        rows: filled([
          [t('exports:index.mode'), line.mode],
          [t('exports:index.answer'), line.answer],
          [t('exports:index.permitted'), day(line.permittedFrom)],
          [t('exports:index.in-use'), day(line.inUseSince)],
        ]),
      },
    ]),
    { kind: 'heading', text: t('exports:index.told') },
    attempts.length === 0
      ? { kind: 'paragraph', text: t('exports:index.told-nobody') }
      : { kind: 'table', ...storyTable(attempts, { locale, zone }) },
  ]
}

/** Who was told when, by which address, and what the server said; of many customers the tables have it. */
function toldBlocks(notice: Notice, count: number, { collected, locale, zone }: IndexInput): Block[] {
  const t = textIn(locale)
  const heading: Block = { kind: 'heading', text: t('exports:index.told') }
  if (count > mostCustomersInIndex)
    return [
      heading,
      {
        kind: 'paragraph',
        text: t('exports:index.told-many', { count, shown: formatNumber(count, locale) }),
      },
    ]
  const rows = collected.told
    .filter(({ recipient }) => recipient.notice === notice._id)
    .toSorted(({ recipient: a }, { recipient: b }) => (a.sortKey < b.sortKey ? -1 : 1))
    .map(({ recipient, mails }) => {
      const taken = mails.flatMap(({ to, evidence }) =>
        evidence
          .filter(({ outcome }) => outcome === 'accepted' || outcome === 'kept')
          .map((each) => ({ ...each, to })),
      )[0]
      const { acceptedAt, delivery } = recipient
      return [
        `${recipient.customerName} (${recipient.customerReference})`,
        taken ? taken.to.address : delivery ? t(`notices:channel.${delivery.channel}`) : '–',
        acceptedAt ? formatInstant(acceptedAt, locale, zone) : '–',
        taken ? [taken.server, taken.reply].filter(Boolean).join(': ') : '–',
        recipient.lastDay ? formatShortDay(recipient.lastDay, locale) : '–',
        recipientHead({ recipient, notice, locale }).state.word,
      ]
    })
  const headings = ['customer', 'address', 'accepted', 'reply', 'last-day', 'state'] as const
  return [
    heading,
    {
      kind: 'table',
      headings: headings.map((name) => t(`exports:index.told-${name}`)),
      rows,
      widths: [0.2, 0.2, 0.15, 0.2, 0.13, 0.12],
    },
  ]
}

function storyBlocks(notice: Notice, { collected, locale, zone }: IndexInput, t: Text): Block[] {
  const story = collected.story.get(notice._id) ?? []
  const days = collected.days.get(notice._id)
  return [
    { kind: 'heading', text: t('exports:index.story') },
    ...(story.length > 0 ? [{ kind: 'table' as const, ...storyTable(story, { locale, zone }) }] : []),
    ...(days && days.size > 0
      ? [
          { kind: 'paragraph' as const, text: t('exports:index.story-counted'), keep: true },
          { kind: 'table' as const, ...dayTable(days, locale) },
        ]
      : []),
  ]
}

function keptBackBlocks({ collected, locale, zone }: IndexInput, t: Text): Block[] {
  if (collected.keptBack.length === 0) return []
  return [
    { kind: 'heading', text: t('exports:index.kept-back') },
    { kind: 'paragraph', text: t('exports:index.kept-back-why') },
    {
      kind: 'table',
      headings: [t('exports:index.when'), t('exports:index.bytes'), 'SHA-256'],
      rows: collected.keptBack.map(({ storedAt, size, sha256 }) => [
        formatInstant(storedAt, locale, zone),
        formatNumber(size, locale),
        sha256,
      ]),
      widths: [0.24, 0.14, 0.62],
    },
  ]
}

function contentBlocks({ audience }: IndexInput, t: Text): Block[] {
  const parts = [
    ['notices/', t('exports:content.notices')],
    [paths.customers, t('exports:content.customers')],
    [paths.delivery, t('exports:content.delivery')],
    [paths.mails, t('exports:content.mails')],
    [paths.entries, t(`exports:content.entries-${audience}`)],
    [paths.chain, t('exports:content.chain')],
    [paths.manifest, t('exports:content.manifest')],
    [paths.verifier, t('exports:content.verifier')],
  ] as [string, string][]
  return [
    { kind: 'heading', text: t('exports:index.contents') },
    { kind: 'pairs', rows: parts },
    { kind: 'heading', text: t('exports:index.check') },
    {
      kind: 'list',
      items: [t('exports:check.alone'), t('exports:check.hash'), t('exports:check.house')],
    },
  ]
}

function withdrawn({ on, because }: NonNullable<Notice['withdrawal']>, locale: Locale): string {
  return [formatDay(on, locale), because[locale]].filter(Boolean).join(': ')
}

function filled(rows: readonly [string, string][]): [string, string][] {
  return rows.filter(([, value]) => value !== '')
}

/** '16:00' as the language writes it. */
function clock(time: string, locale: Locale): string {
  return locale === 'da' ? time.replace(':', '.') : time
}
