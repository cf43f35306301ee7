import { expect } from 'chai'
import { calendarYear } from '../../src/base/day.js'
import { dutiesOf } from '../../src/supervision/rules.js'
import { aFound, aSupervised, changes, highRisk } from './builders.js'
import { dutyOf, type Row } from './duty-rows.js'

describe('the follow-up in the middle of the year (our proposal for 7 to 10 points)', () => {
  const rows: Row[] = [
    [
      'is owed where something is open',
      { scored: highRisk },
      { found: [aFound()] },
      '2026-05-10',
      { dueOn: '2026-06-30', state: 'owed', by: ['FI-2026-001'] },
    ],
    ['is not owed where nothing is open', { scored: highRisk }, {}, '2026-05-10', undefined],
    [
      'is not owed at six points',
      { scored: { ...highRisk, total: 6, band: '5-6' } },
      { found: [aFound()] },
      '2026-05-10',
      undefined,
    ],
    [
      'is not owed for what was found after the middle of the year',
      { scored: highRisk },
      { found: [aFound({ openedOn: '2026-07-01' })] },
      '2026-11-23',
      undefined,
    ],
    ['is overdue from July', { scored: highRisk }, { found: [aFound()] }, '2026-07-01', { state: 'overdue' }],
    [
      'is done when the points have been gone through',
      { scored: highRisk },
      { found: [aFound()], acts: [{ kind: 'follow-up', engagement: 'e1', on: '2026-06-12' }] },
      '2026-07-01',
      { state: 'done' },
    ],
    [
      'is done when everything is closed',
      { scored: highRisk },
      { found: [aFound({ closedOn: '2026-06-01' })] },
      '2026-07-01',
      { state: 'done' },
    ],
  ]
  for (const [what, engagement, given, today, expected] of rows)
    it(what, () => {
      const duty = dutyOf('follow-up', engagement, given, today)
      if (expected === undefined) expect(duty).to.equal(undefined)
      else expect(duty).to.deep.include(expected)
    })
})

describe('data centres (DPA C.2: ISAE 3402 type 2, at all times)', () => {
  const centre = {
    address: 'Herstedvang 8, 2620 Albertslund',
    covered: true,
    until: '2027-04-30',
    by: 'ST-2026-001',
  }
  const rows: Row[] = [
    ['owe nothing where there are none', {}, {}, '2026-11-23', undefined],
    [
      'are done while an accepted statement covers the address',
      { dataCentres: [centre] },
      {},
      '2026-11-23',
      { state: 'done', by: ['ST-2026-001'] },
    ],
    [
      'are work again two months before it runs out',
      { dataCentres: [{ ...centre, until: '2026-12-31' }] },
      {},
      '2026-11-23',
      { state: 'owed', dueOn: '2026-12-31' },
    ],
    [
      'are overdue since it ran out',
      { dataCentres: [{ ...centre, covered: false, until: '2026-04-30' }] },
      {},
      '2026-11-23',
      { state: 'overdue', dueOn: '2026-04-30' },
    ],
    [
      'are overdue since they came into use where there never was one',
      { dataCentres: [{ ...centre, covered: false, until: null, by: null }] },
      {},
      '2026-11-23',
      { state: 'overdue', dueOn: '2023-03-01' },
    ],
    [
      'are overdue when one of two is not covered',
      { dataCentres: [centre, { ...centre, covered: false, until: null, by: null }] },
      {},
      '2026-11-23',
      { state: 'overdue' },
    ],
  ]
  for (const [what, engagement, given, today, expected] of rows)
    it(what, () => {
      const duty = dutyOf('data-centre', engagement, given, today)
      if (expected === undefined) expect(duty).to.equal(undefined)
      else expect(duty).to.deep.include(expected)
    })

  it('are asked about in the present year only', () => {
    const past = dutiesOf(
      aSupervised({ dataCentres: [{ ...centre, covered: false }] }),
      calendarYear(2025),
      changes(),
      '2026-11-23',
    )
    expect(past.map(({ kind }) => kind)).to.deep.equal(['questionnaire'])
  })
})
