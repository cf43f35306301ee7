/** One mail that is a reply of several customers, since one person answers for them. */
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { sameMail } from '../records.js'
import type { Reply } from '../rules.js'
import { readReply, type ReadingInput } from './classify.js'

/**
 * The same mail, read as the same for the others for whom it still waits, each by itself: what is refused for one waits on. The person is
 * written to once, with the first.
 */
export async function readForOthers(
  context: Context,
  reply: Pick<Reply, '_id' | 'once' | 'reference'>,
  input: ReadingInput,
): Promise<{ read: number; left: number }> {
  const counts = { read: 0, left: 0 }
  for (const other of await sameMail(reply)) {
    if (other._id === reply._id || other.state !== 'waiting') continue
    const note = input.answer ? `${reply.reference}: ${input.answer}` : input.note
    try {
      await readReply(context, other.reference, { ...input, note, answer: null })
      counts.read += 1
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      counts.left += 1
    }
  }
  return counts
}
