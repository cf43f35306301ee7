import { expect } from 'chai'
import { Refused } from '../../src/base/errors.js'
import {
  assess,
  isClosed,
  mayEnd,
  nextStep,
  outcomes,
  outcomesOpenTo,
  reasonNotToTake,
  releaseDay,
  requirements,
  settle,
  timeliness,
  type Objectionable,
  type Settlement,
} from '../../src/objections/rules.js'
import { anObjection } from './builders.js'

const recipient = (changes: Partial<Objectionable> = {}): Objectionable => ({
  state: 'running',
  lastDay: '2027-01-04',
  agreement: { objectionUntil: 'use' },
  lines: [{ mode: 'notice', inUseSince: null }],
  ...changes,
})

const settlement = (changes: Partial<Settlement> = {}): Settlement => ({
  by: 'staff',
  outcome: 'withdrawn-by-customer',
  note: 'By telephone',
  files: ['f1'],
  confirmation: { kind: 'file', file: 'f1' },
  endsOn: null,
  ...changes,
})

const reasonOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error.reason
    throw error
  }
  return 'not refused'
}

describe('the limit for objecting', () => {
  const inUse = [{ mode: 'notice', inUseSince: '2027-01-10' }]
  const cases: [string, string, Partial<Objectionable>, { timely: boolean; useHadBegun: boolean }][] = [
    ['within the period', '2026-12-20', {}, { timely: true, useHadBegun: false }],
    ['after the last day, not yet in use', '2027-02-01', {}, { timely: true, useHadBegun: false }],
    ['on the day use began', '2027-01-10', { lines: inUse }, { timely: true, useHadBegun: true }],
    ['the day after use began', '2027-01-11', { lines: inUse }, { timely: false, useHadBegun: true }],
    [
      'when one change of two is in use',
      '2027-01-20',
      { lines: [...inUse, { mode: 'approval', inUseSince: null }] },
      { timely: true, useHadBegun: true },
    ],
    [
      'when all but a removal are in use',
      '2027-01-20',
      { lines: [...inUse, { mode: 'information', inUseSince: null }] },
      { timely: false, useHadBegun: true },
    ],
  ]
  for (const [when, receivedOn, changes, expected] of cases)
    it(`until use: ${when} it is ${expected.timely ? 'in time' : 'late'}`, () => {
      expect(timeliness(receivedOn, recipient(changes))).to.deep.equal(expected)
    })

  const periodEnd = { agreement: { objectionUntil: 'period-end' } } as const
  it('until the end of the period: the whole of the last day is in time', () => {
    expect(timeliness('2027-01-04', recipient(periodEnd)).timely).to.equal(true)
  })
  it('until the end of the period: the day after is late, though nothing is in use', () => {
    expect(timeliness('2027-01-05', recipient(periodEnd)).timely).to.equal(false)
  })
  it('until the end of the period: a clock that never started has not run out', () => {
    expect(timeliness('2027-03-01', recipient({ ...periodEnd, lastDay: null })).timely).to.equal(true)
  })
})

describe('whether an objection is taken', () => {
  const cases: [string, Partial<Objectionable>, string | null][] = [
    ['while the notice runs', {}, null],
    ['before delivery is known', { state: 'undelivered', lastDay: null }, null],
    ['after permission', { state: 'permitted' }, null],
    ['when it is in use', { state: 'in-use', lines: [{ mode: 'notice', inUseSince: '2027-01-05' }] }, null],
    ['when the notice is withdrawn', { state: 'withdrawn' }, 'notice-withdrawn'],
    ['when the customer is exempted', { state: 'exempted' }, 'customer-exempted-already'],
    ['when the customer has left', { state: 'left' }, 'customer-left'],
    [
      'when the customer was only informed',
      { state: 'told', lines: [{ mode: 'information', inUseSince: null }] },
      'nothing-to-object-to',
    ],
  ]
  for (const [when, changes, reason] of cases)
    it(`${when}: ${reason ?? 'yes'}`, () => {
      expect(reasonNotToTake(recipient(changes))).to.equal(reason)
    })
})

describe('settling an objection', () => {
  const today = '2027-01-12'

  it('asks for an assessment first, unless the customer withdraws', () => {
    expect(reasonOf(() => settle(anObjection(), settlement({ outcome: 'change-dropped' }), today))).to.equal(
      'objection-not-assessed',
    )
    expect(settle(anObjection(), settlement(), today).outcome).to.equal('withdrawn-by-customer')
  })

  for (const outcome of outcomes)
    it(`${outcome}: ${requirements[outcome].release === null ? 'goes on blocking' : 'lets go of the customer'}`, () => {
      const objection = anObjection({
        state: 'assessed',
      })
      const changes = settle(objection, settlement({ outcome, endsOn: '2027-01-11' }), today)
      expect(changes).to.include({
        state: 'settled',
        outcome,
        outcomeOn: today,
        blocking: outcome === 'termination-offered',
      })
    })

  it('an offer of termination may still end in any other way, a settled case in none', () => {
    expect(outcomesOpenTo({ state: 'settled', outcome: 'termination-offered' })).to.deep.equal(
      outcomes.filter((outcome) => outcome !== 'termination-offered'),
    )
    for (const outcome of outcomes.filter((each) => each !== 'termination-offered')) {
      const objection = anObjection({ state: 'settled', outcome })
      expect(isClosed(objection)).to.equal(true)
      expect(reasonOf(() => settle(objection, settlement(), today))).to.equal('objection-settled')
      expect(
        reasonOf(() => assess(objection, { owner: 'p1', answerBy: today, assessment: 'x' }, today)),
      ).to.equal('objection-settled')
    }
  })

  // Product: "remedied (with the customer's written confirmation)", "withdrawn by the customer"; EDPB 07/2020, para 157.
  const page = {
    kind: 'code',
    code: 'k1',
    contact: 'c1',
    by: { name: 'Mette Krogh', title: 'Jurist' },
  } as const
  const evidence: [string, Partial<Settlement>, string][] = [
    ['by staff without anything', { confirmation: null }, 'confirmation-missing'],
    ['by staff with a file', { confirmation: { kind: 'file', file: 'f1' } }, 'not refused'],
    [
      'by staff, as a message of the case',
      { confirmation: { kind: 'message', message: 'm1' } },
      'confirmation-missing',
    ],
    ['by staff, as if typed on the page', { confirmation: page }, 'confirmation-missing'],
    ['on the page with a code', { by: 'contact', confirmation: page }, 'not refused'],
    ['on the page without one', { by: 'contact', confirmation: null }, 'confirmation-missing'],
  ]
  for (const outcome of ['remedied', 'withdrawn-by-customer'] as const)
    for (const [how, changes, result] of evidence)
      it(`${outcome} ${how}: ${result}`, () => {
        const objection = anObjection({ state: 'assessed' })
        expect(reasonOf(() => settle(objection, settlement({ outcome, ...changes }), today))).to.equal(result)
      })

  // Product, Taking effect: "together" where customers cannot be kept apart.
  for (const outcome of outcomes)
    it(`${outcome}, where the change is used for all or for none: ${['customer-exempted', 'change-dropped'].includes(outcome) ? 'refused' : 'open'}`, () => {
      const objection = anObjection({ state: 'assessed', together: true })
      const result = reasonOf(() => settle(objection, settlement({ outcome, endsOn: today }), today))
      expect(result).to.equal(
        ['customer-exempted', 'change-dropped'].includes(outcome)
          ? 'together-leaves-nobody-out'
          : 'not refused',
      )
    })

  it('a contact may end what it raised itself, and one with the right to approve any', () => {
    const own = { raisedBy: { kind: 'contact' as const, id: 'c1', name: 'Mette Krogh' } }
    const byStaff = { raisedBy: { kind: 'staff' as const, id: 'p1', name: 'Mette Krogh' } }
    const dpo = { mayApprove: false }
    expect(mayEnd(own, dpo, true), 'its own').to.equal(true)
    expect(mayEnd(own, dpo, false), "a colleague's").to.equal(false)
    expect(mayEnd(byStaff, dpo, true), 'registered by staff').to.equal(false)
    for (const objection of [own, byStaff])
      expect(mayEnd(objection, { mayApprove: true }, false)).to.equal(true)
  })

  it('an agreement that ends later holds the customer until that day', () => {
    const objection = anObjection({ state: 'assessed' })
    const changes = settle(objection, settlement({ outcome: 'agreement-ended', endsOn: '2027-02-28' }), today)
    expect(changes).to.include({ blocking: true, endsOn: '2027-02-28' })
    expect(releaseDay('agreement-ended', '2027-02-28', today)).to.equal('2027-03-01')
    expect(releaseDay('agreement-ended', '2026-12-31', today), 'one that has ended').to.equal(today)
    expect(releaseDay('remedied', null, today)).to.equal(today)
  })

  it('a withdrawal written down by staff says how it is known; on the page the step itself shows it', () => {
    expect(reasonOf(() => settle(anObjection(), settlement({ note: null }), today))).to.equal(
      'outcome-note-missing',
    )
    const own = settlement({ by: 'contact', note: null, confirmation: page })
    expect(settle(anObjection(), own, today).state).to.equal('settled')
  })
})

describe('what staff does next', () => {
  it('stops the use first, where use had begun', () => {
    expect(nextStep(anObjection({ useHadBegun: true }))?.step).to.equal('stop-use')
  })
  it('then takes the case, assesses it, settles it', () => {
    expect(nextStep(anObjection())?.step).to.equal('take')
    expect(nextStep(anObjection({ owner: 'p1' }))?.step).to.equal('assess')
    expect(nextStep(anObjection({ owner: 'p1', state: 'assessed' }))?.step).to.equal('settle')
    expect(
      nextStep(anObjection({ owner: 'p1', state: 'settled', outcome: 'termination-offered' }))?.step,
    ).to.equal('settle')
  })
  it('has nothing left to do with a settled one', () => {
    expect(nextStep(anObjection({ state: 'settled', outcome: 'remedied', blocking: false }))).to.equal(null)
  })
})
