import { expect } from 'chai'
import {
  escalationDue,
  nextReminder,
  remindersDue,
  type Asked,
} from '../../src/questionnaires/rules/reminders.js'
import { aQuestionnaire, moveOn } from './builders.js'

// C.8 asks for supervision and names no reminders: -14, -3, +3 and +14 days are the organisation's own, and may be set.
describe('reminders of a questionnaire asked on 1 November and due on the 30th', () => {
  const table: [name: string, today: string, changes: Partial<Asked>, due: number | null][] = [
    ['is none before the fourteenth day before', '2026-11-15', {}, null],
    ['comes fourteen days before', '2026-11-16', {}, -14],
    [
      'comes once',
      '2026-11-16',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: -14, on: '2026-11-16' } },
      null,
    ],
    [
      'is not sent twice on a later day',
      '2026-11-20',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: -14, on: '2026-11-16' } },
      null,
    ],
    [
      'comes three days before',
      '2026-11-27',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: -14, on: '2026-11-16' } },
      -3,
    ],
    [
      'comes three days after',
      '2026-12-03',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: -3, on: '2026-11-27' } },
      3,
    ],
    [
      'comes fourteen days after',
      '2026-12-14',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: 3, on: '2026-12-03' } },
      14,
    ],
    [
      'is over after the last',
      '2027-02-01',
      { reminded: { round: 1, dueOn: '2026-11-30', offset: 14, on: '2026-12-14' } },
      null,
    ],
    ['is only the newest when nothing ran for weeks', '2026-12-05', {}, 3],
    [
      'is none where their mail was refused: there is nobody to remind',
      '2026-11-27',
      { delivery: 'refused' },
      null,
    ],
    ['is none while their mail is on its way', '2026-11-27', { delivery: 'under-way' }, null],
    ['is none where it is kept in the house', '2026-11-27', { delivery: 'kept' }, null],
    ['is none once they have answered', '2026-11-27', { state: 'submitted' }, null],
    ['is none before it is sent', '2026-11-27', { state: 'prepared' }, null],
    ['is none after it was withdrawn', '2026-11-27', { state: 'withdrawn' }, null],
    [
      'is none where an officer stopped them',
      '2026-11-27',
      { remindersStopped: { at: new Date('2026-11-20T09:00:00Z'), reason: 'De har lovet svar' } },
      null,
    ],
    [
      'begins anew with another due date',
      '2026-12-06',
      { dueOn: '2026-12-20', reminded: { round: 1, dueOn: '2026-11-30', offset: 3, on: '2026-12-03' } },
      -14,
    ],
    [
      'begins anew when it was sent back',
      '2026-12-06',
      {
        dueOn: '2026-12-20',
        round: 2,
        reminded: { round: 1, dueOn: '2026-12-20', offset: 14, on: '2026-12-03' },
      },
      -14,
    ],
  ]
  for (const [name, today, changes, due] of table)
    it(name, () => {
      expect(remindersDue(aQuestionnaire(changes), today)).to.equal(due)
    })

  it('is none on the day it was asked, and none that was due by then', () => {
    const late = aQuestionnaire({
      dueOn: '2026-11-04',
      moves: [moveOn('questionnaire.asked', '2026-11-01')],
    })
    expect(remindersDue(late, '2026-11-01')).to.equal(null)
    expect(remindersDue(late, '2026-11-02')).to.equal(null)
    expect(remindersDue(late, '2026-11-07')).to.equal(3)
  })

  it('counts from the day another contact was asked', () => {
    const changed = aQuestionnaire({
      moves: [
        moveOn('questionnaire.asked', '2026-11-01'),
        moveOn('questionnaire.owner-changed', '2026-11-28'),
      ],
    })
    expect(remindersDue(changed, '2026-11-29')).to.equal(null)
    expect(remindersDue(changed, '2026-12-03')).to.equal(3)
  })

  it("follows the organisation's own days", () => {
    const days = { offsets: [-7, 1], escalate: 5 }
    expect(remindersDue(aQuestionnaire(), '2026-11-16', days)).to.equal(null)
    expect(remindersDue(aQuestionnaire(), '2026-11-23', days)).to.equal(-7)
    expect(remindersDue(aQuestionnaire(), '2026-12-01', days)).to.equal(1)
    expect(remindersDue(aQuestionnaire(), '2026-12-01', { offsets: [], escalate: 5 })).to.equal(null)
  })

  it('says when the next one will be', () => {
    expect(nextReminder(aQuestionnaire(), '2026-11-02')).to.equal('2026-11-16')
    expect(nextReminder(aQuestionnaire(), '2026-11-27')).to.equal('2026-12-03')
    expect(nextReminder(aQuestionnaire(), '2026-12-14')).to.equal(null)
  })
})

describe('word to the data protection officer', () => {
  const table: [name: string, today: string, changes: Partial<Asked>, due: boolean][] = [
    ['is none thirteen days after', '2026-12-13', {}, false],
    ['comes fourteen days after', '2026-12-14', {}, true],
    ['comes late when nothing ran', '2027-01-20', {}, true],
    ['comes where nobody was reached, too', '2026-12-14', { delivery: 'refused' }, true],
    ['comes once', '2026-12-20', { escalated: new Date('2026-12-14T09:00:00Z') }, false],
    [
      'is none where reminders were stopped',
      '2026-12-14',
      { remindersStopped: { at: new Date(), reason: 'x' } },
      false,
    ],
    ['is none after the answers came', '2026-12-14', { state: 'submitted' }, false],
  ]
  for (const [name, today, changes, due] of table)
    it(name, () => {
      expect(escalationDue(aQuestionnaire(changes), today)).to.equal(due)
    })
})
