import { expect } from 'chai'
import { isSameAddress, judgeCentre } from '../../src/statements/rules.js'
import { accepted, allYes, aStatement, certificate, year } from './builders.js'

describe('data centres (agreement C.2: ISAE 3402 type 2)', () => {
  const place = { address: 'Herstedvang 8, 2620 Albertslund', country: 'DK' }
  const today = '2026-11-23'
  const rows: [string, Parameters<typeof aStatement>, string][] = [
    ['accepted, current, names the address', [{}], 'ok'],
    [
      'the address written otherwise',
      [
        {
          sites: [{ address: 'HERSTEDVANG 8, DK-2620 ALBERTSLUND, Denmark', country: '', carvedOut: false }],
        },
      ],
      'ok',
    ],
    [
      'another address',
      [{ sites: [{ address: 'Hørskætten 3, 2630 Taastrup', country: 'DK', carvedOut: false }] }],
      'other-address',
    ],
    [
      'another number in the street',
      [{ sites: [{ address: 'Herstedvang 18, 2620 Albertslund', country: 'DK', carvedOut: false }] }],
      'other-address',
    ],
    ['no address at all', [{ sites: [] }], 'other-address'],
    ['the site carved out', [{ sites: [{ ...place, carvedOut: true }] }], 'carved-out'],
    ['adverse opinion', [{ opinion: 'adverse' }], 'adverse'],
    ['disclaimed opinion', [{ opinion: 'disclaimer' }], 'disclaimer'],
    [
      'qualified, accepted with follow-up',
      [{ opinion: 'qualified' }, { conclusion: { ...accepted, verdict: 'accepted-with-follow-up' } }],
      'ok',
    ],
    [
      'another legal entity',
      [{}, { checklist: { ...allYes, entity: { answer: 'no', note: 'The parent' } } }],
      'wrong-entity',
    ],
    ['type 1', [{ type: 1, period: null, asOf: '2026-06-30' }], 'kind'],
    ['ISO 27001', [{ kind: 'iso-27001', edition: '2022', type: null, certificate }], 'kind'],
    ['SOC 2 type 2', [{ kind: 'soc-2' }], 'kind'],
    ['too old', [{ period: year(2024) }], 'expired'],
    ['not concluded', [{}, { state: 'read', conclusion: null }], 'not-concluded'],
    ['unread', [null, { state: 'received', conclusion: null }], 'not-concluded'],
    ['rejected', [{}, { conclusion: { ...accepted, verdict: 'rejected' } }], 'rejected'],
    ['withdrawn', [{}, { state: 'withdrawn' }], 'none'],
    ['replaced', [{}, { replacedBy: 'b' }], 'none'],
  ]
  for (const [what, given, wanted] of rows)
    it(`${wanted}: ${what}`, () => {
      const verdict = judgeCentre(place, [aStatement(...given)], [], today)
      expect(verdict.ok ? 'ok' : verdict.reason).to.equal(wanted)
    })

  it('takes an equivalent only where the agreement counts it', () => {
    const soc2 = aStatement({ kind: 'soc-2' })
    expect(judgeCentre(place, [soc2], ['soc-2/2'], today)).to.deep.include({ ok: true, equivalent: true })
    const type1 = aStatement({ kind: 'soc-2', type: 1, period: null, asOf: '2026-06-30' })
    expect(judgeCentre(place, [type1], ['soc-2/2'], today)).to.deep.include({ ok: false, reason: 'kind' })
  })

  it('gives the reason of the paper that comes nearest', () => {
    const old = aStatement({ period: year(2024) })
    const other = aStatement({ kind: 'iso-27001', type: null, edition: '2022', certificate })
    expect(judgeCentre(place, [other, old], [], today)).to.deep.include({ reason: 'expired' })
    expect(judgeCentre(place, [], [], today)).to.deep.include({ ok: false, reason: 'none' })
  })

  it('knows one address in two spellings, and no town or street for an address', () => {
    const same = (a: string, b: string) =>
      isSameAddress({ address: a, country: 'DK' }, { address: b, country: 'DK' })
    expect(same('Herstedvang 8, Albertslund', 'Herstedvang 8, 2620 Albertslund')).to.equal(true)
    expect(same('2620 Albertslund', 'Herstedvang 8, 2620 Albertslund')).to.equal(false)
    expect(same('Herstedvang', 'Herstedvang 8, 2620 Albertslund')).to.equal(false)
    expect(same('', '')).to.equal(false)
    expect(
      isSameAddress({ address: 'Main 8 Town', country: 'DK' }, { address: 'Main 8 Town', country: 'SE' }),
    ).to.equal(false)
  })
})
