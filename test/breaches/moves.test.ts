import { expect } from 'chai'
import {
  arrived,
  called,
  emptyContent,
  failed,
  hour,
  mayClose,
  maySend,
  nextStep,
  notKnownYet,
  registeredAs,
  sent,
  stateAfter,
  type AffectedCustomer,
  type Breach,
  type Standing,
} from '../../src/breaches/rules.js'

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
