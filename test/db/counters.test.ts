import { expect } from 'chai'
import { nextReference } from '../../src/db/counters.js'
import { useDatabase } from '../support/database.js'

describe('References', () => {
  useDatabase()

  it('count from one in each series, and in each year', async () => {
    expect(await nextReference('CN', 2026)).to.equal('CN-2026-001')
    expect(await nextReference('CN', 2026)).to.equal('CN-2026-002')
    expect(await nextReference('CN', 2027)).to.equal('CN-2027-001')
    expect(await nextReference('C', null)).to.equal('C-0001')
  })

  it('are never given out twice, even from the first one on', async () => {
    const references = await Promise.all(Array.from({ length: 50 }, () => nextReference('C', null)))
    expect(new Set(references).size).to.equal(50)
    expect(references).to.include('C-0001').and.to.include('C-0050')
  })
})
