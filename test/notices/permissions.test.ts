import { expect } from 'chai'
import {
  answered,
  mayBePermitted,
  nextPermission,
  permitted,
  remindersDue,
  stateAfter,
  type Answer,
} from '../../src/notices/rules.js'
import { aPart, aRecipient, aRunning } from './builders.js'

const answer = (changes: Partial<Answer> = {}): Answer => ({
  answer: 'approved',
  on: '2026-12-01',
  at: new Date('2026-12-01T09:00:00Z'),
  channel: 'mail',
  file: 'f1',
  by: { name: 'Mette Krogh', title: 'Direktør' },
  waivesRest: false,
  ...changes,
})

describe('permission', () => {
  const verdict = (recipient = aRunning(), today = '2026-12-29', open: string[] = [], unclassified = 0) =>
    mayBePermitted(recipient, open, unclassified, today)
  const approvalLine = (changes: Partial<Answer> | null) =>
    aRunning({ lines: [aPart({ mode: 'approval', answer: changes === null ? null : answer(changes) })] })

  it('comes by itself on the day after the last one, not before', () => {
    expect(verdict(aRunning(), '2026-12-28')).to.deep.equal({ yes: false, because: 'notices:waits.period' })
    expect(verdict()).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
  })

  it('dates from its day also where the timer comes late', () => {
    expect(verdict(aRunning(), '2027-01-05')).to.include({ yes: true, from: '2026-12-29' })
  })

  it('does not come while an objection is open, a reply is unread or an instruction is missing', () => {
    expect(verdict(aRunning(), '2026-12-29', ['OB-2026-001'])).to.include({
      because: 'notices:waits.objection',
    })
    expect(verdict(aRunning({ openObjections: ['OB-2026-001'] }))).to.include({
      because: 'notices:waits.objection',
    })
    expect(verdict(aRunning(), '2026-12-29', [], 1)).to.include({ because: 'notices:waits.unclassified' })
    expect(verdict(aRunning({ blockedBy: ['instruction'] }))).to.include({
      because: 'notices:waits.instruction',
    })
    expect(verdict(aRecipient())).to.include({ because: 'notices:waits.not-received' })
  })

  it('never comes by silence where approval is asked for', () => {
    expect(verdict(approvalLine(null), '2030-01-01')).to.deep.equal({
      yes: false,
      because: 'notices:waits.approval',
    })
    expect(verdict(approvalLine({ answer: 'refused' }), '2030-01-01')).to.include({
      because: 'notices:waits.nothing-asked',
    })
  })

  it('comes with approval on the later of the answer and the end of the period', () => {
    expect(verdict(approvalLine({}), '2026-12-28')).to.include({ because: 'notices:waits.period' })
    expect(verdict(approvalLine({}))).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
    expect(verdict(approvalLine({ on: '2027-01-10' }), '2027-01-10')).to.include({ from: '2027-01-10' })
  })

  it('comes at once where the customer gave up the rest of the period', () => {
    expect(verdict(approvalLine({ waivesRest: true }), '2026-12-01')).to.include({
      yes: true,
      from: '2026-12-01',
    })
    const consent = aRunning({ lines: [aPart({ answer: answer({ waivesRest: true }) })] })
    expect(verdict(consent, '2026-12-01')).to.include({ yes: true, from: '2026-12-01' })
  })

  it('is not dated back behind the day an objection was settled', () => {
    expect(verdict(aRunning({ notBefore: '2027-01-08' }), '2027-01-10')).to.include({ from: '2027-01-08' })
  })

  it('takes lines with the same day together and leaves the others for later', () => {
    const recipient = aRunning({
      lines: [aPart(), aPart({ line: 'l2', mode: 'approval' }), aPart({ line: 'l3', mode: 'information' })],
    })
    expect(verdict(recipient)).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
    const after = permitted(recipient, ['l1'], '2026-12-29')
    expect(after).to.include({ state: 'running' })
    expect(after?.owed).to.deep.equal(['approval'])
  })

  it('is asked for again only when something can come of it', () => {
    expect(nextPermission(aRunning())).to.equal('2026-12-29')
    expect(nextPermission(approvalLine(null))).to.equal(null)
    expect(nextPermission(aRunning({ blockedBy: ['instruction'] }))).to.equal(null)
    expect(nextPermission(aRunning({ state: 'withdrawn' }))).to.equal(null)
  })

  it('is not given twice, nor to one who objected a moment before', () => {
    expect(
      permitted(aRunning({ lines: [aPart({ permittedFrom: '2026-12-29' })] }), ['l1'], '2026-12-30'),
    ).to.equal(null)
    expect(permitted(aRunning({ openObjections: ['OB-2026-001'] }), ['l1'], '2026-12-29')).to.equal(null)
  })
})

describe('the state that follows from the lines', () => {
  const given = { permittedFrom: '2026-12-29' }
  const used = { ...given, inUseSince: '2027-01-01' }
  const no = { answer: answer({ answer: 'refused' }), mode: 'approval' as const }
  const cases: [string, Parameters<typeof aPart>[0][], string][] = [
    ['told where nothing was asked', [{ mode: 'information' }], 'told'],
    ['running while one is open', [given, {}], 'running'],
    ['permitted when all are', [given, given, { mode: 'information' }], 'permitted'],
    ['in use when all are', [used, used], 'in-use'],
    ['permitted while one is not yet used', [used, given], 'permitted'],
    ['refused when all are', [no, no], 'refused'],
    ['decided by the others where one is refused', [no, used], 'in-use'],
  ]
  for (const [name, lines, state] of cases)
    it(`is ${name}`, () => {
      expect(stateAfter(lines.map((line) => aPart(line)))).to.equal(state)
    })
})

describe('an answer', () => {
  const asked = aRunning({ lines: [aPart({ mode: 'approval' })] })
  const given = (changes: object = {}) => ({ ...answer(), lines: [] as string[], ...changes })

  it('that approves is kept with who gave it and how', () => {
    expect(answered(asked, given(), 'f1', '2026-12-01').lines?.[0]?.answer).to.deep.include({
      answer: 'approved',
      file: 'f1',
      channel: 'mail',
    })
  })

  it('that refuses ends it for this customer', () => {
    expect(answered(asked, given({ answer: 'refused' }), 'f1', '2026-12-01')).to.include({
      state: 'refused',
      endedBecause: 'refused',
    })
  })

  it('that never came is noted only after the last day', () => {
    expect(() => answered(asked, given({ answer: 'no-answer' }), null, '2026-12-28')).to.throw(
      'answer-not-due',
    )
    expect(answered(asked, given({ answer: 'no-answer' }), null, '2026-12-29')).to.include({
      state: 'refused',
      endedBecause: 'no-answer',
    })
  })

  it('under notice can only be consent to an earlier start', () => {
    expect(() => answered(aRunning(), given({ lines: ['l1'] }), 'f1', '2026-12-01')).to.throw(
      'consent-needs-waiver',
    )
    expect(() => answered(aRunning(), given({ answer: 'refused' }), 'f1', '2026-12-01')).to.throw(
      'nothing-to-answer',
    )
    expect(
      answered(aRunning(), given({ waivesRest: true }), 'f1', '2026-12-01').lines?.[0]?.answer?.waivesRest,
    ).to.equal(true)
  })

  it('is not taken twice', () => {
    expect(() => answered(aRunning({ state: 'refused' }), given(), 'f1', '2026-12-01')).to.throw(
      'nothing-to-answer',
    )
  })
})

describe('reminders of an approval', () => {
  const asked = aRunning({ lines: [aPart({ mode: 'approval' })] })

  it('are due fourteen and three days before the last one', () => {
    const due = (today: string) => remindersDue(asked, today)
    expect(
      ['2026-12-13', '2026-12-14', '2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29'].map(due),
    ).to.deep.equal([0, 1, 1, 2, 2, 0])
  })

  it('do not go to those who have answered or are only given notice', () => {
    expect(remindersDue(aRunning(), '2026-12-26')).to.equal(0)
    expect(
      remindersDue(aRunning({ lines: [aPart({ mode: 'approval', answer: answer() })] }), '2026-12-26'),
    ).to.equal(0)
  })

  it('do not come on the heels of the notice', () => {
    expect(remindersDue({ ...asked, dayZero: '2026-12-24' }, '2026-12-26')).to.equal(0)
  })
})
