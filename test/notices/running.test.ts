import { expect } from 'chai'
import { ordinaryAgreement, type CustomerToTell } from '../../src/customers/rules.js'
import { follow, joins, used, type Recipient, type Running } from '../../src/notices/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aLine, aNotice, aPart, aRecipient, contact } from './builders.js'

const now = new Date('2026-12-07T09:00:00Z')

function running(changes: Partial<Running> = {}): Running {
  return { notice: aNotice(), approved: new Set(), now, today: '2026-12-07', law: shippedLaw, ...changes }
}

function aCustomer(changes: Partial<CustomerToTell> = {}): CustomerToTell {
  return {
    _id: 'c1',
    reference: 'C-0001',
    name: 'Bakkeby Kommune',
    agreement: ordinaryAgreement,
    contacts: [contact(1), contact(2)],
    affected: true,
    services: ['hosting'],
    sample: false,
    ...changes,
  }
}

const told: Partial<Recipient> = {
  state: 'running',
  owed: [],
  acceptedAt: new Date('2026-11-24T09:00:01Z'),
  dayZero: '2026-11-24',
  lastDay: '2026-12-28',
  earliestUse: '2026-12-29',
}

describe('a customer that joins while a notice runs (clause 7.3: told before use)', () => {
  it('is told now, with a day of its own that is reckoned from now', () => {
    const part = joins(running(), aCustomer())
    expect(part).to.include({ state: 'queued', customer: 'c1', printedLastDay: '2027-01-07' })
    expect(part?.owed).to.deep.equal(['announcement'])
  })

  it('is not told of what it accepted with its list at signing (EDPB 22/2024, para 25)', () => {
    expect(joins(running({ approved: new Set(['e1']) }), aCustomer())).to.equal(null)
  })

  it('is told of the lines that are news to it, and of no others', () => {
    const notice = aNotice({ lines: [aLine(), aLine({ id: 'l2', engagement: 'e2' })] })
    const part = joins(running({ notice, approved: new Set(['e1']) }), aCustomer())
    expect(part?.lines.map(({ line }) => line)).to.deep.equal(['l2'])
  })

  it('hears nothing of a sub-processor that goes and never was on its list', () => {
    const notice = aNotice({ lines: [aLine({ kind: 'removal', engagement: 'gone' })] })
    expect(joins(running({ notice }), aCustomer())).to.equal(null)
    expect(joins(running({ notice, approved: new Set(['gone']) }), aCustomer())?.lines).to.have.length(1)
  })

  it('hears nothing where it buys none of the services and its list is its own', () => {
    const agreement = { ...ordinaryAgreement, commonList: false }
    expect(joins(running(), aCustomer({ services: ['telephony'], affected: false, agreement }))).to.equal(
      null,
    )
  })

  it('waits for somebody to write to where it has no contact yet', () => {
    expect(joins(running(), aCustomer({ contacts: [] }))).to.include({
      state: 'undelivered',
      undeliveredBecause: 'no-contact',
    })
  })
})

describe('a customer that changes what it buys while a notice runs', () => {
  it('drops out where it buys none of the services any more', () => {
    const followed = follow(running(), aRecipient(told), null)
    expect(followed?.event).to.equal('left')
    expect(followed?.change).to.include({
      state: 'left',
      endedBecause: 'service-ended',
      endedOn: '2026-12-07',
    })
  })

  it('ends what was permitted for it from the day it dropped out', () => {
    const permitted = aRecipient({
      ...told,
      state: 'permitted',
      lines: [aPart({ permittedFrom: '2026-12-01' })],
    })
    expect(follow(running(), permitted, null)?.change).to.deep.include({
      approvalsEndOn: '2026-12-07',
      owed: ['approval-end'],
    })
  })

  it('is told anew where it had dropped out and buys a service again, with no earlier day than it had', () => {
    const gone = aRecipient({
      ...told,
      state: 'left',
      endedBecause: 'service-ended',
      endedOn: '2026-12-01',
      printedLastDay: '2027-03-01',
    })
    const followed = follow(running(), gone, aCustomer())
    expect(followed?.event).to.equal('joined')
    expect(followed?.change).to.include({
      state: 'queued',
      round: 2,
      printedLastDay: '2027-03-01',
      lastDay: null,
      endedOn: null,
      endedBecause: null,
    })
    expect(followed?.change.owed).to.deep.equal(['announcement'])
    // Whose agreement ended is a customer no more.
    expect(follow(running(), { ...gone, endedBecause: 'agreement-ended' }, aCustomer())).to.equal(null)
  })

  for (const state of ['in-use', 'refused', 'exempted', 'withdrawn', 'left'] as const)
    it(`stays as it is where its part is ${state}`, () => {
      expect(follow(running(), aRecipient({ ...told, state }), null)).to.equal(null)
    })

  it('is given notice where it was merely informed and now buys the service', () => {
    const informed = aRecipient({
      ...told,
      state: 'told',
      affected: false,
      printedLastDay: null,
      dayZero: null,
      lastDay: null,
      earliestUse: null,
      lines: [aPart({ mode: 'information' })],
    })
    const followed = follow(running(), informed, aCustomer())
    expect(followed?.event).to.equal('concerned')
    expect(followed?.change).to.include({ state: 'queued', printedLastDay: '2027-01-07', round: 2 })
    expect(followed?.change.lines).to.deep.equal([aPart()])
  })

  it('never gets an earlier day than the one it was given, and keeps what is permitted', () => {
    const notice = aNotice({ lines: [aLine(), aLine({ id: 'l2', engagement: 'e2' })] })
    const late = aRecipient({
      ...told,
      state: 'permitted',
      printedLastDay: '2027-02-01',
      lines: [aPart({ permittedFrom: '2026-12-01' }), aPart({ line: 'l2', mode: 'information' })],
    })
    const followed = follow(running({ notice, approved: new Set(['e1']) }), late, aCustomer())
    expect(followed?.change).to.include({ state: 'queued', printedLastDay: '2027-02-01', lastDay: null })
    expect(
      followed?.change.lines?.map(({ line, mode, permittedFrom }) => [line, mode, permittedFrom]),
    ).to.deep.equal([
      ['l1', 'notice', '2026-12-01'],
      ['l2', 'notice', null],
    ])
  })

  it('is no longer asked about a line whose services it has left', () => {
    const line = aLine({ id: 'l2', engagement: 'e2' })
    const telephony = { ...line, content: { ...line.content!, services: ['telephony'] } }
    const both = aRecipient({ ...told, lines: [aPart(), aPart({ line: 'l2' })] })
    const followed = follow(running({ notice: aNotice({ lines: [aLine(), telephony] }) }), both, aCustomer())
    expect(followed?.event).to.equal('less-concerned')
    expect(followed?.change.lines?.map(({ mode }) => mode)).to.deep.equal(['notice', 'information'])
    expect(followed?.change.state).to.equal('running')
  })
})

describe('a customer that is asked about less while a notice runs', () => {
  it('has refused it all where it had refused what is left', () => {
    const line = aLine({ id: 'l2', engagement: 'e2' })
    const telephony = { ...line, content: { ...line.content!, services: ['telephony'] } }
    const answer = {
      answer: 'refused' as const,
      on: '2026-12-01',
      at: now,
      channel: 'letter' as const,
      file: 'f1',
      by: null,
      waivesRest: false,
    }
    const lines = [aPart({ mode: 'approval', answer }), aPart({ line: 'l2' })]
    for (const state of ['queued', 'running'] as const) {
      const refused = aRecipient({ ...told, state, lines })
      const followed = follow(
        running({ notice: aNotice({ lines: [aLine(), telephony] }) }),
        refused,
        aCustomer(),
      )
      expect(followed?.change, state).to.include({
        state: 'refused',
        endedBecause: 'refused',
        endedOn: '2026-12-07',
      })
    }
  })

  it('is still owed what was decided for it when it is asked about more', () => {
    const notice = aNotice({ lines: [aLine(), aLine({ id: 'l2', engagement: 'e2' })] })
    const permitted = aRecipient({
      ...told,
      state: 'permitted',
      owed: ['approval'],
      lines: [aPart({ permittedFrom: '2026-12-01' })],
    })
    const more = running({ notice, approved: new Set(['e1']) })
    expect(follow(more, permitted, aCustomer())?.change.owed).to.deep.equal(['approval', 'announcement'])
    const nobody = follow(more, permitted, aCustomer({ contacts: [] }))
    expect(nobody?.change).to.deep.include({ state: 'undelivered', owed: ['approval'] })
  })
})

describe('a line that is taken into use', () => {
  const permittedFrom = '2026-12-01'
  const lines = [aPart({ permittedFrom }), aPart({ line: 'l2' })]

  it('leaves the notice of another line on its way, where that has not come yet (clause 7.3)', () => {
    for (const state of ['queued', 'undelivered'] as const)
      expect(used(aRecipient({ state, lines }), 'l1', permittedFrom).state, state).to.equal(state)
  })

  it('leaves a period running, and ends the part where nothing else is asked', () => {
    expect(used(aRecipient({ ...told, lines }), 'l1', permittedFrom).state).to.equal('running')
    const alone = [aPart({ permittedFrom })]
    expect(
      used(aRecipient({ ...told, state: 'permitted', lines: alone }), 'l1', permittedFrom).state,
    ).to.equal('in-use')
  })
})

describe('a contact that changes while a notice runs (clause 15)', () => {
  const successor = { ...contact(1), id: 'k9', name: 'Ny Kontakt', email: 'ny@bakkeby.example' }

  it('gets the notice with the days that already run', () => {
    const followed = follow(running(), aRecipient(told), aCustomer({ contacts: [successor, contact(2)] }))
    expect(followed?.event).to.equal('contacts-changed')
    expect(followed?.change.owed).to.deep.equal(['handover'])
    expect(followed?.change).to.not.have.any.keys('lastDay', 'state', 'dayZero')
    expect(followed?.change.contacts?.[0]?.id).to.equal('k9')
  })

  it('is sent the notice anew where it has not arrived: the period runs from then', () => {
    const waiting = aRecipient({ state: 'undelivered', undeliveredBecause: 'bounced', owed: [] })
    const followed = follow(running(), waiting, aCustomer({ contacts: [successor] }))
    expect(followed?.change).to.include({
      state: 'queued',
      printedLastDay: '2027-01-07',
      contactIndex: 0,
      round: 2,
    })
    expect(followed?.change.owed).to.deep.equal(['announcement'])
  })

  it('changes nothing where nobody else has come, or where it is the same address', () => {
    expect(follow(running(), aRecipient(told), aCustomer())).to.equal(null)
    const renamed = { ...contact(1), id: 'k8', name: 'Kontakt Et' }
    const followed = follow(running(), aRecipient(told), aCustomer({ contacts: [renamed, contact(2)] }))
    expect(followed?.change).to.deep.equal({ contacts: [renamed, contact(2)], contactIndex: 0 })
  })

  it('keeps the old ones where there is nobody new: a notice needs somebody it was given to', () => {
    expect(follow(running(), aRecipient(told), aCustomer({ contacts: [] }))).to.equal(null)
  })
})
