import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setUpToken } from './auth/actions/set-up.js'
import { liveLinkUrls } from './auth/links.js'
import { sessionSecret } from './auth/secret.js'
import { buildApp, buildHouse } from './app.js'
import { ConfigProblems, readConfig, type Config } from './base/config.js'
import { dayOf } from './base/day.js'
import { makeLog } from './base/log.js'
import { openDatabase } from './db/connection.js'
import { ensureIndexes } from './db/indexes.js'
import { startJobs } from './jobs/actions.js'
import { makeSender } from './mail/sender.js'
import { makeTransport } from './mail/transport.js'
import { timers } from './schedule.js'
import { takeInShippedLaw } from './transfers/actions.js'

// What is being answered or sent at a stop gets this long; systemd and docker kill after 90 and 10 seconds.
const longestDrain = 8_000

class PortTaken extends Error {
  override name = 'PortTaken'
}

await start().catch((error: unknown) => {
  // These are for the person who starts Tilsyn; of anything else the stack is what helps.
  const told = error instanceof ConfigProblems || isForPerson(error)
  process.stderr.write(`${told ? (error as Error).message : String((error as Error).stack ?? error)}\n`)
  process.exit(1)
})

async function start(): Promise<void> {
  let config = readConfig(process.env)
  const log = makeLog(config.logLevel)
  const clock = () => new Date()
  process.on('uncaughtException', (error) => {
    log.fatal({ error: error.name, stack: placeOf(error) }, 'stopped by a fault')
    process.exit(1)
  })
  let stopping = false
  const database = await openDatabase({
    ...config,
    log: (line) => process.stderr.write(`${line}\n`),
    onDead: (error) => {
      log.fatal({ error: error instanceof Error ? error.name : 'unknown' }, 'the database is gone')
      process.exit(1)
    },
  })
  const closers: (() => unknown)[] = [database.close]
  let opened: Promise<void> = Promise.resolve()
  const stop = async (code: number) => {
    stopping = true
    // A stop in the first second would take the database from under what is still starting.
    await opened.catch(() => undefined)
    for (const close of closers.toReversed()) await close()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1)
      log.info({ signal }, 'stopping')
      stop(0).catch(() => process.exit(1))
    })

  const open = async () => {
    await ensureIndexes()
    const opening = clock()
    const today = dayOf(opening, config.zone)
    await takeInShippedLaw({ now: opening, today, actor: { kind: 'system', id: 'start' }, locale: 'da' })
    const server = createServer()
    config = await listen(server, config)
    const house = buildHouse({ config, clock, log, secret: sessionSecret(config) })
    server.on('request', buildApp(house))
    closers.push(() => drain(server))
    const transport = makeTransport(config)
    const sender = makeSender({
      transport,
      clock,
      log,
      from: config.mailFrom,
      baseUrl: config.baseUrl,
      rate: config.mailRate,
      liveLinks: liveLinkUrls(house),
    })
    closers.push(() => transport?.close())
    const jobs = await startJobs({ timers, clock, zone: config.zone, log })
    closers.push(jobs.stop)
    sender.start()
    closers.push(sender.stop)
    process.stdout.write(`Tilsyn runs at ${config.baseUrl}\n`)
    const now = clock()
    const actor = { kind: 'system', id: 'start' } as const
    const token = await setUpToken({ now, today: dayOf(now, config.zone), actor, locale: 'da' })
    if (token) process.stdout.write(`Set it up here, once: ${config.baseUrl}/set-up/${token}\n`)
  }
  opened = open()
  try {
    await opened
  } catch (error) {
    if (!stopping) await database.close()
    throw error
  }
}

/** With PORT=0 the system chooses, and the address follows. */
async function listen(server: Server, config: Config): Promise<Config> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(whyNot(error, config)))
    server.listen(config.port, config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return config.port === 0 ? { ...config, port, baseUrl: config.baseUrl.replace(/:0$/, `:${port}`) } : config
}

function whyNot(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  const at = `port ${port} of ${host}`
  if (error.code === 'EADDRINUSE')
    return new PortTaken(`${at} is in use by another program. Stop it, or choose another with PORT.`)
  if (error.code === 'EACCES')
    return new PortTaken(`${at} may not be used by this user. Choose one above 1023 with PORT.`)
  return error
}

function isForPerson(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['PortTaken', 'DataFolderInUse', 'MadeByOtherEngine', 'NoDatabase'].includes(error.name)
  )
}

async function drain(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), longestDrain)
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeIdleConnections()
  })
  clearTimeout(late)
}

function placeOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
}
