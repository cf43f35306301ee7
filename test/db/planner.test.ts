import { expect } from 'chai'
import mongoose from 'mongoose'
import { useDatabase } from '../support/database.js'

describe('the database, among many rows', function () {
  this.timeout(120_000)
  useDatabase()

  // The embedded engine failed such a query: it asked an estimator that its build leaves out.
  it('answers where several indexes fit and none finds anything soon', async () => {
    const rows = mongoose.connection.collection<{ _id: number; state: number; kind: number; owed: boolean }>(
      'planned',
    )
    await rows.insertMany(
      Array.from({ length: 40_000 }, (_, n) => ({ _id: n, state: n % 2, kind: n % 3, owed: false })),
    )
    await rows.createIndex({ state: 1, _id: 1 })
    await rows.createIndex({ kind: 1, _id: 1 })
    const owed = rows.find({ state: { $in: [0, 1] }, kind: { $gte: 0 }, owed: true, _id: { $gt: -1 } })
    expect(await owed.sort({ _id: 1 }).limit(10).toArray()).to.deep.equal([])
    await rows.drop()
  })
})
