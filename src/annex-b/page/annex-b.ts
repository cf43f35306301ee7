/** Annex B of one customer on one day, as a paper. Everything it says is handed in. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Organisation } from '../../auth/organisation.js'
import type { Customer, DatedAgreement } from '../../customers/rules.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { numberInWords, missingRows, type Known } from '../../register/page.js'
import { countryName, sortedByName, type LawOn } from '../../transfers/rules.js'
import { missingIn, printedColumns, type Listed, type ListState } from '../../register/rules.js'
import { versionsOf, type Format, type Order, type Version } from '../rules.js'
import { changeBlocks } from './changes.js'
import { correctionBlocks, type ListedWithCorrections } from './corrections.js'
import { signatureBlocks } from './signatures.js'
import { listTable, type TableRow } from './table.js'

export type AnnexB = {
  customer: Pick<Customer, 'name' | 'reference' | 'registration' | 'isProcessor' | 'sample'>
  /** The one that held on the day; null where none is recorded for it. */
  agreement: DatedAgreement | null
  organisation: Pick<Organisation, 'name' | 'registration' | 'address' | 'dpo'>
  order: Order
  rows: readonly ListedWithCorrections[]
  states: readonly ListState[]
  /** Sub-processors of those on the list, at any depth, which stand on no list themselves (EDPB 22/2024). */
  further: readonly Further[]
  known: Known & LawOn
  today: Day
  madeAt: Date
}

export type Further = Pick<Listed, 'reference' | 'content'> & { through: readonly string[] }

/** `main`: the list itself among the blocks, which a workbook gives a sheet of its own. */
export type AnnexBPaper = PdfInput & { main: Block; sheets: { main: string; rest: string } }

export function annexB(values: AnnexB): AnnexBPaper {
  const { customer, organisation, order, rows, known } = values
  const locale = order.language
  const t = textIn(locale)
  const day = formatDay(order.on, locale)
  const versions = versionsOf(values.states)
  const apart = order.format === 'xlsx'
  const listed = apart && order.columns === 'complete' ? [...rows, ...furtherRows(values)] : rows
  const approved = new Set(rows.map(({ engagement }) => engagement))
  const table = listTable({ rows: listed, columns: order.columns, apart, known, approved, locale })
  // On paper a sentence stands in its place; a sheet with nothing but headings says nothing.
  const main = apart && listed.length === 0 ? { ...table, rows: [[t('annex-b:b1.nobody')]] } : table
  return {
    title: t('annex-b:title'),
    kicker: t('annex-b:kicker', { customer: customer.name, day }),
    subject: t('annex-b:subject', { reference: customer.reference, day: order.on }),
    author: organisation.name,
    locale,
    createdAt: values.madeAt,
    landscape: order.columns === 'complete',
    footer: t('annex-b:footer', {
      organisation: organisation.name,
      customer: customer.name,
      reference: customer.reference,
      day,
    }),
    pageLabel: (page, pages) => t('annex-b:page', { page, pages }),
    main,
    sheets: { main: t('annex-b:sheet.list'), rest: t('annex-b:sheet.about') },
    blocks: [
      ...(customer.sample ? [{ kind: 'note' as const, text: t('annex-b:sample') }] : []),
      { kind: 'lead', text: t('annex-b:lead', { customer: customer.name, day, count: rows.length }) },
      ...(order.on > values.today
        ? [{ kind: 'paragraph' as const, text: t('annex-b:future', { day }) }]
        : []),
      { kind: 'pairs', rows: facts(values, versions.at(-1) ?? null, t) },
      { kind: 'heading', text: t('annex-b:b1.title') },
      { kind: 'paragraph', text: t('annex-b:b1.lead', { day }) },
      ...(rows.length > 0 ? [main] : [{ kind: 'paragraph' as const, text: t('annex-b:b1.nobody') }]),
      { kind: 'paragraph', text: t('annex-b:b1.scope') },
      ...correctionBlocks(rows, order),
      ...furtherBlocks(values, t),
      ...noticeBlocks(values.agreement, t),
      ...missingBlocks(values, t),
      ...changeBlocks(versions, values.agreement, known, locale),
      ...signatureBlocks(values, versions.at(-1) ?? null, t),
      { kind: 'note', text: madeInWords(values, t) },
    ],
  }
}

/** The list is of its day; the parties have no dated names, and a paper of a past day says that they stand as they are now. */
function madeInWords({ order, today }: AnnexB, t: Text): string {
  const made = t('annex-b:made', { day: formatDay(today, order.language) })
  return order.on < today ? `${made} ${t('annex-b:parties-now')}` : made
}

/** 'Bilag B C-0001 2026-11-23.docx' */
export function annexBName(
  reference: string,
  { on, language }: Pick<Order, 'on' | 'language'>,
  format: Format,
): string {
  return `${textIn(language)('annex-b:file', { reference, day: on })}.${format}`
}

function facts(
  { customer, agreement, organisation, order }: AnnexB,
  version: Version | null,
  t: Text,
): [string, string][] {
  const locale = order.language
  const { dpo } = organisation
  return [
    [
      t(customer.isProcessor ? 'annex-b:facts.processor-customer' : 'annex-b:facts.customer'),
      [customer.name, numberInWords(customer.registration ?? null, locale), customer.reference]
        .filter(Boolean)
        .join(', '),
    ],
    [
      t('annex-b:facts.organisation'),
      [
        organisation.name,
        numberInWords(organisation.registration, locale),
        organisation.address.replaceAll('\n', ', '),
      ].join(', '),
    ],
    [t('annex-b:facts.dpo'), [dpo.name, dpo.email, dpo.phone].filter(Boolean).join(', ')],
    [t('annex-b:facts.agreement'), agreementInWords(agreement, locale, t)],
    ...(agreement && order.columns === 'complete' ? [instructionRow(agreement, locale, t)] : []),
    [t('annex-b:facts.on'), formatDay(order.on, locale)],
    [t('annex-b:facts.version'), versionInWords(version, locale, t)],
  ]
}

function agreementInWords(agreement: DatedAgreement | null, locale: Locale, t: Text): string {
  if (agreement === null) return t('annex-b:agreement.none')
  const { dpaVersion: version, signedOn } = agreement
  return signedOn === null
    ? t('annex-b:agreement.undated', { version })
    : t('annex-b:agreement.signed', { version, day: formatDay(signedOn, locale) })
}

/** What the customer has instructed beside the basis of each transfer, which is another question (C.6, 8.3). */
function instructionRow(
  { transferInstruction: { kind, countries } }: DatedAgreement,
  locale: Locale,
  t: Text,
): [string, string] {
  const named = sortedByName(countries, locale).map((code) => countryName(code, locale))
  const said = t(`customers:words.transfer-${kind}`, { countries: new Intl.ListFormat(locale).format(named) })
  return [t('annex-b:facts.instruction'), said]
}

function versionInWords(version: Version | null, locale: Locale, t: Text): string {
  if (version === null) return t('annex-b:version.none')
  const { number, from, notices } = version
  const told = new Intl.ListFormat(locale).format(notices)
  const facts = { number, from: formatDay(from, locale), notices: told }
  return t(notices.length > 0 ? 'annex-b:version.by-notice' : 'annex-b:version.from', facts)
}

/** B.2, as the agreement of the day has it. */
function noticeBlocks(agreement: DatedAgreement | null, t: Text): Block[] {
  if (agreement === null) return []
  const { length, unit } = agreement.notice
  const period = t(`register:period.${unit}`, { count: length })
  return [
    { kind: 'heading', text: t('annex-b:b2.title') },
    { kind: 'paragraph', text: t(`annex-b:b2.${agreement.authorisation}`, { period }) },
  ]
}

/**
 * What each row lacks for the columns that are printed. The contract with the sub-processor is no column, and its past is
 * not dated as the list's is.
 */
function missingBlocks({ rows, order, known }: AnnexB, t: Text): Block[] {
  const items = rows.flatMap(({ content, reference }) => {
    const missing = missingIn(content, null, known).filter(
      ({ field }) => field !== 'contract' && (order.columns === 'complete' || printedColumns.includes(field)),
    )
    const what = missingRows(missing, order.language).map((each) => each.what)
    return what.length > 0
      ? [t('annex-b:incomplete.row', { name: content.vendorName, reference, what: what.join(' ') })]
      : []
  })
  if (items.length === 0) return []
  return [
    { kind: 'heading', text: t('annex-b:incomplete.title') },
    { kind: 'paragraph', text: t(`annex-b:incomplete.${order.columns}`) },
    { kind: 'list', items },
  ]
}

/** The whole chain, not its first link alone: name, address and contact of everyone who handles the data (paras 31-32). */
function furtherRows({ further, order }: AnnexB): TableRow[] {
  return further.map((link) => ({
    ...link,
    engagement: link.reference,
    approvedFrom: order.on,
    kind: null,
    notice: null,
  }))
}

/** On paper below the list; in a workbook they are rows of the one table that is filtered and copied from. */
function furtherBlocks(values: AnnexB, t: Text): Block[] {
  const { further, order, known } = values
  if (order.columns !== 'complete' || further.length === 0 || order.format === 'xlsx') return []
  const rows = furtherRows(values)
  return [
    { kind: 'heading', text: t('annex-b:further.title'), room: 150 },
    { kind: 'paragraph', text: t('annex-b:further.lead', { count: further.length }), keep: true },
    // Each of these is named with all that are above it, down from one on the list.
    listTable({ rows, columns: 'further', apart: false, known, approved: new Set(), locale: order.language }),
  ]
}
