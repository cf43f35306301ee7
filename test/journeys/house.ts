import { expect } from 'chai'
import request from 'supertest'
import { verifyLog } from '../../src/audit-log/verify.js'
import { liveCodes } from '../../src/auth/actions/codes.js'
import { liveLinkUrls } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import type { Day } from '../../src/base/day.js'
import { timersByHand } from '../../src/jobs/actions.js'
import { makeSender, type Sender } from '../../src/mail/sender.js'
import { makeTransport, type Transport } from '../../src/mail/transport.js'
import { recipientById, type Notice, type Recipient } from '../../src/notices/actions.js'
import { listOn } from '../../src/register/actions.js'
import { timers } from '../../src/schedule.js'
import { useApp, type Tilsyn } from '../support/app.js'
import { useMailbox, type Arrived, type Mailbox } from '../support/mailbox.js'
import type { Agent } from '../support/people.js'

export type Journey = Tilsyn & {
  mailbox: Mailbox
  /** As an officer, at this moment. */
  officer: () => Context
  /** The clock goes to that day at ten, or that instant, and everything that happens by itself has happened. */
  goTo: (moment: string) => Promise<void>
  /** Everything that happens by itself, at this moment. */
  work: () => Promise<void>
  /** The customer's part of the notice, as it stands. */
  partOf: (notice: Pick<Notice, '_id'>, customer: { _id: string }) => Promise<Recipient>
  /** Names on the customer's list on the day. */
  listOf: (customer: { _id: string }, day: Day) => Promise<string[]>
  /** Clicks the link in the newest mail to that address; the reader's own cookies. */
  open: (address: string) => Promise<{ agent: Agent; page: string; landed: string }>
}

/**
 * Inside `describe`: the whole house with a mail server (or the one said) and one moving clock. At the end of each test the log must
 * be whole.
 */
export function useJourney(server?: () => string): Journey {
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let sender: Sender
  let transport: Transport | null
  beforeEach('hire a postman', () => {
    const { config, log } = tilsyn.house
    transport = makeTransport({ smtpUrl: server?.() ?? mailbox.url })
    sender = makeSender({
      transport,
      clock: tilsyn.now,
      log,
      from: config.mailFrom,
      baseUrl: tilsyn.house.config.baseUrl,
      liveLinks: liveLinkUrls(tilsyn.house),
      liveCodes: liveCodes(tilsyn.house),
    })
  })
  afterEach('check the log', async function () {
    transport?.close()
    if (this.currentTest?.state === 'failed') return
    await byHand().runNow('audit-log.seal-entries')
    expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
  })

  const byHand = () => {
    const { config, clock, log } = tilsyn.house
    return timersByHand({ timers, clock, zone: config.zone, log })
  }
  const work = async () => {
    await sender.sendDue()
    for (const [number, run] of (await byHand().runAll()).entries())
      expect(run.state, timers[number]?.name).to.equal('done')
    await sender.sendDue()
  }
  return {
    ...tilsyn,
    mailbox,
    work,
    officer: () => tilsyn.context({ kind: 'staff', id: 'officer' }),
    goTo: async (moment) => {
      tilsyn.moveTo(moment)
      await work()
    },
    partOf: async (notice, customer) => {
      const found = await recipientById(`${notice._id}/${customer._id}`)
      if (!found) throw new Error('the notice was not for this customer')
      return found
    },
    listOf: async (customer, day) =>
      (await listOn(customer._id, day)).map(({ content }) => content.vendorName),
    open: async (address) => {
      const path = linkIn(mailbox.mailsFor(address).at(-1))
      const agent = request.agent(tilsyn.app)
      const answer = await agent.get(path)
      expect(answer.status, path).to.equal(303)
      const landed = String(answer.headers['location'])
      return { agent, page: /^\/c\/[^/]+/.exec(landed)?.[0] ?? '', landed }
    },
  }
}

/** The path of the link a mail carries. */
export function linkIn(mail: Arrived | undefined): string {
  const found = /http:\/\/tilsyn\.test(\/l\/\S+)/.exec(mail?.text ?? '')?.[1]
  if (!found) throw new Error('no mail with a link has come')
  return found
}

/** The six digits a mail carries. */
export function codeIn(mail: Arrived | undefined): string {
  const found = /\b(\d{6})\b/.exec(mail?.text ?? '')?.[1]
  if (!found) throw new Error('no mail with a code has come')
  return found
}

/** The house says no, for that reason. */
export async function refused(doing: Promise<unknown>, reason: string): Promise<void> {
  const error: unknown = await doing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error, `refused: ${reason}`).to.include({ name: 'Refused', reason })
}
