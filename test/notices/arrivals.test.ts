import { expect } from 'chai'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { clockFails, clockStarts } from '../../src/notices/rules.js'
import { aNotice, aPart, aRecipient, aRunning } from './builders.js'

const mail = { channel: 'mail' as const, registered: false, file: null }
const rules = aNotice().rules

describe('when a notice arrives', () => {
  it('starts the clock on the day of arrival and keeps the printed day where that is later', () => {
    const change = clockStarts(aRecipient(), new Date('2026-11-24T09:00:05Z'), mail, rules)
    expect(change).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      lastDay: '2026-12-28',
      earliestUse: '2026-12-29',
    })
    expect(change?.owed).to.deep.equal([])
  })

  it('owes a correction where the reckoned day is later than the printed one', () => {
    const change = clockStarts(aRecipient(), new Date('2026-12-01T09:00:00Z'), mail, rules)
    // Received Tuesday 1 December 2026: thirty days end on 31 December, and the extension reaches Monday 4 January.
    expect(change).to.include({ dayZero: '2026-12-01', lastDay: '2027-01-04', earliestUse: '2027-01-05' })
    expect(change?.owed).to.deep.equal(['correction'])
  })

  it('only informs those of whom nothing is asked', () => {
    const informed = aRecipient({ lines: [aPart({ mode: 'information' })], printedLastDay: null })
    expect(clockStarts(informed, new Date('2026-11-24T09:00:05Z'), mail, rules)).to.include({ state: 'told' })
  })

  it('changes nothing the second time', () => {
    expect(clockStarts(aRunning(), new Date(), mail, rules)).to.equal(null)
  })
})

describe('when a notice does not arrive', () => {
  const now = new Date('2026-11-26T09:00:00Z')
  const bounced = { because: 'bounced' as const, dispatchedAt: new Date('2026-11-24T09:00:05Z') }

  it('tries the next contact, with a printed day that never moves against the reader', () => {
    const change = clockFails(aRecipient(), bounced, now, rules)
    expect(change).to.include({ state: 'queued', contactIndex: 1, printedLastDay: '2026-12-28' })
    expect(change?.owed).to.deep.equal(['announcement'])
    expect(clockFails(aRecipient(), bounced, new Date('2026-12-10T09:00:00Z'), rules)).to.include({
      printedLastDay: '2027-01-11',
    })
  })

  it('waits as undelivered after the last contact', () => {
    expect(clockFails(aRecipient({ contactIndex: 1 }), bounced, now, rules)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'bounced',
    })
  })

  it('undoes a clock that a relay let start, but not one that staff registered', () => {
    expect(clockFails(aRunning({ contactIndex: 1 }), bounced, now, rules)).to.include({
      state: 'undelivered',
      dayZero: null,
      lastDay: null,
    })
    const byLetter = aRunning({ delivery: { channel: 'letter', registered: true, file: 'f1' } })
    expect(clockFails(byLetter, bounced, now, rules)).to.equal(null)
  })

  it('counts dispatch to the last contact where the agreement says so, and only a refusal by a server', () => {
    const dispatch = aRecipient({ contactIndex: 1, agreement: { ...ordinaryAgreement, counts: 'dispatch' } })
    expect(clockFails(dispatch, bounced, now, rules)).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      undeliveredBecause: 'bounced',
    })
    expect(clockFails(dispatch, { because: 'given-up', dispatchedAt: now }, now, rules)).to.include({
      state: 'undelivered',
    })
  })

  it('does not try the next contact while nothing leaves the house', () => {
    expect(clockFails(aRecipient(), { because: 'kept', dispatchedAt: now }, now, rules)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'kept',
    })
  })

  it('leaves alone what is over', () => {
    for (const state of ['permitted', 'in-use', 'withdrawn', 'exempted', 'left'] as const)
      expect(clockFails(aRunning({ state }), bounced, now, rules)).to.equal(null)
  })
})
