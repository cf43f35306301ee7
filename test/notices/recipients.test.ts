import { ordinaryAgreement } from '../../src/customers/rules.js'
import { expect } from 'chai'
import {
  linesFor,
  modeFor,
  recipientFor,
  startFor,
  type LineKind,
  type Mode,
} from '../../src/notices/rules.js'
import { aContent, aCustomer, aLine, aNotice, aRecipient, aRunning } from './builders.js'

const us = { country: 'US', basis: 'adequacy-dpf' as const, listingCheckedOn: '2026-11-01' }

describe('the mode of a change line', () => {
  const cases: [LineKind, 'general' | 'specific', boolean, boolean, Mode][] = [
    ['addition', 'general', false, true, 'notice'],
    ['addition', 'general', true, true, 'notice'],
    ['addition', 'specific', false, true, 'approval'],
    ['replacement', 'general', false, true, 'notice'],
    ['replacement', 'general', true, true, 'approval'],
    ['replacement', 'specific', false, true, 'approval'],
    ['removal', 'general', true, true, 'information'],
    ['removal', 'specific', false, true, 'information'],
    ['addition', 'specific', false, false, 'information'],
    ['replacement', 'general', true, false, 'information'],
  ]
  for (const [kind, authorisation, replacementNeedsApproval, affected, mode] of cases)
    it(`is ${mode} for a ${kind} under ${authorisation} authorisation${replacementNeedsApproval ? ', replacements by approval,' : ''} ${affected ? 'where affected' : 'where not affected'}`, () => {
      const agreement = { ...ordinaryAgreement, authorisation, replacementNeedsApproval }
      expect(modeFor(kind, agreement, affected)).to.equal(mode)
    })
})

describe('who is told', () => {
  const lines = [
    aLine(),
    aLine({ id: 'l2', kind: 'removal', content: aContent({ services: ['telephony'] }) }),
  ]

  it('is a customer with an affected service, of the lines about it', () => {
    const told = linesFor(lines, aCustomer({ agreement: { commonList: false } }))
    expect(told.map(({ line, mode }) => [line, mode])).to.deep.equal([['l1', 'notice']])
  })

  it('is informed of the other lines where its list is common to all', () => {
    const told = linesFor(lines, aCustomer({ agreement: { commonList: true } }))
    expect(told.map(({ line, mode }) => [line, mode])).to.deep.equal([
      ['l1', 'notice'],
      ['l2', 'information'],
    ])
  })

  it('is nobody who neither buys the service nor has a common list', () => {
    const customer = aCustomer({ services: [], agreement: { commonList: false } })
    expect(recipientFor(aNotice(), customer, new Date())).to.equal(null)
  })

  it('reads a last day with the slack of one business day in it', () => {
    const recipient = recipientFor(aNotice(), aCustomer(), new Date('2026-11-24T09:00:00Z'))
    expect(recipient).to.include({ printedLastDay: '2026-12-28', state: 'queued' })
    expect(recipient?.owed).to.deep.equal(['announcement'])
  })

  it('waits as undelivered without a contact, and is owed no mail', () => {
    const recipient = recipientFor(aNotice(), aCustomer({ contacts: [] }), new Date('2026-11-24T09:00:00Z'))
    expect(recipient).to.include({ state: 'undelivered', undeliveredBecause: 'no-contact' })
    expect(recipient?.owed).to.deep.equal([])
  })

  it('is blocked where its instruction does not cover the transfer, unless it is merely informed', () => {
    const notice = aNotice({
      lines: [aLine({ content: aContent({ storageCountries: ['DK', 'US'], transfers: [us] }) })],
    })
    const at = new Date('2026-11-24T09:00:00Z')
    expect(recipientFor(notice, aCustomer(), at)?.blockedBy).to.deep.equal(['instruction'])
    const wide = aCustomer({ agreement: { transferInstruction: { kind: 'any-valid', countries: [] } } })
    expect(recipientFor(notice, wide, at)?.blockedBy).to.deep.equal([])
    expect(recipientFor(notice, aCustomer({ services: [] }), at)?.blockedBy).to.deep.equal([])
  })

  it('starts on its own earliest day where the planned one is before it', () => {
    expect(startFor(aRunning(), '2026-12-01')).to.equal('2026-12-29')
    expect(startFor(aRunning(), '2027-02-01')).to.equal('2027-02-01')
    expect(startFor(aRecipient(), '2026-12-01')).to.equal('2026-12-29')
  })
})
