import { expect } from 'chai'
import type { Agreement } from '../../src/customers/rules.js'
import { linesFor, type Line } from '../../src/notices/rules.js'
import { linesBeyond } from '../../src/notices/rules/beyond.js'
import { joins } from '../../src/notices/rules/running.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aCustomer, aLine, aNotice } from './builders.js'

/** A further sub-processor e2 below e1, which hangs on e0. */
const below = aLine({ id: 'below', engagement: 'e2', content: aContent({ vendor: 'v2', parent: 'e1' }) })
const own = aLine({ id: 'own', engagement: 'e9' })
const parent = aLine({ id: 'parent', engagement: 'e1', content: aContent({ vendor: 'v1' }) })
const gone: Line = aLine({
  id: 'gone',
  kind: 'removal',
  engagement: 'e2',
  content: aContent({ vendor: 'v2', parent: 'e1' }),
})
const above = new Map([
  ['below', ['e1', 'e0']],
  ['gone', ['e1', 'e0']],
])

describe('a link below a sub-processor the customer has not approved (Art. 28(2), (4); clause 7.3)', () => {
  const cases: [why: string, lines: Line[], approved: string[], beyond: string[]][] = [
    ['it has approved the one right above', [below], ['e1'], []],
    ['it has approved the one above that', [below], ['e0'], []],
    ['it has approved neither', [below], ['e7'], ['below']],
    ['it has approved nobody', [below], [], ['below']],
    ['the one above is announced by the same notice', [parent, below], [], []],
    ['a sub-processor of our own hangs on nobody', [own], [], []],
    ['what goes is on its own list', [gone], ['e2'], []],
    ['what goes never was, nor was the one above', [gone], [], ['gone']],
    ['one line of two', [own, below], [], ['below']],
  ]
  for (const [why, lines, approved, expected] of cases)
    it(`${why}: ${expected.length === 0 ? 'asked as any other' : 'informed at most'}`, () => {
      expect([...linesBeyond(lines, above, new Set(approved))]).to.deep.equal(expected)
    })

  const modes = (agreement: Partial<Agreement>, approved: string[]) =>
    linesFor([below], aCustomer({ agreement }), linesBeyond([below], above, new Set(approved))).map(
      ({ mode }) => mode,
    )

  it('is told for information where all customers have one list, and not at all where each has its own', () => {
    expect(modes({ commonList: true }, [])).to.deep.equal(['information'])
    expect(modes({ commonList: false }, [])).to.deep.equal([])
    expect(modes({ commonList: false }, ['e1'])).to.deep.equal(['notice'])
    expect(modes({ commonList: true, authorisation: 'specific' }, ['e1'])).to.deep.equal(['approval'])
    expect(modes({ commonList: true, authorisation: 'specific' }, [])).to.deep.equal(['information'])
  })

  it('is asked about as soon as the customer approves the one above, while the notice runs', () => {
    const notice = aNotice({ lines: [below] })
    const running = (approved: string[]) => ({
      notice,
      approved: new Set(approved),
      above,
      now: notice.issuedAt!,
      today: notice.issuedOn!,
      law: shippedLaw,
    })
    const customer = aCustomer({ agreement: { commonList: false } })
    expect(joins(running([]), customer)).to.equal(null)
    expect(joins(running(['e1']), customer)?.lines.map(({ mode }) => mode)).to.deep.equal(['notice'])
  })
})
