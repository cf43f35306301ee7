import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigProblems, readConfig, type Config } from './base/config.js'
import { dayOf } from './base/day.js'
import { makeLog } from './base/log.js'
import { openDatabase } from './db/connection.js'

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
  const opening = openDatabase({
    ...config,
    log: (line) => process.stderr.write(`${line}\n`),
    onDead: (error) => {
      log.fatal({ error: error instanceof Error ? error.name : 'unknown' }, 'the database is gone')
      process.exit(1)
    },
  })
  // The engine is a process of its own and takes as long to come as our own hundreds of files: the two wait together.
  const parts = application()
  parts.catch(() => undefined)
  const database = await opening
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
    const { app, auth, indexes, jobs: work, lists, mail, replies, schedule, law, ...rest } = await parts
    const { sets, controls, wholeData, cases } = rest
    await wholeData.refuseHalfReadIn()
    await indexes.ensureIndexes()
    const began = clock()
    const today = dayOf(began, config.zone)
    await law.takeInShippedLaw({ now: began, today, actor: { kind: 'system', id: 'start' }, locale: 'da' })
    for (const set of (await sets.openQuestionSets()).changed)
      log.warn({ set }, 'a question set in use was changed: give the change a version of its own')
    for (const set of (await controls.openControls()).changed)
      log.warn({ set }, 'the controls of an audit were changed: give the change a version of its own')
    const server = createServer()
    config = await listen(server, config)
    const house = app.buildHouse({ config, clock, log, secret: auth.sessionSecret(config) })
    server.on('request', app.buildApp(house))
    closers.push(() => drain(server))
    const transport = mail.makeTransport(config)
    const [links, subscriptions] = [auth.liveLinkUrls(house), lists.subscriptionUrls(house)]
    const sender = mail.makeSender({
      transport,
      clock,
      log,
      from: config.mailFrom,
      baseUrl: config.baseUrl,
      rate: config.mailRate,
      liveLinks: async (ids) => new Map([...(await links(ids)), ...(await subscriptions(ids))]),
      replies: config.replyAddress ? { address: config.replyAddress, key: house.keys.replies } : null,
      liveCodes: auth.liveCodes(house),
    })
    closers.push(() => transport?.close())
    const mailbox = config.imapUrl ? { url: config.imapUrl, key: house.keys.replies, cases } : null
    const jobs = await work.startJobs({
      timers: [...schedule.timers, ...replies.mailboxTimers(mailbox)],
      clock,
      zone: config.zone,
      log,
    })
    closers.push(jobs.stop)
    sender.start()
    closers.push(sender.stop)
    process.stdout.write(`Tilsyn runs at ${config.baseUrl}\n`)
    const now = clock()
    const actor = { kind: 'system', id: 'start' } as const
    const token = await auth.setUpToken({ now, today: dayOf(now, config.zone), actor, locale: 'da' })
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

/** All that is not needed to open the database. */
async function application() {
  const [
    app,
    schedule,
    indexes,
    jobs,
    law,
    replies,
    setUp,
    codes,
    links,
    secret,
    sender,
    transport,
    sets,
    wholeData,
    lists,
    controls,
    { caseBook: cases },
  ] = await Promise.all([
    import('./app.js'),
    import('./schedule.js'),
    import('./db/indexes.js'),
    import('./jobs/actions.js'),
    import('./transfers/actions.js'),
    import('./replies/mailbox.js'),
    import('./auth/actions/set-up.js'),
    import('./auth/actions/codes.js'),
    import('./auth/links.js'),
    import('./auth/secret.js'),
    import('./mail/sender.js'),
    import('./mail/transport.js'),
    import('./question-sets/actions.js'),
    import('./exports/actions/half-read-in.js'),
    import('./public-list/actions/subscribers.js'),
    import('./audits/actions/controls.js'),
    import('./dashboard/actions/cases.js'),
  ])
  const auth = { ...setUp, ...codes, ...links, ...secret }
  const sending = { ...sender, ...transport }
  const checked = { sets, controls }
  const mailIn = { replies, cases }
  return { app, schedule, indexes, jobs, law, lists, ...mailIn, ...checked, auth, wholeData, mail: sending }
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
    [
      'PortTaken',
      'DataFolderInUse',
      'MadeByOtherEngine',
      'NoDatabase',
      'ServerTooOld',
      'BrokenQuestionSets',
      'BrokenControls',
      'HalfReadIn',
    ].includes(error.name)
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
