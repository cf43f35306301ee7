/** Messages to one person about several customers as one mail, with each customer's own inside it. */
import { createHash } from 'node:crypto'
import { keysInOutbox, type Message } from './actions.js'

type Together<Each> = {
  customerOf: (each: Each) => string
  /** The mail that goes out for all of those; `hash` names what it carries, so that the same together are the same mail. */
  carrierOf: (those: readonly Each[], hash: string) => Message
}

/**
 * Messages to one person in one language for several customers go out as one mail (`product.md`, Customers): the mail that is sent, and
 * inside it those of the customers, each kept for itself with its own link and evidence. Its key names all it carries, so
 * a repeat after a crash adds nothing.
 */
export async function withCarriers<Each extends { message: Message }>(
  all: readonly Each[],
  { customerOf, carrierOf }: Together<Each>,
): Promise<Message[]> {
  const people = new Map<string, Each[]>()
  for (const each of all) {
    const { to, locale } = each.message
    const person = `${to.address.toLowerCase()}/${locale}`
    people.set(person, [...(people.get(person) ?? []), each])
  }
  const groups = [...people.values()]
  const shares = (those: readonly Each[]) => new Set(those.map(customerOf)).size > 1
  const alone = groups
    .filter((those) => !shares(those))
    .flatMap((those) => those.map(({ message }) => message))
  const several = groups.filter(shares)
  // Another process may be striking out at this moment what it has written: those that are all in the outbox went out together.
  const there = await keysInOutbox(several.flat().map(({ message }) => message.key))
  const fresh = several.filter((those) => those.some(({ message }) => !there.has(message.key)))
  return [
    ...alone,
    ...fresh.flatMap((those) => {
      const carrier = carrierOf(those, hashOf(those))
      return [carrier, ...those.map(({ message }) => ({ ...message, carrier: carrier.key }))]
    }),
  ]
}

function hashOf(those: readonly { message: Message }[]): string {
  const members = those.map(({ message: { key } }) => key).toSorted()
  return createHash('sha256').update(members.join('\n')).digest('hex').slice(0, 24)
}
