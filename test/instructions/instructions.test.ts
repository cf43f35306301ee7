import { expect } from 'chai'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import { calendarYear } from '../../src/base/day.js'
import type { Contact, Customer } from '../../src/customers/rules.js'
import {
  approvalsToShow,
  giveInstruction,
  instructionOf,
  instructionsInPeriod,
  type GivenInstruction,
} from '../../src/instructions/actions.js'
import {
  groundOfApproval,
  instructedBy,
  instructionHoldsOn,
  refuseIncomplete,
  type InstructionInput,
} from '../../src/instructions/rules.js'
import { permit } from '../../src/notices/actions/permits.js'
import { recipientsOf, registerApproval } from '../../src/notices/actions.js'
import type { Recipient } from '../../src/notices/rules.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'

const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n')

const refusal = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error)
  }
}

describe('An instruction', () => {
  const contact = (name: string, mayApprove: boolean, from = '2026-01-01', to: string | null = null) =>
    ({ id: name, name, mayApprove, from, to, order: 1 }) as Contact
  const contacts = [
    contact('Åse Ørsted', true),
    contact('Bo Holm', false),
    contact('Ida Lund', true, '2026-01-01', '2026-06-01'),
  ]
  const cases: [name: string, on: string, outcome: string, why: string][] = [
    ['Åse Ørsted', '2026-11-20', 'Åse Ørsted', 'has the right to instruct'],
    ['åse  ørsted', '2026-11-20', 'Åse Ørsted', 'the same person, typed otherwise'],
    ['Bo Holm', '2026-11-20', 'no-right-to-instruct', 'Art. 38-39: a DPO advises and does not decide'],
    ['Ida Lund', '2026-05-31', 'Ida Lund', 'had the right on the day it was given'],
    ['Ida Lund', '2026-11-20', 'nobody', 'is no contact any more: the file has to show it'],
    ['Direktør Dam', '2026-11-20', 'nobody', 'no contact of ours: the file has to show it'],
  ]
  for (const [name, on, outcome, why] of cases)
    it(`by ${name} on ${on}: ${outcome}, ${why}`, () => {
      const reason = refusal(() => instructedBy(contacts, { name, title: '' }, on))
      const found = reason ?? instructedBy(contacts, { name, title: '' }, on).contact ?? 'nobody'
      expect(found).to.equal(outcome)
    })

  it('is documented (clause 4.1), and names what it is about', () => {
    const input = {
      subject: 'other',
      engagement: null,
      service: null,
      countries: [],
    } as unknown as InstructionInput
    expect(refusal(() => refuseIncomplete(input, 0))).to.equal('instruction-not-documented')
    expect(refusal(() => refuseIncomplete(input, 1))).to.equal(null)
    for (const subject of ['engagement', 'service', 'country', 'transfer'] as const)
      expect(
        refusal(() => refuseIncomplete({ ...input, subject }, 1)),
        subject,
      ).to.equal('instruction-names-nothing')
    expect(refusal(() => refuseIncomplete({ ...input, subject: 'transfer', countries: ['US'] }, 1))).to.equal(
      null,
    )
  })

  it('holds from its first day until the day before it ended', () => {
    const instruction = { givenOn: '2026-03-01', endedOn: '2026-09-01' }
    const days = ['2026-02-28', '2026-03-01', '2026-08-31', '2026-09-01']
    expect(days.map((day) => instructionHoldsOn(instruction, day))).to.deep.equal([false, true, true, false])
  })
})

describe('What an approval stands on', () => {
  const answer = {
    answer: 'approved',
    on: '2026-12-03',
    at: new Date('2026-12-03T09:14:00Z'),
    channel: 'page',
    file: null,
    by: { name: 'Åse', title: 'Direktør' },
    waivesRest: false,
    code: 'k1',
  }
  const recipient = {
    lastDay: '2026-12-28',
    lines: [
      { line: '1', answer: null },
      { line: '2', answer },
    ],
  } as unknown as Recipient
  it('is the notice, who said so and by which code; silence is never called an approval', () => {
    const given = groundOfApproval({ kind: 'approved', notice: 'CN-2026-001' }, recipient, '2')
    expect(given).to.deep.include({ notice: 'CN-2026-001', code: 'k1', channel: 'page', on: '2026-12-03' })
    const silent = groundOfApproval({ kind: 'no-objection', notice: 'CN-2026-001' }, recipient, '1')
    expect(silent).to.deep.include({ silentUntil: '2026-12-28', by: null, code: null })
    expect(groundOfApproval({ kind: 'approved', notice: 'CN-2026-001' }, recipient, '1').by).to.equal(null)
    expect(groundOfApproval({ kind: 'baseline', notice: null }, null, null).notice).to.equal(null)
  })
})

describe('the log of instructions and approvals', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  async function aHouse() {
    const world = await aWorld(tilsyn)
    const [customer, other] = (await customersOf(tilsyn, world, [
      { agreement: { authorisation: 'specific' } },
      {},
    ])) as [Customer, Customer]
    const give = (changes: Partial<GivenInstruction> = {}) =>
      giveInstruction(tilsyn.context(), {
        once: 'i1',
        customer,
        subject: 'engagement',
        engagement: world.old._id,
        service: null,
        countries: ['US'],
        text: 'Support kun fra EU.',
        by: { name: 'Direktør Dam', title: 'Direktør' },
        channel: 'letter',
        givenOn: '2026-11-01',
        files: [{ name: 'instruks.pdf', bytes: pdf }],
        ...changes,
      })
    /** By its first contact's link. */
    const come = async ({ _id, contacts }: Customer) => {
      const link = await ensureLink(tilsyn.context(), {
        kind: 'customer',
        customer: _id,
        contact: contacts[0]?.id ?? '',
        about: { kind: 'customer', id: _id },
        expiresOn: '2028-01-01',
      })
      const agent = anonymous(tilsyn)
      await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
      return { agent, page: `/c/${link._id}` }
    }
    return { world, customer, other, give, come }
  }

  it('finds an instruction from customer, engagement and country on any day, with its file, and what took its place', async () => {
    const { world, customer, other, give, come } = await aHouse()
    const first = await give()
    expect((await give()).reference, 'the same form twice').to.equal(first.reference)
    const { agent } = await signedIn(tilsyn)
    const form = '/instructions/new?replaces=IN-2026-001'
    expect((await visit(agent, form)).text).to.include('Replaces IN-2026-001')
    const fields = {
      once: 'i2',
      replaces: 'IN-2026-001',
      customer: customer.reference,
      subject: 'country',
      countries: ['US', 'GB'],
      text: 'Support fra EU, USA og Storbritannien.',
      name: 'Direktør Dam',
      channel: 'mail',
      givenOn: '2026-11-16',
    }
    const bare = await submitFiles(agent, form, fields, [], '/instructions/new')
    expect(bare.status, 'not documented').to.equal(422)
    const file = [{ field: 'files', name: 'ny.pdf', bytes: pdf }]
    await submitFiles(agent, form, fields, file, '/instructions/new')
    expect(await instructionOf('IN-2026-001')).to.deep.include({
      state: 'replaced',
      endedOn: '2026-11-16',
      replacedBy: 'IN-2026-002',
    })
    const shown = async (query: string) => {
      const { text } = await visit(agent, `/instructions?${query}`)
      return [...new Set([...text.matchAll(/IN-2026-\d{3}/g)].map(([found]) => found))]
    }
    expect(await shown('')).to.deep.equal(['IN-2026-002'])
    expect(await shown('on=2026-11-10')).to.deep.equal(['IN-2026-001'])
    expect(await shown('country=GB')).to.deep.equal(['IN-2026-002'])
    expect(await shown('country=US&state=all')).to.have.members(['IN-2026-001', 'IN-2026-002'])
    expect(await shown(`engagement=${world.old.reference}&state=all`)).to.deep.equal(['IN-2026-001'])
    expect(await shown('q=storbritannien&state=all')).to.deep.equal(['IN-2026-002'])
    const engagement = await visit(agent, `/engagements/${world.old.reference}`)
    expect(engagement.text).to.include('IN-2026-001').and.include('What do the approvals stand on?')
    expect((await visit(agent, `/customers/${customer.reference}`)).text).to.include('IN-2026-002')

    const { agent: theirs, page: own } = await come(customer)
    expect((await visit(theirs, own)).links).to.include(`${own}/instructions`)
    const mine = await visit(theirs, `${own}/instructions`)
    expect(mine.text)
      .to.include('Support fra EU, USA og Storbritannien.')
      .and.include('IN-2026-001')
      .and.include('Gammelby Drift ApS')
    const theirFile = mine.links.find((link) => link.includes('/instructions/files/')) ?? ''
    expect((await theirs.get(theirFile)).status).to.equal(200)
    const stranger = await come(other)
    expect((await stranger.agent.get(theirFile.replace(own, stranger.page))).status).to.equal(404)
    expect((await visit(stranger.agent, `${stranger.page}/instructions`)).text).to.not.include('IN-2026')

    const page = '/instructions/IN-2026-002'
    const early = await submitFiles(agent, page, { on: '2026-11-01', because: 'x' }, [], `${page}/withdraw`)
    expect(early.status).to.equal(409)
    await submitFiles(agent, page, { on: '2026-11-23', because: 'Ikke mere.' }, [], `${page}/withdraw`)
    expect((await visit(agent, page)).text)
      .to.include('Withdrawn')
      .and.include('Ikke mere.')
    expect(await instructionsInPeriod(calendarYear(2026))).to.deep.include({
      given: ['IN-2026-001', 'IN-2026-002'],
      replaced: ['IN-2026-001'],
      withdrawn: ['IN-2026-002'],
      doubted: [],
    })
  })

  it('answers for any engagement and day on which notice, by whom and with what an approval stands', async () => {
    const { world, customer, other, give } = await aHouse()
    await give()
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const parts = await recipientsOf(notice, { phase: null, q: '' }, { cursor: undefined, size: 10 })
    const part = parts.rows.find(({ customer: id }) => id === customer._id)!
    await registerApproval(
      tilsyn.context(),
      part._id,
      {
        answer: 'approved',
        lines: [part.lines[0]!.line],
        on: '2026-11-23',
        at: tilsyn.now(),
        channel: 'letter',
        by: { name: 'Åse Ørsted', title: 'Direktør' },
        waivesRest: true,
      },
      { name: 'ja.pdf', bytes: pdf },
    )
    const approved = (
      await recipientsOf(notice, { phase: null, q: '' }, { cursor: undefined, size: 10 })
    ).rows.find(({ customer: id }) => id === customer._id)!
    await permit(tilsyn.context(), approved, { lines: [approved.lines[0]!.line], from: '2026-12-01' })
    const { reference } = world.planned
    const asked = { engagement: reference, customer: '' }
    expect((await approvalsToShow({ ...asked, on: '2026-11-30' })).rows).to.deep.equal([])
    const { rows } = await approvalsToShow({ ...asked, on: '2026-12-01' })
    expect(rows).to.have.length(1)
    expect(rows[0]!.ground).to.deep.include({
      notice: notice.reference,
      by: { name: 'Åse Ørsted', title: 'Direktør' },
      channel: 'letter',
    })
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, `/approvals?engagement=${reference}&on=2026-12-01`)
    expect(page.text).to.include('Åse Ørsted, Direktør').and.include(notice.reference)
    const all = await visit(agent, `/approvals?customer=${other.reference}`)
    expect(all.text).to.include('Stood on the list when the agreement was made')
    expect((await visit(agent, '/approvals')).text).to.include('Choose a sub-processor')
    expect((await visit(agent, `/approvals?customer=${customer.reference}`)).text).to.include('IN-2026-001')
  })

  it('tells the versions of the agreement as its changelog does, with how many customers have accepted each', async () => {
    const { customer } = await aHouse()
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/agreement-versions')).text).to.include('Not described in the changelog')
    const line = (number: string, publishedOn: string) => ({
      number,
      publishedOn,
      'change[da]': 'Bilag B opdateret.',
      'change[en]': 'Appendix B brought up to date.',
    })
    await submit(agent, '/agreement-versions', line('1.0', '2026-01-01'))
    await submit(agent, '/agreement-versions', line('1.1', '2026-10-01'))
    expect((await submit(agent, '/agreement-versions', line('1.1', '2026-10-02'))).status).to.equal(409)
    const { text } = await visit(agent, '/agreement-versions')
    expect(text).to.include('1.0 Appendix B brought up to date. 1 January 2026 2 customers')
    expect((await visit(agent, `/customers/${customer.reference}`)).text).to.include(
      'Has accepted version 1.0 of the agreement. Newer: 1.1.',
    )
  })
})
