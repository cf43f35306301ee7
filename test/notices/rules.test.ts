import { expect } from 'chai'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import {
  addToSummary,
  answered,
  awaitsDeletion,
  blockersIn,
  clockFails,
  clockStarts,
  emptySummary,
  hasSettled,
  hold,
  keepsBack,
  linesFor,
  mayBePermitted,
  mayBeUsed,
  modeFor,
  nextPermission,
  periodsIn,
  permitted,
  recipientFor,
  release,
  remindersDue,
  severityBy,
  startFor,
  stateAfter,
  useBlocksOf,
  type Answer,
  type LineKind,
  type Mode,
} from '../../src/notices/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aCustomer, aLine, aNotice, aPart, aRecipient, aRunning } from './builders.js'

const mail = { channel: 'mail' as const, registered: false, file: null }
const rules = aNotice().rules
const answer = (changes: Partial<Answer> = {}): Answer => ({
  answer: 'approved',
  on: '2026-12-01',
  at: new Date('2026-12-01T09:00:00Z'),
  channel: 'mail',
  file: 'f1',
  by: { name: 'Mette Krogh', title: 'Direktør' },
  waivesRest: false,
  ...changes,
})
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

describe('when a notice arrives', () => {
  it('starts the clock on the day of arrival and keeps the printed day where that is later', () => {
    const change = clockStarts(aRecipient(), new Date('2026-11-24T09:00:05Z'), mail, rules)
    expect(change).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      lastDay: '2026-12-28',
      earliestUse: '2026-12-29',
    })
    expect(change?.owed).to.deep.equal([])
  })

  it('owes a correction where the reckoned day is later than the printed one', () => {
    const change = clockStarts(aRecipient(), new Date('2026-12-01T09:00:00Z'), mail, rules)
    // Received Tuesday 1 December 2026: thirty days end on 31 December, and the extension reaches Monday 4 January.
    expect(change).to.include({ dayZero: '2026-12-01', lastDay: '2027-01-04', earliestUse: '2027-01-05' })
    expect(change?.owed).to.deep.equal(['correction'])
  })

  it('only informs those of whom nothing is asked', () => {
    const informed = aRecipient({ lines: [aPart({ mode: 'information' })], printedLastDay: null })
    expect(clockStarts(informed, new Date('2026-11-24T09:00:05Z'), mail, rules)).to.include({ state: 'told' })
  })

  it('changes nothing the second time', () => {
    expect(clockStarts(aRunning(), new Date(), mail, rules)).to.equal(null)
  })
})

describe('when a notice does not arrive', () => {
  const now = new Date('2026-11-26T09:00:00Z')
  const bounced = { because: 'bounced' as const, dispatchedAt: new Date('2026-11-24T09:00:05Z') }

  it('tries the next contact, with a printed day that never moves against the reader', () => {
    const change = clockFails(aRecipient(), bounced, now, rules)
    expect(change).to.include({ state: 'queued', contactIndex: 1, printedLastDay: '2026-12-28' })
    expect(change?.owed).to.deep.equal(['announcement'])
    expect(clockFails(aRecipient(), bounced, new Date('2026-12-10T09:00:00Z'), rules)).to.include({
      printedLastDay: '2027-01-11',
    })
  })

  it('waits as undelivered after the last contact', () => {
    expect(clockFails(aRecipient({ contactIndex: 1 }), bounced, now, rules)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'bounced',
    })
  })

  it('undoes a clock that a relay let start, but not one that staff registered', () => {
    expect(clockFails(aRunning({ contactIndex: 1 }), bounced, now, rules)).to.include({
      state: 'undelivered',
      dayZero: null,
      lastDay: null,
    })
    const byLetter = aRunning({ delivery: { channel: 'letter', registered: true, file: 'f1' } })
    expect(clockFails(byLetter, bounced, now, rules)).to.equal(null)
  })

  it('counts dispatch to the last contact where the agreement says so, and only a refusal by a server', () => {
    const dispatch = aRecipient({ contactIndex: 1, agreement: { ...ordinaryAgreement, counts: 'dispatch' } })
    expect(clockFails(dispatch, bounced, now, rules)).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      undeliveredBecause: 'bounced',
    })
    expect(clockFails(dispatch, { because: 'given-up', dispatchedAt: now }, now, rules)).to.include({
      state: 'undelivered',
    })
  })

  it('does not try the next contact while nothing leaves the house', () => {
    expect(clockFails(aRecipient(), { because: 'kept', dispatchedAt: now }, now, rules)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'kept',
    })
  })

  it('leaves alone what is over', () => {
    for (const state of ['permitted', 'in-use', 'withdrawn', 'exempted', 'left'] as const)
      expect(clockFails(aRunning({ state }), bounced, now, rules)).to.equal(null)
  })
})

describe('permission', () => {
  const verdict = (recipient = aRunning(), today = '2026-12-29', open: string[] = [], unclassified = 0) =>
    mayBePermitted(recipient, open, unclassified, today)
  const approvalLine = (changes: Partial<Answer> | null) =>
    aRunning({ lines: [aPart({ mode: 'approval', answer: changes === null ? null : answer(changes) })] })

  it('comes by itself on the day after the last one, not before', () => {
    expect(verdict(aRunning(), '2026-12-28')).to.deep.equal({ yes: false, because: 'notices:waits.period' })
    expect(verdict()).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
  })

  it('dates from its day also where the timer comes late', () => {
    expect(verdict(aRunning(), '2027-01-05')).to.include({ yes: true, from: '2026-12-29' })
  })

  it('does not come while an objection is open, a reply is unread or an instruction is missing', () => {
    expect(verdict(aRunning(), '2026-12-29', ['OB-2026-001'])).to.include({
      because: 'notices:waits.objection',
    })
    expect(verdict(aRunning({ openObjections: ['OB-2026-001'] }))).to.include({
      because: 'notices:waits.objection',
    })
    expect(verdict(aRunning(), '2026-12-29', [], 1)).to.include({ because: 'notices:waits.unclassified' })
    expect(verdict(aRunning({ blockedBy: ['instruction'] }))).to.include({
      because: 'notices:waits.instruction',
    })
    expect(verdict(aRecipient())).to.include({ because: 'notices:waits.not-received' })
  })

  it('never comes by silence where approval is asked for', () => {
    expect(verdict(approvalLine(null), '2030-01-01')).to.deep.equal({
      yes: false,
      because: 'notices:waits.approval',
    })
    expect(verdict(approvalLine({ answer: 'refused' }), '2030-01-01')).to.include({
      because: 'notices:waits.nothing-asked',
    })
  })

  it('comes with approval on the later of the answer and the end of the period', () => {
    expect(verdict(approvalLine({}), '2026-12-28')).to.include({ because: 'notices:waits.period' })
    expect(verdict(approvalLine({}))).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
    expect(verdict(approvalLine({ on: '2027-01-10' }), '2027-01-10')).to.include({ from: '2027-01-10' })
  })

  it('comes at once where the customer gave up the rest of the period', () => {
    expect(verdict(approvalLine({ waivesRest: true }), '2026-12-01')).to.include({
      yes: true,
      from: '2026-12-01',
    })
    const consent = aRunning({ lines: [aPart({ answer: answer({ waivesRest: true }) })] })
    expect(verdict(consent, '2026-12-01')).to.include({ yes: true, from: '2026-12-01' })
  })

  it('is not dated back behind the day an objection was settled', () => {
    expect(verdict(aRunning({ notBefore: '2027-01-08' }), '2027-01-10')).to.include({ from: '2027-01-08' })
  })

  it('takes lines with the same day together and leaves the others for later', () => {
    const recipient = aRunning({
      lines: [aPart(), aPart({ line: 'l2', mode: 'approval' }), aPart({ line: 'l3', mode: 'information' })],
    })
    expect(verdict(recipient)).to.deep.equal({ yes: true, from: '2026-12-29', lines: ['l1'] })
    const after = permitted(recipient, ['l1'], '2026-12-29')
    expect(after).to.include({ state: 'running' })
    expect(after?.owed).to.deep.equal(['approval'])
  })

  it('is asked for again only when something can come of it', () => {
    expect(nextPermission(aRunning())).to.equal('2026-12-29')
    expect(nextPermission(approvalLine(null))).to.equal(null)
    expect(nextPermission(aRunning({ blockedBy: ['instruction'] }))).to.equal(null)
    expect(nextPermission(aRunning({ state: 'withdrawn' }))).to.equal(null)
  })

  it('is not given twice, nor to one who objected a moment before', () => {
    expect(
      permitted(aRunning({ lines: [aPart({ permittedFrom: '2026-12-29' })] }), ['l1'], '2026-12-30'),
    ).to.equal(null)
    expect(permitted(aRunning({ openObjections: ['OB-2026-001'] }), ['l1'], '2026-12-29')).to.equal(null)
  })
})

describe('the state that follows from the lines', () => {
  const given = { permittedFrom: '2026-12-29' }
  const used = { ...given, inUseSince: '2027-01-01' }
  const no = { answer: answer({ answer: 'refused' }), mode: 'approval' as const }
  const cases: [string, Parameters<typeof aPart>[0][], string][] = [
    ['told where nothing was asked', [{ mode: 'information' }], 'told'],
    ['running while one is open', [given, {}], 'running'],
    ['permitted when all are', [given, given, { mode: 'information' }], 'permitted'],
    ['in use when all are', [used, used], 'in-use'],
    ['permitted while one is not yet used', [used, given], 'permitted'],
    ['refused when all are', [no, no], 'refused'],
    ['decided by the others where one is refused', [no, used], 'in-use'],
  ]
  for (const [name, lines, state] of cases)
    it(`is ${name}`, () => {
      expect(stateAfter(lines.map((line) => aPart(line)))).to.equal(state)
    })
})

describe('an answer', () => {
  const asked = aRunning({ lines: [aPart({ mode: 'approval' })] })
  const given = (changes: object = {}) => ({ ...answer(), lines: [] as string[], ...changes })

  it('that approves is kept with who gave it and how', () => {
    expect(answered(asked, given(), 'f1', '2026-12-01').lines?.[0]?.answer).to.deep.include({
      answer: 'approved',
      file: 'f1',
      channel: 'mail',
    })
  })

  it('that refuses ends it for this customer', () => {
    expect(answered(asked, given({ answer: 'refused' }), 'f1', '2026-12-01')).to.include({
      state: 'refused',
      endedBecause: 'refused',
    })
  })

  it('that never came is noted only after the last day', () => {
    expect(() => answered(asked, given({ answer: 'no-answer' }), null, '2026-12-28')).to.throw(
      'answer-not-due',
    )
    expect(answered(asked, given({ answer: 'no-answer' }), null, '2026-12-29')).to.include({
      state: 'refused',
      endedBecause: 'no-answer',
    })
  })

  it('under notice can only be consent to an earlier start', () => {
    expect(() => answered(aRunning(), given({ lines: ['l1'] }), 'f1', '2026-12-01')).to.throw(
      'consent-needs-waiver',
    )
    expect(() => answered(aRunning(), given({ answer: 'refused' }), 'f1', '2026-12-01')).to.throw(
      'nothing-to-answer',
    )
    expect(
      answered(aRunning(), given({ waivesRest: true }), 'f1', '2026-12-01').lines?.[0]?.answer?.waivesRest,
    ).to.equal(true)
  })

  it('is not taken twice', () => {
    expect(() => answered(aRunning({ state: 'refused' }), given(), 'f1', '2026-12-01')).to.throw(
      'nothing-to-answer',
    )
  })
})

describe('an objection', () => {
  const held = aRunning({ openObjections: ['OB-2026-001'], held: true })

  it('holds the customer once, also where it is permitted or in use', () => {
    expect(hold(aRunning(), 'OB-2026-001')).to.deep.equal({ openObjections: ['OB-2026-001'] })
    expect(hold(held, 'OB-2026-001')).to.equal(null)
    expect(hold(aRunning({ state: 'in-use' }), 'OB-2026-002')).to.deep.equal({
      openObjections: ['OB-2026-002'],
    })
    expect(hold(aRunning({ state: 'withdrawn' }), 'OB-2026-002')).to.equal(null)
  })

  it('that is cleared lets it go on, from that day at the earliest', () => {
    expect(release(held, 'OB-2026-001', 'cleared', '2027-01-08')).to.deep.equal({
      openObjections: [],
      notBefore: '2027-01-08',
    })
    expect(release(aRunning(), 'OB-2026-001', 'cleared', '2027-01-08')).to.equal(null)
  })

  it('that ends it for the customer ends approvals that were given', () => {
    expect(release(held, 'OB-2026-001', 'exempted', '2027-01-08')).to.deep.include({
      state: 'exempted',
      owed: [],
      approvalsEndOn: null,
    })
    const given = { ...held, lines: [aPart({ permittedFrom: '2026-12-29' })] }
    expect(release(given, 'OB-2026-001', 'ended', '2027-01-31')).to.deep.include({
      state: 'left',
      endedOn: '2027-01-31',
      owed: ['approval-end'],
      approvalsEndOn: '2027-01-31',
    })
    expect(release(given, 'OB-2026-001', 'dropped', '2027-01-31')).to.include({
      state: 'withdrawn',
      endedBecause: 'change-dropped',
    })
  })
})

describe('use', () => {
  const ready = aRunning({ state: 'permitted', lines: [aPart({ permittedFrom: '2026-12-29' })] })

  it('is for customers permitted by that day, with no objection open', () => {
    expect(mayBeUsed(ready, 'l1', '2026-12-29')).to.equal(true)
    expect(mayBeUsed(ready, 'l1', '2026-12-28')).to.equal(false)
    expect(mayBeUsed({ ...ready, held: true }, 'l1', '2026-12-29')).to.equal(false)
    expect(mayBeUsed(aRunning(), 'l1', '2026-12-29')).to.equal(false)
    expect(
      mayBeUsed(
        { ...ready, lines: [aPart({ permittedFrom: '2026-12-29', inUseSince: '2026-12-30' })] },
        'l1',
        '2027-01-05',
      ),
    ).to.equal(false)
  })

  const facts = {
    ...aContent(),
    contract: { template: 'ours' as const, signedOn: '2026-11-02' },
    dueDiligence: { conclusion: 'accepted' as const, concludedOn: '2026-11-03' },
  }
  const scc = { country: 'IN', basis: 'scc-2021' as const, module: 3 as const, signedOn: '2026-10-01' }

  it('waits for contract, due diligence, TIA and a basis', () => {
    const day = '2026-12-29'
    expect(useBlocksOf(shippedLaw, facts, day)).to.deep.equal([])
    expect(useBlocksOf(shippedLaw, { ...facts, contract: null, dueDiligence: null }, day)).to.deep.equal([
      'contract',
      'due-diligence',
    ])
    expect(
      useBlocksOf(shippedLaw, { ...facts, contract: { template: 'ours', signedOn: '2027-01-01' } }, day),
    ).to.deep.equal(['contract'])
    expect(
      useBlocksOf(
        shippedLaw,
        { ...facts, dueDiligence: { conclusion: 'rejected', concludedOn: '2026-11-03' } },
        day,
      ),
    ).to.deep.equal(['due-diligence'])
    expect(
      useBlocksOf(shippedLaw, { ...facts, accessCountries: ['IN'], transfers: [scc] }, day),
    ).to.deep.equal(['tia'])
    expect(
      useBlocksOf(
        shippedLaw,
        { ...facts, accessCountries: ['IN'], transfers: [{ ...scc, tia: { concludedOn: '2026-11-01' } }] },
        day,
      ),
    ).to.deep.equal([])
    expect(useBlocksOf(shippedLaw, { ...facts, accessCountries: ['IN'] }, day)).to.deep.equal(['basis'])
  })
})

describe('what stands in the way of a notice', () => {
  const issuedAt = new Date('2026-11-24T09:00:00Z')
  function drafted(
    customers: ReturnType<typeof aCustomer>[],
    changes: Partial<Parameters<typeof blockersIn>[0]> = {},
  ) {
    const notice = aNotice()
    const summary = emptySummary()
    for (const customer of customers) {
      const recipient = recipientFor(notice, customer, issuedAt)
      if (recipient) addToSummary(summary, recipient, '2027-01-01')
    }
    const lines = [{ line: aLine(), reference: 'E-0001', useBlocks: [] }]
    const given = {
      reference: 'CN-2026-001',
      goLive: 'staged' as const,
      plannedStart: '2027-01-01',
      lines,
      summary,
      law: shippedLaw,
      today: '2026-11-24',
    }
    return { summary, blockers: blockersIn({ ...given, ...changes }) }
  }
  const told = (blockers: { severity: string; text: string }[]) =>
    blockers.map(({ severity, text }) => `${severity}: ${text}`)

  it('is nothing where all is well', () => {
    expect(told(drafted([aCustomer()]).blockers)).to.deep.equal([])
  })

  it('is a draft without lines, or one nobody is concerned by', () => {
    expect(told(drafted([aCustomer()], { lines: [] }).blockers)).to.deep.equal(['issue: no-lines'])
    expect(told(drafted([]).blockers)).to.deep.equal(['issue: nobody-to-tell'])
  })

  it('is a country without a basis in law; a TIA that is missing blocks use only', () => {
    const line = (transfers: object[]) => ({
      line: aLine({ content: aContent({ accessCountries: ['IN'], transfers: transfers as never }) }),
      reference: 'E-0001',
      useBlocks: [],
    })
    expect(told(drafted([aCustomer()], { lines: [line([])] }).blockers)).to.deep.equal(['issue: no-basis'])
    const scc = { country: 'IN', basis: 'scc-2021', module: 3, signedOn: '2026-10-01' }
    const withTia = { ...line([scc]), useBlocks: ['tia' as const] }
    expect(told(drafted([aCustomer()], { lines: [withTia] }).blockers)).to.deep.equal(['use: use-tia'])
  })

  it('is a start too early for somebody: a tick where staged, a fault where all start at once', () => {
    const slow = aCustomer({ agreement: { notice: { length: 60, unit: 'days' } } })
    const { summary, blockers } = drafted([aCustomer(), slow])
    expect(told(blockers)).to.deep.equal(['tick: start-too-early'])
    expect(blockers[0]?.facts).to.deep.equal({ count: 1, planned: '2027-01-01', latest: '2027-01-26' })
    expect(told(drafted([slow], { goLive: 'together' }).blockers)).to.deep.equal([
      'issue: start-too-early-together',
    ])
    expect(periodsIn(summary)).to.have.length(2)
    expect(
      [...summary.groups.values()].map(({ count, printedLastDay }) => [count, printedLastDay]),
    ).to.deep.equal([
      [1, '2026-12-28'],
      [1, '2027-01-25'],
    ])
  })

  it('is a customer without a contact, until staff takes it on itself', () => {
    const { blockers } = drafted([aCustomer({ contacts: [] })])
    expect(told(blockers)).to.deep.equal(['tick: no-contact'])
    expect(keepsBack(blockers, [])).to.have.length(1)
    expect(keepsBack(blockers, ['otherChannel'])).to.have.length(0)
  })

  it('names no more customers than a page shows, and counts all', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      aCustomer({ _id: `c${at}`, reference: `C-${at}`, contacts: [] }),
    )
    const [blocker] = drafted(many).blockers
    expect(blocker?.customers?.first).to.have.length(20)
    expect(blocker?.customers?.count).to.equal(30)
  })
})

describe('the end of a notice', () => {
  it('comes when nobody is underway and what goes has been deleted', () => {
    expect(hasSettled(aNotice(), 0)).to.equal(true)
    expect(hasSettled(aNotice(), 1)).to.equal(false)
    const removal = aLine({ kind: 'removal' })
    expect(hasSettled(aNotice({ lines: [removal] }), 0)).to.equal(false)
    expect(hasSettled(aNotice({ lines: [{ ...removal, deletedOn: '2027-01-01' }] }), 0)).to.equal(true)
    expect(hasSettled(aNotice({ state: 'settled' }), 0)).to.equal(false)
  })

  it('asks for the deletion of a replaced one once its successor is in use', () => {
    const replacement = aLine({ kind: 'replacement', replaces: 'e0' })
    expect(awaitsDeletion(replacement)).to.equal(false)
    expect(awaitsDeletion({ ...replacement, inUseSince: '2027-01-01' })).to.equal(true)
    expect(awaitsDeletion(aLine())).to.equal(false)
  })
})

describe('reminders of an approval', () => {
  const asked = aRunning({ lines: [aPart({ mode: 'approval' })] })

  it('are due fourteen and three days before the last one', () => {
    const due = (today: string) => remindersDue(asked, today)
    expect(
      ['2026-12-13', '2026-12-14', '2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29'].map(due),
    ).to.deep.equal([0, 1, 1, 2, 2, 0])
  })

  it('do not go to those who have answered or are only given notice', () => {
    expect(remindersDue(aRunning(), '2026-12-26')).to.equal(0)
    expect(
      remindersDue(aRunning({ lines: [aPart({ mode: 'approval', answer: answer() })] }), '2026-12-26'),
    ).to.equal(0)
  })

  it('do not come on the heels of the notice', () => {
    expect(remindersDue({ ...asked, dayZero: '2026-12-24' }, '2026-12-26')).to.equal(0)
  })
})

it('a task is overdue once its day is past, and due five business days before it', () => {
  const on = '2026-12-11'
  expect(
    ['2026-12-03', '2026-12-04', '2026-12-11', '2026-12-12'].map((today) => severityBy(on, today)),
  ).to.deep.equal(['info', 'due', 'due', 'overdue'])
})
