import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { danishSortKey, numberFragments, searchTokens } from '../../db/keys.js'
import { inOrderOfReference } from '../../db/in-order.js'
import { movedFields } from '../../db/moves.js'
import { lacksContact, type Customer, type CustomerContent } from '../rules.js'
import type { Kept } from '../rules/customer.js'

const part = { _id: false, minimize: false }

const agreement = {
  dpaVersion: String,
  signedOn: String,
  file: String,
  authorisation: String,
  notice: new Schema({ length: Number, unit: String }, part),
  objectionUntil: String,
  counts: String,
  replacementNeedsApproval: Boolean,
  commonList: Boolean,
  transferInstruction: new Schema({ kind: String, countries: [String] }, part),
  breachHours: Number,
}

const schema = new Schema(
  {
    ...movedFields,
    _id: String,
    reference: { type: String, required: true },
    name: { type: String, required: true },
    sortKey: String,
    tokens: [String],
    registration: { type: new Schema({ kind: String, number: String, keptBecause: String }, part) },
    caseNumber: String,
    isProcessor: Boolean,
    agreement: new Schema(agreement, part),
    agreements: [new Schema({ ...agreement, from: String }, part)],
    services: [new Schema({ service: String, from: String, to: String }, part)],
    contacts: [
      new Schema(
        {
          id: String,
          name: String,
          title: String,
          email: String,
          phone: String,
          locale: String,
          dataProtection: Boolean,
          mayApprove: Boolean,
          order: Number,
          from: String,
          to: String,
        },
        { ...part, id: false },
      ),
    ],
    endedOn: { type: String, default: null },
    endedBecause: String,
    withoutContact: Boolean,
    noticeKey: String,
    changedAt: { type: Date, default: null },
    sample: { type: Boolean, default: false },
  },
  { minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ sortKey: 1, _id: 1 })
schema.index({ tokens: 1, sortKey: 1, _id: 1 })
schema.index({ 'services.service': 1, sortKey: 1, _id: 1 })
schema.index({ 'agreement.commonList': 1 })
schema.index({ withoutContact: 1, sortKey: 1, _id: 1 })
schema.index({ noticeKey: 1, sortKey: 1, _id: 1 })
schema.index({ noticeKey: 1, 'services.service': 1, endedOn: 1 })
schema.index({ reference: 1, _id: 1 })
schema.index({ changedAt: 1, _id: 1 })
schema.index({ endedOn: 1, sortKey: 1, _id: 1 })
schema.index({ isProcessor: 1, sortKey: 1, _id: 1 })
schema.index({ 'agreement.authorisation': 1, sortKey: 1, _id: 1 })
schema.index({ 'agreement.dpaVersion': 1, sortKey: 1, _id: 1 })
schema.index({ 'agreement.transferInstruction.kind': 1, sortKey: 1, _id: 1 })
schema.index({ 'contacts.email': 1 })
// What customers stopped buying, by the day.
schema.index({ 'services.to': 1 })
schema.index({ sample: 1 })

export const Customers = model<Customer>('customer', schema)
registerMoved(Customers)

export function kept(reference: string, content: CustomerContent): Kept {
  const current = content.contacts.filter(({ to }) => to === null)
  return {
    sortKey: danishSortKey(content.name),
    tokens: searchTokens(
      reference,
      content.name,
      content.registration?.number,
      ...numberFragments(content.registration?.number),
      content.caseNumber,
      ...current.flatMap((contact) => [contact.name, contact.email]),
    ),
    withoutContact: lacksContact(content.contacts),
    noticeKey: `${content.agreement.notice.length}-${content.agreement.notice.unit}`,
  }
}

export async function insertCustomers(customers: Customer[]): Promise<void> {
  await Customers.insertMany(customers.map((customer) => ({ ...customer, changedAt: lastMoved(customer) })))
}

/** Every customer, ended ones too, for what goes over the whole register. */
export function everyCustomer(): Promise<Customer[]> {
  return Customers.find({}).select({ moves: 0 }).sort({ reference: 1 }).lean<Customer[]>().exec()
}

/** Records older than this field get it from their last move; returns how many. */
export async function fillChangedAt(limit: number): Promise<number> {
  const found = await Customers.find({ changedAt: null }, { moves: 1 }).limit(limit).lean<Customer[]>()
  if (found.length === 0) return 0
  await Customers.bulkWrite(
    found.map((customer) => ({
      updateOne: {
        filter: { _id: customer._id, changedAt: null },
        update: { $set: { changedAt: lastMoved(customer) } },
      },
    })),
    { ordered: false },
  )
  return found.length
}

function lastMoved({ moves }: Pick<Customer, 'moves'>): Date {
  return moves.at(-1)?.at ?? new Date(0)
}

export function findCustomer(reference: string): Promise<Customer | null> {
  return Customers.findOne({ reference }).lean<Customer>().exec()
}

export function findCustomersByIds(ids: readonly string[]): Promise<Customer[]> {
  return Customers.find({ _id: { $in: [...ids] } })
    .select({ moves: 0 })
    .sort({ sortKey: 1, _id: 1 })
    .lean<Customer[]>()
    .exec()
}

/** Those of the customers that are as they came are gone after it; whether anything refers to them is asked before. */
export async function removeUnusedCustomers(ids: readonly string[]): Promise<number> {
  const { deletedCount } = await Customers.deleteMany({ _id: { $in: [...ids] }, version: 1 })
  return deletedCount
}

/** Every customer in the order of its reference, some at a time. */
export function customersInOrder(): AsyncGenerator<Customer[]> {
  return inOrderOfReference(Customers, 'C', { moves: 0 })
}
