/** The record of processing carried out on behalf of controllers: of one, and of all. */
import { createHash } from 'node:crypto'
import { recordEvent } from '../../audit-log/actions.js'
import { organisation } from '../../auth/organisation.js'
import type { Context, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { customersMatching } from '../../customers/actions.js'
import { agreementOn, type Customer } from '../../customers/rules.js'
import type { CustomerQuery } from '../../customers/rules/lists.js'
import { buildPdf } from '../../documents/pdf.js'
import { buildWorkbook } from '../../documents/workbook.js'
import { sheetsPieces } from '../../documents/workbook-stream.js'
import {
  allServices,
  approvalsOfCustomers,
  chainBelow,
  knownNodes,
  listForAll,
  listOn,
} from '../../register/actions.js'
import {
  coversDay,
  latestPerEngagement,
  servicesOn as namedOn,
  type Approval,
  type Listed,
  type ListRow,
} from '../../register/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { recordOfAll } from '../page/record-of-all.js'
import { recordPaper, recordName, type RecordKnown } from '../page/record.js'
import { allSheets } from '../page/record-sheets.js'
import { measuresOn } from '../rules/measures.js'
import { boughtOn, mostOnPaper, processedForOn, rowsInUseOf, type RecordFormat } from '../rules/record.js'
import { measures } from './measures.js'

export type RecordOrder = { on: Day; language: Locale; format: RecordFormat }
export type RecordFile = { name: string; type: string; bytes: Buffer }

export const recordTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Of one controller, as it stood on the day. That it was made stands in the log, with its hash. */
export async function recordFile(
  context: Context,
  customer: Customer,
  order: RecordOrder,
): Promise<RecordFile> {
  const known = await knownOn(context, order)
  const rows = await listOn(customer._id, order.on)
  const used = rowsInUseOf(boughtOn(customer, order.on), rows)
  const paper = recordPaper({
    ...known,
    customer,
    agreement: agreementOn(customer.agreements, order.on),
    rows: used,
    further: await furtherOf(used, order.on),
  })
  const bytes = order.format === 'pdf' ? await buildPdf(paper) : await buildWorkbook(paper)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await recordEvent(context, 'record.made', { kind: 'customer', id: customer._id }, { ...order, sha256 })
  return { name: recordName(customer.reference, order, order.format), type: recordTypes[order.format], bytes }
}

/** Of all that match, on paper. Refused: `record-too-many`. */
export async function recordPaperOfAll(
  context: Context,
  order: RecordOrder,
  query: CustomerQuery,
): Promise<RecordFile> {
  const known = await knownOn(context, order)
  const all = await listForAll(order.on)
  const controllers: { customer: Customer; rows: ListRow[] }[] = []
  for await (const { customer, rows } of controllersOn(context, order.on, query, all)) {
    if (controllers.length >= mostOnPaper) throw new Refused('record-too-many', { most: mostOnPaper })
    controllers.push({ customer, rows })
  }
  const used = new Set(controllers.flatMap(({ rows }) => rows.map(({ engagement }) => engagement)))
  const rows = all.filter(({ engagement }) => used.has(engagement))
  const bytes = await buildPdf(
    recordOfAll({ ...known, controllers, rows, further: await furtherOf(rows, order.on) }),
  )
  const facts = { ...order, controllers: controllers.length }
  await recordEvent(context, 'record.made', { kind: 'register', id: 'record' }, facts)
  return { name: recordName(null, order, 'pdf'), type: recordTypes.pdf, bytes }
}

/** Of all that match, as a workbook that leaves as it is made. */
export async function* recordWorkbook(
  context: Context,
  order: RecordOrder,
  query: CustomerQuery,
): AsyncGenerator<Buffer> {
  const known = await knownOn(context, order)
  const all = await listForAll(order.on)
  await recordEvent(context, 'record.made', { kind: 'register', id: 'record' }, { ...order })
  const controllers = () => controllersOn(context, order.on, query, all)
  yield* sheetsPieces(
    allSheets({ ...known, rows: all, further: await furtherOf(all, order.on), controllers }),
  )
}

async function knownOn(context: Context, { on, language }: RecordOrder): Promise<RecordKnown> {
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const [law, services, { versions }] = await Promise.all([lawNow(), allServices(), measures()])
  return {
    organisation: house,
    day: on,
    today: context.today,
    madeAt: context.now,
    locale: language,
    law,
    services: namedOn(services, on),
    measures: measuresOn(versions, on),
  }
}

const batch = 200

/** Each controller of the day with what is processed for it. Many share one list, so its rows are read once for all. */
async function* controllersOn(
  context: Context,
  day: Day,
  query: CustomerQuery,
  all: readonly ListRow[],
): AsyncGenerator<{ customer: Customer; rows: ListRow[] }> {
  const byEngagement = new Map(all.map((row) => [row.engagement, row]))
  let some: Customer[] = []
  for await (const customer of customersMatching({ ...context, today: day }, query)) {
    if (processedForOn(customer, day)) some.push(customer)
    if (some.length < batch) continue
    yield* withRows(some, day, byEngagement)
    some = []
  }
  yield* withRows(some, day, byEngagement)
}

async function* withRows(
  customers: readonly Customer[],
  day: Day,
  byEngagement: ReadonlyMap<string, ListRow>,
) {
  if (customers.length === 0) return
  const approvals = new Map<string, Approval[]>()
  for (const approval of await approvalsOfCustomers(customers.map(({ _id }) => _id)))
    if (coversDay(approval, day))
      approvals.set(approval.customer, [...(approvals.get(approval.customer) ?? []), approval])
  for (const customer of customers) {
    const held = latestPerEngagement(approvals.get(customer._id) ?? [])
    const rows = held.flatMap(({ engagement }) => byEngagement.get(engagement) ?? [])
    yield { customer, rows: rowsInUseOf(boughtOn(customer, day), rows) }
  }
}

/** Who is used by those, at any depth, and stands on no list. */
async function furtherOf(
  rows: readonly ListRow[],
  day: Day,
): Promise<Pick<Listed, 'reference' | 'content'>[]> {
  const listed = rows.map(({ engagement }) => engagement)
  const nodes = await chainBelow(listed, day)
  const further = await knownNodes(
    nodes.filter(({ link }) => !listed.includes(link._id)),
    day,
  )
  return further.map(({ link }) => ({ reference: link.reference, content: link.content }))
}
