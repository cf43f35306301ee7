import { expect } from 'chai'
import mongoose from 'mongoose'
import { erasePersonal, historyOf, record, recordEvent } from '../../src/audit-log/actions.js'
import type { Entry, Seal } from '../../src/audit-log/rules.js'
import { sealAll, sealWaiting } from '../../src/audit-log/sealing.js'
import { checkLog, logMissingMoves, sealEntries } from '../../src/audit-log/timers.js'
import { lastCheck } from '../../src/audit-log/check.js'
import { verifyLog } from '../../src/audit-log/verify.js'
import { useDatabase } from '../support/database.js'
import { addThings, addUnlogged, context, renameUnlogged, Things } from './records.js'

const entries = () => mongoose.connection.collection<Entry>('log-entries')
const seals = () => mongoose.connection.collection<Seal>('log-seals')
const personal = () => mongoose.connection.collection<{ _id: string; values: object }>('log-personal')

const reasons = async () => (await verifyLog()).breaks.map(({ reason }) => reason)

describe('the audit log', () => {
  useDatabase()

  it('writes the entry of a move once, however often it is recorded', async () => {
    const thing = await addUnlogged('t1', { name: 'Åse' })
    await record(Things, thing)
    await record(Things, [thing, thing])
    const [entry, ...more] = await entries().find().toArray()
    expect(more).to.deep.equal([])
    expect(entry).to.deep.include({
      _id: 'thing/t1/1',
      kind: 'thing',
      about: 't1',
      version: 1,
      event: 'thing.added',
    })
    expect((await Things.findById('t1').lean())!.unlogged).to.equal(false)
  })

  it('keeps personal values apart from the entry', async () => {
    await record(Things, await addUnlogged('t1', { name: 'Åse Ørsted' }))
    expect(JSON.stringify(await entries().find().toArray())).not.to.include('Åse')
    const [history] = await historyOf('thing', 't1')
    expect(history!.personal).to.deep.equal({ name: 'Åse Ørsted' })
  })

  it('tells the newest first', async () => {
    await record(Things, await addUnlogged('t1'))
    await record(Things, await renameUnlogged('t1'))
    await recordEvent({ ...context, now: new Date('2026-12-02') }, 'thing.opened', {
      kind: 'thing',
      id: 't1',
    })
    const history = await historyOf('thing', 't1')
    expect(history.map(({ event }) => event)).to.deep.equal(['thing.opened', 'thing.renamed', 'thing.added'])
  })

  it('writes the entry of a move that a crash left out, and only once', async () => {
    await addUnlogged('t1', { name: 'Åse' })
    await renameUnlogged('t1')
    await addUnlogged('t2')
    expect(await logMissingMoves()).to.deep.equal({ logged: 2 })
    expect(await logMissingMoves()).to.deep.equal({ logged: 0 })
    const ids = (await entries().find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)
    expect(ids).to.deep.equal(['thing/t1/1', 'thing/t1/2', 'thing/t2/1'])
  })

  it('also writes the move before, when recording that one failed', async () => {
    await addUnlogged('t1')
    await record(Things, await renameUnlogged('t1'))
    expect(await entries().countDocuments()).to.equal(2)
    expect((await Things.findById('t1').lean())!.unlogged).to.equal(false)
  })

  it('does not take a record for logged that has moved on meanwhile', async () => {
    const before = await addUnlogged('t1')
    await renameUnlogged('t1')
    await record(Things, before)
    expect((await Things.findById('t1').lean())!.unlogged).to.equal(true)
  })

  it('seals every entry into one chain without gaps, and then nothing more', async () => {
    await addThings(1200)
    expect(await sealEntries()).to.deep.equal({ sealed: 1200 })
    expect(await sealEntries()).to.deep.equal({ sealed: 0 })
    const chain = await seals().find().sort({ _id: 1 }).toArray()
    expect(chain.map(({ _id }) => _id)).to.deep.equal(Array.from({ length: 1200 }, (_, number) => number + 1))
    expect(await verifyLog()).to.deep.equal({
      whole: true,
      sealed: 1200,
      waiting: 0,
      erased: 0,
      moves: 1200,
      breaks: [],
    })
  })

  it('makes one chain when several seal at once', async () => {
    await addThings(300)
    const adding = (async () => {
      for (let number = 0; number < 20; number++)
        await recordEvent(context, 'thing.opened', { kind: 'thing', id: `thing${number}` })
    })()
    await Promise.all([sealAll(), sealWaiting(), sealWaiting(), adding])
    await Promise.all([sealAll(), sealWaiting()])
    expect(await verifyLog()).to.deep.include({ whole: true, sealed: 320, waiting: 0 })
  })

  it('goes on with a chain whose sealer was killed before it could clear the marks', async () => {
    await addThings(3)
    await sealAll()
    await entries().updateMany({}, { $set: { unsealed: true } } as never)
    expect(await sealAll()).to.equal(0)
    expect(await verifyLog()).to.deep.include({ whole: true, sealed: 3, waiting: 0 })
  })

  describe('finds', () => {
    beforeEach(async () => {
      await addThings(10)
      await sealAll()
    })

    it('a changed entry, and says which', async () => {
      await entries().updateOne({ _id: 'thing/thing4/1' }, { $set: { 'facts.second': 99 } })
      const { breaks } = await verifyLog()
      expect(breaks[0]).to.deep.equal({ reason: 'entry-changed', sequence: 5, entry: 'thing/thing4/1' })
    })

    it('a removed entry', async () => {
      await entries().deleteOne({ _id: 'thing/thing4/1' })
      expect(await reasons()).to.include.members(['entry-missing', 'move-unlogged'])
    })

    it('a removed entry and seal', async () => {
      await entries().deleteOne({ _id: 'thing/thing4/1' })
      await seals().deleteOne({ _id: 5 })
      expect((await verifyLog()).breaks[0]).to.deep.equal({
        reason: 'seal-missing',
        sequence: 5,
        entry: null,
      })
    })

    it('an end that was cut off, even of entries that no record tells of', async () => {
      await recordEvent(context, 'person.signed-in', { kind: 'person', id: 'p1' })
      await sealAll()
      await entries().deleteOne({ kind: 'person' })
      await seals().deleteOne({ _id: 11 })
      expect(await reasons()).to.deep.equal(['end-missing'])
    })

    it('entries put in another order', async () => {
      const [fourth, fifth] = [await seals().findOne({ _id: 4 }), await seals().findOne({ _id: 5 })]
      await seals().deleteMany({ _id: { $in: [4, 5] } })
      await seals().insertMany([
        { ...fifth!, _id: 4 },
        { ...fourth!, _id: 5 },
      ])
      expect(await reasons()).to.include('seal-changed')
    })

    it('an entry put in past the chain', async () => {
      const [entry] = await entries().find().toArray()
      await entries().insertOne({ ...entry!, _id: 'thing/thing99/1' })
      expect(await reasons()).to.deep.equal(['entry-unsealed'])
    })

    it('a move changed on the record after it was logged', async () => {
      await Things.updateOne({ _id: 'thing4' }, { $set: { 'moves.0.by.id': 'somebody else' } })
      expect(await reasons()).to.deep.equal(['move-differs'])
    })

    it('changed personal values', async () => {
      await personal().updateOne({ _id: 'thing/thing4/1' }, { $set: { 'values.name': 'Somebody Else' } })
      expect(await reasons()).to.deep.equal(['personal-changed'])
    })

    it('personal values removed without an erasure in the log', async () => {
      await personal().deleteOne({ _id: 'thing/thing4/1' })
      expect(await reasons()).to.deep.equal(['personal-missing'])
    })
  })

  it('stays whole when the personal values about a record are erased', async () => {
    await addThings(10)
    await sealAll()
    expect(await erasePersonal(context, 'thing', ['thing4'])).to.equal(1)
    await sealAll()
    expect(await verifyLog()).to.deep.include({ whole: true, sealed: 11, erased: 1 })
    expect((await historyOf('thing', 'thing4')).map((entry) => entry.personal)).to.deep.equal([null, null])
    expect(await personal().countDocuments({ about: 'thing4' })).to.equal(0)
  })

  it('is checked once a night, and keeps what was found', async () => {
    await addThings(3)
    expect(await checkLog(context)).to.deep.equal({ sealed: 3 })
    expect(await checkLog(context)).to.deep.equal({ sealed: 0 })
    await entries().deleteOne({ _id: 'thing/thing1/1' })
    const nextDay = { ...context, now: new Date('2026-12-02T11:00:00Z') }
    expect(await checkLog(nextDay).catch((error: Error) => error.name)).to.equal('ChainBroken')
    const check = await lastCheck()
    expect(check).to.deep.include({ at: nextDay.now, sealed: 3, breaks: 2 })
    expect(check!.first).to.deep.include({ reason: 'entry-missing', entry: 'thing/thing1/1' })
  })
})
