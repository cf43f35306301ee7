import { createHmac } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RequestHandler } from 'express'
import { addTry, forgetTries, giveTryBack, lockUntil, triesNow } from './records/tries.js'
import type { House } from './request.js'

/** Too many tries (429): `seconds` until the next one is worth making. */
export class TooMany extends Error {
  override name = 'TooMany'
  constructor(readonly seconds: number) {
    super('too many tries')
  }
}

/** So many in so many seconds; `lock`: the last of them locks for that long from then on. */
type Rule = { most: number; seconds: number; lock?: number }

/**
 * Tries that are counted in the database: of all processes together, and still after a restart. Whoever tries is known by a hash with
 * a key of the house, so that neither the database nor a dump of it tells who signs in from where.
 */
class Limit {
  constructor(
    readonly name: string,
    readonly rule: Rule,
    private readonly house: Pick<House, 'clock' | 'keys'>,
  ) {}

  /** Takes a try; throws `TooMany` beyond the last. */
  async take(who: string): Promise<void> {
    const { most, seconds, lock } = this.rule
    const now = this.house.clock()
    const id = this.idOf(who)
    const { count, endsAt } = await addTry(id, now, new Date(now.getTime() + seconds * 1000))
    if (count > most) throw new TooMany(secondsUntil(endsAt, now))
    if (count === most && lock !== undefined) await lockUntil(id, new Date(now.getTime() + lock * 1000))
  }

  /** Throws `TooMany` when there are no tries left, without taking one. */
  async check(who: string): Promise<void> {
    const now = this.house.clock()
    const found = await triesNow(this.idOf(who), now)
    if (found && found.count >= this.rule.most) throw new TooMany(secondsUntil(found.endsAt, now))
  }

  /** One that was in order does not count. */
  async giveBack(who: string): Promise<void> {
    await giveTryBack(this.idOf(who))
  }

  async forget(who: string): Promise<void> {
    await forgetTries(this.idOf(who))
  }

  private idOf(who: string): string {
    const mark = createHmac('sha256', this.house.keys.limits)
      .update(`${this.name}/${who}`)
      .digest('base64url')
    return `${this.name}/${mark}`
  }
}

/**
 * What guessing is held back by is counted in the database. Of an account: ten wrong passwords lock it a quarter of an hour, so that
 * guessing is hopeless and locking somebody out is not for long. How many pages are asked for (`pages`) is only about the load on this
 * one process, and opening a page writes nothing.
 */
export function makeLimits(house: Pick<House, 'clock' | 'keys'>) {
  const limit = (name: string, rule: Rule) => new Limit(name, rule, house)
  return {
    account: limit('account', { most: 10, seconds: 15 * 60, lock: 15 * 60 }),
    address: limit('address', { most: 50, seconds: 15 * 60 }),
    unknownLink: limit('unknown-link', { most: 20, seconds: 10 * 60 }),
    subscription: limit('subscription', { most: 10, seconds: 15 * 60 }),
    pages: new RateLimiterMemory({ points: 240, duration: 60 }),
  }
}

export type Limits = ReturnType<typeof makeLimits>

/** One page more for that address; throws `TooMany` where it asks for too many in a minute. */
export async function takePage(limiter: RateLimiterMemory, address: string): Promise<void> {
  try {
    await limiter.consume(address)
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMany(Math.ceil(error.msBeforeNext / 1000))
    throw error
  }
}

/** For pages anybody may open by a link: a customer's office shares one address, a guesser's tries do not get far. */
export const limitLinks: RequestHandler = async (req, _res, next) => {
  const address = addressOf(req)
  await takePage(req.house.limits.pages, address)
  await req.house.limits.unknownLink.check(address)
  next()
}

export function addressOf(req: { ip?: string | undefined }): string {
  const ip = (req.ip ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '')
  if (!ip.includes(':')) return ip
  // A household or an attacker has a whole IPv6 /64; single addresses in it are free. '::' stands for as many zeros as are left out.
  const [front = '', back] = ip.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const [first, last] = [groups(front), groups(back)]
  const zeros = back === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':')
}

function secondsUntil(end: Date, now: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000))
}
