import { expect } from 'chai'
import mongoose from 'mongoose'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyLog } from '../../src/audit-log/verify.js'
import type { Context } from '../../src/base/context.js'
import { Mails } from '../../src/mail/records/mails.js'
import { draftNotice, noticeByReference } from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { listOn } from '../../src/register/actions.js'
import { useDatabase } from '../support/database.js'
import { aCustomer, anAddition, buildWorld, type World } from '../journeys/world.js'
import { startSink, type Sink } from './sink.js'
import { useWorkers } from './workers.js'

const customers = 200
const context: Context = {
  now: new Date('2026-11-23T09:00:00Z'),
  today: '2026-11-23',
  actor: { kind: 'staff', id: 'officer' },
  locale: 'da',
}
const issue = '2026-11-23T09:00:00Z'
const minuteLater = '2026-11-23T09:05:00Z'
const dayAfter = '2026-11-24T09:00:00Z'
// Issued on a Monday with a business day of slack, thirty days end on 25 December, so on Monday 28.
const pastTheirDays = '2027-01-08T09:00:00Z'

describe('Two processes on one database', function () {
  this.timeout(240_000)
  useDatabase()
  const worker = useWorkers()
  let sink: Sink
  let world: World
  let reference: string
  beforeEach('start a mail server and draft a notice', async () => {
    sink = await startSink()
    world = await buildWorld(
      context,
      Array.from({ length: customers }, (_, number) => aCustomer(number + 1)),
    )
    ;({ reference } = await draftNotice(context, anAddition(world)))
  })
  afterEach('stop the mail server', () => sink.close())

  it('do everything once, even where both do the same at the same moment', async () => {
    const both = await Promise.all([worker(sink.url, 'whole'), worker(sink.url, 'whole')])
    const { version } = await noticeByReference(reference)
    const issued = await Promise.allSettled(
      both.map((each) => each.obey({ do: 'issue', reference, version, at: issue })),
    )
    expect(
      issued.filter(({ status }) => status === 'fulfilled'),
      'issued once',
    ).to.have.length(1)
    const sent = await Promise.all(both.map((each) => each.obey({ do: 'send', at: minuteLater })))
    expect(sent.map((counts) => counts?.['accepted'] ?? 0).reduce((a, b) => a + b)).to.equal(customers)
    // Each process runs every timer, with nothing that keeps them apart but the records themselves.
    await Promise.all(both.map((each) => each.obey({ do: 'timers', at: dayAfter })))
    const permitted = await Promise.all(both.map((each) => each.obey({ do: 'timers', at: pastTheirDays })))
    expect(permitted.map((counts) => counts?.['permitted'] ?? 0).reduce((a, b) => a + b)).to.equal(customers)
    await Promise.all(both.map((each) => each.obey({ do: 'timers', at: pastTheirDays })))
    await expectAllOnce()
  })

  it('share the work of sender and timers as the app runs them', async () => {
    const both = await Promise.all([worker(sink.url, 'whole'), worker(sink.url, 'whole')])
    const { version } = await noticeByReference(reference)
    await both[0].obey({ do: 'issue', reference, version, at: issue })
    await Promise.all(both.map((each) => each.obey({ do: 'live', at: issue })))
    await until(async () => (await Mails.countDocuments({ state: 'accepted' })) === customers)
    // A start runs every timer once, and the two share them.
    await Promise.all(both.map((each) => each.obey({ do: 'stop', at: issue })))
    for (const at of [dayAfter, pastTheirDays]) {
      const later = await Promise.all([worker(sink.url, 'whole'), worker(sink.url, 'whole')])
      await Promise.all(later.map((each) => each.obey({ do: 'live', at })))
      const state = at === dayAfter ? 'running' : 'permitted'
      await until(async () => (await Recipients.countDocuments({ state })) === customers)
      await Promise.all(later.map((each) => each.obey({ do: 'stop', at })))
    }
    await (await worker('', 'whole')).obey({ do: 'timers', at: pastTheirDays })
    await expectAllOnce()
  })

  async function expectAllOnce(): Promise<void> {
    // The world's data centre has no statement (C.2): staff are told of the finding, once as well.
    const staff = [...sink.byAddress].filter(([address]) => address.endsWith('@nordvang.example'))
    const told = new Set(staff.flatMap(([, ids]) => [...ids]))
    expect(sink.taken.length, 'no second copies').to.equal(sink.copies.size)
    expect([sink.copies.size - told.size, sink.byAddress.size - staff.length]).to.deep.equal([
      customers,
      customers,
    ])
    const moves = await Recipients.aggregate<{ _id: string; count: number }>([
      { $unwind: '$moves' },
      { $group: { _id: '$moves.event', count: { $sum: 1 } } },
    ])
    expect(Object.fromEntries(moves.map(({ _id, count }) => [_id, count]))).to.deep.equal({
      'recipient.listed': customers,
      'recipient.delivered': customers,
      'recipient.permitted': customers,
    })
    const approvals = mongoose.connection.collection('approvals')
    expect(await approvals.countDocuments({ engagement: world.planned._id })).to.equal(customers)
    const list = await listOn(world.customers[0]?._id ?? '', '2027-01-08')
    expect(list.map(({ content }) => content.vendorName)).to.deep.equal(['Curanet A/S', 'Sikkerkopi ApS'])
    expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
  }
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await holds()); await sleep(100))
    if (Date.now() > end) throw new Error('it did not come about within a minute')
}
