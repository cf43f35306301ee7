import type { Context } from '../../base/context.js'
import type { Day, Period } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import type { Page } from '../../db/paging.js'
import { filesAbout, type StoredFile } from '../../files/actions.js'
import { mailsAbout, type MailRow } from '../../mail/actions.js'
import { vendorsByIds } from '../../register/actions.js'
import { tasksOf } from '../page/tasks.js'
import {
  departureById,
  departuresOfCustomer,
  departuresOfPeriod,
  pageOfDepartures,
  runningDepartures,
  type DepartureFilter,
} from '../records.js'
import { departuresOfYear, type Departure, type DeparturesOfYear, type DepartureSettings } from '../rules.js'
import { withoutGround } from './look.js'
import { departureOf } from './move.js'
import { departureSettingsNow } from './settings.js'
import type { Task } from '../../base/task.js'

const pageSize = 50
const mostTasks = 200

export function departuresToList(
  filter: DepartureFilter,
  cursor: string | undefined,
): Promise<Page<Departure>> {
  return pageOfDepartures(filter, cursor, pageSize)
}

export type ShownDeparture = {
  departure: Departure
  files: ReadonlyMap<string, StoredFile>
  mails: MailRow[]
  settings: DepartureSettings
  /** The registers no longer say that it has ended. */
  resumed: boolean
  /** Vendors of the points to whom no mail can go. */
  unreachable: ReadonlySet<string>
}

export async function departureToShow(reference: string): Promise<ShownDeparture> {
  const departure = await departureOf(reference)
  const [files, mails, settings, resumed, vendors] = await Promise.all([
    filesAbout('departure', departure._id),
    mailsAbout('departure', [departure._id]),
    departureSettingsNow(),
    departure.running ? withoutGround([departure]) : [],
    vendorsByIds([...new Set(departure.points.flatMap(({ vendor }) => vendor ?? []))]),
  ])
  return {
    departure,
    files: new Map(files.map((file) => [file._id, file])),
    mails,
    settings,
    resumed: resumed.length > 0,
    unreachable: new Set(
      vendors.filter(({ contacts }) => !contacts.some(({ email }) => email)).map(({ _id }) => _id),
    ),
  }
}

/** What a vendor's link is about, with its own points only. Throws `NotFound`. */
export async function departureForVendor(
  id: string,
  vendor: string,
): Promise<{ departure: Departure; files: ReadonlyMap<string, StoredFile>; settings: DepartureSettings }> {
  const departure = await departureById(id)
  if (!departure) throw new NotFound()
  const [files, settings] = await Promise.all([
    filesAbout('departure', departure._id),
    departureSettingsNow(),
  ])
  const points = departure.points.filter((point) => point.vendor === vendor && point.state !== 'left-out')
  return {
    departure: { ...departure, points },
    files: new Map(files.map((file) => [file._id, file])),
    settings,
  }
}

/** The customer's own, once it has been told; those that were called off before that it never hears of. */
export async function departuresForCustomer(customer: string): Promise<Departure[]> {
  return (await departuresOfCustomer(customer)).filter(({ toldOn }) => toldOn !== null)
}

export async function departureForCustomer(customer: string, reference: string): Promise<Departure> {
  const found = (await departuresForCustomer(customer)).find((each) => each.reference === reference)
  if (!found) throw new NotFound()
  return found
}

/** What staff has to do about the end of services, for the overview. */
export async function departureTasks(today: Day): Promise<Task[]> {
  const running = await runningDepartures(mostTasks)
  const resumed = new Set((await withoutGround(running)).map(({ _id }) => _id))
  return tasksOf(running, resumed, today)
}

/** The period in numbers, for the yearly audit (C.7); each stands in the log's facts of the same references. */
export async function departuresInPeriod(
  { today }: Pick<Context, 'today'>,
  period: Period,
): Promise<DeparturesOfYear> {
  return departuresOfYear(await departuresOfPeriod(period.from, period.to), period, today)
}
