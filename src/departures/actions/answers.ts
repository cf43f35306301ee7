/** What is said about points, and what we make of it. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { fileById, storeFile, type Upload } from '../../files/actions.js'
import { enqueue } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import { vendorAnsweredMail } from '../mails/staff.js'
import { sentBackMail } from '../mails/vendor.js'
import {
  accepted,
  answered,
  leftOut,
  refuseAnswer,
  refuseEnded,
  sentBack,
  takenUpAgain,
  type Departure,
  type PointAnswer,
  type Retention,
} from '../rules.js'
import { departureOf, movePoints } from './move.js'
import { confirmOnNotice } from './notice-line.js'
import { staffToTell, vendorReaders } from './readers.js'
import { departureSettingsNow } from './settings.js'

export type AnswerInput = {
  points: string[]
  on: Day
  how: string
  by: string
  retention: Retention | null
  /** One of the known rules, whose longest time holds. */
  known: string | null
}

/** By the sub-processor: its own points only. Throws `NotFound` for any other. */
export async function answerByVendor(
  context: Context,
  departure: Departure,
  vendor: string,
  { files, ...input }: AnswerInput & { files: readonly Upload[] },
): Promise<Departure> {
  const own = departure.points.filter((point) => point.vendor === vendor).map(({ id }) => id)
  if (input.points.some((id) => !own.includes(id))) throw new NotFound()
  const moved = await take(context, departure, 'vendor', input, files)
  const [staff, sender] = await Promise.all([staffToTell(), senderNow()])
  const points = moved.points.filter(({ id }) => input.points.includes(id))
  await enqueue(
    context,
    staff.map((reader) => vendorAnsweredMail({ departure: moved, points, reader, sender })),
  )
  return moved
}

/** By staff: our own systems, or what a sub-processor said on the telephone or by letter. Counts as looked at. */
export async function registerAnswer(
  context: Context,
  reference: string,
  { files, ...input }: AnswerInput & { files: readonly Upload[] },
): Promise<Departure> {
  const departure = await departureOf(reference)
  return accept(context, await take(context, departure, 'staff', input, files), input.points)
}

export async function acceptAnswers(
  context: Context,
  reference: string,
  points: readonly string[],
): Promise<Departure> {
  return accept(context, await departureOf(reference), points)
}

export async function sendBack(
  context: Context,
  reference: string,
  points: readonly string[],
  because: string,
): Promise<Departure> {
  const departure = await departureOf(reference)
  const moved = await movePoints(context, departure, sentBack(departure.points, points, because), {
    event: 'departure.sent-back',
    facts: { points: [...points] },
    personal: { because },
  })
  const back = moved.points.filter(({ id, vendor }) => points.includes(id) && vendor !== null)
  const vendors = [...new Set(back.flatMap(({ vendor }) => vendor ?? []))]
  const [readers, sender] = await Promise.all([vendorReaders(context, moved, vendors), senderNow()])
  await enqueue(
    context,
    vendors.flatMap((vendor) => {
      const reader = readers.get(vendor)
      const theirs = back.filter((point) => point.vendor === vendor)
      return reader ? [sentBackMail({ departure: moved, points: theirs, reader, sender }, because)] : []
    }),
  )
  return moved
}

export async function leaveOut(
  context: Context,
  reference: string,
  points: readonly string[],
  because: string,
): Promise<Departure> {
  const departure = await departureOf(reference)
  return movePoints(context, departure, leftOut(departure.points, points, because), {
    event: 'departure.left-out',
    facts: { points: [...points] },
    personal: { because },
  })
}

export async function takeUpAgain(
  context: Context,
  reference: string,
  points: readonly string[],
): Promise<Departure> {
  const departure = await departureOf(reference)
  return movePoints(context, departure, takenUpAgain(departure.points, points), {
    event: 'departure.taken-up-again',
    facts: { points: [...points] },
  })
}

/** Only those of the departure. Throws `NotFound`. */
export async function departureFile(departure: Pick<Departure, '_id'>, file: string): Promise<string> {
  const found = await fileById(file)
  if (found?.about.kind !== 'departure' || found.about.id !== departure._id) throw new NotFound()
  return found._id
}

async function take(
  context: Context,
  departure: Departure,
  from: PointAnswer['from'],
  { points, on, how, by, retention, known }: AnswerInput,
  uploads: readonly Upload[],
): Promise<Departure> {
  refuseEnded(departure)
  const { retentions } = await departureSettingsNow()
  refuseAnswer(departure, { on, retention }, context.today, retentions.find(({ id }) => id === known) ?? null)
  const answer = { at: context.now, from, by, on, how, retention }
  // Refused before a file is kept.
  answered(departure.points, points, { ...answer, files: [] })
  const files: string[] = []
  for (const upload of uploads)
    files.push(
      (
        await storeFile(context, {
          ...upload,
          about: { kind: 'departure', id: departure._id },
          sample: departure.sample,
        })
      )._id,
    )
  return movePoints(context, departure, answered(departure.points, points, { ...answer, files }), {
    event: 'departure.answered',
    facts: { from, points, on, files, until: retention?.until ?? null, known },
    personal: { by, how, ...(retention ? { rule: retention.rule, data: retention.data } : {}) },
  })
}

async function accept(context: Context, departure: Departure, points: readonly string[]): Promise<Departure> {
  refuseEnded(departure)
  const after = accepted(departure.points, points, context.today)
  await confirmOnNotice(context, departure, after)
  return movePoints(context, departure, after, {
    event: 'departure.accepted',
    facts: { points: [...points], on: context.today },
  })
}

/** Another day by which it is to be done, or another way, with the reason. */
export async function changePoints(
  context: Context,
  reference: string,
  points: readonly string[],
  { dueOn, because }: { dueOn: Day; because: string },
): Promise<Departure> {
  const departure = await departureOf(reference)
  refuseEnded(departure)
  if (points.length === 0 || points.some((id) => !departure.points.some((point) => point.id === id)))
    throw new Refused('departure-no-points')
  const after = departure.points.map((point) => (points.includes(point.id) ? { ...point, dueOn } : point))
  return movePoints(context, departure, after, {
    event: 'departure.day-changed',
    facts: { points: [...points], dueOn },
    personal: { because },
  })
}
