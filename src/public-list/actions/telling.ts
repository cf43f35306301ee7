import { organisation } from '../../auth/organisation.js'
import type { Context } from '../../base/context.js'
import { enqueue } from '../../mail/actions.js'
import { editionMail } from '../mails.js'
import { editionsSince, latestHead } from '../records/editions.js'
import { noteTold, notToldOf } from '../records/subscribers.js'
import { publicListNow } from './settings.js'

const batch = 200
/** After a long time without a mail nobody wants more than the last ones one by one. */
const mostAtOnce = 20

/** For the timer: one mail an edition to each who has asked for it. A mail's key is unique for ever, so repeats are harmless. */
export async function tellSubscribers(context: Context): Promise<Record<string, number>> {
  const last = await latestHead()
  if (!last || !(await publicListNow()).on) return { told: 0 }
  const house = await organisation()
  let told = 0
  for (;;) {
    const some = await notToldOf(last.at, batch)
    const [first] = some
    if (!first) return { told }
    const editions = await editionsSince(first.toldUntil, mostAtOnce)
    const mails = some.flatMap((subscriber) =>
      editions
        .filter(({ at }) => at > subscriber.toldUntil && at <= last.at)
        .map((edition) => editionMail(subscriber, edition, house?.name ?? edition.organisation)),
    )
    told += await enqueue(context, mails)
    const until = editions.at(-1)?.at ?? last.at
    await noteTold(
      some.map(({ _id }) => _id),
      until,
    )
  }
}
