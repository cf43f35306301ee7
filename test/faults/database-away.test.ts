import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyLog } from '../../src/audit-log/verify.js'
import type { Context } from '../../src/base/context.js'
import { Mails } from '../../src/mail/records/mails.js'
import { enqueueMissingMails, finishIssuing } from '../../src/notices/timers.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { databaseUri, useDatabase } from '../support/database.js'
import { aCustomer, anAddition, announce, buildWorld } from '../journeys/world.js'
import { startSink, type Sink } from './sink.js'
import { openWay, type Way } from './way.js'
import { useWorkers } from './workers.js'

const customers = 600
// Mongoose waits a second here and ten in the app, so this is a minute and a half in small: longer than anything waits of itself.
const patience = 1_000
const away = 20_000

describe('A database that is away while notices go out', function () {
  this.timeout(240_000)
  useDatabase()
  const worker = useWorkers()
  let sink: Sink
  let way: Way
  beforeEach('start a mail server, and a way to the database', async () => {
    sink = await startSink()
    way = await openWay(await databaseUri())
  })
  afterEach('stop them', async () => {
    await sink.close()
    await way.close()
  })

  it('stands still, then is gone for long: every customer gets one mail, and the process goes on by itself', async () => {
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
    await announce(context, anAddition(world))
    await finishIssuing(context)
    await enqueueMissingMails(context)
    const process = await worker(sink.url, 'whole', { uri: way.uri, patience })
    await process.obey({ do: 'live', at: '2026-11-23T09:01:00Z' })

    await sink.whenTaken(customers * 0.2)
    way.hang()
    await sleep(3_000)
    await way.restore()
    await sink.whenTaken(customers * 0.5)
    await way.cut()
    const atTheCut = sink.taken.length
    await sleep(away)
    const without = sink.taken.length - atTheCut
    expect(sink.taken.length, 'the database went while mails were going out').to.be.below(customers)
    await way.restore()
    const back = Date.now()

    await until(async () => (await Mails.countDocuments({ state: 'queued' })) === 0)
    const waiting = await Mails.countDocuments({ state: { $in: ['claimed', 'deferred'] } })
    // What was claimed at the moment it went is anybody's when the claim has run out, and a paper that could not be read is read again.
    await process.obey({ do: 'send', at: '2026-11-23T11:00:00Z' })
    await until(async () => (await Recipients.countDocuments({ state: 'running' })) === customers)
    console.log(
      `      ${atTheCut} of ${customers} sent at the cut, ${without} after it without a database, ` +
        `all followed up ${((Date.now() - back) / 1000).toFixed(1)} s after its return (${waiting} had to wait a few minutes)`,
    )
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(customers)
    expect(sink.byAddress.size, 'customers reached').to.equal(customers)
    expect(sink.taken.length, 'one mail each').to.equal(customers)
    await until(async () => (await verifyLog()).waiting === 0)
    expect(await verifyLog()).to.deep.include({ whole: true, breaks: [] })
  })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; !(await holds()); await sleep(100))
    if (Date.now() > end) throw new Error('it did not come about within a minute and a half')
}
