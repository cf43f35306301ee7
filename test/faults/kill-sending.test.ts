import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import mongoose from 'mongoose'
import { logMissingMoves, sealEntries } from '../../src/audit-log/timers.js'
import { verifyLog } from '../../src/audit-log/verify.js'
import type { Context } from '../../src/base/context.js'
import { Mails } from '../../src/mail/records/mails.js'
import { messageIdOf } from '../../src/mail/rules.js'
import { enqueueMissingMails, finishIssuing, followUpMails } from '../../src/notices/timers.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { testConfig } from '../support/app.js'
import { useDatabase } from '../support/database.js'
import { aCustomer, anAddition, announce, buildWorld } from '../journeys/world.js'
import { startSink, type Sink } from './sink.js'
import { randomFrom, seedOfRun, useWorkers } from './workers.js'

const customers = 2000
const kills = 20
const connections = 10
// Sent and not yet noted: what the ledger lets pile up while a batch of notes is being written.
const mostUnnoted = 60

describe('Killed while notices go out', function () {
  this.timeout(240_000)
  useDatabase()
  const worker = useWorkers()
  let sink: Sink
  before('start a mail server', async () => {
    sink = await startSink()
  })
  after('stop the mail server', () => sink.close())

  it('reaches every customer, with second copies of what was under way at a kill and of nothing else', async () => {
    const seed = seedOfRun()
    const random = randomFrom(seed)
    const context: Context = {
      now: new Date('2026-11-23T09:00:00Z'),
      today: '2026-11-23',
      actor: { kind: 'staff', id: 'officer' },
      locale: 'da',
    }
    const world = await buildWorld(
      context,
      Array.from({ length: customers }, (_, number) => aCustomer(number + 1)),
    )
    const notice = await announce(context, anAddition(world))
    await finishIssuing(context)
    await enqueueMissingMails(context)
    expect(await Mails.countDocuments({ state: 'queued' })).to.equal(customers)

    // Each start is six minutes later, so that claims of the one before it have run out.
    const startOf = (number: number) => new Date(context.now.getTime() + number * 6 * 60_000).toISOString()
    const moments = Array.from({ length: kills }, () => Math.ceil(random() * customers * 0.98)).toSorted(
      (a, b) => a - b,
    )
    const claims = new Set<string>()
    const underway = new Set<string>()
    const secondCopies: number[] = []
    let next = worker(sink.url, 'sender')
    for (const [number, moment] of moments.entries()) {
      const sender = await next
      const before = { taken: sink.taken.length, customers: sink.copies.size }
      const sending = sender.obey({ do: 'send', at: startOf(number) })
      next = worker(sink.url, 'sender')
      // When so many customers have been reached; where two moments fall together, right after the start.
      await sink.whenTaken(before.taken + Math.max(1, moment - before.customers))
      await sleep(random() * 20)
      await sender.kill()
      expect(await sending, 'killed before all was sent').to.equal(undefined)
      await sink.whenQuiet()
      const interrupted = await claimedAndNotNoted(claims)
      for (const id of interrupted) underway.add(id)
      const sent = new Set(sink.taken.slice(before.taken))
      secondCopies.push(interrupted.filter((id) => sent.has(id)).length)
    }
    const last = await next
    await last.obey({ do: 'send', at: startOf(kills) })
    await last.kill()
    await sink.whenQuiet()

    const twice = [...sink.copies].filter(([, copies]) => copies > 1)
    console.log(
      `      seed ${seed}, ${kills} kills, second copies per kill: ${secondCopies.join(' ')} ` +
        `(${(sum(secondCopies) / kills).toFixed(1)} on average, ${Math.max(...secondCopies)} at most)`,
    )
    const renamed = [...sink.byAddress.values()].filter((ids) => ids.size > 1)
    expect(renamed, 'second copies under another Message-ID').to.deep.equal([])
    expect(sink.byAddress.size, 'customers reached').to.equal(customers)
    expect(
      twice.filter(([id]) => !underway.has(id)),
      'second copies of what no kill interrupted',
    ).to.deep.equal([])
    expect(sink.taken.length - sink.copies.size, 'second copies in all').to.equal(sum(secondCopies))
    expect(Math.max(...secondCopies)).to.be.at.most(connections + mostUnnoted)
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(customers)

    const later = {
      ...context,
      now: new Date(startOf(kills + 2)),
      actor: { kind: 'timer' as const, id: 'test' },
    }
    await followUpMails(later)
    await logMissingMoves()
    await sealEntries()
    expect(await Recipients.countDocuments({ notice: notice._id, state: 'running' })).to.equal(customers)
    expect(await Recipients.countDocuments({ unlogged: true })).to.equal(0)
    const log = await verifyLog()
    expect(log).to.deep.include({ whole: true, waiting: 0, breaks: [] })
    expect(await entriesOf('recipient.delivered')).to.equal(customers)
  })
})

/** Message-IDs of what the killed process had claimed and not noted as sent. `claims`: those of earlier ones, and now its own. */
async function claimedAndNotNoted(claims: Set<string>): Promise<string[]> {
  const mails = await Mails.find({ state: 'claimed', claim: { $nin: [...claims] } }, { claim: 1 }).lean()
  for (const { claim } of mails) claims.add(claim ?? '')
  const evidence = mongoose.connection.collection('mail-evidence')
  const ids = mails.map(({ _id }) => _id)
  const noted = new Set<unknown>(await evidence.distinct('mail', { mail: { $in: ids }, outcome: 'accepted' }))
  return ids.filter((id) => !noted.has(id)).map((id) => messageIdOf(id, testConfig.mailFrom))
}

function entriesOf(event: string): Promise<number> {
  return mongoose.connection.collection('log-entries').countDocuments({ event })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
