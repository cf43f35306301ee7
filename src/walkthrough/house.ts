import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp, buildHouse } from '../app.js'
import { checkLog } from '../audit-log/timers.js'
import { liveCodes } from '../auth/actions/codes.js'
import { liveLinkUrls } from '../auth/links.js'
import { readConfig } from '../base/config.js'
import type { Actor, Context } from '../base/context.js'
import { addDays, dayOf, instantAt, type Day } from '../base/day.js'
import { makeLog } from '../base/log.js'
import { openDatabase } from '../db/connection.js'
import { ensureIndexes } from '../db/indexes.js'
import { makeSender } from '../mail/sender.js'
import { makeTransport } from '../mail/transport.js'
import { caseBook } from '../dashboard/actions/cases.js'
import { takeMail, type Reply } from '../replies/actions.js'
import { timers } from '../schedule.js'
import { openPostOffice, type PostOffice } from './post-office.js'

/** A whole Tilsyn of its own: database in a folder that goes afterwards, web pages, mail server, and a clock that moves. */
export type Trial = {
  postOffice: PostOffice
  today: () => Day
  now: () => Date
  zone: string
  /** Moves the clock to a time of today. */
  at: (time: string) => void
  /** Who acts now; the reader's language is English. */
  as: (actor: Actor) => Context
  /** Lets mornings come until that day, each with what happens by itself. */
  sleepUntil: (day: Day, eachMorning?: () => Promise<void>) => Promise<void>
  /** What happens by itself at this moment: timers, mails, and the timers that take up what became of the mails. */
  runTimers: () => Promise<void>
  /** The house's mailbox hands over a mail that came. */
  receive: (raw: Buffer) => Promise<Reply>
  close: () => Promise<void>
}

const zone = 'Europe/Copenhagen'

export async function openTrial(start: Day, unknownMailboxes: ReadonlySet<string>): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), 'tilsyn-walkthrough-'))
  const postOffice = await openPostOffice(unknownMailboxes)
  const database = await openDatabase({ dataDir: folder, log: (line) => process.stderr.write(`${line}\n`) })
  let now = instantAt(start, '09:00', zone)
  const clock = () => new Date(now)
  const today = () => dayOf(now, zone)

  await ensureIndexes()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const config = readConfig({
    BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    DATA_DIR: folder,
    SMTP_URL: postOffice.url,
    MAIL_FROM: 'Eksempel Drift ApS <databeskyttelse@eksempel-drift.example>',
    LOG_LEVEL: 'silent',
  })
  const log = makeLog('silent')
  const house = buildHouse({ config, clock, log, secret: 'the walkthrough keeps no secrets from anybody' })
  server.on('request', buildApp(house))
  const transport = makeTransport(config)
  const sender = makeSender({
    transport,
    clock,
    log,
    from: config.mailFrom,
    baseUrl: house.config.baseUrl,
    liveLinks: liveLinkUrls(house),
    liveCodes: liveCodes(house),
    sendSample: true,
  })

  const as = (actor: Actor): Context => ({ now: clock(), today: today(), actor, locale: 'en' })
  // The nightly look at the whole log is done once, at the end of the story.
  const daily = timers.filter(({ run }) => run !== checkLog)
  const runAll = async () => {
    for (const { name, run } of daily) await run(as({ kind: 'timer', id: name }))
  }
  const runTimers = async () => {
    await runAll()
    await sender.sendDue()
    await runAll()
  }

  return {
    postOffice,
    today,
    now: clock,
    zone,
    at: (time) => {
      now = instantAt(today(), time, zone)
    },
    as,
    sleepUntil: async (day, eachMorning) => {
      while (today() < day) {
        now = instantAt(addDays(today(), 1), '07:00', zone)
        await runAll()
        await sender.sendDue()
        await eachMorning?.()
      }
    },
    runTimers,
    receive: async (raw) => {
      const taking = { via: 'pipe', key: house.keys.replies, cases: caseBook } as const
      return (await takeMail(as({ kind: 'system', id: 'mail-in' }), raw, taking)).reply
    },
    close: async () => {
      await sender.stop()
      transport?.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await postOffice.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
