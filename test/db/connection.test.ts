import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { isTooOld } from '../../src/db/failures.js'
import { ensureIndexes } from '../../src/db/indexes.js'
import { useDatabase } from '../support/database.js'

describe('The connected database', () => {
  const things = mongoose.model(
    'IndexedThing',
    new Schema({ name: { type: String, unique: true }, day: String }).index({ day: 1, name: -1 }),
  )
  useDatabase()
  after(() => mongoose.deleteModel('IndexedThing'))

  it('acknowledges what is on disk, and makes no collection or index behind our back', () => {
    expect(mongoose.connection.getClient().writeConcern).to.include({ j: true })
    expect(mongoose.connection.config).to.include({ autoIndex: false, autoCreate: false })
  })

  it('is of a release that understands what it is asked', () => {
    const releases = ['4.4.29', '6.0.14', '7.0.0', '7.0.14', '8.2.1', '9.0.0-alpha0', '10.0.0']
    expect(releases.filter(isTooOld)).to.deep.equal(['4.4.29', '6.0.14'])
  })

  it('has the indexes of all models, however often and from however many sides they are made', async () => {
    await Promise.all([ensureIndexes(), ensureIndexes(), ensureIndexes()])
    const indexes = await things.collection.indexes()
    expect(indexes.map((index) => index.key)).to.have.deep.members([
      { _id: 1 },
      { name: 1 },
      { day: 1, name: -1 },
    ])
    expect(indexes.find((index) => 'name' in index.key && !('day' in index.key))).to.include({ unique: true })
  })

  it('has one winner of twenty who make the same unique thing at once', async () => {
    const race = Array.from({ length: 20 }, () =>
      things.create({ name: 'one' }).catch((error: { code?: number }) => error.code),
    )
    const outcomes = await Promise.all(race)
    expect(outcomes.filter((outcome) => outcome === 11000)).to.have.length(19)
    expect(await things.countDocuments()).to.equal(1)
  })
})
