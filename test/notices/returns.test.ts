import { expect } from 'chai'
import { danishDateRules } from '../../src/notices/rules/deadlines.js'
import {
  clockFails,
  hold,
  holdUnread,
  nextPermission,
  permitted,
  releaseRead,
  returnMeans,
  type Recipient,
} from '../../src/notices/rules.js'
import { mayBePermitted } from '../../src/notices/rules/permission.js'
import { aPart, aRecipient, aRunning } from './builders.js'

const receiptOf = (contact: string) => ({ at: new Date('2026-11-25T09:00:00Z'), contact })
const permittedPart = [aPart({ permittedFrom: '2026-12-29' })]

// Clause 15: notices go to the contacts the customer has named. Clause 7.3: the customer is told. Domain facts 9: what bounces has not
// come; the sender bears that. In doubt the period begins anew, which costs the customer nothing.
const returns: [words: string, recipient: ReturnType<typeof aRecipient>, contact: string, means: string][] = [
  ['nobody has said anything about it', aRunning(), 'k1', 'stops'],
  ['the word that it was taken over is not noted yet', aRecipient(), 'k1', 'stops'],
  ['another contact has confirmed receipt', aRunning({ receipt: receiptOf('k2') }), 'k1', 'stops'],
  ['its own reader has confirmed receipt', aRunning({ receipt: receiptOf('k1') }), 'k1', 'receipt-stands'],
  [
    'its own reader confirmed an earlier copy, and this one has not arrived',
    aRecipient({ receipt: receiptOf('k1') }),
    'k1',
    'stops',
  ],
  ['it only tells: nothing runs, and still it has to come', aRunning({ state: 'told' }), 'k1', 'stops'],
  ['the next contact is being tried already', aRunning({ contactIndex: 1 }), 'k1', 'nothing'],
  ['it went to somebody who is no contact here', aRunning(), 'k9', 'nothing'],
  [
    'staff delivered it by letter, with the proof on file',
    aRunning({ delivery: { channel: 'letter', registered: true, file: 'f1' } }),
    'k1',
    'nothing',
  ],
  ['it is permitted', aRunning({ state: 'permitted', lines: permittedPart }), 'k1', 'too-late'],
  ['it is in use', aRunning({ state: 'in-use', lines: permittedPart }), 'k1', 'too-late'],
  [
    'one line is permitted by it, and another still waits for its approval',
    aRunning({ lines: [...permittedPart, aPart({ line: 'l2', mode: 'approval' })] }),
    'k1',
    'too-late',
  ],
  [
    'what is permitted was so before this period began, and the copy is about another line',
    aRunning({ lines: [aPart({ permittedFrom: '2026-11-20' }), aPart({ line: 'l2' })] }),
    'k1',
    'stops',
  ],
  [
    'it was its copy that came, and another is the contact since',
    aRunning({ delivery: { channel: 'mail', registered: false, file: null, contact: 'k9' } }),
    'k9',
    'stops',
  ],
  [
    'it went to a contact whose copy is not the one that came',
    aRunning({ delivery: { channel: 'mail', registered: false, file: null, contact: 'k9' } }),
    'k1',
    'nothing',
  ],
  ['the customer is exempted', aRunning({ state: 'exempted' }), 'k1', 'nothing'],
  ['the customer has left', aRunning({ state: 'left' }), 'k1', 'nothing'],
  ['the notice was withdrawn', aRunning({ state: 'withdrawn' }), 'k1', 'nothing'],
  ['the customer refused', aRunning({ state: 'refused' }), 'k1', 'nothing'],
]

describe('a notice that comes back after a server had taken it over', () => {
  for (const [words, recipient, contact, means] of returns)
    it(`${means}, where ${words}`, () => {
      expect(returnMeans(recipient, contact)).to.equal(means)
    })
})

describe('the next to be written to when a copy comes back', () => {
  const bounced = { because: 'bounced' as const, dispatchedAt: new Date('2026-11-24T09:00:05Z') }
  const returned = (recipient: Recipient) =>
    clockFails(recipient, bounced, new Date('2026-12-01T09:00:00Z'), danishDateRules)
  const delivery = { channel: 'mail' as const, registered: false, file: null }

  it('is the contact after the one it came back from', () => {
    expect(returned(aRunning({ delivery: { ...delivery, contact: 'k1' } }))).to.include({
      state: 'queued',
      contactIndex: 1,
    })
  })

  it('is who took its place, where the customer has named another since (clause 15): that one has not been sent the notice', () => {
    expect(returned(aRunning({ delivery: { ...delivery, contact: 'k9' } }))).to.include({
      state: 'queued',
      contactIndex: 0,
      lastDay: null,
    })
  })

  it('leaves owed what the register and the customer are owed of what was decided before', () => {
    const owing = aRunning({ owed: ['approval', 'correction', 'answer-receipt', 'reminder'] })
    expect(returned(owing)?.owed).to.deep.equal(['approval', 'answer-receipt', 'announcement'])
    expect(returned({ ...owing, contactIndex: 1 })?.owed).to.deep.equal(['approval', 'answer-receipt'])
  })
})

describe('a reply nobody has read', () => {
  const unread = aRunning({ unclassified: ['RE-2026-001'], held: true })

  it('keeps everything from being permitted, whatever the day (clause 7.3)', () => {
    expect(mayBePermitted(unread, [], 0, '2027-06-01')).to.deep.equal({
      yes: false,
      because: 'notices:waits.unclassified',
    })
    expect(permitted(unread, ['l1'], '2026-12-29')).to.equal(null)
    expect(nextPermission(unread), 'what it waits for is known all the same').to.equal('2026-12-29')
  })

  it('is held for once, and for each reply by itself', () => {
    expect(holdUnread(aRunning(), 'RE-2026-001')).to.deep.equal({ unclassified: ['RE-2026-001'] })
    expect(holdUnread(unread, 'RE-2026-001')).to.equal(null)
    expect(holdUnread(unread, 'RE-2026-002')).to.deep.equal({ unclassified: ['RE-2026-001', 'RE-2026-002'] })
  })

  it('holds also what is permitted or in use, and nothing where no change is left', () => {
    for (const state of ['permitted', 'in-use', 'told', 'undelivered', 'queued'] as const)
      expect(holdUnread(aRunning({ state }), 'RE-2026-001'), state).not.to.equal(null)
    for (const state of ['withdrawn', 'exempted', 'left'] as const)
      expect(holdUnread(aRunning({ state }), 'RE-2026-001'), state).to.equal(null)
  })

  it('lets go when it is read: permitted from that day at the earliest, beside an objection that stays', () => {
    expect(releaseRead(unread, 'RE-2026-001', '2027-01-15')).to.deep.equal({
      unclassified: [],
      notBefore: '2027-01-15',
    })
    expect(releaseRead(unread, 'RE-2026-009', '2027-01-15')).to.equal(null)
    const both = { ...unread, ...hold(unread, 'OB-2026-001') }
    const after = { ...both, ...releaseRead(both, 'RE-2026-001', '2027-01-15') }
    expect(mayBePermitted(after, [], 0, '2027-06-01')).to.include({ because: 'notices:waits.objection' })
  })

  it('is nothing on records from before replies were read in', () => {
    const { unclassified: _, ...old } = aRunning()
    expect(mayBePermitted(old, [], 0, '2026-12-29')).to.include({ yes: true })
    expect(holdUnread(old, 'RE-2026-001')).to.deep.equal({ unclassified: ['RE-2026-001'] })
  })
})
