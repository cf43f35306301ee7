/** What the registers say has ended, taken up; and what was taken up of something that has not ended after all. */
import type { Context } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { anotherWasQuicker } from '../../base/errors.js'
import { customersByIds, customersLeavingBetween } from '../../customers/actions.js'
import { noticesIn } from '../../notices/records/notices.js'
import { awaitsDeletion } from '../../notices/rules/issue.js'
import { engagementThatGoes, type Line, type Notice } from '../../notices/rules/notice.js'
import { engagementsByIds, subProcessorsEndedBetween } from '../../register/actions.js'
import { departuresOfEngagement, runningDepartures, takenUp } from '../records.js'
import { calledOff, customerFacts, lookBackDays, stillHolds, wasUsed, type Departure } from '../rules.js'
import { moveTo } from './move.js'
import { openForCustomer, openForEngagement } from './open.js'

const most = 1000

/** Takes up what has ended. A repeat finds everything taken up. */
export async function lookForEndings(context: Context): Promise<{ opened: number; calledOff: number }> {
  const from = addDays(context.today, -lookBackDays)
  const failures: unknown[] = []
  const opened =
    (await customersThatLeft(context, from, failures)) +
    (await engagementsThatGo(context, failures)) +
    (await engagementsThatEnded(context, from, failures))
  const off = await callOffWhatResumed(context)
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return { opened, calledOff: off }
}

async function customersThatLeft(context: Context, from: Day, failures: unknown[]): Promise<number> {
  const { today } = context
  const leaving = await customersLeavingBetween(from, today)
  const all = leaving.flatMap((customer) =>
    customerFacts(customer, { from, today }).map((fact) => ({ customer, fact })),
  )
  const known = await takenUp(all.map(({ fact }) => fact.once))
  const fresh = all.filter(({ fact }) => !known.has(fact.once))
  return each(fresh, failures, ({ customer, fact }) => openForCustomer(context, customer, fact))
}

/** By a notice: what is replaced or removed stays on the lists until its deletion is confirmed, so it is asked for now. */
async function engagementsThatGo(context: Context, failures: unknown[]): Promise<number> {
  const lines = (await noticesIn(['issued'])).flatMap((notice) =>
    notice.lines
      .filter((line) => awaitsDeletion(line) && goneOn(notice, line) <= context.today)
      .map((line) => ({ notice, line, id: engagementThatGoes(line) ?? '' })),
  )
  const known = await takenUp(lines.map(({ notice, line }) => onceOfLine(notice, line)))
  const fresh = lines.filter(({ notice, line }) => !known.has(onceOfLine(notice, line)))
  const engagements = await engagementsByIds(fresh.map(({ id }) => id))
  const found = fresh.flatMap(({ notice, line, id }) => {
    const engagement = engagements.find(({ _id }) => _id === id)
    const endedOn = goneOn(notice, line)
    return engagement && wasUsed(engagement, endedOn) ? [{ notice, line, engagement, endedOn }] : []
  })
  return each(found, failures, ({ notice, line, engagement, endedOn }) =>
    openForEngagement(context, engagement, {
      once: onceOfLine(notice, line),
      cause: 'replaced',
      endedOn,
      notice: { reference: notice.reference, line: line.id },
    }),
  )
}

/** Ended without a notice that asks for its deletion, such as one nobody had on a list any more. */
async function engagementsThatEnded(context: Context, from: Day, failures: unknown[]): Promise<number> {
  const ended = (await subProcessorsEndedBetween(from, context.today)).filter(
    // With a further link the link above answers; it is asked when that one ends, or a customer leaves.
    (engagement) => wasUsed(engagement, engagement.endedOn ?? context.today),
  )
  const onceOf = ({ _id, endedOn }: { _id: string; endedOn: Day | null }) => `engagement/${_id}/${endedOn}`
  const known = await takenUp(ended.map(onceOf))
  return each(
    ended.filter((engagement) => !known.has(onceOf(engagement))),
    failures,
    async (engagement) => {
      const earlier = await departuresOfEngagement(engagement._id)
      if (earlier.some(({ calledOff: off }) => off === null)) return null
      return openForEngagement(context, engagement, {
        once: onceOf(engagement),
        cause: 'engagement-ended',
        endedOn: engagement.endedOn ?? context.today,
        notice: null,
      })
    },
  )
}

/** A customer that stayed after all: while nobody was told or asked, nothing has happened. Otherwise a person decides. */
async function callOffWhatResumed(context: Context): Promise<number> {
  const resumed = (await withoutGround(await runningDepartures(most))).filter(
    ({ toldOn, points }) => toldOn === null && points.every(({ state }) => state === 'open'),
  )
  let count = 0
  for (const departure of resumed)
    await moveTo(context, departure, calledOff(departure, 'register', context.today), {
      event: 'departure.called-off',
      facts: { by: 'register', endedOn: departure.endedOn },
    }).then(
      () => (count += 1),
      (error: unknown) => {
        if (!anotherWasQuicker(error)) throw error
      },
    )
  return count
}

/** Those of which the registers no longer say what they were made from. */
export async function withoutGround(departures: readonly Departure[]): Promise<Departure[]> {
  const ids = (some: (string | null)[]) => [...new Set(some.filter((id): id is string => id !== null))]
  const [customers, engagements] = await Promise.all([
    customersByIds(ids(departures.map(({ customer }) => customer))),
    engagementsByIds(ids(departures.map(({ engagement }) => engagement))),
  ])
  return departures.filter((departure) => {
    const customer = customers.find(({ _id }) => _id === departure.customer) ?? null
    const engagement = engagements.find(({ _id }) => _id === departure.engagement) ?? null
    return !stillHolds(departure, { customer, engagement, line: true })
  })
}

/** A replaced one when its successor was taken into use, a removed one on the day that was announced. */
function goneOn(notice: Pick<Notice, 'plannedStart'>, line: Line): Day {
  return line.kind === 'removal' ? notice.plannedStart : (line.inUseSince ?? notice.plannedStart)
}

function onceOfLine(notice: Pick<Notice, '_id'>, line: Pick<Line, 'id'>): string {
  return `notice/${notice._id}/${line.id}`
}

/** One failure does not stop the rest. */
async function each<Item>(
  items: readonly Item[],
  failures: unknown[],
  open: (item: Item) => Promise<Departure | null>,
): Promise<number> {
  let count = 0
  for (const item of items)
    await open(item).then(
      (departure) => (count += departure ? 1 : 0),
      (error: unknown) => failures.push(error),
    )
  return count
}
