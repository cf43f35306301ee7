import { expect } from 'chai'
import {
  instructionCovers,
  judgeLinks,
  notInstructed,
  shippedLaw,
  type Transfer,
  type TransferInstruction,
} from '../../src/transfers/rules.js'
import { today, scc } from './cases.js'

describe("The customer's instruction", () => {
  const instruction = (kind: TransferInstruction['kind'], ...named: string[]): TransferInstruction => ({
    kind,
    countries: named,
  })
  const table: [string, TransferInstruction, Transfer, boolean][] = [
    ['SCC only covers the clauses', instruction('scc-only'), scc('US'), true],
    [
      'SCC only does not cover the DPF, lawful as it is',
      instruction('scc-only'),
      { country: 'US', basis: 'adequacy-dpf' },
      false,
    ],
    [
      'SCC only does not cover adequacy',
      instruction('scc-only'),
      { country: 'CH', basis: 'adequacy' },
      false,
    ],
    [
      'SCC only does not cover group rules',
      instruction('scc-only'),
      { country: 'IN', basis: 'bcr-p' },
      false,
    ],
    [
      'SCC only does not cover the old clauses',
      instruction('scc-only'),
      { country: 'IN', basis: 'scc-2010' },
      false,
    ],
    ['any valid basis covers adequacy', instruction('any-valid'), { country: 'CH', basis: 'adequacy' }, true],
    [
      'any valid basis covers the DPF',
      instruction('any-valid'),
      { country: 'US', basis: 'adequacy-dpf' },
      true,
    ],
    ['any valid basis covers the clauses', instruction('any-valid'), scc('IN'), true],
    [
      'any valid basis does not cover a dead one',
      instruction('any-valid'),
      { country: 'US', basis: 'privacy-shield' },
      false,
    ],
    [
      'named countries cover those',
      instruction('countries', 'US', 'GB'),
      { country: 'US', basis: 'adequacy-dpf' },
      true,
    ],
    ['named countries cover no other', instruction('countries', 'US', 'GB'), scc('IN'), false],
    [
      'named countries cover no dead basis',
      instruction('countries', 'US'),
      { country: 'US', basis: 'privacy-shield' },
      false,
    ],
    ['no instruction covers nothing', instruction('none'), scc('US'), false],
  ]
  for (const [what, given, transfer, covered] of table)
    it(what, () => expect(instructionCovers(transfer, given)).to.equal(covered))

  // C.6 and EDPB 05/2021: clauses for where the data lie do not make remote access on an adequacy decision one on clauses.
  it('is met for each use of a country by a basis that is for that use', () => {
    const given = instruction('scc-only')
    const lacking = (...transfers: Transfer[]) =>
      notInstructed(shippedLaw, today, ['CH'], ['CH'], transfers, given)
    const adequate: Transfer = { country: 'CH', basis: 'adequacy', way: 'access' }
    expect(lacking(scc('CH', { way: 'storage' }), adequate)).to.deep.equal(['CH'])
    expect(lacking(scc('CH'), adequate)).to.deep.equal([])
    expect(lacking(scc('CH', { way: 'storage' }), scc('CH', { way: 'access' }))).to.deep.equal([])
    // Valid in law all the while: the two answers stand apart.
    expect(
      judgeLinks(shippedLaw, ['CH'], ['CH'], [scc('CH', { way: 'storage' }), adequate], today)[0]?.state,
    ).to.equal('lawful')
  })

  it('is met per country by any of its bases', () => {
    const transfers: Transfer[] = [
      { country: 'US', basis: 'adequacy-dpf' },
      scc('US'),
      { country: 'CH', basis: 'adequacy' },
    ]
    const lacking = (storage: string[], access: string[], given: TransferInstruction, by = transfers) =>
      notInstructed(shippedLaw, today, storage, access, by, given)
    expect(lacking(['DK', 'CH'], ['US'], instruction('scc-only'))).to.deep.equal(['CH'])
    expect(lacking(['DK', 'CH'], ['US'], instruction('any-valid'))).to.deep.equal([])
    expect(lacking(['DK'], ['SE'], instruction('none'), [])).to.deep.equal([])
  })
})
