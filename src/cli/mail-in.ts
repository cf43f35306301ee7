import { keysFrom } from '../auth/keys.js'
import { sessionSecret } from '../auth/secret.js'
import { readConfig } from '../base/config.js'
import { dayOf } from '../base/day.js'
import { connectDatabase } from '../db/connection.js'
import { caseBook as cases } from '../dashboard/actions/cases.js'
import { takeMail } from '../replies/actions.js'
import { longestMail } from '../replies/reading/message.js'

// sysexits.h, as mail servers read them: taken; try again later. Anything else would send the customer's mail back, or lose it.
const taken = 0
const tryAgain = 75

/**
 * `tilsyn mail-in [--recipient ADDRESS] < message`: a mail server hands over one mail. Whatever goes wrong here is our own trouble,
 * so the server is asked to keep the mail and come again.
 */
export async function mailIn(
  words: readonly string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  try {
    const envelope = envelopeIn(words)
    const raw = await standardInput()
    const config = readConfig(env)
    const { replies: key } = keysFrom(sessionSecret(config))
    const opened = await connectDatabase({ ...config, log: () => {} })
    try {
      const now = new Date()
      const context = { now, today: dayOf(now, config.zone), actor, locale: 'da' } as const
      const { reply, again } = await takeMail(context, raw, { via: 'pipe', envelope, key, cases })
      process.stdout.write(`${reply.reference}${again ? ' (again)' : ''}\n`)
      return taken
    } finally {
      await opened.close()
    }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error('unknown')
    // Into the mail server's log: what is ours to say, never what the mail says.
    process.stderr.write(`tilsyn mail-in: not taken, to be tried again: ${name} ${message.slice(0, 200)}\n`)
    return tryAgain
  }
}

const actor = { kind: 'system', id: 'mail-in' } as const

class UsageProblem extends Error {
  override name = 'UsageProblem'
}

/** For whom the server took the mail: `--recipient ADDRESS`, as often as it likes. */
function envelopeIn(words: readonly string[]): string[] {
  const addresses: string[] = []
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1]
    if (words[at] !== '--recipient' || value === undefined)
      throw new UsageProblem('only --recipient ADDRESS may follow')
    addresses.push(value)
  }
  return addresses
}

/** As much as is taken and one byte, which shows that there was more; the rest is read and let go. */
async function standardInput(): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    if (size <= longestMail) pieces.push(piece)
    size += piece.length
  }
  if (size === 0) throw new UsageProblem('no mail came on standard input')
  return Buffer.concat(pieces)
}
