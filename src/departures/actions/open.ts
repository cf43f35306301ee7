import { record } from '../../audit-log/actions.js'
import type { Bilingual, Context } from '../../base/context.js'
import { addDays, laterOf, type Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { customerByReference, type Leaving } from '../../customers/actions.js'
import { servicesOn } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { allServices, engagementByReference, vendorsByIds } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import { departureOnce, Departures, insertDeparture } from '../records.js'
import {
  byAgreement,
  derivedFrom,
  engagementPoints,
  ownPoints,
  type Cause,
  type Departure,
  type Fact,
  type Held,
  type Point,
} from '../rules.js'
import { heldByEngagement, heldForCustomer } from './held.js'
import { departureSettingsNow } from './settings.js'

type Opening = Pick<
  Departure,
  | 'once'
  | 'cause'
  | 'customer'
  | 'customerReference'
  | 'customerName'
  | 'services'
  | 'engagement'
  | 'engagementReference'
  | 'vendorName'
  | 'notice'
  | 'endedOn'
  | 'openedBy'
  | 'sample'
>

/** Of a customer that left, or stopped buying something. What has been taken up already is left as it is. */
export async function openForCustomer(
  context: Context,
  customer: Pick<Leaving, '_id' | 'reference' | 'name' | 'sample'>,
  fact: Fact,
  openedBy: Departure['openedBy'] = 'register',
): Promise<Departure> {
  const known = await departureOnce(fact.once)
  if (known) return known
  const settings = await departureSettingsNow()
  const { services, endedOn } = fact
  const held = await heldForCustomer(customer._id, services, endedOn)
  const choice = byAgreement(context.today)
  const points = [
    ...engagementPoints(held, {
      handling: choice.handling,
      dueOn: dueFrom(endedOn, context.today, settings.daysToDelete),
    }),
    ...ownPoints(
      laterOf(endedOn, addDays(context.today, -settings.daysToDelete)),
      choice.handling,
      settings,
      {
        systems: both('departures:own.systems'),
        backups: both('departures:own.backups'),
      },
    ),
  ]
  return insert(
    context,
    {
      ...fact,
      customer: customer._id,
      customerReference: customer.reference,
      customerName: customer.name,
      engagement: null,
      engagementReference: null,
      vendorName: null,
      notice: null,
      openedBy,
      sample: customer.sample,
    },
    { points, choice, chooseBy: addDays(laterOf(context.today, endedOn), settings.daysToChoose) },
  )
}

export type EngagementEnding = {
  once: string
  cause: Extract<Cause, 'engagement-ended' | 'replaced'>
  endedOn: Day
  notice: Departure['notice']
}

/** Of a sub-processor that is no longer used, for everyone. */
export async function openForEngagement(
  context: Context,
  engagement: Pick<Engagement, '_id' | 'reference' | 'vendor' | 'services' | 'sample'>,
  ending: EngagementEnding,
  openedBy: Departure['openedBy'] = 'register',
): Promise<Departure> {
  const known = await departureOnce(ending.once)
  if (known) return known
  const [settings, held, [vendor]] = await Promise.all([
    departureSettingsNow(),
    heldByEngagement(engagement._id, ending.endedOn),
    vendorsByIds([engagement.vendor]),
  ])
  return insert(
    context,
    {
      ...ending,
      customer: null,
      customerReference: null,
      customerName: null,
      services: engagement.services,
      engagement: engagement._id,
      engagementReference: engagement.reference,
      vendorName: vendor?.name ?? '',
      openedBy,
      sample: engagement.sample,
    },
    {
      points: pointsOf(held, dueFrom(ending.endedOn, context.today, settings.daysToDelete)),
      choice: byAgreement(context.today),
      chooseBy: null,
    },
  )
}

export type ByHand = { customer: string | null; engagement: string | null; endedOn: Day; once: string }

/** By hand: an older ending, or one the registers do not show. */
export async function openByHand(
  context: Context,
  { customer: asked, engagement: of, endedOn, once }: ByHand,
): Promise<Departure> {
  if (endedOn > context.today) throw new Refused('departure-in-future')
  if (of !== null) {
    const engagement = await engagementByReference(of)
    if (!engagement) throw new NotFound()
    if (engagement.role !== 'sub-processor') throw new Refused('departure-not-a-sub-processor')
    return openForEngagement(
      context,
      engagement,
      { once: `hand/${once}`, cause: 'engagement-ended', endedOn, notice: null },
      'staff',
    )
  }
  const customer = asked === null ? null : await customerByReference(asked)
  if (!customer) throw new NotFound()
  const services = servicesOn(customer.services, addDays(endedOn, -1))
  if (services.length === 0) throw new Refused('departure-bought-nothing')
  const left = customer.endedOn !== null && customer.endedOn <= endedOn
  return openForCustomer(
    context,
    customer,
    { once: `hand/${once}`, cause: left ? 'customer-ended' : 'service-ended', endedOn, services },
    'staff',
  )
}

async function insert(
  context: Context,
  opening: Opening,
  { points, choice, chooseBy }: Pick<Departure, 'points' | 'choice' | 'chooseBy'>,
): Promise<Departure> {
  const names = new Map((await allServices()).map(({ _id, name }) => [_id, name]))
  const reference = await nextReference('OP', Number(context.today.slice(0, 4)))
  const { departure, again } = await insertDeparture({
    _id: newId(),
    reference,
    ...opening,
    serviceNames: opening.services.flatMap((service) => names.get(service) ?? []),
    openedOn: context.today,
    choice,
    chooseBy,
    toldOn: null,
    points,
    ...derivedFrom(points),
    running: true,
    remindOn: null,
    confirmations: [],
    confirmedOn: null,
    closedOn: null,
    calledOff: null,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'departure.opened',
      facts: {
        reference,
        cause: opening.cause,
        customer: opening.customerReference,
        engagement: opening.engagementReference,
        notice: opening.notice?.reference ?? null,
        endedOn: opening.endedOn,
        points: points.length,
        due: dueOf(points),
        engagements: points.flatMap(({ engagementReference }) => engagementReference ?? []),
      },
    }),
  })
  if (!again) await record(Departures, departure)
  return departure
}

/** By point, so that what is overdue can be told from the log. */
function dueOf(points: readonly Point[]): Record<string, Day> {
  return Object.fromEntries(points.map(({ id, dueOn }) => [id, dueOn]))
}

function pointsOf(held: readonly Held[], dueOn: Day): Point[] {
  return engagementPoints(held, { handling: 'delete', dueOn })
}

/** From the end; nobody is late on the day it is taken up. */
function dueFrom(endedOn: Day, today: Day, days: number): Day {
  return laterOf(addDays(endedOn, days), addDays(today, Math.min(days, 14)))
}

function both(key: 'departures:own.systems' | 'departures:own.backups'): Bilingual {
  return { da: textIn('da')(key), en: textIn('en')(key) }
}
