import { expect } from 'chai'
import { Refused } from '../../src/base/errors.js'
import {
  answerable,
  answeredOnPage,
  mayBePermitted,
  type Answer,
  type PageAnswer,
  type Recipient,
} from '../../src/notices/rules.js'
import { aPart, aRunning } from './builders.js'

/**
 * What a contact with the right to approve may say on the customer's page. Sources: B.1 last paragraph and C.5 (prior written
 * approval), C.6 and 8.3 (no transfer without an instruction), clause 7.3 (the period is the customer's; only it can give it up),
 * EDPB 07/2020 paras 151-157 (silence), GDPR art. 38-39 (a DPO advises).
 */
const at = new Date('2026-12-01T10:00:00Z')
const today = '2026-12-01'
const by = { name: 'Jens Holm', title: 'Direktør' }

const given = (changes: Partial<PageAnswer> = {}): PageAnswer => ({
  contact: 'k1',
  code: 'code1',
  by,
  lines: [],
  waive: [],
  instruction: null,
  ...changes,
})
const approval = (line = 'l1', changes: Partial<ReturnType<typeof aPart>> = {}) =>
  aPart({ line, mode: 'approval', ...changes })
const answered = (changes: Partial<Answer> = {}): Answer => ({
  answer: 'approved',
  on: today,
  at,
  channel: 'page',
  file: null,
  by,
  waivesRest: false,
  ...changes,
})
const after = (recipient: Recipient, answer: PageAnswer): Recipient => ({
  ...recipient,
  ...answeredOnPage(recipient, answer, at, today),
})
const reasonOf = (recipient: Recipient, answer: PageAnswer): string => {
  try {
    answeredOnPage(recipient, answer, at, today)
  } catch (error) {
    if (error instanceof Refused) return error.reason
    throw error
  }
  return 'taken'
}
const instruction = { countries: ['US'], words: 'Bakkeby Kommune instructs …' }

describe('what there is to answer on the page', () => {
  const start = '2026-12-10'
  const cases: [string, Recipient, string, ReturnType<typeof answerable>][] = [
    [
      'under notice, the start after the period',
      aRunning(),
      '2027-03-01',
      { approve: [], waive: [], instruct: false },
    ],
    [
      'under notice, the start before its earliest day',
      aRunning(),
      start,
      { approve: [], waive: ['l1'], instruct: false },
    ],
    [
      'an approval that is outstanding',
      aRunning({ lines: [approval()] }),
      '2027-03-01',
      { approve: ['l1'], waive: [], instruct: false },
    ],
    [
      'the same, the start before its earliest day',
      aRunning({ lines: [approval()] }),
      start,
      { approve: ['l1'], waive: ['l1'], instruct: false },
    ],
    [
      'one approved already: the rest may still be given up',
      aRunning({ lines: [approval('l1', { answer: answered() })] }),
      start,
      { approve: [], waive: ['l1'], instruct: false },
    ],
    [
      'one for which it has been given up',
      aRunning({ lines: [approval('l1', { answer: answered({ waivesRest: true }) })] }),
      start,
      { approve: [], waive: [], instruct: false },
    ],
    [
      'an instruction that is missing',
      aRunning({ blockedBy: ['instruction'] }),
      '2027-03-01',
      { approve: [], waive: [], instruct: true },
    ],
    [
      'when it has been refused',
      aRunning({ state: 'refused', lines: [approval()] }),
      start,
      { approve: [], waive: [], instruct: false },
    ],
    [
      'for information only',
      aRunning({ state: 'told', lines: [aPart({ mode: 'information' })] }),
      start,
      { approve: [], waive: [], instruct: false },
    ],
  ]
  for (const [what, recipient, plannedStart, offered] of cases)
    it(`${what}: ${JSON.stringify(offered)}`, () => {
      expect(answerable(recipient, plannedStart, today)).to.deep.equal(offered)
    })

  it('once the period is over there is no rest to give up', () => {
    expect(answerable(aRunning({ lines: [approval()] }), start, '2026-12-29').waive).to.deep.equal([])
  })
})

describe('an answer on the page', () => {
  const permission = (recipient: Recipient, on: string) => mayBePermitted(recipient, [], 0, on)

  it('approves, and permits the day after the period at the earliest (clause 7.3)', () => {
    const recipient = after(
      aRunning({ lines: [approval()] }),
      given({ lines: [{ line: 'l1', answer: 'approved' }] }),
    )
    expect(recipient.lines[0]?.answer).to.deep.equal({
      answer: 'approved',
      on: today,
      at,
      channel: 'page',
      file: null,
      by,
      waivesRest: false,
      contact: 'k1',
      code: 'code1',
    })
    expect(recipient.owed).to.include('answer-receipt')
    expect(permission(recipient, '2026-12-28')).to.include({ yes: false })
    expect(permission(recipient, '2026-12-29')).to.include({ yes: true, from: '2026-12-29' })
  })

  it('approves and gives up the rest: permitted from that day', () => {
    const recipient = after(
      aRunning({ lines: [approval()] }),
      given({ lines: [{ line: 'l1', answer: 'approved' }], waive: ['l1'] }),
    )
    expect(permission(recipient, today)).to.include({ yes: true, from: today })
  })

  it('refuses, and that ends it where nothing else was asked', () => {
    const recipient = after(
      aRunning({ lines: [approval()] }),
      given({ lines: [{ line: 'l1', answer: 'refused' }] }),
    )
    expect(recipient).to.include({ state: 'refused', endedBecause: 'refused', endedOn: today })
  })

  it('answers each line by itself: what is refused stays out, what is approved goes on', () => {
    const recipient = after(
      aRunning({ lines: [approval('l1'), approval('l2'), aPart({ line: 'l3' })] }),
      given({
        lines: [
          { line: 'l1', answer: 'approved' },
          { line: 'l2', answer: 'refused' },
        ],
      }),
    )
    expect(recipient.state).to.equal('running')
    expect(permission(recipient, '2026-12-29')).to.deep.include({ yes: true, lines: ['l1', 'l3'] })
  })

  it('a line that is not answered goes on waiting', () => {
    const recipient = after(
      aRunning({ lines: [approval('l1'), approval('l2')] }),
      given({ lines: [{ line: 'l1', answer: 'approved' }] }),
    )
    expect(recipient.lines[1]?.answer).to.equal(null)
  })

  it('a reminder that was still to go does not, once nothing is outstanding', () => {
    const recipient = aRunning({ lines: [approval('l1'), approval('l2')], owed: ['reminder'] })
    const one = after(recipient, given({ lines: [{ line: 'l1', answer: 'approved' }] }))
    expect(one.owed).to.include('reminder')
    const both = after(one, given({ code: 'code2', lines: [{ line: 'l2', answer: 'approved' }] }))
    expect(both.owed).not.to.include('reminder')
  })

  it('instructs (C.6): the block goes, and nothing is permitted from an earlier day (8.3)', () => {
    const late = '2027-02-01'
    const recipient = aRunning({ blockedBy: ['instruction'] })
    const change = answeredOnPage(recipient, given({ instruction }), at, late)
    expect(change).to.deep.include({ blockedBy: [], notBefore: late })
    expect(change?.instruction).to.deep.include({ ...instruction, by, contact: 'k1', on: late })
    expect(permission({ ...recipient, ...change }, late)).to.include({ yes: true, from: late })
  })

  it('an approval without the instruction that is missing permits nothing', () => {
    const recipient = after(
      aRunning({ lines: [approval()], blockedBy: ['instruction'] }),
      given({ lines: [{ line: 'l1', answer: 'approved' }] }),
    )
    expect(permission(recipient, '2027-02-01')).to.deep.equal({
      yes: false,
      because: 'notices:waits.instruction',
    })
  })

  it('the same code a second time changes nothing', () => {
    const answer = given({ lines: [{ line: 'l1', answer: 'approved' }] })
    const once = after(aRunning({ lines: [approval()] }), answer)
    expect(answeredOnPage(once, answer, at, today)).to.equal(null)
    const instructed = after(aRunning({ blockedBy: ['instruction'] }), given({ instruction }))
    expect(answeredOnPage(instructed, given({ instruction }), at, today)).to.equal(null)
  })

  const approved = given({ lines: [{ line: 'l1', answer: 'approved' }] })
  const refusals: [string, Recipient, PageAnswer, string][] = [
    [
      'that a colleague has given',
      aRunning({ lines: [approval('l1', { answer: answered() })] }),
      approved,
      'answered-meanwhile',
    ],
    ['to a line under notice', aRunning(), approved, 'answered-meanwhile'],
    [
      'after silence was noted',
      aRunning({ state: 'refused', lines: [approval()] }),
      approved,
      'nothing-to-answer',
    ],
    [
      'after the notice was withdrawn',
      aRunning({ state: 'withdrawn', lines: [approval()] }),
      approved,
      'nothing-to-answer',
    ],
    [
      'after the agreement has ended',
      aRunning({ state: 'left', lines: [approval()] }),
      approved,
      'nothing-to-answer',
    ],
    [
      'giving up a rest where all is permitted',
      aRunning({ lines: [aPart({ permittedFrom: '2026-11-30' })] }),
      given({ waive: ['l1'] }),
      'nothing-to-answer',
    ],
    ['instructing where nothing is missing', aRunning(), given({ instruction }), 'nothing-to-answer'],
  ]
  for (const [what, recipient, answer, reason] of refusals)
    it(`${what}: ${reason}`, () => {
      expect(reasonOf(recipient, answer)).to.equal(reason)
    })
})
