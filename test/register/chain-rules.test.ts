import { expect } from 'chai'
import {
  branchOf,
  chainForest,
  chainOfCustomer,
  linkStanding,
  pathAbove,
  reasonNotToMove,
  shownThrough,
  treesOf,
  type ChainLink,
} from '../../src/register/rules.js'

/** 'C>B' is C, brought in by B; '†C>B' has ended; '~C>B' is no sub-processor; customers are asked about '?C>B' by itself. */
function links(...written: string[]): ChainLink[] {
  return written.map((each) => {
    const [name = '', parent] = each.replace(/^[†~?]/, '').split('>')
    return {
      _id: name,
      reference: name,
      vendor: `vendor of ${name}`,
      parent: parent ?? null,
      role: each.startsWith('~') ? 'own-vendor' : 'sub-processor',
      order: name,
      ended: each.startsWith('†'),
      apart: each.startsWith('?'),
    }
  })
}

/** Each line: how deep, who, how many below, and what is wrong with its place. */
const shown = (...written: string[]) =>
  chainForest(links(...written)).map(({ link, depth, below, fault }) =>
    ['·'.repeat(depth - 1) + link._id, below, ...(fault ? [fault] : [])].join(' '),
  )

describe('The chain', () => {
  const table: [string, string[], string[]][] = [
    ['nothing, of an empty register', [], []],
    ['links of our own, in order', ['B', 'A'], ['A 0', 'B 0']],
    [
      // Opinion 22/2024, paras 31-32: everyone further down the chain, however far.
      'every link below, each after the one that brought it in, with how many hang below it',
      ['D>C', 'C>A', 'B>A', 'A', 'E'],
      ['A 3', '·B 0', '·C 1', '··D 0', 'E 0'],
    ],
    [
      'a link whose parent has ended, as a tree of its own',
      ['†A', 'B>A', 'C>B'],
      ['B 1 parent-ended', '·C 0'],
    ],
    ['a link whose parent is not in the register', ['B>X'], ['B 0 parent-gone']],
    ['nothing of what has ended', ['A', '†B>A'], ['A 0']],
    ['a link that is its own parent, once', ['A>A'], ['A 0 circle']],
    ['a circle of two, cut where it is entered', ['A>B', 'B>A'], ['A 1 circle', '·B 0 circle']],
    [
      'what hangs below a circle, which is not in it',
      ['A>C', 'B>A', 'C>B', 'D>B', 'E'],
      ['E 0', 'A 3 circle', '·B 2 circle', '··C 0 circle', '··D 0'],
    ],
    [
      'two circles apart from each other',
      ['A>B', 'B>A', 'C>D', 'D>C'],
      ['A 1 circle', '·B 0 circle', 'C 1 circle', '·D 0 circle'],
    ],
  ]
  for (const [what, written, expected] of table)
    it(`shows ${what}`, () => expect(shown(...written)).to.deep.equal(expected))

  it('shows every running link exactly once, whatever the records point at', () => {
    // A small generator instead of chance, so that a failure comes again.
    let state = 7
    const next = (below: number) => (state = (state * 1103515245 + 12345) % 2147483648) % below
    for (let round = 0; round < 200; round += 1) {
      const count = 1 + next(12)
      const all = links(
        ...Array.from({ length: count }, (_, at) => {
          const parent = next(count + 2)
          return `${next(6) === 0 ? '†' : ''}L${at}${parent < count ? `>L${parent}` : parent === count ? '>gone' : ''}`
        }),
      )
      const nodes = chainForest(all)
      const running = all.filter(({ ended }) => !ended).map(({ _id }) => _id)
      expect(nodes.map(({ link }) => link._id).toSorted()).to.deep.equal(running.toSorted())
      for (const { link, path, depth } of nodes) {
        expect(path).to.have.length(depth - 1)
        if (path.length > 0) expect(link.parent).to.equal(path.at(-1)?._id)
      }
      const trees = treesOf(nodes)
      expect(trees.flat()).to.deep.equal(nodes)
      for (const [top, ...rest] of trees) expect(top?.below).to.equal(rest.length)
    }
  })

  it('is no shorter for being deep', () => {
    const deep = chainForest(links('L0', ...Array.from({ length: 3000 }, (_, at) => `L${at + 1}>L${at}`)))
    expect(deep).to.have.length(3001)
    expect(deep[0]?.below).to.equal(3000)
    expect(deep.at(-1)?.depth).to.equal(3001)
  })

  it('names the path above a link, and stops where it would come round', () => {
    const path = (id: string, ...written: string[]) => {
      const found = pathAbove(id, new Map(links(...written).map((link) => [link._id, link])))
      return [found.path.map(({ _id }) => _id).join('>'), found.circle]
    }
    expect(path('C', 'A', 'B>A', 'C>B')).to.deep.equal(['A>B', false])
    expect(path('A', 'A')).to.deep.equal(['', false])
    expect(path('C', 'A>B', 'B>A', 'C>A')).to.deep.equal(['B>A', true])
    expect(path('B', 'B>gone')).to.deep.equal(['', false])
  })

  it('is on a list through whatever is above it, up to one that customers are asked about by itself', () => {
    const through = (id: string, ...written: string[]) => shownThrough(id, links(...written)).join('')
    expect(through('C', 'A', 'B>A', 'C>B')).to.equal('CBA')
    expect(through('C', 'A', '?B>A', 'C>B')).to.equal('CB')
    expect(through('C', 'A', 'B>A', '?C>B')).to.equal('C')
    expect(through('C', 'A', '~B>A', 'C>B')).to.equal('CB')
  })

  it('takes along what hangs below, also where that comes round', () => {
    const branch = (id: string, ...written: string[]) =>
      [...branchOf(id, links(...written))].toSorted().join('')
    expect(branch('B', 'A', 'B>A', 'C>B', 'D>C', 'E>A')).to.equal('BCD')
    expect(branch('A', 'A>B', 'B>A')).to.equal('AB')
  })
})

describe("A customer's chain", () => {
  const theirs = (approved: string, ...written: string[]) =>
    chainForest(chainOfCustomer(links(...written), new Set(approved))).map(
      ({ link, depth }) => '·'.repeat(depth - 1) + link._id,
    )
  const table: [string, string[], string[]][] = [
    ['is what it approved and all below it', theirs('A', 'A', 'B>A', 'C>B', 'D', 'E>D'), ['A', '·B', '··C']],
    ['begins below a link it has not approved', theirs('B', 'A', 'B>A', 'C>B'), ['B', '·C']],
    ['shows what it approved on both levels once', theirs('AB', 'A', 'B>A'), ['A', '·B']],
    // D.2, Art. 28(4): only processors are links of the chain; the vendor's other dealings are no part of it.
    ['leaves out who is no sub-processor, and what hangs below', theirs('A', 'A', '~B>A', 'C>B'), ['A']],
    ['leaves out a link that has ended', theirs('A', 'A', '†B>A', 'C>B'), ['A']],
    ['keeps what it had approved that day, whatever else is recorded', theirs('A', '†A', 'B>A'), ['A', '·B']],
    // Clause 7.3, C-appendix: what is planned, or permitted to others only, processes nothing for this customer.
    [
      'leaves out who it is asked about by itself, and what hangs below',
      theirs('A', 'A', '?B>A', 'C>B'),
      ['A'],
    ],
    ['has such a link from its own approval on', theirs('AB', 'A', '?B>A', 'C>B'), ['A', '·B', '··C']],
    ['is nothing where nothing is approved', theirs('', 'A', 'B>A'), []],
    ['comes to an end where the records come round', theirs('A', 'A>B', 'B>A'), ['A', '·B']],
  ]
  for (const [what, found, expected] of table) it(what, () => expect(found).to.deep.equal(expected))
})

describe('A move in the chain', () => {
  const running = { endedOn: null }
  it('is refused for what has ended, to what has ended, and to where it already is', () => {
    const link = { _id: 'B', parent: 'A', ...running }
    expect(reasonNotToMove(link, { _id: 'C', ...running })).to.equal(null)
    expect(reasonNotToMove(link, null)).to.equal(null)
    expect(reasonNotToMove({ ...link, endedOn: '2026-01-01' }, null)).to.equal('engagement-already-ended')
    expect(reasonNotToMove(link, { _id: 'C', endedOn: '2026-01-01' })).to.equal('chain-parent-ended')
    expect(reasonNotToMove(link, { _id: 'A', ...running })).to.equal('chain-same-place')
    expect(reasonNotToMove({ ...link, parent: null }, null)).to.equal('chain-same-place')
  })
})

describe('How well a link is known', () => {
  // Opinion 22/2024, paras 31-32: name, address and contact person of everyone, at all times, whatever the risk.
  for (const field of ['name', 'address', 'contact'] as const)
    it(`without its ${field} it is not identified`, () =>
      expect(linkStanding([{ field, text: '' }])).to.equal('unidentified'))
  it('lacking anything else it is incomplete, lacking nothing complete', () => {
    expect(linkStanding([{ field: 'categories', text: '' }])).to.equal('incomplete')
    expect(linkStanding([])).to.equal('complete')
  })
})
