import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { cappedCount, pageAfter, type Sort } from '../../src/db/paging.js'
import { useDatabase } from '../support/database.js'

type Row = { _id: string; name?: string; due?: Date; group: string }

describe('Pages of a list', () => {
  const rows = mongoose.model<Row>(
    'PagedRow',
    new Schema<Row>({ _id: String, name: String, due: Date, group: String }),
  )
  useDatabase()
  after(() => mongoose.deleteModel('PagedRow'))
  beforeEach(() =>
    rows.insertMany(
      Array.from({ length: 25 }, (_, index) => ({
        _id: `r${String(index).padStart(2, '0')}`,
        // Seven share a name, five have none.
        ...(index % 5 === 0 ? {} : { name: index < 9 ? 'same' : `name ${String(index).padStart(2, '0')}` }),
        due: new Date(Date.UTC(2026, 0, 1 + (index % 7))),
        group: index % 2 === 0 ? 'even' : 'odd',
      })),
    ),
  )

  const sorts: Sort[] = (['name', 'due', '_id'] as const).flatMap((field) => [
    { field, direction: 1 },
    { field, direction: -1 },
  ])
  for (const sort of sorts) {
    it(`hold every row once, forwards and back, by ${sort.field} ${sort.direction}`, async () => {
      const all = await rows
        .find({})
        .sort({ [sort.field]: sort.direction, _id: sort.direction })
        .lean()
      const pages: string[][] = []
      let page = await pageAfter(rows, {}, sort, undefined, 4)
      pages.push(page.rows.map((row) => row._id))
      while (page.next) {
        page = await pageAfter(rows, {}, sort, page.next, 4)
        pages.push(page.rows.map((row) => row._id))
      }
      expect(pages.flat()).to.deep.equal(all.map((row) => row._id))
      expect(pages.map((each) => each.length)).to.deep.equal([4, 4, 4, 4, 4, 4, 1])
      for (const before of pages.slice(0, -1).toReversed()) {
        expect(page.previous).to.be.a('string')
        page = await pageAfter(rows, {}, sort, page.previous ?? undefined, 4)
        expect(page.rows.map((row) => row._id)).to.deep.equal(before)
      }
      expect(page.previous).to.equal(null)
    })
  }

  it('keep to the filter', async () => {
    const page = await pageAfter(rows, { group: 'odd' }, { field: 'due', direction: 1 }, undefined, 100)
    expect(page.rows).to.have.length(12)
    expect(page.next).to.equal(null)
  })

  it('begin at the first where the cursor is not one of theirs', async () => {
    const sort: Sort = { field: 'due', direction: 1 }
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const bad = [
      '',
      'x',
      '%%%',
      encoded({}),
      encoded(['after', { $ne: 1 }, 'r01']),
      encoded(['after', 'no day', 'r01']),
    ]
    const first = await pageAfter(rows, {}, sort, undefined, 4)
    for (const cursor of bad) expect(await pageAfter(rows, {}, sort, cursor, 4)).to.deep.equal(first)
  })

  it('are counted up to a cap', async () => {
    expect(await cappedCount(rows, {}, 10)).to.deep.equal({ count: 10, capped: true })
    expect(await cappedCount(rows, {}, 25)).to.deep.equal({ count: 25, capped: false })
    expect(await cappedCount(rows, { group: 'odd' })).to.deep.equal({ count: 12, capped: false })
  })
})
