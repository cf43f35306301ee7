import { model, Schema, type QueryFilter } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import type { Day } from '../base/day.js'
import { nullable } from '../db/fields.js'
import { movedFields } from '../db/moves.js'
import { pageAfter, type Page } from '../db/paging.js'
import { searchConditions } from '../db/search.js'
import { insertOnce } from '../db/unique.js'
import { departureListing, type Departure } from './rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    // One per ending, however often the registers are looked through.
    once: { type: String, required: true },
    cause: { type: String, required: true },
    customer: nullable(String),
    customerReference: nullable(String),
    customerName: nullable(String),
    services: { type: [String], default: [] },
    serviceNames: { type: [Schema.Types.Mixed], default: [] },
    engagement: nullable(String),
    engagementReference: nullable(String),
    vendorName: nullable(String),
    notice: nullable(Schema.Types.Mixed),
    endedOn: { type: String, required: true },
    openedOn: { type: String, required: true },
    openedBy: { type: String, required: true },
    choice: { type: Schema.Types.Mixed, required: true },
    chooseBy: nullable(String),
    toldOn: nullable(String),
    points: { type: [Schema.Types.Mixed], default: [] },
    state: { type: String, required: true },
    running: { type: Boolean, required: true },
    dueOn: { type: String, required: true },
    remindOn: nullable(String),
    followUpOn: nullable(String),
    confirmations: { type: [Schema.Types.Mixed], default: [] },
    confirmedOn: nullable(String),
    closedOn: nullable(String),
    calledOff: nullable(Schema.Types.Mixed),
    replies: { type: [String], default: [] },
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    order: { type: String, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ order: 1, _id: 1 })
schema.index({ keys: 1, order: 1, _id: 1 })
schema.index({ tokens: 1, order: 1, _id: 1 })
schema.index({ customer: 1, order: 1, _id: 1 })
schema.index({ engagement: 1, order: 1, _id: 1 })
schema.index({ 'points.engagement': 1, order: 1, _id: 1 })
schema.index({ running: 1, order: 1, _id: 1 })
schema.index({ endedOn: 1, _id: 1 })
schema.index({ confirmedOn: 1, _id: 1 })
schema.index({ closedOn: 1, _id: 1 })
schema.index({ 'calledOff.on': 1, _id: 1 })
// Only those about which somebody is still reminded, or something the law keeps runs out.
schema.index({ remindOn: 1, _id: 1 }, { partialFilterExpression: { remindOn: { $type: 'string' } } })
schema.index({ followUpOn: 1, _id: 1 }, { partialFilterExpression: { followUpOn: { $type: 'string' } } })
schema.index({ sample: 1 })
export const Departures = model<Departure>('departure', schema as unknown as Schema<Departure>)
registerMoved(Departures)

/** The departure as it is kept: the given one, or the one the same ending made before. */
export async function insertDeparture(
  departure: Departure,
): Promise<{ departure: Departure; again: boolean }> {
  const before = await insertOnce(Departures, { ...departure, ...departureListing(departure) }, () =>
    departureOnce(departure.once),
  )
  return { departure: before ?? departure, again: before !== null }
}

export async function departureOnce(once: string): Promise<Departure | null> {
  return Departures.findOne({ once }).lean<Departure>()
}

/** Which of the endings have been taken up. */
export async function takenUp(onces: readonly string[]): Promise<Set<string>> {
  const rows = await Departures.find({ once: { $in: [...onces] } }, { once: 1 }).lean<{ once: string }[]>()
  return new Set(rows.map(({ once }) => once))
}

export async function departureByReference(reference: string): Promise<Departure | null> {
  return Departures.findOne({ reference }).lean<Departure>()
}

export async function departureById(id: string): Promise<Departure | null> {
  return Departures.findById(id).lean<Departure>()
}

const most = 200

/** Those that run first. */
export async function departuresOfCustomer(customer: string): Promise<Departure[]> {
  return Departures.find({ customer }).sort({ order: 1, _id: 1 }).limit(most).lean<Departure[]>()
}

/** In which it is asked about data at this engagement: its own ending, and customers' that left. */
export async function departuresAtEngagement(engagement: string): Promise<Departure[]> {
  return Departures.find({ 'points.engagement': engagement })
    .sort({ order: 1, _id: 1 })
    .limit(most)
    .lean<Departure[]>()
}

/** Of the ending of the engagement itself. */
export async function departuresOfEngagement(engagement: string): Promise<Departure[]> {
  return Departures.find({ engagement }).sort({ order: 1, _id: 1 }).limit(most).lean<Departure[]>()
}

/** The first due first. */
export async function runningDepartures(limit: number): Promise<Departure[]> {
  return Departures.find({ running: true }).sort({ order: 1, _id: 1 }).limit(limit).lean<Departure[]>()
}

export async function departuresToRemind(today: Day, limit: number): Promise<Departure[]> {
  return Departures.find({ remindOn: { $type: 'string', $lte: today } })
    .sort({ remindOn: 1, _id: 1 })
    .limit(limit)
    .lean<Departure[]>()
}

/** In which something the law kept may be deleted by now. */
export async function departuresToFollowUp(today: Day, limit: number): Promise<Departure[]> {
  return Departures.find({ followUpOn: { $type: 'string', $lte: today } })
    .sort({ followUpOn: 1, _id: 1 })
    .limit(limit)
    .lean<Departure[]>()
}

/** What a year's numbers are made of: ended, confirmed, closed or called off in it, or still running. Without what was said in them. */
export async function departuresOfPeriod(from: Day, to: Day): Promise<Departure[]> {
  const within = { $gte: from, $lte: to }
  const fields = { moves: 0, confirmations: 0, tokens: 0, keys: 0 }
  const found = await Promise.all(
    [
      { endedOn: within },
      { confirmedOn: within },
      { closedOn: within },
      { 'calledOff.on': within },
      { running: true },
    ].map((filter) => Departures.find(filter, fields).lean<Departure[]>()),
  )
  return [...new Map(found.flat().map((each) => [each._id, each])).values()]
}

export type DepartureFilter = { q: string; state: string; cause: string; overdueBy: Day | null }

export function pageOfDepartures(
  { q, state, cause, overdueBy }: DepartureFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Departure>> {
  const all = [
    // The order of those that run begins with '0' and the day they are due: see rules/listing.ts.
    ...(overdueBy === null ? [] : [{ order: { $lt: `0${overdueBy}` } }, { keys: { $in: openKeys } }]),
    ...[state && `state:${state}`, cause && `cause:${cause}`].filter(Boolean).map((keys) => ({ keys })),
    ...searchConditions<Departure>('tokens', q),
  ] as QueryFilter<Departure>[]
  return pageAfter(
    Departures,
    all.length === 0 ? {} : { $and: all },
    { field: 'order', direction: 1 },
    cursor,
    size,
  )
}

const openKeys = ['state:open', 'state:asked']

export * from './records/settings.js'
