import { expect } from 'chai'
import { instantAt } from '../../src/base/day.js'
import { readReport } from '../../src/breaches/form.js'
import { momentInWords } from '../../src/breaches/page/moment.js'
import {
  alertDue,
  arrived,
  authorityUntil,
  boughtThen,
  called,
  emptyContent,
  failed,
  hour,
  isInTime,
  lastInstant,
  levelOf,
  mayClose,
  maySend,
  nextStep,
  notKnownYet,
  proposedLevel,
  registeredAs,
  sent,
  stateAfter,
  type AffectedCustomer,
  type Breach,
  type Grade,
  type Standing,
} from '../../src/breaches/rules.js'

const zone = 'Europe/Copenhagen'
const shown = (at: Date, locale: 'da' | 'en' = 'da') => momentInWords(at, { locale, zone })

describe('the hours of a breach (clause 10.2; periods in hours, Reg. 1182/71 art. 3)', () => {
  const cases: [why: string, aware: string, hours: number, until: string][] = [
    ['an ordinary night', '2026-11-23T22:30:00+01:00', 24, 'tirsdag den 24. november 2026 kl. 22.30'],
    ['a weekend is no pause', '2026-11-27T22:30:00+01:00', 24, 'lørdag den 28. november 2026 kl. 22.30'],
    ['nor is Christmas', '2026-12-24T16:00:00+01:00', 24, 'fredag den 25. december 2026 kl. 16.00'],
    [
      'clocks go back: 24 hours end an hour earlier on the wall',
      '2026-10-24T22:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 21.30',
    ],
    [
      'clocks go forward: an hour later on the wall',
      '2026-03-28T22:30:00+01:00',
      24,
      'søndag den 29. marts 2026 kl. 23.30',
    ],
    [
      'twelve agreed hours over the change',
      '2026-10-24T20:00:00+02:00',
      12,
      'søndag den 25. oktober 2026 kl. 07.00',
    ],
    ['48 agreed hours', '2026-03-27T10:00:00+01:00', 48, 'søndag den 29. marts 2026 kl. 11.00'],
    [
      'a time that comes twice is told apart by its offset',
      '2026-10-24T02:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 02.30 (UTC+02:00)',
    ],
    [
      'the second of the two',
      '2026-10-24T03:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 02.30 (UTC+01:00)',
    ],
  ]
  for (const [why, aware, hours, until] of cases)
    it(why, () => {
      const end = lastInstant(new Date(aware), hours)
      expect(shown(end)).to.equal(until)
      expect(end.getTime() - Date.parse(aware)).to.equal(hours * hour)
    })

  it('count up to and with their last instant', () => {
    const until = new Date('2026-11-24T21:30:00Z')
    expect(isInTime(until, until)).to.equal(true)
    expect(isInTime(new Date(until.getTime() + 1), until)).to.equal(false)
  })

  it('of a controller are 72 (Art. 33(1)), through both clock changes', () => {
    const awareAt = new Date('2026-10-23T20:30:00Z')
    expect(shown(authorityUntil({ awareAt, authorityHours: 72 }), 'en')).to.equal(
      'Monday 26 October 2026, 21:30',
    )
  })

  it('begin at the first of two equal times: never later than we knew', () => {
    const wall = { zone, now: new Date('2026-10-25T04:00:00Z') }
    const read = readReport(
      { once: 'x', role: 'processor', report: 'x', awareDay: '2026-10-25', awareTime: '02.30' },
      wall,
    )
    expect(read.input?.awareAt.toISOString()).to.equal('2026-10-25T00:30:00.000Z')
    expect(read.input?.awareAt).to.deep.equal(instantAt('2026-10-25', '02:30', zone))
  })

  it('cannot begin later than the sub-processor told us, nor ahead of now', () => {
    const wall = { zone, now: new Date('2026-11-23T12:00:00Z') }
    const given = { once: 'x', role: 'processor', report: 'x', awareDay: '2026-11-23' }
    const told = { toldDay: '2026-11-23', toldTime: '09:00' }
    const wrong = (body: object) =>
      readReport({ ...given, ...body }, wall).problems?.map(({ field, text }) => [field, text])
    expect(wrong({ ...told, awareTime: '10:00' })).to.deep.equal([['awareTime', 'aware-after-told']])
    expect(wrong({ ...told, awareTime: '08:00' })).to.equal(undefined)
    expect(wrong({ awareTime: '14:00' })).to.deep.equal([['awareTime', 'moment-ahead']])
    expect(wrong({ awareTime: '25:00' })).to.deep.equal([['awareTime', 'not-a-time']])
    const knew = { knewDay: '2026-11-23', knewTime: '09:30' }
    expect(wrong({ ...told, ...knew, awareTime: '08:00' })).to.deep.equal([['toldTime', 'told-before-known']])
  })
})

describe('an alert while anybody is untold', () => {
  const aware = new Date('2026-11-20T21:30:00Z')
  const cases: [after: number, hours: number, step: string | null][] = [
    [0, 24, null],
    [11.9, 24, null],
    [12, 24, '12'],
    [17, 24, '12'],
    [18, 24, '6'],
    [23, 24, '1'],
    [24, 24, 'after-0'],
    [35, 24, 'after-0'],
    [36, 24, 'after-1'],
    [96, 24, 'after-6'],
    // Who agreed on eight hours is not told at once that twelve are left.
    [0, 8, null],
    [2, 8, '6'],
    [0, 12, null],
    [60, 72, '12'],
  ]
  for (const [after, hours, step] of cases)
    it(`is ${step ?? 'none'} after ${after} of ${hours} hours, however late it is asked`, () => {
      const now = new Date(aware.getTime() + after * hour)
      expect(alertDue(now, aware, lastInstant(aware, hours))).to.equal(step)
    })
})

describe('customers that bought an affected service then', () => {
  const span = { from: '2026-11-10', until: '2026-11-20' }
  const cases: [why: string, from: string, to: string | null, ended: string | null, affected: boolean][] = [
    ['all along', '2026-01-01', null, null, true],
    ['came while it was going on', '2026-11-15', null, null, true],
    ['came on its last day', '2026-11-20', null, null, true],
    ['came after', '2026-11-21', null, null, false],
    ['left before', '2026-01-01', '2026-11-09', null, false],
    ['left on its first day: data are still there', '2026-01-01', '2026-11-10', null, true],
    ['the whole customer left before', '2026-01-01', null, '2026-11-01', false],
    ['left while it was going on', '2026-01-01', '2026-11-12', null, true],
  ]
  for (const [why, from, to, ended, affected] of cases)
    it(why, () => {
      const bought = [{ service: 'telephony', from, to }]
      expect(boughtThen(bought, ended, ['telephony', 'backup'], span)).to.deep.equal(
        affected ? ['telephony'] : [],
      )
      expect(boughtThen(bought, ended, ['backup'], span)).to.deep.equal([])
    })
})

describe('likelihood times consequence (policy 13.1; recital 75)', () => {
  const cases: [likelihood: Grade, consequence: Grade, level: string][] = [
    [1, 1, 'unlikely'],
    [2, 1, 'unlikely'],
    [1, 2, 'unlikely'],
    [1, 3, 'risk'],
    [2, 2, 'risk'],
    [3, 2, 'risk'],
    [1, 4, 'risk'],
    [2, 4, 'high'],
    [3, 3, 'high'],
    [4, 4, 'high'],
  ]
  for (const [likelihood, consequence, level] of cases)
    it(`${likelihood} × ${consequence} is ${level}`, () => {
      expect(levelOf({ likelihood, consequence })).to.equal(level)
    })

  it('is decided by the gravest group', () => {
    const group = (likelihood: Grade, consequence: Grade) => ({
      who: 'x',
      harms: [],
      likelihood,
      consequence,
      because: 'x',
    })
    expect(proposedLevel([group(1, 1), group(2, 4), group(2, 2)])).to.equal('high')
    expect(proposedLevel([])).to.equal(null)
  })
})

describe('what reached a customer', () => {
  const fresh = {
    phases: [],
    calls: [],
    registered: [],
    until: new Date('2026-11-21T21:30:00Z'),
    sortKey: 'a',
    customerReference: 'C-0001',
    phase: 0,
  } as unknown as AffectedCustomer
  const at = new Date('2026-11-20T22:00:00Z')
  const later = new Date('2026-11-20T23:00:00Z')
  const after = (affected: AffectedCustomer, change: object | null) =>
    ({ ...affected, ...change }) as AffectedCustomer
  const call = { id: '1', at: later, by: 'p', spokeWith: 'Åse', number: '', note: '' }
  const queued = after(fresh, sent(fresh, 1, 'first'))

  it('a mail on its way has told nobody yet', () => {
    expect(queued).to.include({ told: 'queued', latest: 'queued', phase: 1 })
  })
  it('a mail that was taken over has', () => {
    const told = after(queued, arrived(queued, 1, 'mail-1', at))
    expect(told).to.include({ told: 'told', toldHow: 'mail', latest: 'told' })
    expect(told.toldAt).to.deep.equal(at)
    expect(arrived(told, 1, 'mail-2', later)).to.equal(null)
  })
  it('one that comes back goes to the next contact, and after the last somebody calls', () => {
    const came = { mail: 'mail-1', contact: 'first', because: 'bounced' }
    const next = after(queued, failed(queued, 1, came, 'second'))
    expect(next).to.include({ told: 'queued' })
    expect(failed(next, 1, came, null), 'word about the first copy').to.equal(null)
    const none = after(next, failed(next, 1, { ...came, contact: 'second' }, null))
    expect(none).to.include({ told: 'undelivered', latest: 'undelivered' })
    expect(none.phases[0]).to.deep.include({ tried: ['first', 'second'], because: 'bounced' })
    const phoned = after(none, called(none, { ...call, outcome: 'told' }))
    expect(phoned).to.include({ told: 'told', toldHow: 'call', latest: 'undelivered' })
  })
  it('one that comes back after it was taken over has told nobody after all', () => {
    const told = after(queued, arrived(queued, 1, 'mail-1', at))
    const back = after(told, failed(told, 1, { mail: 'mail-1', contact: 'first', because: 'bounced' }, null))
    expect(back).to.include({ told: 'undelivered', toldAt: null })
  })
  it('only a call in which it was said counts', () => {
    for (const outcome of ['no-answer', 'message-left', 'call-back', 'wrong-number'] as const)
      expect(after(fresh, called(fresh, { ...call, outcome })).told, outcome).to.equal('no')
  })
  it('the first way counts, and those told stand last on the phone list', () => {
    const told = after(queued, arrived(queued, 1, 'mail-1', at))
    const both = after(
      told,
      registeredAs(told, { at: new Date(at.getTime() - hour), how: 'digital-post', phase: 1, file: null }),
    )
    expect(both).to.include({ toldHow: 'digital-post' })
    expect(both.order > queued.order).to.equal(true)
  })
})

describe('what may be done with a breach', () => {
  const text = { da: 'Adgang udefra.', en: 'Outside access.' }
  const content = emptyContent({ name: 'Karen', phone: '+45 70', email: '' })
  const breach = {
    reference: 'BR-2026-001',
    role: 'processor',
    state: 'assessing',
    open: true,
    derived: true,
    phases: [],
    content: { ...content, nature: text },
    nobody: null,
    authority: null,
    authorityNot: null,
    risk: { conclusion: 'risk' },
  } as unknown as Breach
  const standing: Standing = { affected: 2, untold: 2, waiting: 0, behind: 0, asking: 0, first: null }
  const reason = (act: () => void): string | null => {
    try {
      act()
      return null
    } catch (error) {
      return (error as { reason: string }).reason
    }
  }
  const phase = { number: 1, at: new Date(0), by: '', content, finished: true }
  const ours = { ...breach, role: 'provider' as const }
  const told = { toldAt: new Date(0), reference: '2026-441-1', file: null }
  const withText = { ...breach.content, passOn: text }

  const sending: [why: string, breach: Breach, standing: Standing, refused: string | null][] = [
    ['with most still unknown (33(4))', breach, standing, null],
    ['not without a word of what happened', { ...breach, content }, standing, 'breach-no-nature'],
    ['not to nobody', breach, { ...standing, affected: 0 }, 'breach-nobody-to-tell'],
    ['a later phase says what is new', { ...breach, phases: [phase] }, standing, 'breach-no-news'],
    [
      'not while one is being sent',
      { ...breach, phases: [{ ...phase, finished: false }] },
      standing,
      'breach-being-sent',
    ],
    ['not when closed', { ...breach, open: false }, standing, 'breach-closed'],
    [
      'D.2.2: not before the authority is told',
      { ...ours, content: withText },
      standing,
      'breach-authority-first',
    ],
    [
      'D.2.2: not without the text in both languages',
      { ...ours, authority: told },
      standing,
      'breach-no-text-to-pass-on',
    ],
    ['D.2.2: after the authority', { ...ours, authority: told, content: withText }, standing, null],
  ]
  for (const [why, which, how, refused] of sending)
    it(`is sent: ${why}`, () => expect(reason(() => maySend(which, how))).to.equal(refused))

  const done = { ...standing, untold: 0 }
  const closing: [why: string, breach: Breach, standing: Standing, refused: string | null][] = [
    ['all told, risk judged', breach, done, null],
    ['somebody untold', breach, standing, 'breach-untold'],
    ['nobody affected, and no reason', breach, { ...done, affected: 0 }, 'breach-nobody-why'],
    [
      'nobody affected, with the reason',
      { ...breach, nobody: { because: 'x', at: new Date(0) } },
      { ...done, affected: 0 },
      null,
    ],
    ['risk not judged', { ...breach, risk: null }, done, 'breach-no-risk'],
    ['a question open', breach, { ...done, asking: 1 }, 'breach-questions-open'],
    ['D.2.2: authority neither told nor ruled out', ours, done, 'breach-authority-open'],
    ['D.2.2: a risk is unlikely', { ...ours, authorityNot: 'x' }, done, null],
  ]
  for (const [why, which, how, refused] of closing)
    it(`is closed (Art. 33(5)): ${why}`, () => expect(reason(() => mayClose(which, how))).to.equal(refused))

  it('follows its customers between being dealt with and told', () => {
    expect(stateAfter(breach, done)).to.equal('told')
    expect(stateAfter({ ...breach, state: 'told' }, standing)).to.equal('assessing')
    expect(stateAfter(breach, { affected: 0, untold: 0 })).to.equal('assessing')
    expect(stateAfter({ ...breach, state: 'closed' }, standing)).to.equal('closed')
    expect(stateAfter({ ...breach, state: 'reported' }, done)).to.equal('reported')
  })

  const later = new Date('2026-11-23T12:00:00Z')

  it('says what is next, the clock first', () => {
    expect(nextStep({ ...breach, state: 'reported' }, standing, later)).to.equal('assess')
    expect(nextStep({ ...breach, content }, standing, later)).to.equal('words')
    expect(nextStep(breach, standing, later)).to.equal('send')
    expect(nextStep({ ...breach, phases: [phase] }, { ...standing, untold: 1 }, later)).to.equal('call')
    const justSent = { ...phase, at: new Date(later.getTime() - 14 * 60_000) }
    const underway = { ...standing, untold: 1, waiting: 1 }
    expect(nextStep({ ...breach, phases: [justSent] }, underway, later)).to.equal('wait')
    expect(nextStep({ ...breach, phases: [phase] }, underway, later), 'mail is down').to.equal('call')
    expect(nextStep(ours, standing, later)).to.equal('authority')
    expect(nextStep({ ...breach, phases: [phase], risk: null }, done, later)).to.equal('risk')
    expect(nextStep({ ...breach, phases: [phase] }, done, later)).to.equal('close')
  })

  it('names what Art. 33(3) asks for and is not known, the contact point (b) too', () => {
    expect(notKnownYet(content)).to.deep.equal(['nature', 'subjects', 'records', 'consequences', 'measures'])
    expect(notKnownYet({ ...content, contact: { name: '', phone: '', email: '' } })).to.include('contact')
    expect(notKnownYet({ ...content, subjects: text, subjectCount: 0 })).to.not.include('subjects')
  })
})
