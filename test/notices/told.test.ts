import { expect } from 'chai'
import { raiseObjection } from '../../src/objections/actions.js'
import {
  confirmReceipt,
  customerToldOn,
  noticeById,
  recipientsOf,
  toldOf,
} from '../../src/notices/actions.js'
import {
  approve,
  correctApproval,
  correctEngagement,
  engagementByReference,
} from '../../src/register/actions.js'
import { engagementFacts } from '../../src/register/rules.js'
import type { Customer } from '../../src/customers/rules.js'
import type { Notice, Recipient } from '../../src/notices/rules.js'
import { switchOn } from '../../src/public-list/actions/settings.js'
import { useApp } from '../support/app.js'
import { signedIn, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf, senderTo, type World } from './world.js'

/**
 * Clause 7.2-7.3: written notice of each change, which must be shown later; EDPB 07/2020, para 128: the controller is told
 * actively. "What had we told customer X on that day" is answered from what was sent, not from today's register.
 */
describe('Who was told what', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let officer: Agent
  let world: World
  let customers: Customer[]
  let notice: Notice

  beforeEach(async () => {
    world = await aWorld(tilsyn)
    customers = await customersOf(tilsyn, world, [
      { name: 'Ærø Kommune', emails: ['dpo@aeroe.example'] },
      { name: 'Bakkely A/S', emails: ['dpo@bakkely.example'] },
    ])
    notice = await anIssued(tilsyn, aDraft(world.planned))
    officer = (await signedIn(tilsyn)).agent
  })

  const recipients = async (): Promise<Recipient[]> =>
    (await recipientsOf(notice, { phase: null, q: '' }, { cursor: undefined, size: 50 })).rows

  it('stands on a page of the engagement: each customer, to whom, when it arrived, and what came of it', async () => {
    await senderTo(tilsyn, undefined).sendDue()
    const [first] = await recipients()
    await raiseObjection(tilsyn.context(), first!._id, {
      by: { kind: 'staff', id: 'officer', name: 'Officer' },
      channel: 'phone',
      receivedAt: tilsyn.now(),
      receivedOn: tilsyn.today(),
      reasons: 'Nej tak',
      files: [],
    })
    const page = await visit(officer, `/engagements/${world.planned.reference}/told`)
    expect(page.text)
      .to.include('Ærø Kommune')
      .and.include('Bakkely A/S')
      .and.include('dpo@aeroe.example')
      .and.include(notice.reference)
      .and.include('Nyborg Backup ApS')
      .and.include('OB-2026-001')
    const found = await visit(officer, `/engagements/${world.planned.reference}/told?q=aero`)
    expect(found.text).to.include('Ærø Kommune').and.not.to.include('Bakkely A/S')
    expect((await visit(officer, `/engagements/${world.planned.reference}/told?q=zzz`)).text).to.include(
      'No customer matches',
    )
    const panel = await visit(officer, `/engagements/${world.planned.reference}`)
    expect(panel.text).to.include('2 customers were told about it by a notice.')
    expect(panel.links).to.include(`/engagements/${world.planned.reference}/told`)
  })

  it('includes what was accepted at signing, with the list the customer had', async () => {
    const page = await visit(officer, `/engagements/${world.old.reference}/told?how=signing`)
    expect(page.text).to.include('Ærø Kommune').and.include('1 Jan 2026')
    expect(page.links).to.include(`/customers/${customers[0]!.reference}/annex-b?on=2026-01-01`)
    const one = await visit(officer, `/engagements/${world.old.reference}/told?how=signing&q=Bakkely`)
    expect(one.text).to.include('Bakkely A/S').and.not.to.include('Ærø Kommune')
    expect((await visit(officer, `/engagements/${world.old.reference}`)).text).to.include(
      '2 customers accepted it with their lists at signing.',
    )
  })

  it('says what one customer had been told by a day, and nothing of what it was told after', async () => {
    const address = `/customers/${customers[0]!.reference}/told`
    const before = await visit(officer, `${address}?on=2026-11-22`)
    expect(before.text).to.include('No notice had been sent to the customer by that day.')
    const on = await visit(officer, `${address}?on=2026-11-23`)
    expect(on.text)
      .to.include(notice.reference)
      .and.include('Nyborg Backup ApS')
      .and.include('We bring backup together in one place.')
      .and.include('Gammelby Drift ApS')
    expect((await visit(officer, `/customers/${customers[0]!.reference}`)).links).to.include(
      '/customers/' + customers[0]!.reference + '/edit',
    )
    const { agent } = await signedIn(tilsyn, 'auditor')
    await visit(agent, address)
  })

  it('names the lists on paper on which it stood, and what anyone could read', async () => {
    const [customer] = customers
    const paper = `/customers/${customer!.reference}/annex-b?on=2026-11-23&language=en&format=xlsx`
    expect((await officer.get(paper)).status).to.equal(200)
    await switchOn(tilsyn.context())
    const page = await visit(officer, `/engagements/${world.old.reference}/told?how=signing`)
    expect(page.text)
      .to.include('Annex B as of 23 Nov 2026, version 1')
      .and.include('handed out 23 Nov 2026')
      .and.include('None handed out')
      .and.include('The first edition had Gammelby Drift ApS on the list.')
    expect(page.links).to.include(`/customers/${customer!.reference}/annex-b#papers`)
    const planned = await visit(officer, `/engagements/${world.planned.reference}/told`)
    expect(planned.text).not.to.include('Annex B as of').and.not.to.include('first edition')
    const told = `/customers/${customer!.reference}/told`
    expect((await visit(officer, `${told}?on=2026-11-23`)).text)
      .to.include('Annex B as of 23 Nov 2026, version 1 (The four columns of B.1, English, Excel)')
      .and.include('Anders officer')
      .and.include('Edition of 23 November 2026')
    expect((await visit(officer, `${told}?on=2026-11-22`)).text)
      .to.include('No Annex B had been downloaded')
      .and.not.include('Edition of')
  })

  it('counts against a correction that would make the register say otherwise than the notice did', async () => {
    const told = await toldOf(world.planned._id)
    expect(told.map(({ notice: reference }) => reference)).to.deep.equal([notice.reference])
    const [first] = await recipients()
    await confirmReceipt(tilsyn.context(), first!._id, first!.contacts[0]!.id)
    expect((await noticeById(notice._id))?.state).to.equal('issued')
    // Permitted after the period; then the register may not be "corrected" to another country.
    tilsyn.moveTo('2027-02-01')
    await approve(tilsyn.context(), [
      {
        customer: customers[0]!._id,
        engagement: world.planned._id,
        from: '2027-01-15',
        notice: notice.reference,
        kind: 'no-objection',
      },
    ])
    const engagement = (await engagementByReference(world.planned.reference))!
    const right = { ...engagementFacts(engagement), accessCountries: ['DK', 'SE'] }
    const ground = {
      because: 'Tastefejl',
      wronglyRecorded: true,
      evidence: { name: 'a.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') },
    }
    const error = await correctEngagement(
      tilsyn.context(),
      engagement,
      right,
      { from: '2026-11-23', to: null },
      ground,
      toldOf,
    ).catch((thrown: unknown) => thrown)
    expect(error).to.include({ reason: 'correction-told-otherwise' })
    // Nor may its approval be dated back before the notice: that would only hide use without one.
    const approval = `${customers[0]!._id}/${world.planned._id}/2027-01-15`
    const early = await correctApproval(
      tilsyn.context(),
      { fault: 'began', approval, on: '2026-06-01' },
      ground,
      customerToldOn,
    ).catch((thrown: unknown) => thrown)
    expect(early).to.include({ reason: 'approval-before-notice' })
  })
})
