/** The rows of an area's tables; values as they are on record, so that they can be counted and compared by machine. */
import type { Locale } from '../../base/context.js'
import type { Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import type { Objection } from '../../objections/rules.js'
import { numberInWords } from '../../register/page.js'
import type { Approval, Engagement, ListRow, Site } from '../../register/rules.js'
import { contractsOf } from '../../register/rules/contract.js'
import { customerHeadings, customerRow } from './tables.js'

type Cell = string | number | null

export type CsvTable<Row> = { headings: readonly string[]; row: (row: Row) => Cell[] }

/** B.1 with what EDPB 22/2024 adds: as the list stood on the day. */
export const registerTable = (locale: Locale): CsvTable<ListRow> => ({
  headings: [
    'engagement',
    'vendor',
    'name',
    'registration',
    'address',
    'country',
    'contact',
    'activity',
    'data',
    'subjects',
    'storage',
    'access',
    'places',
    'transfers',
    'approved-from',
    'state',
    'contract-signed',
  ],
  row: ({ reference, vendorReference, content, approvedFrom, state, contract }) => [
    reference,
    vendorReference,
    content.vendorName,
    numberInWords(content.registration, locale),
    content.address.replace(/\n+/g, ', '),
    content.country,
    [content.contact?.name, content.contact?.email].filter(Boolean).join(' '),
    content.activity[locale],
    content.dataCategories.join(' '),
    content.subjects.join(', '),
    content.storageCountries.join(' '),
    content.accessCountries.join(' '),
    content.places.map(({ kind, address, country }) => `${kind}: ${address} (${country})`).join('; '),
    content.transfers.map(({ country, basis }) => `${country} ${basis}`).join('; '),
    approvedFrom,
    state,
    contract?.signedOn ?? null,
  ],
})

export const sitesTable: CsvTable<Site> = {
  headings: ['site', 'kind', 'name', 'address', 'country', 'from', 'until', 'statement'],
  row: ({ reference, kind, name = '', address, country, from, until, assurance }) => [
    reference,
    kind,
    name,
    address,
    country,
    from,
    until,
    assurance ? JSON.stringify(assurance) : null,
  ],
}

/** `to`: the first day it no longer holds. */
export const approvalsTable: CsvTable<{ approval: Approval; engagement: string; customer: string }> = {
  headings: ['engagement', 'customer', 'from', 'to', 'kind', 'notice', 'ended-by'],
  row: ({ approval: { from, to, kind, notice, endedBy }, engagement, customer }) => [
    engagement,
    customer,
    from,
    to,
    kind,
    notice,
    endedBy,
  ],
}

export const contractsTable: CsvTable<{ engagement: Engagement; name: string }> = {
  headings: [
    'engagement',
    'name',
    'version',
    'template',
    'signed',
    'from',
    'until',
    'checked',
    'open-points',
  ],
  row: ({ engagement, name }) => {
    const version = contractsOf(engagement).findLast(({ mistake }) => mistake === undefined)
    const check = version?.checks.at(-1)
    return [
      engagement.reference,
      name,
      version?.dpaVersion ?? null,
      version?.template ?? null,
      version?.signedOn ?? null,
      version?.from ?? null,
      version?.until ?? null,
      check?.on ?? null,
      check?.answers
        .filter(({ result }) => result === 'partly' || result === 'not-met')
        .map(({ point }) => point)
        .join(' ') ?? null,
    ]
  },
}

export const noticesTable: CsvTable<
  Pick<Notice, 'reference' | 'issuedOn' | 'plannedStart' | 'state' | 'lines'>
> = {
  headings: ['notice', 'issued', 'planned-start', 'state', 'line', 'kind', 'in-use-since', 'deleted-on'],
  row: ({ reference, issuedOn, plannedStart, state, lines }) => [
    reference,
    issuedOn,
    plannedStart,
    state,
    lines.map(({ id }) => id).join(' '),
    lines.map(({ kind }) => kind).join(' '),
    lines.map(({ inUseSince }) => inUseSince ?? '–').join(' '),
    lines.map(({ deletedOn }) => deletedOn ?? '–').join(' '),
  ],
}

const personal = new Set(['name', 'case-number', 'contact', 'address'])

/** Each customer's part with its dates; by reference only unless `named`. */
export const recipientsTable = (named: boolean): CsvTable<Recipient> => ({
  headings: customerHeadings,
  row: (recipient) =>
    customerRow(recipient).map((cell, place) =>
      !named && personal.has(customerHeadings[place] ?? '') ? null : cell,
    ),
})

export const objectionsTable = (named: boolean): CsvTable<Objection> => ({
  headings: [
    'objection',
    'notice',
    'customer',
    'name',
    'channel',
    'received',
    'timely',
    'state',
    'outcome',
    'outcome-on',
    'reasons',
  ],
  row: (objection) => [
    objection.reference,
    objection.noticeReference,
    objection.customerReference,
    named ? objection.customerName : null,
    objection.channel,
    objection.receivedOn,
    objection.timely ? 'yes' : 'no',
    objection.state,
    objection.outcome,
    objection.outcomeOn,
    named ? objection.reasons : null,
  ],
})
