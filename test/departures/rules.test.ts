import { expect } from 'chai'
import { calendarYear, type Day } from '../../src/base/day.js'
import { Refused } from '../../src/base/errors.js'
import type { BoughtService } from '../../src/customers/rules.js'
import { nextStep } from '../../src/departures/page/tasks.js'
import {
  accepted,
  answered,
  byAgreement,
  calledOff,
  chosen,
  closed,
  customerFacts,
  departuresOfYear,
  derivedFrom,
  followUp,
  leftOut,
  mayConfirm,
  ownPoint,
  refuseAnswer,
  reminderNow,
  stateOfPoints,
  usualDepartureSettings,
  type Confirmation,
  type Departure,
  type Point,
  type PointAnswer,
  type PointState,
} from '../../src/departures/rules.js'

const today: Day = '2026-12-01'
const what = { da: 'Drift', en: 'Operation' }

function aPoint(id: string, changes: Partial<Point> = {}): Point {
  return { ...ownPoint(id, what, 'delete', '2026-12-23'), ...changes }
}

function anAnswer(changes: Partial<PointAnswer> = {}): PointAnswer {
  return {
    at: new Date('2026-12-01T09:00:00Z'),
    from: 'vendor',
    by: 'Ida Holm',
    on: today,
    how: 'Overskrevet',
    files: [],
    retention: null,
    ...changes,
  }
}

function aDeparture(changes: Partial<Departure> = {}): Departure {
  const points = changes.points ?? [aPoint('a')]
  return {
    _id: 'd',
    reference: 'OP-2026-001',
    cause: 'customer-ended',
    customer: 'c',
    engagement: null,
    endedOn: '2026-11-23',
    choice: byAgreement('2026-11-23'),
    chooseBy: '2026-12-07',
    toldOn: '2026-11-24',
    running: true,
    remindOn: null,
    confirmations: [],
    confirmedOn: null,
    closedOn: null,
    calledOff: null,
    ...derivedFrom(points),
    ...changes,
    points,
  } as Departure
}

function reasonOf(doing: () => unknown): string | null {
  try {
    doing()
    return null
  } catch (error) {
    return error instanceof Refused ? error.reason : String(error)
  }
}

const final = { final: true } as Confirmation

describe('What has ended for a customer', () => {
  const bought = (service: string, from: Day, to: Day | null): BoughtService => ({ service, from, to })
  const cases: [
    services: BoughtService[],
    endedOn: Day | null,
    facts: [cause: string, on: Day, services: string[]][],
    why: string,
  ][] = [
    [[bought('s', '2024-01-01', null)], null, [], 'a customer that stays'],
    [
      [bought('s', '2024-01-01', null), bought('t', '2024-01-01', null)],
      '2026-11-23',
      [['customer-ended', '2026-11-23', ['s', 't']]],
      'everything it bought until then',
    ],
    [
      [bought('s', '2024-01-01', '2026-11-01'), bought('t', '2024-01-01', null)],
      null,
      [['service-ended', '2026-11-01', ['s']]],
      'one service alone',
    ],
    [
      [bought('s', '2024-01-01', '2026-11-01'), bought('t', '2024-01-01', '2026-11-01')],
      null,
      [['service-ended', '2026-11-01', ['s', 't']]],
      'two on one day are one case',
    ],
    [
      [bought('s', '2024-01-01', '2026-11-01'), bought('s', '2026-11-01', null)],
      null,
      [],
      'bought anew without a gap',
    ],
    [
      [bought('s', '2024-01-01', '2026-11-23')],
      '2026-11-23',
      [['customer-ended', '2026-11-23', ['s']]],
      'its service ends with it, once',
    ],
    [[bought('s', '2024-01-01', '2026-12-24')], null, [], 'what ends later has not ended'],
    [[bought('s', '2020-01-01', '2021-01-01')], null, [], 'long past: by hand'],
    [[bought('s', '2026-11-01', '2026-11-01')], null, [], 'entered by mistake: never bought'],
  ]
  for (const [services, endedOn, facts, why] of cases)
    it(`is ${facts.map(([cause]) => cause).join(', ') || 'nothing'}: ${why}`, () => {
      const found = customerFacts({ _id: 'c', services, endedOn }, { from: '2026-06-01', today })
      expect(found.map((fact) => [fact.cause, fact.endedOn, fact.services])).to.deep.equal(facts)
    })
})

describe('Where a departure stands', () => {
  const cases: [states: PointState[], state: string][] = [
    [['open', 'open'], 'open'],
    [['asked', 'open'], 'asked'],
    [['done', 'open'], 'asked'],
    [['answered', 'done'], 'asked'],
    [['done', 'done'], 'confirmed'],
    [['done', 'left-out'], 'confirmed'],
    [['done', 'retained'], 'with-exceptions'],
    [['left-out'], 'confirmed'],
  ]
  for (const [states, state] of cases)
    it(`is ${state} with ${states.join(' and ')}`, () => {
      expect(stateOfPoints(states.map((each) => ({ state: each })))).to.equal(state)
    })
})

describe('A departure', () => {
  const done = aPoint('a', { state: 'done', answer: anAnswer() })
  const kept = aPoint('b', {
    state: 'retained',
    answer: anAnswer({ retention: { rule: 'r', data: 'd', until: '2027-11-23' } }),
  })
  const cases: [departure: Departure, reason: string | null, why: string][] = [
    [aDeparture(), 'departure-points-open', 'nothing closes with open points silently'],
    [aDeparture({ points: [done] }), 'departure-not-confirmed', '11.1: the customer has it confirmed first'],
    [
      aDeparture({ points: [done, kept], confirmations: [{ final: false } as Confirmation] }),
      'departure-retention-runs',
      '11.2: what the law keeps is deleted later',
    ],
    [aDeparture({ points: [done], confirmations: [final] }), null, 'all deleted, and confirmed'],
    [aDeparture({ points: [done], customer: null, cause: 'engagement-ended' }), null, 'nobody to confirm to'],
    [aDeparture({ points: [done], running: false }), 'departure-ended', 'closed already'],
  ]
  for (const [departure, reason, why] of cases)
    it(`${reason === null ? 'closes' : `does not close (${reason})`}: ${why}`, () => {
      expect(reasonOf(() => closed(departure, today))).to.equal(reason)
    })

  it('is confirmed once while the law keeps something, and once more when nothing is kept', () => {
    expect(mayConfirm(aDeparture())).to.equal(false)
    expect(mayConfirm(aDeparture({ points: [done, kept] }))).to.equal(true)
    const partly = [{ final: false } as Confirmation]
    expect(mayConfirm(aDeparture({ points: [done, kept], confirmations: partly }))).to.equal(false)
    expect(mayConfirm(aDeparture({ points: [done], confirmations: partly }))).to.equal(true)
    expect(mayConfirm(aDeparture({ points: [done], confirmations: [...partly, final] }))).to.equal(false)
  })

  it('cannot be called off once something is deleted', () => {
    expect(reasonOf(() => calledOff(aDeparture({ points: [done] }), 'x', today))).to.equal(
      'departure-partly-done',
    )
    expect(calledOff(aDeparture(), 'x', today)).to.deep.include({ state: 'called-off', running: false })
  })
})

describe("The customer's choice, Art. 28(3)(g)", () => {
  const choice = (on: Day, by: 'customer' | 'staff' = 'customer') => ({
    handling: 'return-then-delete' as const,
    by,
    on,
    name: 'Åse Ørsted',
  })
  const asked = aPoint('a', { state: 'asked', askedOn: '2026-12-01' })
  const cases: [departure: Departure, on: Day, by: 'customer' | 'staff', reason: string | null][] = [
    [aDeparture(), '2026-12-07', 'customer', null],
    [aDeparture(), '2026-12-08', 'customer', 'departure-choice-over'],
    // Told us by letter in time, registered later.
    [aDeparture(), '2026-12-08', 'staff', null],
    [aDeparture({ points: [asked] }), '2026-12-02', 'staff', 'departure-already-asked'],
    [aDeparture({ customer: null }), '2026-12-02', 'staff', 'departure-nobody-chooses'],
  ]
  for (const [departure, on, by, reason] of cases)
    it(`on ${on} by ${by} is ${reason ?? 'taken'}`, () => {
      expect(reasonOf(() => chosen(departure, choice(on, by)))).to.equal(reason)
    })

  it('changes what happens everywhere but in the backups, which are deleted either way', () => {
    const departure = aDeparture({ points: [aPoint('a'), aPoint('own-backups')] })
    expect(chosen(departure, choice('2026-12-02')).points?.map(({ handling }) => handling)).to.deep.equal([
      'return-then-delete',
      'delete',
    ])
  })
})

describe('Answers about deletion', () => {
  const [traffic] = usualDepartureSettings.retentions
  const kept = (until: Day) => ({ on: today, retention: { rule: 'r', data: 'd', until } })
  const cases: [answer: Pick<PointAnswer, 'on' | 'retention'>, reason: string | null, why: string][] = [
    [{ on: today, retention: null }, null, 'done today'],
    [{ on: '2026-12-02', retention: null }, 'departure-done-in-future', 'nobody knows tomorrow'],
    [kept('2027-11-23'), null, '11.2.a: up to twelve months from the end'],
    [kept('2027-11-24'), 'departure-retention-too-long', 'a day more than the rule allows'],
    [kept(today), 'departure-retention-over', 'then it may be deleted now'],
  ]
  for (const [answer, reason, why] of cases)
    it(`are ${reason ?? 'taken'}: ${why}`, () => {
      expect(reasonOf(() => refuseAnswer(aDeparture(), answer, today, traffic ?? null))).to.equal(reason)
    })

  it('settle a point when they are taken, and can be given anew until then', () => {
    const points = answered([aPoint('a'), aPoint('b')], ['a'], anAnswer())
    const again = answered(points, ['a'], anAnswer({ how: 'Rettet' }))
    expect(again[0]).to.deep.include({ state: 'answered' })
    expect(again[0]?.earlier).to.have.length(1)
    const taken = accepted(again, ['a'], today)
    expect(taken.map(({ state }) => state)).to.deep.equal(['done', 'open'])
    expect(reasonOf(() => answered(taken, ['a'], anAnswer()))).to.equal('departure-point-settled')
    expect(reasonOf(() => accepted(taken, ['b'], today))).to.equal('departure-not-answered')
    expect(reasonOf(() => leftOut(taken, ['a'], 'x'))).to.equal('departure-point-settled')
    expect(reasonOf(() => accepted(taken, ['another'], today))).to.equal('departure-no-points')
  })

  it('of what the law keeps are asked for anew the day after it ran out, and not before', () => {
    const points = accepted(answered([aPoint('a')], ['a'], anAnswer(kept('2027-11-23'))), ['a'], today)
    expect(derivedFrom(points)).to.deep.include({ state: 'with-exceptions', followUpOn: '2027-11-24' })
    expect(followUp(points, '2027-11-23', '2027-12-07').ended).to.deep.equal([])
    const { points: after, ended } = followUp(points, '2027-11-24', '2027-12-08')
    expect(ended).to.deep.equal(['a'])
    expect(after[0]).to.deep.include({ state: 'open', dueOn: '2027-12-08', answer: null })
    expect(after[0]?.earlier).to.have.length(1)
  })
})

describe('Reminders of deletion', () => {
  const cases: [remindOn: Day | null, on: Day, days: number | null][] = [
    ['2026-12-16', '2026-12-15', null],
    ['2026-12-16', '2026-12-16', -7],
    // After days of standing the last only.
    ['2026-12-16', '2026-12-31', 7],
    ['2026-12-30', '2027-01-06', 14],
    [null, '2026-12-23', null],
  ]
  for (const [remindOn, on, days] of cases)
    it(`on ${on}, next due ${remindOn}: ${days ?? 'none'}`, () => {
      expect(reminderNow({ dueOn: '2026-12-23', remindOn }, on)).to.equal(days)
    })
})

describe('What comes next in a departure', () => {
  const withVendor = { kind: 'engagement' as const, vendor: 'v' }
  const cases: [changes: Partial<Departure>, resumed: boolean, step: string | null][] = [
    [{ toldOn: null }, false, 'tell'],
    [{ toldOn: null }, true, 'resumed'],
    [{ points: [aPoint('a', withVendor)] }, false, 'choice'],
    [{ points: [aPoint('a', withVendor)], chooseBy: '2026-11-30' }, false, 'ask'],
    [{ chooseBy: '2026-11-30' }, false, 'own'],
    [
      { points: [aPoint('a', { ...withVendor, state: 'asked', askedOn: today })], chooseBy: null },
      false,
      'wait',
    ],
    [{ points: [aPoint('a', { state: 'answered', answer: anAnswer() })] }, false, 'check'],
    [{ points: [aPoint('a', { state: 'done', answer: anAnswer() })] }, false, 'confirm'],
    [
      { points: [aPoint('a', { state: 'done', answer: anAnswer() })], confirmations: [final] },
      false,
      'close',
    ],
    [{ running: false }, false, null],
  ]
  for (const [changes, resumed, step] of cases)
    it(`is ${step ?? 'nothing'}`, () => {
      expect(nextStep(aDeparture(changes), resumed, today)).to.equal(step)
    })
})

describe("A year's departures", () => {
  it('are counted with their references: ended, confirmed, kept by law, and overdue at its end', () => {
    const late = aDeparture({ reference: 'OP-2026-002', points: [aPoint('a', { dueOn: '2026-12-23' })] })
    const confirmed = aDeparture({
      points: [aPoint('a', { state: 'done', answer: anAnswer() })],
      confirmedOn: '2026-12-03',
      closedOn: '2027-01-05',
      running: false,
    })
    const off = aDeparture({
      reference: 'OP-2026-003',
      calledOff: { on: '2026-12-01', because: 'x' },
      running: false,
    })
    const all = [late, confirmed, off]
    expect(departuresOfYear(all, calendarYear(2026), '2027-02-01')).to.deep.equal({
      opened: {
        'customer-ended': ['OP-2026-001', 'OP-2026-002'],
        'service-ended': [],
        'engagement-ended': [],
        replaced: [],
      },
      confirmed: ['OP-2026-001'],
      closed: [],
      calledOff: ['OP-2026-003'],
      withExceptions: [],
      overdue: ['OP-2026-002'],
      longestDays: 10,
    })
    expect(departuresOfYear(all, calendarYear(2027), '2027-02-01')).to.deep.include({
      closed: ['OP-2026-001'],
      confirmed: [],
    })
  })
})
