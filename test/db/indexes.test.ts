import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { ensureIndexes } from '../../src/db/indexes.js'
import { useDatabase } from '../support/database.js'

describe('The indexes', () => {
  useDatabase()
  const schema = new Schema({ number: String, day: String }, { autoIndex: false, versionKey: false })
  schema.index({ number: 1 }, { unique: true })
  schema.index({ day: 1 })
  afterEach('as before', () => mongoose.deleteModel('indexed'))

  it('are made anew where an earlier release made them in another way, and the start goes on', async () => {
    const { collection } = mongoose.model('indexed', schema)
    await collection.createIndex({ number: 1 }, { sparse: true })
    await ensureIndexes()
    await ensureIndexes()
    const made = await collection.indexes()
    expect(made.map(({ name }) => name)).to.have.members(['_id_', 'number_1', 'day_1'])
    expect(made.find(({ name }) => name === 'number_1'))
      .to.include({ unique: true })
      .and.not.to.include.keys('sparse')
  })
})
