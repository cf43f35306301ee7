import { expect } from 'chai'
import { canonical, personalHash, storable } from '../../src/audit-log/rules.js'

describe('what is hashed', () => {
  it('is one text for one value, in whatever order its keys came', () => {
    expect(canonical({ b: 1, a: { d: 'x', c: [1, 2] } })).to.equal(
      canonical({ a: { c: [1, 2], d: 'x' }, b: 1 }),
    )
  })

  it('keeps the order of lists', () => {
    expect(canonical([1, 2])).not.to.equal(canonical([2, 1]))
  })

  it('writes instants as ISO in UTC and days as they are', () => {
    expect(canonical({ at: new Date('2026-12-01T12:00:00+01:00'), day: '2026-12-01' })).to.equal(
      '{"at":"2026-12-01T11:00:00.000Z","day":"2026-12-01"}',
    )
  })

  it('does not care whether something was left out or undefined', () => {
    expect(canonical({ a: 1, b: undefined })).to.equal(canonical({ a: 1 }))
    expect(storable({ a: 1, b: undefined, c: { d: undefined, e: [undefined] } })).to.deep.equal({
      a: 1,
      c: { e: [null] },
    })
  })

  it('tells apart what quotes and signs could make look alike', () => {
    expect(canonical({ a: '1,"b":2' })).not.to.equal(canonical({ a: '1', b: 2 }))
    expect(canonical({ a: '1' })).not.to.equal(canonical({ a: 1 }))
  })

  it('gives the same name another hash with another salt', () => {
    const values = { name: 'Åse' }
    expect(personalHash({ salt: 'a', values })).not.to.equal(personalHash({ salt: 'b', values }))
  })
})
