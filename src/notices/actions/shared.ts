import { sharedLink } from '../../auth/links.js'
import type { Message } from '../../mail/actions.js'
import { withCarriers } from '../../mail/together.js'
import { sharedMail } from '../mails/shared.js'
import type { Letter } from '../mails/letter.js'

/** A message with the letter it was written from. */
export type Composed = { letter: Letter; message: Message }

/** Messages to one person in one language for several customers go out as one mail: each customer's dates stay its own. */
export function withShared(composed: readonly Composed[]): Promise<Message[]> {
  return withCarriers(composed, {
    customerOf: ({ letter }) => letter.recipient.customer,
    carrierOf: shared,
  })
}

function shared(those: readonly Composed[], hash: string): Message {
  const [first] = those
  if (!first) throw new RangeError('a mail to nobody')
  const { message, letter } = first
  return {
    ...message,
    key: `${letter.notice._id}/shared/${hash}`,
    kind: `${message.kind}-shared`,
    content: sharedMail(those.map((each) => ({ letter: each.letter, content: each.message.content }))),
    ...(message.link === undefined ? {} : { link: sharedLink(message.link) }),
    opens: `together/${letter.notice.reference}`,
    attachments: filesOf(those),
    about: { kind: 'notice', id: letter.notice._id },
    sample: those.every((each) => each.message.sample),
  }
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
