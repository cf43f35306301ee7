import { record, recordEvent } from '../../audit-log/actions.js'
import { readLinkToken, linkToken } from '../../auth/link-token.js'
import { organisation } from '../../auth/organisation.js'
import type { House } from '../../auth/request.js'
import type { Context, Locale } from '../../base/context.js'
import { newId } from '../../base/ids.js'
import { enqueue, forgetMails } from '../../mail/actions.js'
import { confirmationMail } from '../mails.js'
import { latestHead } from '../records/editions.js'
import {
  countSubscribers,
  deleteSubscriber,
  insertSubscriber,
  moveSubscriber,
  subscriberByEmail,
  subscriberById,
  Subscribers,
  subscribersByIds,
  unconfirmedBefore,
} from '../records/subscribers.js'
import { forgottenBefore, isOver, mayBeAskedAgain, type Subscriber } from '../rules/subscribers.js'
import { publicListNow } from './settings.js'

/**
 * Somebody gave an address. A mail asks whoever reads it to confirm; nothing is told to an address that has not. What is answered is the
 * same whether the address is known or not, so that nobody can ask who subscribes.
 */
export async function askToSubscribe(
  context: Context,
  { email, locale }: { email: string; locale: Locale },
): Promise<void> {
  if (!(await publicListNow()).on) return
  const known = await subscriberByEmail(email)
  if (known && isOver(known, context.now)) {
    await remove(context, known, 'not-confirmed')
    return askToSubscribe(context, { email, locale })
  }
  const asked = known ? await askAgain(context, known, locale) : await askFirst(context, email, locale)
  if (!asked) return
  const house = await organisation()
  await enqueue(context, [confirmationMail(asked, house?.name ?? 'Tilsyn')])
}

async function askFirst(context: Context, email: string, locale: Locale): Promise<Subscriber | null> {
  const last = await latestHead()
  const made = await insertSubscriber(
    {
      _id: newId(),
      email,
      locale,
      state: 'pending',
      asked: 1,
      askedAt: context.now,
      confirmedAt: null,
      toldUntil: last?.at ?? context.now,
    },
    { at: context.now, by: context.actor, event: 'public-list-subscriber.asked', facts: { locale } },
  )
  if (made) await record(Subscribers, made)
  return made
}

async function askAgain(context: Context, known: Subscriber, locale: Locale): Promise<Subscriber | null> {
  if (!mayBeAskedAgain(known, context.now)) return null
  const moved = await moveSubscriber(
    { _id: known._id, state: 'pending', asked: known.asked },
    { asked: known.asked + 1, askedAt: context.now, locale },
    { at: context.now, by: context.actor, event: 'public-list-subscriber.asked', facts: { locale } },
  )
  if (moved) await record(Subscribers, moved)
  return moved
}

/** The subscription a link is for; null where it is not ours, over, or was ended. */
export async function subscriptionBy(house: House, token: string): Promise<Subscriber | null> {
  const read = readLinkToken(token, house.keys.subscriptions)
  const subscriber = read ? await subscriberById(read._id) : null
  return subscriber && !isOver(subscriber, house.clock()) ? subscriber : null
}

/** A repeat changes nothing. What was published before is not told any more. */
export async function confirmSubscription(context: Context, { _id }: Subscriber): Promise<void> {
  const last = await latestHead()
  const moved = await moveSubscriber(
    { _id, state: 'pending' },
    { state: 'confirmed', confirmedAt: context.now, toldUntil: last?.at ?? context.now },
    { at: context.now, by: context.actor, event: 'public-list-subscriber.confirmed', facts: {} },
  )
  if (moved) await record(Subscribers, moved)
}

/** By the link in a mail, or the mail program's own button (RFC 8058). Nothing of the address is kept, nor the mails to it. */
export async function unsubscribe(context: Context, subscriber: Subscriber): Promise<void> {
  await remove(context, subscriber, 'unsubscribed')
}

/** At the request of whoever reads that address; whether it was there. */
export async function removeAddress(context: Context, email: string): Promise<boolean> {
  const known = await subscriberByEmail(email)
  if (known) await remove(context, known, 'removed-by-staff')
  return known !== null
}

const batch = 500

/** For the timer: addresses nobody has confirmed. */
export async function forgetUnconfirmed(context: Context): Promise<Record<string, number>> {
  const over = await unconfirmedBefore(forgottenBefore(context.now), batch)
  for (const subscriber of over) await remove(context, subscriber, 'not-confirmed')
  return { forgotten: over.length }
}

export async function countOfSubscribers(): Promise<{ confirmed: number; pending: number }> {
  const [confirmed, pending] = await Promise.all([countSubscribers('confirmed'), countSubscribers('pending')])
  return { confirmed, pending }
}

/** For the mail sender: where those subscriptions are confirmed and ended. Derived while sending, kept nowhere. */
export function subscriptionUrls(house: House): (ids: string[]) => Promise<ReadonlyMap<string, string>> {
  return async (ids) => {
    const found = await subscribersByIds(ids)
    return new Map(found.map(({ _id }) => [_id, `${house.config.baseUrl}${subscriptionPath(house, _id)}`]))
  }
}

export function subscriptionPath({ keys }: Pick<House, 'keys'>, id: string): string {
  return `/sub-processors/subscription/${linkToken({ _id: id, tokenVersion: 1 }, keys.subscriptions)}`
}

type Ending = 'unsubscribed' | 'removed-by-staff' | 'not-confirmed'

async function remove(context: Context, { _id }: Subscriber, because: Ending): Promise<void> {
  // Mails are kept as evidence of what customers were told. These are none, and the address stands on them.
  await forgetMails({ kind: 'public-list-subscriber', ids: [_id] })
  if (await deleteSubscriber(_id))
    await recordEvent(
      context,
      'public-list-subscriber.removed',
      { kind: 'public-list-subscriber', id: _id },
      { because },
    )
}
