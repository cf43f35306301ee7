import { createHash } from 'node:crypto'
import { keysInOutbox, type Message } from '../../mail/actions.js'
import type { Contact } from '../../customers/rules.js'
import { sharedMail } from '../mails/shared.js'
import type { Letter } from '../mails/letter.js'
import type { Recipient } from '../rules/recipient.js'

export type Addressed = { recipient: Recipient; contact: Contact }

/** A message with the letter it was written from. */
export type Composed = { letter: Letter; message: Message }

/**
 * Messages to one person in one language for several customers go out as one mail (`product.md`, Customers): the mail that is sent, and
 * inside it those of the customers, each kept for itself with its own dates, link and evidence. Its key names all it carries, so
 * a repeat after a crash adds nothing.
 */
export async function withShared(composed: readonly Composed[]): Promise<Message[]> {
  const people = new Map<string, Composed[]>()
  for (const each of composed) {
    const { to, locale } = each.message
    const person = `${to.address.toLowerCase()}/${locale}`
    people.set(person, [...(people.get(person) ?? []), each])
  }
  const groups = [...people.values()]
  const shares = (those: readonly Composed[]) =>
    new Set(those.map(({ letter }) => letter.recipient.customer)).size > 1
  const alone = groups
    .filter((those) => !shares(those))
    .flatMap((those) => those.map(({ message }) => message))
  const several = groups.filter(shares)
  // Another process may be striking out at this moment what it has written: those that are all in the outbox went out together.
  const there = await keysInOutbox(several.flat().map(({ message }) => message.key))
  const fresh = several.filter((those) => those.some(({ message }) => !there.has(message.key)))
  return [...alone, ...fresh.flatMap(shared)]
}

function shared(those: readonly Composed[]): Message[] {
  const [first] = those
  if (!first) return []
  const { message, letter } = first
  const members = those.map(({ message: { key } }) => key).toSorted()
  const hash = createHash('sha256').update(members.join('\n')).digest('hex').slice(0, 24)
  const key = `${letter.notice._id}/shared/${hash}`
  return [
    {
      ...message,
      key,
      kind: `${message.kind}-shared`,
      content: sharedMail(those.map((each) => ({ letter: each.letter, content: each.message.content }))),
      opens: `together/${letter.notice.reference}`,
      attachments: filesOf(those),
      about: { kind: 'notice', id: letter.notice._id },
      sample: those.every((each) => each.message.sample),
    },
    ...those.map((each) => ({ ...each.message, carrier: key })),
  ]
}

/** Each paper once; of two with one name the second says so. */
function filesOf(those: readonly Composed[]): { file: string; name: string }[] {
  const files = new Map(
    those.flatMap(({ message }) => (message.attachments ?? []).map((each) => [each.file, each])),
  )
  const names = new Map<string, number>()
  return [...files.values()].map(({ file, name }) => {
    const count = (names.get(name) ?? 0) + 1
    names.set(name, count)
    return { file, name: count === 1 ? name : name.replace(/(\.\w+)?$/, `-${count}$1`) }
  })
}
