import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { record } from '../../audit-log/actions.js'
import { readFileBytes, type Upload } from '../../files/actions.js'
import { moveReply, Replies, replyByReference } from '../records.js'
import type { Reply } from '../rules.js'

export async function replyOf(reference: string): Promise<Reply> {
  const reply = await replyByReference(reference)
  if (!reply) throw new NotFound()
  return reply
}

/** Throws `Refused('changed-meanwhile')`. */
export async function move(
  context: Context,
  reply: Reply,
  change: Partial<Reply>,
  event: string,
  facts: Record<string, unknown>,
  personal?: Record<string, unknown>,
): Promise<Reply> {
  const moved = await moveReply(reply, change, {
    at: context.now,
    by: context.actor,
    event,
    facts,
    ...(personal ? { personal } : {}),
  })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Replies, moved)
  return moved
}

/** The mail itself; where it is larger or stranger than evidence may be, what it said. */
export async function evidenceOf(reply: Reply): Promise<Upload> {
  const bytes = await readFileBytes(reply.file)
  const plain = bytes.length <= 20 * 1024 * 1024 && !bytes.some(isControl)
  if (plain) return { name: `${reply.reference}.eml`, bytes }
  const head = `${reply.from.name} <${reply.from.address}>\n${reply.subject}\nSHA-256 ${reply.sha256}\n\n`
  return { name: `${reply.reference}.txt`, bytes: Buffer.from(head + reply.text) }
}

function isControl(byte: number): boolean {
  return byte < 32 && ![9, 10, 12, 13].includes(byte)
}
