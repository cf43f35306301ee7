import { expect } from 'chai'
import {
  addToSummary,
  blockersIn,
  emptySummary,
  keepsBack,
  periodsIn,
  recipientFor,
} from '../../src/notices/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aCustomer, aLine, aNotice } from './builders.js'

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
