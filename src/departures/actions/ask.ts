/** Sub-processors are asked by mail, answer by their link, and are reminded. */
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { enqueue } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import { askedMail } from '../mails/vendor.js'
import { refuseEnded, refuseWhileChoosing, type Departure, type Point } from '../rules.js'
import { departureOf, movePoints } from './move.js'
import { vendorReaders } from './readers.js'

export type Asked = { departure: Departure; asked: number; unreachable: string[] }

/**
 * Asks everyone who has not been asked. Those without a mail address stay open: what they say by another channel is registered.
 * Throws `Refused`: 'departure-customer-chooses' while the customer may still want its data back.
 */
export async function askSubProcessors(context: Context, reference: string): Promise<Asked> {
  const departure = await departureOf(reference)
  refuseEnded(departure)
  refuseWhileChoosing(departure, context.today)
  const waiting = departure.points.filter(
    (point): point is Point & { vendor: string } => point.state === 'open' && point.vendor !== null,
  )
  if (waiting.length === 0) throw new Refused('departure-nobody-to-ask')
  const [readers, sender] = await Promise.all([
    vendorReaders(
      context,
      departure,
      waiting.map(({ vendor }) => vendor),
    ),
    senderNow(),
  ])
  const reachable = waiting.filter(({ vendor }) => readers.get(vendor))
  if (reachable.length === 0) throw new Refused('departure-nobody-reachable')
  // Mails first: their keys make it harmless when a crash comes between them and the move.
  await enqueue(
    context,
    [...new Set(reachable.map(({ vendor }) => vendor))].flatMap((vendor) => {
      const reader = readers.get(vendor)
      const points = reachable.filter((point) => point.vendor === vendor)
      return reader ? [askedMail({ departure, points, reader, sender })] : []
    }),
  )
  const ids = new Set(reachable.map(({ id }) => id))
  const moved = await movePoints(
    context,
    departure,
    departure.points.map((point) =>
      ids.has(point.id) ? { ...point, state: 'asked', askedOn: context.today } : point,
    ),
    {
      event: 'departure.asked',
      facts: {
        on: context.today,
        engagements: reachable.map(({ engagementReference }) => engagementReference),
        handling: departure.choice.handling,
      },
    },
  )
  const unreachable = waiting.filter(({ id }) => !ids.has(id)).map(({ name, through }) => through ?? name)
  return { departure: moved, asked: reachable.length, unreachable: [...new Set(unreachable)] }
}
