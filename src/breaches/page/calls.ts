/** Whom to call, with numbers and what to say: on paper before the mail is back. */
import type { Locale } from '../../base/context.js'
import type { Contact } from '../../customers/rules.js'
import type { Block } from '../../documents/blocks.js'
import type { PdfInput } from '../../documents/pdf.js'
import { textIn } from '../../i18n/texts.js'
import type { AffectedCustomer, Breach } from '../rules.js'
import { callOutcomes } from '../rules.js'
import { momentInWords, shortMoment, type Reading } from './moment.js'
import { clockState, toldState, urlOf, whereOf } from './words.js'

export type Callable = { affected: AffectedCustomer; contacts: Contact[] }

/** What is read aloud: what the caller knows and nothing more. In the language of whoever is called. */
function sentenceFor(breach: Breach, house: string, { locale, zone }: Reading): string {
  const t = textIn(locale)
  return t(breach.role === 'processor' ? 'breaches:calls.sentence' : 'breaches:calls.sentence-pass', {
    house,
    where: breach.vendorName
      ? t('breaches:calls.with', { vendor: breach.vendorName })
      : t('breaches:calls.with-us'),
    at: momentInWords(breach.awareAt, { locale, zone }),
    reference: breach.reference,
  })
}

function callRow({ affected, contacts }: Callable, breach: Breach, now: Date, reading: Reading) {
  const t = textIn(reading.locale)
  const last = affected.calls.at(-1)
  return {
    url: `${urlOf(breach)}/customers/${affected.customerReference}`,
    reference: affected.customerReference,
    name: affected.customerName,
    until: shortMoment(affected.until, reading),
    clock: affected.told !== 'told' && affected.until ? clockState(now, affected.until, reading) : null,
    told: toldState(affected, t),
    contacts: contacts.map(({ name, title, phone, email, locale, dataProtection }) => ({
      name,
      about: [
        title,
        dataProtection ? t('breaches:calls.dataProtection') : '',
        locale === 'en' ? t('breaches:calls.english') : '',
      ]
        .filter(Boolean)
        .join(', '),
      phone: phone ?? '',
      dial: phone ? `tel:${phone.replace(/[^+\d]/g, '')}` : null,
      email,
    })),
    last: last
      ? t('breaches:calls.last', {
          at: shortMoment(last.at, reading),
          outcome: t(`breaches:outcome.${last.outcome}`),
        })
      : '',
  }
}

export function callsPage(
  { breach, rows }: { breach: Breach; rows: readonly Callable[] },
  house: string,
  now: Date,
  reading: Reading,
) {
  const t = textIn(reading.locale)
  return {
    breach,
    home: urlOf(breach),
    title: t('breaches:calls.title'),
    sentences: (['da', 'en'] as const).map((locale) => ({
      locale,
      text: sentenceFor(breach, house, { ...reading, locale }),
    })),
    rows: rows.map((row) => callRow(row, breach, now, reading)),
    outcomes: callOutcomes.map((value) => ({ value, text: t(`breaches:outcome.${value}`) })),
  }
}

function tableOf(rows: readonly Callable[], reading: Reading): Block & { kind: 'table' } {
  const t = textIn(reading.locale)
  return {
    kind: 'table',
    headings: ['customer', 'until', 'contacts', 'state', 'log'].map((key) =>
      t(`breaches:calls.column.${key}`),
    ),
    widths: [24, 16, 32, 12, 16],
    rows: rows.map(({ affected, contacts }) => [
      `${affected.customerName}\n${affected.customerReference}`,
      shortMoment(affected.until, reading),
      contacts
        .map(({ name, phone, email }) => [name, phone ?? t('breaches:calls.no-number'), email].join('\n'))
        .join('\n\n'),
      toldState(affected, t).word,
      affected.calls
        .map((call) => `${shortMoment(call.at, reading)}: ${t(`breaches:outcome.${call.outcome}`)}`)
        .join('\n'),
    ]),
  }
}

export function callsPaper(
  { breach, rows }: { breach: Breach; rows: readonly Callable[] },
  house: string,
  now: Date,
  reading: Reading,
): PdfInput & { main: Block; sheets: { main: string; rest: string } } {
  const t = textIn(reading.locale)
  const table = tableOf(rows, reading)
  const blocks: Block[] = [
    {
      kind: 'pairs',
      rows: [
        [t('breaches:fact.reference'), breach.reference],
        [t('breaches:fact.where'), whereOf(breach, t)],
        [t('breaches:fact.awareAt'), momentInWords(breach.awareAt, reading)],
        [t('breaches:calls.printed'), momentInWords(now, reading)],
      ],
    },
    { kind: 'heading', text: t('breaches:calls.say') },
    ...(['da', 'en'] as const).map((locale): Block => ({
      kind: 'note',
      text: sentenceFor(breach, house, { ...reading, locale }),
    })),
  ]
  return {
    title: t('breaches:calls.title'),
    kicker: house,
    subject: breach.reference,
    author: house,
    locale: reading.locale,
    createdAt: now,
    landscape: true,
    blocks: [...blocks, { kind: 'heading', text: t('breaches:calls.whom') }, table],
    footer: `${house} · ${breach.reference}`,
    pageLabel: (page, pages) => t('breaches:paper.page', { page, pages }),
    main: table,
    sheets: { main: t('breaches:calls.sheet'), rest: breach.reference },
  }
}

export function callsName(reference: string, locale: Locale, ending: 'pdf' | 'xlsx'): string {
  return `${textIn(locale)('breaches:calls.file', { reference })}.${ending}`
}
