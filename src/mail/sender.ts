import type { Clock } from '../base/context.js'
import type { Log } from '../base/log.js'
import { newId } from '../base/ids.js'
import { settleCarried } from './records/carried.js'
import type { Result } from './records/claims.js'
import type { Mail } from './records/mails.js'
import { addressFor, messageIdOf, type Evidence, type Outcome } from './rules.js'
import type { ReplyAddresses } from './rules/reply-address.js'
import { afterFailure, type Failure } from './rules/failure.js'
import { openLedger, type Counts } from './sending/ledger.js'
import { makeParts } from './sending/parts.js'
import { messageOf } from './sending/message.js'
import { makePace } from './sending/pace.js'
import { holdClaim } from './sending/hold.js'
import { openRound, type Lease } from './sending/round.js'
import { failureOf, patience, type Transport } from './transport.js'
import { wakeSender, whenWoken } from './wake.js'

export type SenderOptions = {
  /** Null: mails are kept in the house. */
  transport: Transport | null
  clock: Clock
  log: Log
  /** MAIL_FROM. */
  from: string
  /** Where the house stands, for mails to staff that open one of its pages. */
  baseUrl: string
  /** Mails per second at the most, of all processes together; 0 is no limit. */
  rate?: number
  /** Link id -> live address, for those of the links that are still good. Asked while sending, kept nowhere. */
  liveLinks: (links: string[]) => Promise<ReadonlyMap<string, string>>
  /** The same for codes that still serve: id -> digits. */
  liveCodes?: (codes: string[]) => Promise<ReadonlyMap<string, string>>
  /** Where replies and reports are read in; without it they go to the organisation's own mailbox. */
  replies?: ReplyAddresses | null
  lease?: Lease
  /** Also sends mails to the invented customers of the sample; otherwise those never leave the house. */
  sendSample?: boolean
}

/** The one loop of a process that sends mails. */
export type Sender = {
  /** Sends whatever is due now, and tells how it went. Several at once are one after the other. */
  sendDue: () => Promise<Counts>
  /** Looks for mails every few seconds and whenever something is enqueued in this process. */
  start: () => void
  /** Ends after the mails that are being sent; gives back the rest. */
  stop: () => Promise<void>
}

const everySeconds = 5

const usualLease: Lease = { length: 5 * 60_000, reserve: 2 * 60_000, patience }

export function makeSender(options: SenderOptions): Sender {
  const {
    transport,
    clock,
    log,
    from,
    baseUrl,
    rate = 0,
    liveLinks,
    liveCodes,
    lease = usualLease,
    sendSample = false,
    replies = null,
  } = options
  const partOf = makeParts()
  const pace = transport && rate > 0 ? makePace(transport.server, rate) : () => Promise.resolve()
  let running: Promise<Counts> | undefined
  let following: Promise<Counts> | undefined
  let timer: NodeJS.Timeout | undefined
  let endRound = () => {}
  let stopped = false

  async function sendRound(): Promise<Counts> {
    // By mail: two to the same person may carry the same link.
    const addresses = new Map<string, string>()
    const codes = new Map<string, string>()
    const round = openRound(clock, lease, async (mails) => {
      const links = mails.flatMap(({ link }) => (link && transport ? [link] : []))
      const live = links.length > 0 ? await liveLinks([...new Set(links)]) : new Map<string, string>()
      const wanted = mails.flatMap(({ code }) => (code && transport ? [code] : []))
      const serving = (wanted.length > 0 ? await liveCodes?.(wanted) : null) ?? new Map<string, string>()
      for (const { _id, link, code } of mails) {
        const address = link ? live.get(link) : undefined
        const digits = code ? serving.get(code) : undefined
        if (address !== undefined) addresses.set(_id, address)
        if (digits !== undefined) codes.set(_id, digits)
      }
    })
    const ledger = openLedger(clock, () => stopped)
    endRound = round.end
    const lane = async () => {
      for (let mail = await round.next(); mail; mail = await round.next()) {
        await pace()
        const address = addresses.get(mail._id)
        const digits = codes.get(mail._id)
        addresses.delete(mail._id)
        codes.delete(mail._id)
        const { result, trouble } = await attempt(mail, address, digits)
        // One mail that cannot get through to the server tells about all: wait instead of trying thousands.
        if (trouble) round.end()
        await ledger.note(result)
      }
    }
    const lanes = await Promise.allSettled(Array.from({ length: transport?.connections ?? 1 }, lane))
    const counts = await ledger.close().finally(round.close)
    if (Object.keys(counts).length > 0) await settleCarried()
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    if (Object.keys(counts).length > 0) log.info({ counts }, 'mails sent')
    return counts
  }

  async function attempt(
    mail: Mail,
    address: string | undefined,
    code: string | undefined,
  ): Promise<{ result: Result; trouble?: boolean }> {
    if (!transport || (mail.sample && !sendSample)) return { result: resultOf(mail, 'kept', '', null) }
    // Its link was revoked or has expired since: the mail would lead the reader nowhere, and whoever wrote it must know.
    if (mail.link && address === undefined)
      return { result: resultOf(mail, 'given-up', 'link-revoked', null) }
    // A code that came after its time would only puzzle the reader.
    if (mail.code && code === undefined) return { result: resultOf(mail, 'given-up', 'code-over', null) }
    let message
    try {
      message = await messageOf(mail, {
        from,
        at: clock(),
        address: addressFor(mail, address, baseUrl),
        code,
        partOf,
        replies,
      })
    } catch (error) {
      log.error({ mail: mail._id, error: (error as Error).name }, 'mail could not be put together')
      return { result: failed(mail, { refused: 'connection', code: null, reply: 'attachment-unreadable' }) }
    }
    const held = holdClaim(mail, clock, lease)
    try {
      const reply = await transport.send({ ...message, signal: AbortSignal.timeout(lease.patience) })
      return { result: resultOf(mail, 'accepted', reply, null) }
    } catch (error) {
      const failure = failureOf(error)
      const trouble = failure.refused === 'connection'
      if (trouble)
        log.warn(
          { mail: mail._id, code: failure.code, trouble: failure.reply.slice(0, 40) },
          'mail server trouble',
        )
      return { result: failed(mail, failure), trouble }
    } finally {
      held.end()
    }
  }

  function failed(mail: Mail, failure: Failure): Result {
    const now = clock()
    const next = afterFailure(failure, mail.attempts + 1, mail.firstTriedAt ?? now, now)
    if (next.state === 'given-up') log.error({ mail: mail._id }, 'mail given up')
    return resultOf(mail, next.state, failure.reply, failure.code, 'dueAt' in next ? next.dueAt : null)
  }

  function resultOf(
    mail: Mail,
    outcome: Outcome,
    reply: string,
    code: number | null,
    dueAt: Date | null = null,
  ): Result {
    const evidence: Evidence = {
      _id: newId(),
      mail: mail._id,
      attempt: mail.attempts + 1,
      at: clock(),
      outcome,
      server:
        outcome === 'kept' || ['link-revoked', 'code-over'].includes(reply)
          ? null
          : (transport?.server ?? null),
      reply,
      code: outcome === 'accepted' ? Number(/^\d{3}/.exec(reply)?.[0] ?? 250) : code,
      messageId: messageIdOf(mail._id, from),
    }
    return { mail, evidence, dueAt }
  }

  function begin(): Promise<Counts> {
    if (stopped) return Promise.resolve({})
    running = sendRound().finally(() => {
      running = undefined
    })
    return running
  }

  function sendDue(): Promise<Counts> {
    if (!running) return begin()
    // What was enqueued a moment ago may be behind what the running round has seen: one more, shared by all who ask.
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = undefined
        return begin()
      })
    return following
  }

  const look = () => {
    sendDue().catch((error: unknown) => log.error({ error: (error as Error).name }, 'sending mails failed'))
  }

  return {
    sendDue,
    start: () => {
      whenWoken(look)
      timer = setInterval(look, everySeconds * 1000)
      wakeSender()
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      whenWoken(undefined)
      endRound()
      await running?.catch(() => undefined)
    },
  }
}
