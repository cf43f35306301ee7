import { expect } from 'chai'
import {
  customersUntil,
  hoursFrom,
  involvedOf,
  mayConcludeNoBreach,
  whyUnused,
  type Breach,
  type KnownUse,
  type PartInNotice,
} from '../../src/breaches/rules.js'

const span = { from: '2026-11-20', until: '2026-11-23' }
const inUse = [{ since: '2026-03-01', until: null }]
const baseline = { kind: 'baseline' as const, from: '2026-01-01', to: null }
const silent = { kind: 'no-objection' as const, from: '2026-02-01', to: null }
const part = (changes: Partial<PartInNotice>): PartInNotice => ({
  notice: 'CN-2026-001',
  state: 'in-use',
  asked: true,
  inUseSince: '2026-03-01',
  ...changes,
})
const waiting = { inUseSince: null }

/** Clause 10 tells those whose data are affected; B.1 and 7.3 say for whom a sub-processor may have data at all. */
describe('whose data an engagement had during a breach', () => {
  const cases: [why: string, known: Partial<KnownUse>, reason: string | null][] = [
    ['accepted at signing, the day of first use not known', { uses: [], approvals: [baseline] }, null],
    ['announced, no objection, in use', { approvals: [silent], parts: [part({})] }, null],
    ['approved outside a notice, in use', { approvals: [silent] }, null],
    ['planned for everybody', { uses: [{ since: null, until: null }], approvals: [silent] }, 'not-begun'],
    ['taken into use after the breach', { uses: [{ since: '2026-11-24', until: null }] }, 'not-begun'],
    [
      'permitted, and staged for this customer later',
      { approvals: [silent], parts: [part({ state: 'permitted', ...waiting })] },
      'not-begun-here',
    ],
    [
      'in use for others, the period still running here',
      { parts: [part({ state: 'running', ...waiting })] },
      'not-begun-here',
    ],
    ['exempted by an objection', { parts: [part({ state: 'exempted', ...waiting })] }, 'exempted'],
    [
      'exempted after it had been permitted',
      {
        approvals: [{ ...silent, to: '2026-04-01' }],
        parts: [part({ state: 'exempted', ...waiting })],
      },
      'exempted',
    ],
    ['refused, where silence refuses too', { parts: [part({ state: 'refused', ...waiting })] }, 'refused'],
    [
      'replaced, its deletion confirmed before the breach',
      { approvals: [{ ...baseline, to: '2026-11-20' }] },
      'ended',
    ],
    [
      'replaced, its deletion confirmed during the breach',
      { approvals: [{ ...baseline, to: '2026-11-21' }] },
      null,
    ],
    [
      'exempted once, announced anew and in use',
      {
        approvals: [silent],
        parts: [part({ state: 'exempted', ...waiting }), part({ notice: 'CN-2026-002' })],
      },
      null,
    ],
    [
      'told for information only, and approved',
      { approvals: [silent], parts: [part({ asked: false })] },
      null,
    ],
    // 28(10): used without permission, its data are there all the same.
    ['in use and never approved', {}, null],
  ]
  for (const [why, known, reason] of cases)
    it(`${why}: ${reason ?? 'affected'}`, () => {
      const found = whyUnused({ engagement: 'E-0001', uses: inUse, approvals: [], parts: [], ...known }, span)
      expect(found?.why ?? null).to.equal(reason)
    })

  it('is asked service by service: one engagement that had none does not clear another, nor a service of our own', () => {
    const engagements = [
      { reference: 'E-0001', services: ['hosting'] },
      { reference: 'E-0002', services: ['hosting', 'backup'] },
    ]
    const not = (engagement: string) => ({ engagement, why: 'exempted' as const, on: null, notice: null })
    const affected = (bought: string[], own: string[], unused: string[]) =>
      involvedOf(bought, own, engagements, unused.map(not)).affected
    expect(affected(['hosting'], [], ['E-0001'])).to.deep.equal(['hosting'])
    expect(affected(['hosting'], [], ['E-0001', 'E-0002'])).to.deep.equal([])
    expect(affected(['hosting', 'backup'], ['hosting'], ['E-0001', 'E-0002'])).to.deep.equal(['hosting'])
    expect(involvedOf(['backup'], [], engagements, [not('E-0001')]).unused, 'not its own').to.deep.equal([])
  })
})

describe('whose hours run, and from when', () => {
  const awareAt = new Date('2026-11-21T22:40:00Z')
  const breach = { open: true, nobody: null, role: 'processor', awareAt } as Breach

  it('of a customer found later run from when we learnt of it, never from before the breach was known (33(2))', () => {
    const later = new Date('2026-11-23T08:00:00Z')
    expect(hoursFrom(breach, { foundAt: later })).to.equal(later)
    expect(hoursFrom(breach, { foundAt: new Date('2026-11-20T08:00:00Z') })).to.equal(awareAt)
    expect(hoursFrom(breach, {})).to.equal(awareAt)
  })

  it('run while it is not known who is affected, until somebody concludes that nobody is', () => {
    const none = { affected: 0, untold: 0, first: null }
    expect(customersUntil(breach, none)?.toISOString()).to.equal('2026-11-22T22:40:00.000Z')
    expect(customersUntil({ ...breach, nobody: { because: 'x', at: awareAt } }, none)).to.equal(null)
    expect(customersUntil({ ...breach, open: false }, none)).to.equal(null)
    expect(customersUntil({ ...breach, role: 'controller' }, none), 'the authority’s run').to.equal(null)
    expect(customersUntil(breach, { affected: 2, untold: 0, first: null })).to.equal(null)
  })

  it('end where it was none, once those who were told have been told so (Art. 4(12))', () => {
    const open = { open: true, reference: 'BR-2026-001', phases: [] }
    expect(() => mayConcludeNoBreach(open, 0, false)).not.to.throw()
    expect(() => mayConcludeNoBreach(open, 3, true)).not.to.throw()
    expect(() => mayConcludeNoBreach(open, 3, false)).to.throw('breach-take-back-first')
    expect(() => mayConcludeNoBreach({ ...open, open: false }, 0, false)).to.throw('breach-closed')
  })
})
