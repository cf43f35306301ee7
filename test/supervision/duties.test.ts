import { expect } from 'chai'
import { aFound, aHeld, anAsked, highRisk } from './builders.js'
import { owed, dutyOf, type Row } from './duty-rows.js'

describe('the questionnaire of a year (DPA C.8, our reading: yearly whatever the points)', () => {
  const rows: Row[] = [
    [
      'is due by the end of a year whose year before had none',
      {},
      {},
      '2026-02-01',
      { why: 'yearly', dueOn: '2026-12-31', state: 'not-due' },
    ],
    ['is to be asked for from 60 days before its last day', {}, {}, '2026-11-01', { state: 'owed' }],
    ['is not yet to be asked for 61 days before', {}, {}, '2026-10-31', { state: 'not-due' }],
    [
      'falls due at the end of the month in which the last one came the year before',
      {},
      { asked: [anAsked({ year: 2025, state: 'concluded', submittedOn: '2025-02-10' })] },
      '2026-01-02',
      { dueOn: '2026-02-28', state: 'owed' },
    ],
    [
      'is overdue the day after its last day',
      {},
      { asked: [anAsked({ year: 2025, state: 'concluded', submittedOn: '2025-02-10' })] },
      '2026-03-01',
      { state: 'overdue', stage: 'nothing' },
    ],
    [
      'is not overdue on its last day',
      {},
      { asked: [anAsked({ year: 2025, state: 'concluded', submittedOn: '2025-02-10' })] },
      '2026-02-28',
      { state: 'owed' },
    ],
    [
      'is owed at one point as at ten',
      { scored: { ...highRisk, total: 1, band: '1-2' } },
      {},
      '2026-11-23',
      { state: 'owed' },
    ],
    [
      'is asked once it has been sent',
      {},
      { asked: [anAsked()] },
      '2026-11-23',
      { state: 'asked', by: ['QN-2026-001'] },
    ],
    [
      'is not asked while it is only prepared',
      {},
      { asked: [anAsked({ state: 'prepared' })] },
      '2026-11-23',
      { state: 'owed', by: ['QN-2026-001'] },
    ],
    [
      'is answered once it has come in',
      {},
      { asked: [anAsked({ state: 'submitted' })] },
      '2026-11-23',
      { state: 'answered' },
    ],
    [
      'is overdue though asked, when its day has passed',
      {},
      { asked: [anAsked(), anAsked({ year: 2025, state: 'concluded', submittedOn: '2025-02-10' })] },
      '2026-03-01',
      { state: 'overdue', stage: 'asked' },
    ],
    [
      'is done once it is concluded',
      {},
      { asked: [anAsked({ state: 'concluded' })] },
      '2026-11-23',
      { state: 'done' },
    ],
    [
      'is reviewed, and not done, while findings are open',
      {},
      { asked: [anAsked({ state: 'concluded' })], found: [aFound()] },
      '2026-11-23',
      { state: 'reviewed' },
    ],
    [
      'is done when the findings are closed',
      {},
      { asked: [anAsked({ state: 'concluded' })], found: [aFound({ closedOn: '2026-06-01' })] },
      '2026-11-23',
      { state: 'done' },
    ],
    [
      'does not count for an engagement it is not about',
      {},
      { asked: [anAsked({ engagements: ['e2'], state: 'concluded' })] },
      '2026-11-23',
      { state: 'owed' },
    ],
    [
      'of an addition is due 30 days after it was permitted or in use',
      { begunOn: '2026-05-04' },
      {},
      '2026-05-05',
      { why: 'addition', dueOn: '2026-06-03', state: 'owed' },
    ],
    [
      'of a replacement says that it takes the place of another',
      { begunOn: '2026-05-04', replaces: true },
      {},
      '2026-05-05',
      { why: 'replacement' },
    ],
    [
      'of what begins in December falls due in January and is of that year',
      { begunOn: '2026-12-20' },
      {},
      '2026-12-21',
      { dueOn: '2027-01-19', state: 'owed' },
    ],
    ['is not owed by what begins after the year', { begunOn: '2027-01-01' }, {}, '2026-12-21', undefined],
    ['is not owed by what is neither permitted nor in use', { begunOn: null }, {}, '2026-12-21', undefined],
    [
      'lapses where the engagement ends before it falls due',
      { endedOn: '2026-09-01' },
      {},
      '2026-11-23',
      undefined,
    ],
    [
      'is still owed where it fell due before the end',
      { begunOn: '2026-02-01', endedOn: '2026-09-01' },
      {},
      '2026-11-23',
      { dueOn: '2026-03-03', state: 'overdue' },
    ],
    [
      'stays on record as done where the engagement ended later',
      { endedOn: '2026-09-01' },
      { asked: [anAsked({ state: 'concluded' })] },
      '2026-11-23',
      { state: 'done' },
    ],
    [
      'is not owed by what ended on the first day of the year',
      { endedOn: '2026-01-01' },
      {},
      '2026-11-23',
      undefined,
    ],
  ]
  for (const [what, engagement, given, today, expected] of rows)
    it(what, () => {
      const duty = dutyOf('questionnaire', engagement, given, today)
      if (expected === undefined) expect(duty).to.equal(undefined)
      else expect(duty).to.deep.include(expected)
    })
})

describe('the statement of a year (DPA C.8: collected yearly where it is agreed)', () => {
  const before = aHeld({
    reference: 'ST-2025-001',
    receivedOn: '2025-04-02',
    periodEnd: '2024-12-31',
    expectedOn: '2026-04-30',
    until: '2026-04-30',
  })
  const rows: Row[] = [
    ['is not owed where none is agreed', {}, {}, '2026-11-23', undefined],
    [
      'is not owed where it is recorded that none is owed',
      { assurance: { owed: false } },
      {},
      '2026-11-23',
      undefined,
    ],
    [
      'is owed by the clause agreed with the vendor',
      { assurance: owed },
      {},
      '2026-11-23',
      { clause: '7.4', why: 'agreed', dueOn: '2026-12-31', state: 'owed' },
    ],
    [
      'is expected 16 months after the last period ended',
      { assurance: owed },
      { held: [before] },
      '2026-01-10',
      { dueOn: '2026-04-30', state: 'not-due' },
    ],
    [
      'is overdue when it has not come by then',
      { assurance: owed },
      { held: [before] },
      '2026-05-01',
      { state: 'overdue' },
    ],
    [
      'is asked for once the request is out',
      { assurance: owed },
      { held: [before, aHeld({ state: 'requested', askedOn: '2026-03-01', receivedOn: null, until: null })] },
      '2026-03-02',
      { state: 'asked', by: ['ST-2026-001'] },
    ],
    [
      'is answered when it is here and unread',
      { assurance: owed },
      { held: [aHeld({ state: 'received' })] },
      '2026-03-16',
      { state: 'answered' },
    ],
    [
      'is reviewed when it was accepted with follow-up',
      { assurance: owed },
      { held: [aHeld({ state: 'follow-up' })] },
      '2026-11-23',
      { state: 'reviewed' },
    ],
    [
      'is done when it is accepted',
      { assurance: owed },
      { held: [aHeld()] },
      '2026-11-23',
      { state: 'done' },
    ],
    [
      'is owed anew when it was rejected',
      { assurance: owed },
      { held: [aHeld({ state: 'rejected' })] },
      '2026-11-23',
      { state: 'owed' },
    ],
    [
      'is not done by the one that came the year before',
      { assurance: owed },
      { held: [before] },
      '2026-04-01',
      { state: 'owed' },
    ],
    [
      'is owed for the year in which an engagement began in the first half',
      { assurance: owed, begunOn: '2026-06-30' },
      {},
      '2026-11-23',
      { state: 'owed' },
    ],
    [
      'is first owed the year after where it began in the second half',
      { assurance: owed, begunOn: '2026-07-01' },
      {},
      '2026-11-23',
      undefined,
    ],
  ]
  for (const [what, engagement, given, today, expected] of rows)
    it(what, () => {
      const duty = dutyOf('statement', engagement, given, today)
      if (expected === undefined) expect(duty).to.equal(undefined)
      else expect(duty).to.deep.include(expected)
    })
})
