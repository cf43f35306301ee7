import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import {
  accepted,
  answered,
  closed,
  dueBy,
  nextReminder,
  noted,
  remindersNow,
  reopened,
  type Finding,
  type FindingNote,
  type Severity,
} from '../../src/findings/rules.js'

const note = (changes: Partial<FindingNote> = {}): FindingNote => ({
  at: new Date('2026-11-23T09:00:00Z'),
  by: 'Ida',
  from: 'staff',
  kind: 'note',
  text: 'x',
  external: false,
  files: [],
  ...changes,
})

const finding = (changes: Partial<Finding> = {}): Finding =>
  ({
    reference: 'FI-2026-001',
    severity: 'high',
    dueOn: '2026-12-23',
    remindOn: '2026-12-16',
    remindersStopped: null,
    state: 'open',
    running: true,
    asks: false,
    owner: null,
    notes: [],
    ...changes,
  }) as Finding

describe('when a finding is due (our own days, no law’s)', () => {
  const cases: [Severity, Day][] = [
    ['critical', '2026-12-07'],
    ['high', '2026-12-23'],
    ['medium', '2027-02-21'],
    ['low', '2027-05-22'],
  ]
  for (const [severity, due] of cases)
    it(`${severity}: ${due}`, () => {
      expect(dueBy(severity, '2026-11-23')).to.equal(due)
    })
})

describe('reminders of a finding', () => {
  const cases: [why: string, remindOn: Day | null, today: Day, reminder: number | null, escalate: boolean][] =
    [
      ['not yet', '2026-12-16', '2026-12-15', null, false],
      ['a week before', '2026-12-16', '2026-12-16', -7, false],
      ['on the day', '2026-12-23', '2026-12-23', 0, false],
      ['three days late, still the one of the day', '2026-12-23', '2026-12-26', 0, false],
      ['a month of standing: the last of them, and the DPO', '2026-12-16', '2027-01-20', 7, true],
      ['only the DPO is left', '2027-01-06', '2027-01-06', null, true],
      ['stopped', null, '2027-01-06', null, false],
    ]
  for (const [why, remindOn, today, reminder, escalate] of cases)
    it(why, () => {
      expect(remindersNow({ dueOn: '2026-12-23', remindOn }, today)).to.deep.equal({ reminder, escalate })
    })

  it('of a finding due in three days begin on the day itself', () => {
    expect(nextReminder('2026-11-26', '2026-11-23')).to.equal('2026-11-26')
  })
})

describe('what becomes of a finding', () => {
  it('is closed with a file, whoever brought it, or with a word on where it was seen', () => {
    expect(() => closed(finding(), note(), false)).to.throw('finding-needs-evidence')
    expect(closed(finding(), note(), true).state).to.equal('closed')
    expect(
      closed(finding({ notes: [note({ from: 'vendor', files: ['f'] })] }), note(), false).state,
    ).to.equal('closed')
  })

  it('is over once closed or accepted: nothing more may be said about its being put right, nobody is reminded', () => {
    const over = finding({ state: 'accepted', running: false })
    expect(accepted(finding(), note())).to.deep.include({ running: false, remindOn: null })
    expect(() => answered(over, note())).to.throw('finding-ended')
    expect(() => closed(over, note(), true)).to.throw('finding-ended')
  })

  it('is opened again with a day that has not passed', () => {
    const over = finding({ state: 'closed', running: false, remindOn: null })
    expect(() => reopened(over, note(), '2026-11-22', '2026-11-23')).to.throw('finding-due-in-past')
    expect(reopened(over, note(), '2026-12-31', '2026-11-23')).to.deep.include({
      state: 'open',
      remindOn: '2026-12-24',
    })
    expect(() => reopened(finding(), note(), '2026-12-31', '2026-11-23')).to.throw('finding-is-open')
  })

  it('a question of the vendor stands until we have said something it can read', () => {
    const asked = {
      ...finding(),
      ...noted(finding(), note({ from: 'vendor', kind: 'question', external: true })),
    }
    expect(asked.asks).to.equal(true)
    expect(noted(asked, note()).asks, 'an internal note answers nothing').to.equal(true)
    expect(noted(asked, note({ external: true })).asks).to.equal(false)
  })
})
