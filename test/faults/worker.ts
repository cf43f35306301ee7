/**
 * Tilsyn without its pages, for tests that kill it, with settings as the app reads them. Says 'ready', then does what it is
 * told, at the time it is told, and says what came of it. Whoever started it has the database.
 */
import { appendFileSync } from 'node:fs'
import type { CommandSucceededEvent } from 'mongodb'
import mongoose from 'mongoose'
import { keysFrom } from '../../src/auth/keys.js'
import { makeLimits } from '../../src/auth/limits.js'
import { liveCodes } from '../../src/auth/actions/codes.js'
import { liveLinkUrls } from '../../src/auth/links.js'
import { readConfig } from '../../src/base/config.js'
import type { Actor, Context } from '../../src/base/context.js'
import { dayOf } from '../../src/base/day.js'
import { makeLog } from '../../src/base/log.js'
import { openDatabase } from '../../src/db/connection.js'
import type { Jobs } from '../../src/jobs/actions.js'
import { makeSender } from '../../src/mail/sender.js'
import { makeTransport } from '../../src/mail/transport.js'

/**
 * - `send`: one round of the sender.
 * - `issue`: the draft, as an officer would.
 * - `timers`: every timer once, without asking whether another process runs it at this moment.
 * - `work`: every timer once and then the sender; `dieIn` says by name after how many writes of which of them it kills itself, and
 *   `note` the file where it says in which.
 * - `live`: sender and agenda, as the app runs them, until `stop`.
 */
export type Order = { at: string } & (
  | { do: 'send' | 'timers' | 'live' | 'stop' }
  | { do: 'issue'; reference: string; version: number; dieIn?: DieIn; note?: string }
  | { do: 'work'; dieIn?: DieIn; note?: string }
)
export type DieIn = Record<string, number>
export type Report = { ready: true } | { done: Record<string, number> } | { failed: string }

const config = readConfig(process.env)
const log = makeLog(config.logLevel)

let since = { told: Date.now(), here: Date.now() }
const clock = () => new Date(since.told + Date.now() - since.here)

// A database that is away is away for longer than this much sooner than in the app, where it is ten seconds.
if (process.env['TEST_PATIENCE'])
  mongoose.set('bufferTimeoutMS' as never, Number(process.env['TEST_PATIENCE']) as never)
await openDatabase(config)
const parts = { config, clock, log, keys: keysFrom(config.sessionSecret ?? '') }
const house = { ...parts, limits: makeLimits(parts) }
const sender = makeSender({
  transport: makeTransport(config),
  clock,
  log,
  from: config.mailFrom,
  baseUrl: house.config.baseUrl,
  rate: config.mailRate,
  liveLinks: liveLinkUrls(house),
  liveCodes: liveCodes(house),
})
let jobs: Jobs | undefined

// A sender that is started twenty times does without what takes two seconds to load.
const whole = () =>
  Promise.all([
    import('../../src/jobs/actions.js'),
    import('../../src/notices/actions.js'),
    import('../../src/schedule.js'),
  ]).then(([{ startJobs }, { issueNotice }, { timers }]) => ({ startJobs, issueNotice, timers }))
if (process.argv[2] === 'whole') await whole()

async function obey(order: Order): Promise<Record<string, number>> {
  since = { told: Date.parse(order.at), here: Date.now() }
  switch (order.do) {
    case 'send':
      return sender.sendDue()
    case 'issue': {
      const { issueNotice } = await whole()
      during('issue', order)
      await issueNotice(context({ kind: 'staff', id: 'officer' }), order, [])
      return {}
    }
    case 'timers': {
      const did: Record<string, number> = {}
      for (const timer of (await whole()).timers)
        for (const [what, count] of Object.entries(
          await timer.run(context({ kind: 'timer', id: timer.name })),
        ))
          did[what] = (did[what] ?? 0) + count
      return did
    }
    case 'work': {
      const did: Record<string, number> = {}
      for (const timer of (await whole()).timers) {
        during(timer.name, order)
        for (const [what, count] of Object.entries(
          await timer.run(context({ kind: 'timer', id: timer.name })),
        ))
          did[what] = (did[what] ?? 0) + count
      }
      during('sender', order)
      await sender.sendDue()
      during('', order)
      return did
    }
    case 'live': {
      const { startJobs, timers } = await whole()
      sender.start()
      jobs = await startJobs({ timers, clock, zone: config.zone, log })
      return {}
    }
    case 'stop':
      await sender.stop()
      await jobs?.stop()
      return {}
  }
}

const writes = ['insert', 'update', 'findAndModify', 'delete']
let dying: { part: string; left: number; note: string } | undefined
mongoose.connection.getClient().on('commandSucceeded', ({ commandName }: CommandSucceededEvent) => {
  if (!dying || !writes.includes(commandName)) return
  dying.left -= 1
  if (dying.left > 0) return
  appendFileSync(dying.note, dying.part)
  process.kill(process.pid, 'SIGKILL')
})

/** From here on this part is at work. */
function during(part: string, { dieIn = {}, note }: { dieIn?: DieIn; note?: string }): void {
  const left = dieIn[part]
  dying = left !== undefined && note !== undefined ? { part, left, note } : undefined
}

function context(actor: Actor): Context {
  const now = clock()
  return { now, today: dayOf(now, config.zone), actor, locale: 'da' }
}

const say = (report: Report) => process.send?.(report)
process.on('message', (order: Order) => {
  obey(order).then(
    (done) => say({ done }),
    (error: unknown) => say({ failed: String((error as Error).stack ?? error) }),
  )
})
process.on('disconnect', () => process.exit(0))
say({ ready: true })
