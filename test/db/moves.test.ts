import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../../src/db/moves.js'
import { useDatabase } from '../support/database.js'

type Thing = Moved & { _id: string; state: string; count: number; notes: string[] }

const at = new Date('2026-11-21T10:00:00Z')
const by = (event: string): Omit<Move, 'version'> => ({
  at,
  by: { kind: 'staff', id: 'u1' },
  event,
  facts: {},
})

describe('Moves of a record', () => {
  const things = mongoose.model<Thing>(
    'MovedThing',
    new Schema<Thing>({
      ...movedFields,
      _id: String,
      state: String,
      count: { type: Number, default: 0 },
      notes: [String],
    }),
  )
  useDatabase()
  after(() => mongoose.deleteModel('MovedThing'))
  beforeEach(() => things.create({ _id: 't1', state: 'draft', ...firstMove(by('thing.made')) }))

  it('change the record and keep who did what in the same update', async () => {
    const move = { ...by('thing.issued'), facts: { day: '2026-11-21', empty: {} }, personal: { name: 'Åse' } }
    const moved = await moveOne(things, { _id: 't1', state: 'draft' }, { $set: { state: 'issued' } }, move)
    expect(moved).to.include({ state: 'issued', version: 2, unlogged: true })
    expect(moved?.moves.map(({ version, event }) => [version, event])).to.deep.equal([
      [1, 'thing.made'],
      [2, 'thing.issued'],
    ])
    expect(moved?.moves[1]).to.deep.equal({ ...move, version: 2 })
  })

  it('leave the record alone where the condition does not hold', async () => {
    expect(
      await moveOne(things, { _id: 't1', state: 'issued' }, { $set: { state: 'x' } }, by('no')),
    ).to.equal(null)
    expect(await moveOne(things, { _id: 'none' }, { $set: { state: 'x' } }, by('no'))).to.equal(null)
    expect(await moveOne(things, { _id: 't1', version: 7 }, { $set: { state: 'x' } }, by('no'))).to.equal(
      null,
    )
    expect(await things.findById('t1').lean()).to.deep.include({ state: 'draft', version: 1 })
  })

  it('let one of twenty at once win where the condition allows one', async () => {
    const race = Array.from({ length: 20 }, (_, index) =>
      moveOne(things, { _id: 't1', state: 'draft' }, { $set: { state: 'issued' } }, by(`winner.${index}`)),
    )
    const winners = (await Promise.all(race)).filter(Boolean)
    expect(winners).to.have.length(1)
    const thing = await things.findById('t1').lean()
    expect(thing?.moves).to.have.length(2)
    expect(thing?.version).to.equal(2)
  })

  it('let one of twenty at once win where all saw the same version', async () => {
    const race = Array.from({ length: 20 }, () =>
      moveOne(things, { _id: 't1', version: 1 }, { $inc: { count: 1 } }, by('thing.counted')),
    )
    expect((await Promise.all(race)).filter(Boolean)).to.have.length(1)
  })

  it('let all of twenty at once through where the condition stays true, each with a version of its own', async () => {
    const race = Array.from({ length: 20 }, () =>
      moveOne(things, { _id: 't1' }, { $inc: { count: 1 }, $push: { notes: 'seen' } }, by('thing.counted')),
    )
    expect((await Promise.all(race)).filter(Boolean)).to.have.length(20)
    const thing = await things.findById('t1').lean()
    expect(thing).to.include({ count: 20, version: 21 })
    expect(thing?.notes).to.have.length(20)
    expect(thing?.moves.map((move) => move.version)).to.deep.equal(
      Array.from({ length: 21 }, (_, index) => index + 1),
    )
  })

  it('are found by an index while they wait for the audit log', async () => {
    const plan = await things.find({ unlogged: true }).explain('queryPlanner')
    expect(JSON.stringify(plan)).to.include('IXSCAN')
  })
})
