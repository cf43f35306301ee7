import { expect } from 'chai'
import {
  breachAgainst,
  checkPoints,
  checkState,
  contractFrom,
  contractGaps,
  isOvertaken,
  lawPoints,
  longestPeriod,
  mayBeLeftOut,
  noticeAgainst,
  openPoints,
  samePoints,
  type Against,
  type ContractVersion,
} from '../../src/register/rules.js'
import { readCheck, readContract, readCopy, readRedacted } from '../../src/register/form.js'
import type { NoticePeriod } from '../../src/base/period.js'
import { today, version, check } from './contract-versions.js'

describe("The check of a vendor's own contract (Art. 28(3)-(4))", () => {
  it('has a point for each of Art. 28(3)(a)-(h), what stands around them, and what Art. 28(4) adds', () => {
    expect(checkPoints).to.deep.equal([...lawPoints, ...samePoints])
    expect(lawPoints.join(' ')).to.equal('subject a b c d e f g h unlawful')
    expect(samePoints.join(' ')).to.equal('breach notice places transfers')
  })

  it('lets points of Art. 28(4) not arise, and none of Art. 28(3)', () => {
    expect(checkPoints.filter(mayBeLeftOut)).to.deep.equal(['breach', 'notice', 'places', 'transfers'])
  })

  it('is open on what is partly met or not met, and not on what does not arise', () => {
    const read = check({ d: 'partly', h: 'not-met', transfers: 'not-applicable' })
    expect(openPoints(read)).to.deep.equal(['d', 'h'])
  })

  const states: [name: string, changes: Partial<ContractVersion>, state: string, gaps: string[]][] = [
    ['our own template needs none', {}, 'ours', []],
    ['a vendor’s own template without one', { template: 'theirs' }, 'unchecked', ['contracts:gap.unchecked']],
    ['all points met', { template: 'theirs', checks: [check()] }, 'passed', []],
    [
      'a point lacking',
      { template: 'theirs', checks: [check({ h: 'not-met' })] },
      'gaps',
      ['contracts:gap.open'],
    ],
    [
      'the last of several counts',
      { template: 'theirs', checks: [check({ h: 'not-met' }), check()] },
      'passed',
      [],
    ],
    ['our template, altered and read', { checks: [check({ g: 'partly' })] }, 'gaps', ['contracts:gap.open']],
  ]
  for (const [name, changes, state, gaps] of states)
    it(`${name}: ${state}`, () => {
      const contract = contractFrom(version(changes))
      expect(contract && checkState(contract)).to.equal(state)
      expect(contractGaps(contract).map(({ text }) => text)).to.deep.equal(gaps)
    })

  it('says nothing of a contract that is not signed: that is missing in itself (7.4)', () => {
    expect(contractGaps(null)).to.deep.equal([])
    expect(contractGaps({ template: 'theirs' })).to.deep.equal([])
  })

  const hours: [theirs: number | undefined, owed: number | null, Against][] = [
    [24, 24, 'enough'],
    [12, 24, 'enough'],
    [25, 24, 'short'],
    [72, 24, 'short'],
    [undefined, 24, 'unsaid'],
    [72, null, 'nobody'],
  ]
  for (const [theirs, owed, verdict] of hours)
    it(`breach time of ${theirs} hours against our ${owed} (10.2): ${verdict}`, () => {
      expect(breachAgainst(theirs, owed)).to.equal(verdict)
    })

  const period = (length: number, unit: NoticePeriod['unit']): NoticePeriod => ({ length, unit })
  const notices: [theirs: NoticePeriod | undefined, owed: NoticePeriod | null, Against][] = [
    [period(60, 'days'), period(30, 'days'), 'enough'],
    [period(30, 'days'), period(30, 'days'), 'bare'],
    [period(14, 'days'), period(30, 'days'), 'short'],
    // February has 28 days, so a month may be less than 30 days.
    [period(1, 'months'), period(30, 'days'), 'short'],
    [period(30, 'days'), period(1, 'months'), 'short'],
    [period(31, 'days'), period(1, 'months'), 'bare'],
    [period(2, 'months'), period(30, 'days'), 'enough'],
    [period(30, 'business-days'), period(30, 'days'), 'enough'],
    [period(30, 'days'), period(20, 'business-days'), 'short'],
    [period(40, 'days'), period(20, 'business-days'), 'enough'],
    [undefined, period(30, 'days'), 'unsaid'],
    [period(1, 'days'), null, 'nobody'],
  ]
  for (const [theirs, owed, verdict] of notices)
    it(`notice of ${say(theirs)} against ${say(owed)} that we owe (7.3, B.2): ${verdict}`, () => {
      expect(noticeAgainst(theirs, owed)).to.equal(verdict)
    })

  it('measures against the longest notice owed to any customer', () => {
    const all = [period(30, 'days'), period(2, 'months'), period(20, 'business-days')]
    expect(longestPeriod(all)).to.deep.equal(period(2, 'months'))
    expect(longestPeriod([])).to.equal(null)
  })

  it('is overtaken once customers are promised more than it was read against', () => {
    const read = check({}, { theirs: { breachHours: 24, notice: period(30, 'days') } })
    expect(isOvertaken(read, read.owed)).to.equal(false)
    expect(isOvertaken(read, { breachHours: 12, notice: period(30, 'days') })).to.equal(true)
    expect(isOvertaken(read, { breachHours: 24, notice: period(45, 'days') })).to.equal(true)
    expect(isOvertaken(read, { breachHours: 48, notice: period(10, 'days') })).to.equal(false)
  })

  function say(value: NoticePeriod | null | undefined): string {
    return value ? `${value.length} ${value.unit}` : 'nothing'
  }
})

describe('What is typed about a contract', () => {
  const owed = { breachHours: 24, notice: { length: 30, unit: 'days' as const } }
  const met = Object.fromEntries(
    checkPoints.map((point) => [point, { result: 'met', clause: '4.1', note: '' }]),
  )
  const typed = (points: Record<string, object> = {}, more: object = {}) => ({
    on: '2026-11-20',
    by: 'Anne Vind',
    breachHours: '24',
    noticeLength: '45',
    noticeUnit: 'days',
    points: { ...met, ...points },
    ...more,
  })
  const problems = (body: unknown) =>
    (readCheck(body, today, owed).problems ?? []).map(({ field, text }) => `${field}: ${text}`)

  it('is a check when every point is answered and says where it stands', () => {
    const { input } = readCheck(typed(), today, owed)
    expect(input?.answers).to.have.length(14)
    expect(input?.theirs).to.deep.equal({ breachHours: 24, notice: { length: 45, unit: 'days' } })
  })

  const wrong: [name: string, body: unknown, problem: string][] = [
    ['a day to come', typed({}, { on: '2026-11-24' }), 'on: day-in-future'],
    ['nobody who read it', typed({}, { by: ' ' }), 'by: required'],
    ['a point without an answer', typed({ g: { result: '' } }), 'points.g.result: choose-one'],
    [
      'a point of Art. 28(3) left out',
      typed({ b: { result: 'not-applicable', note: 'trusted' } }),
      'points.b.result: point-in-every-contract',
    ],
    ['a gap without what is lacking', typed({ h: { result: 'not-met' } }), 'points.h.note: say-why'],
    ['met, without where', typed({ c: { result: 'met' } }), 'points.c.clause: say-where'],
    [
      '72 hours said to meet our 24 (10.2)',
      typed({}, { breachHours: '72' }),
      'points.breach.result: point-breach-too-late',
    ],
    [
      'no hours at all said to meet our 24 (10.2)',
      typed({}, { breachHours: '' }),
      'points.breach.result: point-breach-too-late',
    ],
    [
      '14 days said to meet our 30 (7.3, B.2)',
      typed({}, { noticeLength: '14' }),
      'points.notice.result: point-notice-too-short',
    ],
    ['hours that are none', typed({}, { breachHours: 'soon' }), 'breachHours: not-in-range'],
  ]
  for (const [name, body, problem] of wrong)
    it(`is no check with ${name}`, () => {
      expect(problems(body)).to.deep.equal([problem])
    })

  it('lets a point of Art. 28(4) not arise, with the reason', () => {
    expect(
      problems(typed({ transfers: { result: 'not-applicable', note: 'All within the EEA' } })),
    ).to.deep.equal([])
  })

  it('ends a contract only after it begins', () => {
    const body = { template: 'ours', signedOn: '2026-01-01', until: '2026-01-01' }
    expect(readContract(body, today).problems).to.deep.equal([
      { field: 'until', text: 'ends-before-it-begins' },
    ])
    expect(readContract({ template: 'ours', signedOn: '2026-11-24' }, today).problems?.[0]?.text).to.equal(
      'day-in-future',
    )
  })

  it('needs the file of a redacted copy, and what was left out (7.5)', () => {
    const body = { madeOn: '2026-11-20', madeBy: 'Anne', leftOut: '' }
    expect(readRedacted(body, today, false).problems?.map(({ field }) => field)).to.deep.equal([
      'leftOut',
      'file',
    ])
  })

  const copies: [name: string, body: object, fields: string[]][] = [
    ['asked for and not sent yet', { customer: 'C-0001', askedOn: '2026-11-20' }, []],
    ['sent before it was asked for', sent({ sentOn: '2026-11-19' }), ['sentOn']],
    ['sent on no day', sent({ sentOn: '' }), ['sentOn']],
    ['sent without saying what', sent({ file: '' }), ['file']],
    ['sent by nobody', sent({ sentBy: '' }), ['sentBy']],
    ['sent', sent(), []],
  ]
  for (const [name, body, fields] of copies)
    it(`takes a copy ${name} (7.5)${fields.length > 0 ? ' for a slip' : ''}`, () => {
      expect((readCopy(body, today).problems ?? []).map(({ field }) => field)).to.deep.equal(fields)
    })

  function sent(changes: object = {}) {
    const whole = { sentOn: '2026-11-21', sentBy: 'Anne', file: 'f1' }
    return { customer: 'C-0001', askedOn: '2026-11-20', ...whole, ...changes }
  }
})
