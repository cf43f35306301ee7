import { expect } from 'chai'
import {
  itemsOf,
  misplacedIn,
  slicesOf,
  workKeys,
  workSections,
  type AskedFact,
} from '../../src/register/rules.js'

const anything = { field: null, service: null, role: null }

describe('The order of the worklist', () => {
  it('is sub-processors, our own before those further down, and then the other vendors', () => {
    expect(workSections(anything)).to.deep.equal([
      ['missing:any', 'role:sub-processor', 'link:own'],
      ['missing:any', 'role:sub-processor', 'link:further'],
      ['missing:any', 'role:own-vendor'],
      ['missing:any', 'role:independent-controller'],
    ])
    expect(workSections({ ...anything, role: 'own-vendor', field: 'contract' })).to.deep.equal([
      ['missing:contract', 'role:own-vendor'],
    ])
  })

  it('asks for what the filter says', () => {
    expect(workKeys(anything)).to.deep.equal(['missing:any'])
    expect(workKeys({ field: 'contact', service: 's1', role: 'sub-processor' })).to.deep.equal([
      'missing:contact',
      'service:s1',
      'role:sub-processor',
    ])
  })

  const table: [string, number[], number, number, string][] = [
    ['the first page, of one section', [50, 10], 0, 40, '0+40 0+0'],
    ['the page where one section ends and the next begins', [50, 10], 40, 40, '40+10 0+10'],
    ['empty sections in between', [3, 0, 5], 2, 4, '2+1 0+0 0+3'],
    ['a page past the end', [3, 4], 40, 40, '3+0 4+0'],
    ['nothing at all', [0, 0], 0, 40, '0+0 0+0'],
  ]
  for (const [what, counts, skip, size, expected] of table)
    it(`cuts ${what}`, () =>
      expect(
        slicesOf(counts, skip, size)
          .map((slice) => `${slice.skip}+${slice.limit}`)
          .join(' '),
      ).to.equal(expected))

  it('shows every row once, in pages of any size', () => {
    for (const size of [1, 2, 3, 7, 40]) {
      const counts = [5, 0, 3, 9]
      const seen = Array.from({ length: Math.ceil(17 / size) }, (_, page) =>
        slicesOf(counts, page * size, size).flatMap(({ skip, limit }, section) =>
          Array.from({ length: limit }, (_each, at) => `${section}/${skip + at}`),
        ),
      ).flat()
      expect(seen).to.have.length(17)
      expect(new Set(seen).size).to.equal(17)
    }
  })
})

describe('What there is to do about a record', () => {
  const facts: AskedFact[] = [
    { field: 'address', text: 'a', missing: true },
    { field: 'contact', text: 'c', missing: false },
    { field: 'basis', text: 'b', country: 'US', missing: true },
  ]
  it('is what it lacks, the vendor’s own in the vendor’s form', () => {
    expect(itemsOf({ facts }, null)).to.deep.equal([
      { field: 'address', text: 'a', onVendor: true },
      { field: 'basis', text: 'b', country: 'US', onVendor: false },
    ])
    expect(itemsOf({ facts }, 'basis').map(({ field }) => field)).to.deep.equal(['basis'])
    expect(itemsOf({ facts }, 'contact')).to.deep.equal([])
  })
})

describe('Links in the wrong place', () => {
  const link = (_id: string, parent: string | null, ended = false) => ({ _id, parent, ended })
  const table: [string, ReturnType<typeof link>[], number][] = [
    ['none where all hang on something that runs', [link('a', null), link('b', 'a'), link('c', 'b')], 0],
    ['those below what has ended', [link('a', null, true), link('b', 'a'), link('c', 'b')], 1],
    ['those below what is not there', [link('b', 'gone'), link('c', 'gone')], 2],
    ['all in a circle, and not what hangs below it', [link('a', 'b'), link('b', 'a'), link('c', 'a')], 2],
    ['none of what has itself ended', [link('b', 'gone', true)], 0],
  ]
  for (const [what, links, count] of table) it(what, () => expect(misplacedIn(links)).to.equal(count))
})
