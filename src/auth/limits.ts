import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RequestHandler } from 'express'

/** Too many tries (429): `seconds` until the next one is worth making. */
export class TooMany extends Error {
  override name = 'TooMany'
  constructor(readonly seconds: number) {
    super('too many tries')
  }
}

/**
 * The limits of one process: an attacker gains at most a factor of how many processes run. Of an account: ten wrong
 * passwords lock it a quarter of an hour, so that guessing is hopeless and locking somebody out is not for long.
 */
export function makeLimits() {
  const account = new RateLimiterMemory({ points: 10, duration: 15 * 60, blockDuration: 15 * 60 })
  const address = new RateLimiterMemory({ points: 50, duration: 15 * 60 })
  const link = new RateLimiterMemory({ points: 240, duration: 60 })
  const unknownLink = new RateLimiterMemory({ points: 20, duration: 10 * 60 })
  const openPage = new RateLimiterMemory({ points: 240, duration: 60 })
  const subscription = new RateLimiterMemory({ points: 10, duration: 15 * 60 })
  return { account, address, link, unknownLink, openPage, subscription }
}

export type Limits = ReturnType<typeof makeLimits>

/** Throws `TooMany` when the key has no tries left, without taking one. */
export async function checkLimit(limiter: RateLimiterMemory, key: string): Promise<void> {
  const found = await limiter.get(key)
  if (found && found.consumedPoints >= limiter.points) throw new TooMany(Math.ceil(found.msBeforeNext / 1000))
}

/** Takes a try; throws `TooMany` beyond the last. */
export async function takeTry(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMany(Math.ceil(error.msBeforeNext / 1000))
    throw error
  }
}

/** For pages anybody may open by a link: a customer's office shares one address, a guesser's tries do not get far. */
export const limitLinks: RequestHandler = async (req, _res, next) => {
  await checkLimit(req.house.limits.unknownLink, addressOf(req))
  await takeTry(req.house.limits.link, addressOf(req))
  next()
}

export function addressOf(req: { ip?: string | undefined }): string {
  const ip = req.ip ?? 'unknown'
  // A household or an attacker has a whole IPv6 /64; single addresses in it are free.
  return ip.includes(':') && !ip.startsWith('::ffff:') ? ip.split(':').slice(0, 4).join(':') : ip
}
