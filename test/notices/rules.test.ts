import { expect } from 'chai'
import {
  awaitsDeletion,
  hasSettled,
  hold,
  mayBeUsed,
  release,
  severityBy,
  useBlocksOf,
} from '../../src/notices/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aLine, aNotice, aPart, aRunning } from './builders.js'

describe('an objection', () => {
  const held = aRunning({ openObjections: ['OB-2026-001'], held: true })

  it('holds the customer once, also where it is permitted or in use', () => {
    expect(hold(aRunning(), 'OB-2026-001')).to.deep.equal({ openObjections: ['OB-2026-001'] })
    expect(hold(held, 'OB-2026-001')).to.equal(null)
    expect(hold(aRunning({ state: 'in-use' }), 'OB-2026-002')).to.deep.equal({
      openObjections: ['OB-2026-002'],
    })
    expect(hold(aRunning({ state: 'withdrawn' }), 'OB-2026-002')).to.equal(null)
  })

  it('that is cleared lets it go on, from that day at the earliest', () => {
    expect(release(held, 'OB-2026-001', 'cleared', '2027-01-08')).to.deep.equal({
      openObjections: [],
      notBefore: '2027-01-08',
    })
    expect(release(aRunning(), 'OB-2026-001', 'cleared', '2027-01-08')).to.equal(null)
  })

  it('that ends it for the customer ends approvals that were given', () => {
    expect(release(held, 'OB-2026-001', 'exempted', '2027-01-08')).to.deep.include({
      state: 'exempted',
      owed: [],
      approvalsEndOn: null,
    })
    const given = { ...held, lines: [aPart({ permittedFrom: '2026-12-29' })] }
    expect(release(given, 'OB-2026-001', 'ended', '2027-01-31')).to.deep.include({
      state: 'left',
      endedOn: '2027-01-31',
      owed: ['approval-end'],
      approvalsEndOn: '2027-01-31',
    })
    expect(release(given, 'OB-2026-001', 'dropped', '2027-01-31')).to.include({
      state: 'withdrawn',
      endedBecause: 'change-dropped',
    })
  })
})

describe('use', () => {
  const ready = aRunning({ state: 'permitted', lines: [aPart({ permittedFrom: '2026-12-29' })] })

  it('is for customers permitted by that day, with no objection open', () => {
    expect(mayBeUsed(ready, 'l1', '2026-12-29')).to.equal(true)
    expect(mayBeUsed(ready, 'l1', '2026-12-28')).to.equal(false)
    expect(mayBeUsed({ ...ready, held: true }, 'l1', '2026-12-29')).to.equal(false)
    expect(mayBeUsed(aRunning(), 'l1', '2026-12-29')).to.equal(false)
    expect(
      mayBeUsed(
        { ...ready, lines: [aPart({ permittedFrom: '2026-12-29', inUseSince: '2026-12-30' })] },
        'l1',
        '2027-01-05',
      ),
    ).to.equal(false)
  })

  const facts = {
    ...aContent(),
    contract: { template: 'ours' as const, signedOn: '2026-11-02' },
    dueDiligence: { conclusion: 'accepted' as const, concludedOn: '2026-11-03' },
  }
  const scc = { country: 'IN', basis: 'scc-2021' as const, module: 3 as const, signedOn: '2026-10-01' }

  it('waits for contract, due diligence, TIA and a basis', () => {
    const day = '2026-12-29'
    expect(useBlocksOf(shippedLaw, facts, day)).to.deep.equal([])
    expect(useBlocksOf(shippedLaw, { ...facts, contract: null, dueDiligence: null }, day)).to.deep.equal([
      'contract',
      'due-diligence',
    ])
    expect(
      useBlocksOf(shippedLaw, { ...facts, contract: { template: 'ours', signedOn: '2027-01-01' } }, day),
    ).to.deep.equal(['contract'])
    // Clause 7.4: what is signed and takes effect later imposes nothing yet; an earlier version may still bind until then.
    const signed = { template: 'ours' as const, signedOn: '2026-12-01', redacted: [], checks: [] }
    const later = { ...signed, id: '2', from: '2027-01-01' }
    const blocks = (...contracts: (typeof later)[]) => useBlocksOf(shippedLaw, { ...facts, contracts }, day)
    expect(blocks(later)).to.deep.equal(['contract-later'])
    expect(blocks({ ...later, from: day })).to.deep.equal([])
    expect(blocks({ ...later, id: '1', from: '2026-12-01' }, later)).to.deep.equal([])
    // Art. 28(4): further down the chain it signs with the link above.
    expect(
      useBlocksOf(shippedLaw, { ...facts, contract: null, parent: 'the link above' }, day),
    ).to.deep.equal([])
    expect(
      useBlocksOf(
        shippedLaw,
        { ...facts, dueDiligence: { conclusion: 'rejected', concludedOn: '2026-11-03' } },
        day,
      ),
    ).to.deep.equal(['due-diligence'])
    expect(
      useBlocksOf(shippedLaw, { ...facts, accessCountries: ['IN'], transfers: [scc] }, day),
    ).to.deep.equal(['tia'])
    expect(
      useBlocksOf(
        shippedLaw,
        { ...facts, accessCountries: ['IN'], transfers: [{ ...scc, tia: { concludedOn: '2026-11-01' } }] },
        day,
      ),
    ).to.deep.equal([])
    expect(useBlocksOf(shippedLaw, { ...facts, accessCountries: ['IN'] }, day)).to.deep.equal(['basis'])
  })
})

describe('the end of a notice', () => {
  it('comes when nobody is underway and what goes has been deleted', () => {
    expect(hasSettled(aNotice(), 0)).to.equal(true)
    expect(hasSettled(aNotice(), 1)).to.equal(false)
    const removal = aLine({ kind: 'removal' })
    expect(hasSettled(aNotice({ lines: [removal] }), 0)).to.equal(false)
    expect(hasSettled(aNotice({ lines: [{ ...removal, deletedOn: '2027-01-01' }] }), 0)).to.equal(true)
    expect(hasSettled(aNotice({ state: 'settled' }), 0)).to.equal(false)
  })

  it('asks for the deletion of a replaced one once its successor is in use', () => {
    const replacement = aLine({ kind: 'replacement', replaces: 'e0' })
    expect(awaitsDeletion(replacement)).to.equal(false)
    expect(awaitsDeletion({ ...replacement, inUseSince: '2027-01-01' })).to.equal(true)
    expect(awaitsDeletion(aLine())).to.equal(false)
  })
})

it('a task is overdue once its day is past, and due five business days before it', () => {
  const on = '2026-12-11'
  expect(
    ['2026-12-03', '2026-12-04', '2026-12-11', '2026-12-12'].map((today) => severityBy(on, today)),
  ).to.deep.equal(['info', 'due', 'due', 'overdue'])
})
