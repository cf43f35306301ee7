import { expect } from 'chai'
import {
  contractFrom,
  contractsAfterEdit,
  contractSet,
  contractRunsOutOn,
  contractsOf,
  contractState,
  contractTurnsOn,
  presentContract,
  withContract,
  type ContractVersion,
} from '../../src/register/rules.js'
import { today, version, check } from './contract-versions.js'

describe('Contract versions', () => {
  it('read a record from before there were versions as one version', () => {
    const contract = { template: 'theirs', dpaVersion: '2.0', signedOn: '2024-06-01', file: 'f1' } as const
    const [only, ...more] = contractsOf({ contract })
    expect(more).to.deep.equal([])
    expect(only).to.include({ id: '1', ...contract })
    expect(contractFrom(only ?? null)).to.deep.equal(contract)
    expect(contractsOf({ contract: null })).to.deep.equal([])
  })

  const first = version()
  const cases: [name: string, versions: ContractVersion[], id: string | null, turns: string | null][] = [
    ['the only one', [first], '1', null],
    ['the one that began last', [first, version({ id: '2', signedOn: '2026-01-01' })], '2', null],
    [
      'the one in force, while a signed one waits to begin',
      [first, version({ id: '2', signedOn: '2026-11-01', from: '2027-01-01' })],
      '1',
      '2027-01-01',
    ],
    [
      'a signed one that begins later, where none is in force: it is signed (7.4)',
      [version({ from: '2027-01-01' })],
      '1',
      null,
    ],
    ['the one in force, while another awaits its signature', [first, unsigned('2')], '1', null],
    ['one that awaits its signature, where there is no other', [unsigned('1')], '1', null],
    ['the one in force until its end', [version({ until: '2027-01-01' })], '1', '2027-01-01'],
    ['none, where the last has ended', [version({ until: '2026-11-23' })], null, null],
    [
      'never one that was entered by mistake',
      [first, version({ id: '2', signedOn: '2026-01-01', mistake: { on: today, because: 'other vendor' } })],
      '1',
      null,
    ],
    [
      'the later entered of two that begin on one day',
      [first, version({ id: '2', dpaVersion: 'corrected' })],
      '2',
      null,
    ],
  ]
  for (const [name, versions, id, turns] of cases)
    it(`count ${name}`, () => {
      expect(presentContract(versions, today)?.id ?? null).to.equal(id)
      expect(contractTurnsOn(versions, today)).to.equal(turns)
    })

  it('say where each stands on the day', () => {
    const all = [
      first,
      version({ id: '2', signedOn: '2026-01-01' }),
      version({ id: '3', signedOn: '2026-11-01', from: '2027-01-01' }),
      unsigned('4'),
      version({ id: '5', until: '2026-01-01' }),
      version({ id: '6', mistake: { on: today, because: 'other vendor' } }),
    ]
    expect(all.map((each) => contractState(each, all, today))).to.deep.equal([
      'earlier',
      'present',
      'upcoming',
      'unsigned',
      'ended',
      'mistake',
    ])
  })

  // Clause 7.4, Art. 28(4): no sub-processor without a contract.
  const ends = version({ until: '2027-01-01' })
  const runsOut: [name: string, versions: ContractVersion[], on: string | null][] = [
    ['one without an end never', [first], null],
    ['one with an end then', [ends], '2027-01-01'],
    ['not where a signed one follows at once', [ends, version({ id: '2', from: '2027-01-01' })], null],
    ['where what follows is not signed', [ends, unsigned('2')], '2027-01-01'],
    [
      'when the one that follows ends',
      [ends, version({ id: '2', from: '2027-01-01', until: '2027-03-01' })],
      '2027-03-01',
    ],
    ['not again what has run out already', [version({ until: '2026-11-23' })], null],
  ]
  for (const [name, versions, on] of runsOut)
    it(`run out: ${name}`, () => expect(contractRunsOutOn(versions, today)).to.equal(on))

  it('number themselves in the order in which they were entered', () => {
    const { versions, id } = withContract([first, version({ id: '7' })], { template: 'theirs' })
    expect(id).to.equal('8')
    expect(versions.map((each) => each.id)).to.deep.equal(['1', '7', '8'])
  })

  function unsigned(id: string): ContractVersion {
    const { signedOn: _unsigned, ...rest } = version({ id })
    return rest
  }
})

describe("An edit on the engagement's own form", () => {
  const paper = { file: 'r1', madeOn: '2026-01-01', madeBy: 'Anne', leftOut: 'prices' }
  const checked = version({ template: 'theirs', redacted: [paper], checks: [check()], note: 'kept' })
  const held = { contract: contractFrom(checked), contracts: [checked] }

  it('is the whole contract where no versions are on record', () => {
    expect(contractsAfterEdit({ contract: null }, { template: 'ours' }, today)).to.equal(null)
  })

  it('corrects the version in force, and loses neither papers nor readings nor other versions', () => {
    const older = version({ id: '0', signedOn: '2020-01-01' })
    const after = contractsAfterEdit(
      { ...held, contracts: [older, checked] },
      { template: 'theirs', dpaVersion: '2.1', signedOn: '2024-06-02' },
      today,
    )
    if (after === null || typeof after === 'string') throw new Error('not edited')
    expect(after.contracts).to.have.length(2)
    expect(after.contracts[1]).to.deep.include({
      dpaVersion: '2.1',
      signedOn: '2024-06-02',
      note: 'kept',
      redacted: [paper],
    })
    expect(after.contract).to.deep.equal({
      template: 'theirs',
      dpaVersion: '2.1',
      signedOn: '2024-06-02',
      check: { on: '2026-11-01', open: [] },
    })
  })

  it('cannot say that there is no contract while versions are in force', () => {
    expect(contractsAfterEdit(held, null, today)).to.equal('no-contract-with-versions')
  })

  it('leaves ended versions alone, and begins a new one beside them', () => {
    const ended = version({ until: '2026-01-01' })
    const before = { contract: null, contracts: [ended] }
    expect(contractsAfterEdit(before, null, today)).to.deep.equal(contractSet([ended], today))
    const after = contractsAfterEdit(before, { template: 'ours', signedOn: '2026-02-01' }, today)
    if (after === null || typeof after === 'string') throw new Error('not edited')
    expect(after.contracts.map(({ id }) => id)).to.deep.equal(['1', '2'])
    expect(after.contract?.signedOn).to.equal('2026-02-01')
  })
})
