import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { mustMove } from '../../audit-log/recorded.js'
import { readFileBytes, type Upload } from '../../files/actions.js'
import { Replies, replyByReference, sameMail } from '../records.js'
import { ownWords, shelfOf, type Reply } from '../rules.js'

export async function replyOf(reference: string): Promise<Reply> {
  const reply = await replyByReference(reference)
  if (!reply) throw new NotFound()
  return reply
}

/** Throws `Refused('changed-meanwhile')`. */
export function move(
  context: Context,
  reply: Reply,
  change: Partial<Reply>,
  event: string,
  facts: Record<string, unknown>,
  personal?: Record<string, unknown>,
): Promise<Reply> {
  // Where it is found follows from what it has become.
  const shelf = shelfOf({ ...reply, ...change })
  return mustMove(
    context,
    Replies,
    reply,
    { ...change, shelf },
    {
      event,
      facts,
      ...(personal ? { personal } : {}),
    },
  )
}

/** The mail itself; where it is larger or stranger than evidence may be, what it said. */
export async function evidenceOf(reply: Reply): Promise<Upload> {
  const bytes = await readFileBytes(reply.file)
  const plain = bytes.length <= 20 * 1024 * 1024 && !bytes.some(isControl)
  if (plain) return { name: `${reply.reference}.eml`, bytes }
  const head = `${reply.from.name} <${reply.from.address}>\n${reply.subject}\nSHA-256 ${reply.sha256}\n\n`
  return { name: `${reply.reference}.txt`, bytes: Buffer.from(head + reply.text) }
}

/** What a customer is shown as its own: of a mail that is about several, and quotes the one that named them all, the writer's words alone. */
export async function ownPaperOf(reply: Reply): Promise<Upload> {
  if ((await sameMail(reply)).length <= 1) return evidenceOf(reply)
  const { reference, from, arrivedAt, sha256, text } = reply
  const head = [reference, `${from.name} <${from.address}>`, arrivedAt.toISOString(), `SHA-256 ${sha256}`]
  return { name: `${reference}.txt`, bytes: Buffer.from(`${head.join('\n')}\n\n${ownWords(text)}\n`) }
}

function isControl(byte: number): boolean {
  return byte < 32 && ![9, 10, 12, 13].includes(byte)
}
