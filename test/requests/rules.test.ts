import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import type { Contact } from '../../src/customers/rules.js'
import type { ContractVersion, Engagement } from '../../src/register/rules.js'
import {
  chosenCopies,
  confirmationOverdue,
  confirmed,
  controllerDueOn,
  declined,
  dueBy,
  kindRules,
  kindsOfOurs,
  kindsToAsk,
  mayAsk,
  nextReminder,
  nextStep,
  redactedChoices,
  refuseAnswer,
  remindersNow,
  requestKinds,
  taken,
  withoutRedacted,
  withdrawn,
  written,
  yearOf,
  type RequestKind,
} from '../../src/requests/rules.js'
import { aRequest } from './builders.js'

const refusal = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error)
  }
}

describe('The kinds of requests', () => {
  const table: [kind: RequestKind, clause: string, begins: string, answer: string, confirming: string][] = [
    ['contract-copy', '7.5', 'customer', 'redacted-contract', 'none'],
    ['declaration', 'C.7', 'customer', 'declaration', 'none'],
    ['further-measures', 'C.7', 'customer', 'words', 'none'],
    ['inspection', '12.1', 'customer', 'words', 'none'],
    ['authority-visit', '12.3', 'either', 'words', 'none'],
    ['subject-rights', '9.1', 'customer', 'words', 'none'],
    ['impact-assessment', '9.2.c', 'customer', 'words', 'none'],
    ['prior-consultation', '9.2.d', 'customer', 'words', 'none'],
    ['confidentiality-proof', '5.2', 'customer', 'file', 'none'],
    ['extra-instruction', 'D.1', 'customer', 'words', 'order'],
    ['article-14-text', 'D.2.1', 'either', 'words', 'passed-on'],
    ['unlawful-instruction', '4.2', 'us', 'words', 'read'],
    ['forced-transfer', '8.2', 'us', 'words', 'read'],
  ]
  for (const [kind, clause, begins, answer, confirming] of table)
    it(`${kind} (${clause}) is begun by ${begins}, answered with ${answer}, then confirmed: ${confirming}`, () => {
      expect(kindRules[kind]).to.deep.include({ clause, begins, answer, confirming })
    })

  it('are all in the table, and each is begun by somebody', () => {
    expect(requestKinds).to.have.members(table.map(([kind]) => kind))
    expect([...new Set([...kindsToAsk, ...kindsOfOurs])]).to.have.members(requestKinds)
  })

  it('may be asked for by any contact, but for what binds the customer (D.1; Art. 38-39: a DPO advises)', () => {
    const contact = (mayApprove: boolean) => ({ name: 'Åse', mayApprove }) as Contact
    expect(refusal(() => mayAsk('inspection', contact(false)))).to.equal(null)
    expect(refusal(() => mayAsk('extra-instruction', contact(false)))).to.equal('no-right-to-instruct')
    expect(refusal(() => mayAsk('extra-instruction', contact(true)))).to.equal(null)
    expect(refusal(() => mayAsk('unlawful-instruction', contact(true)))).to.equal('request-not-yours')
  })
})

describe('The day an answer is due', () => {
  // Monday 23 November 2026 unless said.
  const cases: [kind: RequestKind, on: Day, due: Day, why: string][] = [
    ['contract-copy', '2026-11-23', '2026-12-07', 'fourteen days, our own promise'],
    ['declaration', '2026-11-23', '2026-11-30', 'a week: it is finished already'],
    [
      'unlawful-instruction',
      '2026-11-23',
      '2026-11-24',
      '4.2 "omgående": the next business day at the latest',
    ],
    ['unlawful-instruction', '2026-11-27', '2026-11-30', 'found on a Friday'],
    ['extra-instruction', '2026-12-18', '2027-01-07', 'business days, Christmas and New Year left out'],
    ['further-measures', '2026-11-23', '2026-12-23', 'thirty days'],
  ]
  for (const [kind, on, due, why] of cases)
    it(`${kind} of ${on} is ${due}: ${why}`, () => {
      expect(dueBy(kind, on)).to.equal(due)
    })

  it('is as the house has set it, where it has', () => {
    const terms = { declaration: { length: 2, unit: 'business-days' as const } }
    expect(dueBy('declaration', '2026-11-27', { terms })).to.equal('2026-12-01')
  })

  it('of a data subject’s request leaves the controller a week of its month (Art. 12(3))', () => {
    expect(controllerDueOn('2026-11-20')).to.equal('2026-12-20')
    expect(controllerDueOn('2027-01-31')).to.equal('2027-02-28')
    const due = (subjectAskedOn: Day) => dueBy('subject-rights', '2026-11-23', { subjectAskedOn })
    expect(due('2026-11-20'), 'five business days').to.equal('2026-11-30')
    expect(due('2026-11-02'), 'a week before 2 December').to.equal('2026-11-25')
    expect(due('2026-10-20'), 'already late for the controller: at once').to.equal('2026-11-23')
  })
})

describe('Reminders', () => {
  const running = { running: true, waits: false, dueOn: '2026-12-07', answeredOn: null }
  it('come three days before, on the day, three and ten days after, the last to the DPO as well', () => {
    const days: Day[] = []
    for (let on: Day | null = '2026-11-23'; on;) {
      on = nextReminder(running, on)
      if (on) days.push(on)
    }
    expect(days).to.deep.equal(['2026-12-04', '2026-12-07', '2026-12-10', '2026-12-17'])
    const late = remindersNow({ ...running, remindOn: '2026-12-07' }, '2026-12-18')
    expect(late, 'only the latest after days of standing').to.deep.equal({
      staff: 10,
      escalate: true,
      customer: null,
    })
    expect(remindersNow({ ...running, remindOn: '2026-12-07' }, '2026-12-06').staff).to.equal(null)
  })

  it('go to the customer while it has to confirm, and end there', () => {
    const waits = { running: false, waits: true, dueOn: '2026-12-07', answeredOn: '2026-12-01' }
    expect(nextReminder(waits, '2026-12-01')).to.equal('2026-12-08')
    expect(remindersNow({ ...waits, remindOn: '2026-12-08' }, '2026-12-08').customer).to.equal(7)
    expect(nextReminder(waits, '2026-12-22')).to.equal(null)
    expect(confirmationOverdue(waits, '2026-12-22')).to.equal(false)
    expect(confirmationOverdue(waits, '2026-12-23'), 'then it is ours to ask').to.equal(true)
  })
})

describe('Copies of contracts (7.5)', () => {
  const version = (id: string, redacted: string[], changes: Partial<ContractVersion> = {}) =>
    ({
      id,
      template: 'theirs',
      file: `whole-${id}`,
      redacted: redacted.map((file) => ({ file, madeOn: '2026-01-01', madeBy: 'B', leftOut: 'priser' })),
      checks: [],
      ...changes,
    }) as ContractVersion
  const engagement = (id: string, contracts: ContractVersion[]) => ({
    engagement: { _id: id, reference: `E-${id}`, contract: null, contracts } as unknown as Engagement,
    vendorName: `Leverandør ${id}`,
  })
  const contracted = [
    engagement('1', [version('1', ['old', 'new']), version('2', [])]),
    engagement('2', [version('1', [])]),
    engagement('3', [version('1', ['wrong'], { mistake: { on: '2026-01-02', because: 'x' } })]),
  ]

  it('are offered as the latest redacted file of each version, and never as the whole contract', () => {
    const choices = redactedChoices(contracted)
    expect(choices.map(({ value, file }) => `${value} ${file}`)).to.deep.equal(['1/1 new'])
    expect(withoutRedacted(contracted).map(({ vendorName }) => vendorName)).to.deep.equal(['Leverandør 2'])
    expect(chosenCopies(['1/1', '1/1'], choices)).to.have.length(1)
    for (const value of ['whole-1', '1/2', '2/1', 'old', '1/1/whole-1'])
      expect(
        refusal(() => chosenCopies([value], choices)),
        value,
      ).to.equal('copy-not-redacted')
    expect(refusal(() => chosenCopies([], choices))).to.equal('copy-none-chosen')
  })

  it('are never one that was withdrawn: then the one before it, or none', () => {
    const withdrawn = (file: string) => ({
      file,
      madeOn: '2026-01-01',
      madeBy: 'x',
      leftOut: 'x',
      withdrawn: { on: '2026-01-02', because: 'x' },
    })
    const with2 = version('1', ['old'])
    const some = [
      engagement('1', [{ ...with2, redacted: [...with2.redacted, withdrawn('new')] }]),
      engagement('2', [{ ...version('1', []), redacted: [withdrawn('new')] }]),
    ]
    expect(redactedChoices(some).map(({ file }) => file)).to.deep.equal(['old'])
    expect(withoutRedacted(some).map(({ vendorName }) => vendorName)).to.deep.equal(['Leverandør 2'])
  })

  it('take no other file along: it could be the whole contract', () => {
    const answer = {
      text: 'Værsgo.',
      contracts: chosenCopies(['1/1'], redactedChoices(contracted)),
      declaration: null,
    }
    const request = { kind: 'contract-copy' as const }
    expect(refusal(() => refuseAnswer(request, answer, 0))).to.equal(null)
    expect(refusal(() => refuseAnswer(request, answer, 1))).to.equal('answer-takes-no-file')
    expect(refusal(() => refuseAnswer(request, { ...answer, contracts: [] }, 0))).to.equal(
      'answer-needs-copy',
    )
  })
})

describe('An answer', () => {
  const none = { text: '', contracts: [], declaration: null }
  const cases: [kind: RequestKind, files: number, reason: string | null][] = [
    ['declaration', 0, 'answer-needs-declaration'],
    ['declaration', 1, null],
    ['confidentiality-proof', 0, 'answer-needs-file'],
    ['inspection', 1, 'answer-needs-words'],
  ]
  for (const [kind, files, reason] of cases)
    it(`to ${kind} with ${files} files and no words: ${reason ?? 'taken'}`, () => {
      expect(refusal(() => refuseAnswer({ kind }, none, files))).to.equal(reason)
    })
})

describe('The moves of a request', () => {
  const today = '2026-11-25'
  it('another day needs a reason, and lies not in the past', () => {
    const request = aRequest({ dueOn: '2026-12-07' })
    const taking = { owner: 'p1', assessment: null }
    const to = (dueOn: Day, because: string | null) =>
      refusal(() => taken(request, { ...taking, dueOn }, { because, today }))
    expect(to('2026-12-07', null)).to.equal(null)
    expect(to('2026-12-14', null)).to.equal('request-due-needs-reason')
    expect(to('2026-12-14', 'Aftalt med kunden.')).to.equal(null)
    expect(to('2026-11-24', 'x')).to.equal('request-due-in-past')
  })

  it('what we owe to tell cannot be declined, what is over cannot be moved', () => {
    expect(refusal(() => declined(aRequest({ begunBy: 'us' }), 'x', today))).to.equal(
      'request-ours-not-declined',
    )
    expect(refusal(() => withdrawn(aRequest({ running: false }), null, today))).to.equal('request-over')
    const offered = aRequest({ kind: 'extra-instruction', running: false, waits: true })
    expect(withdrawn(offered, null, today), 'an offer that is not taken').to.deep.include({
      state: 'withdrawn',
      waits: false,
    })
    expect(refusal(() => withdrawn({ ...offered, begunBy: 'us' }, null, today))).to.equal('request-over')
  })

  it('an order (D.1) counts with a code or a file only; that a notification was read needs neither', () => {
    const said = {
      at: new Date(),
      on: today,
      by: { name: 'Åse', title: '' },
      contact: 'c',
      code: null,
      file: null,
    }
    const order = aRequest({ kind: 'extra-instruction', running: false, waits: true })
    expect(refusal(() => confirmed(order, said))).to.equal('order-needs-code')
    expect(confirmed(order, { ...said, code: 'k' })).to.deep.include({ state: 'confirmed', waits: false })
    const read = aRequest({ kind: 'unlawful-instruction', running: false, waits: true })
    expect(confirmed(read, said).state).to.equal('confirmed')
    expect(refusal(() => confirmed(aRequest(), said))).to.equal('request-awaits-nothing')
  })

  it('a customer that writes waits until somebody replies; a note for ourselves is no reply', () => {
    const message = (direction: 'to-customer' | 'from-customer' | 'internal', id: string) => ({
      id,
      at: new Date(),
      by: {
        kind: direction === 'from-customer' ? ('contact' as const) : ('staff' as const),
        id: 'x',
        name: 'x',
      },
      direction,
      text: 'x',
      files: [],
    })
    const asked = { ...aRequest(), ...written(aRequest(), message('from-customer', '1')) }
    expect(nextStep(asked, today)).to.equal('reply')
    expect(written(asked, message('internal', '2'))?.asks).to.equal(true)
    expect(written(asked, message('to-customer', '3'))?.asks).to.equal(false)
    expect(written(asked, message('from-customer', '1')), 'a second click').to.equal(null)
  })

  it('have a next step, and whose it is', () => {
    expect(nextStep(aRequest(), today)).to.equal('assess')
    expect(nextStep(aRequest({ state: 'in-hand' }), today)).to.equal('answer')
    expect(nextStep(aRequest({ state: 'in-hand', begunBy: 'us' }), today)).to.equal('tell')
    const waits = aRequest({ state: 'answered', running: false, waits: true, answeredOn: '2026-11-01' })
    expect(nextStep(waits, '2026-11-10')).to.equal('wait')
    expect(nextStep(waits, '2026-12-10')).to.equal('ask-again')
    expect(nextStep(aRequest({ state: 'answered', running: false }), today)).to.equal(null)
  })
})

describe('The year’s requests', () => {
  it('are counted by their references, in time by the day as it was set', () => {
    const year = yearOf([
      aRequest({
        reference: 'RQ-2026-002',
        state: 'answered',
        running: false,
        answeredOn: '2026-12-07',
        dueOn: '2026-12-07',
      }),
      aRequest({
        reference: 'RQ-2026-001',
        state: 'answered',
        running: false,
        answeredOn: '2026-12-08',
        dueOn: '2026-12-07',
      }),
      aRequest({ reference: 'RQ-2026-003', begunBy: 'us', kind: 'unlawful-instruction' }),
      aRequest({ reference: 'RQ-2026-004', state: 'declined', running: false }),
    ])
    expect(year).to.deep.include({
      received: ['RQ-2026-001', 'RQ-2026-002', 'RQ-2026-004'],
      begun: ['RQ-2026-003'],
      answered: ['RQ-2026-001', 'RQ-2026-002'],
      inTime: ['RQ-2026-002'],
      late: ['RQ-2026-001'],
      declined: ['RQ-2026-004'],
      open: ['RQ-2026-003'],
    })
    expect(year.byKind['unlawful-instruction']).to.deep.equal(['RQ-2026-003'])
  })
})
