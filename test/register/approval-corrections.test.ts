import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { goneSince } from '../../src/customer-page/page.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  approve,
  correctApproval,
  endApprovals,
  listForAll,
  listOn,
  listWithChain,
} from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { keptWrong } from './kept-wrong.js'

/** Domain facts 0.18: keep what each customer accepted. Product, "Point in time". */
describe('Correcting an approval of an earlier day', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let officer: Agent
  let engagement: Engagement
  let customer: Customer
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    ;({ engagement, customer } = await keptWrong(tilsyn))
  })

  const where = () => `/register/corrections?customer=${customer.reference}&engagement=E-0001`
  const approvalForm = (changes: Record<string, string> = {}) => ({
    engagement: 'E-0001',
    approval: `${customer._id}/${engagement._id}/2026-01-05`,
    kind: 'baseline',
    because: 'Fremgår af den underskrevne aftale',
    ...changes,
  })
  const namesOn = async (day: string, known?: string) =>
    (await listOn(customer._id, day, known)).map(({ content }) => content.vendorName)

  it('moves its first day, and keeps what was known then', async () => {
    await visit(officer, where())
    const began = approvalForm({ fault: 'began', from: '2025-06-01' })
    const preview = await submitFiles(officer, where(), began, [])
    expect(inspect(preview.text, preview.status).text).to.include('approved since 1 June 2025')
    expect(await namesOn('2025-06-01')).to.deep.equal([])
    expect((await submitFiles(officer, where(), { ...began, confirm: 'yes' }, [])).status).to.equal(303)
    expect(await namesOn('2025-06-01')).to.deep.equal(['Curanet A/S'])
    expect(await namesOn('2025-06-01', '2026-11-22')).to.deep.equal([])
    const page = await visit(officer, `/register?customer=${customer.reference}&on=2025-06-01`)
    expect(page.text).to.include('Fremgår af den underskrevne aftale').and.include('has come on the list')
    const entries = await historyOf('customer', customer._id)
    expect(entries[0]?.event).to.equal('customer.approval-corrected')
  })

  it('is not brought back by a repeat of what once wrote it', async () => {
    const paper = { field: 'evidence', name: 'aftale.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }
    const never = approvalForm({ fault: 'never-given', confirm: 'yes' })
    const refused = await submitFiles(officer, where(), never, [])
    expect(refused.status).to.equal(409)
    expect(inspect(refused.text, 409).text).to.include('Send a notice instead')
    expect(
      (await submitFiles(officer, where(), { ...never, wronglyRecorded: 'yes' }, [paper])).status,
    ).to.equal(303)
    await approve(tilsyn.context(), [
      {
        customer: customer._id,
        engagement: engagement._id,
        from: '2026-01-05',
        notice: null,
        kind: 'baseline',
      },
    ])
    expect(await namesOn('2026-11-23')).to.deep.equal([])
    expect(await namesOn('2026-05-01')).to.deep.equal([])
    expect(await namesOn('2026-05-01', '2026-11-22')).to.deep.equal(['Curanet A/S'])
    expect(await listForAll('2026-05-01')).to.have.length(0)
    expect((await listForAll('2026-05-01', '2026-05-01')).map(({ customers }) => customers)).to.deep.equal([
      1,
    ])
    const page = await visit(officer, `/register?customer=${customer.reference}&on=2026-05-01`)
    expect(page.text).to.include('has gone from the list')
    // The customer reads on its own page what the list of that day showed then.
    const own = await listWithChain(customer._id, '2026-05-01')
    expect(own.rows).to.have.length(0)
    expect(goneSince(own.gone, '2026-05-01', 'en')).to.match(
      /^Curanet A\/S was on the list as it was shown on/,
    )
  })

  it('that was said by mistake never to have been given is given after all, on what it truly stood on', async () => {
    await endApprovals(tilsyn.context(), { engagement: engagement._id, to: '2026-06-01', notice: null })
    const ground = { because: 'Ikke på den underskrevne liste', wronglyRecorded: true, evidence: undefined }
    const never = { fault: 'never-given' as const, approval: approvalForm()['approval'] ?? '' }
    await correctApproval(tilsyn.context(), never, ground, async () => null)
    expect(await namesOn('2026-05-01')).to.deep.equal([])
    tilsyn.moveTo('2026-11-30')
    officer = (await signedIn(tilsyn)).agent
    const again = approvalForm({ fault: 'missing', approval: '', from: '2026-01-05', until: '2026-05-31' })
    const done = await submitFiles(officer, where(), { ...again, confirm: 'yes' }, [])
    expect(done.status).to.equal(303)
    expect(await namesOn('2026-05-01')).to.deep.equal(['Curanet A/S'])
    expect(await namesOn('2026-06-01')).to.deep.equal([])
    // Three answers to one question, each as it was given: before, in between, and now.
    expect(await namesOn('2026-05-01', '2026-11-22')).to.deep.equal(['Curanet A/S'])
    expect(await namesOn('2026-05-01', '2026-11-29')).to.deep.equal([])
    expect(await namesOn('2026-05-01', '2026-11-30')).to.deep.equal(['Curanet A/S'])
  })

  it('adds one that was missing for days that have passed, and none by a notice the customer never had', async () => {
    await endApprovals(tilsyn.context(), { engagement: engagement._id, to: '2026-11-23', notice: null })
    const address = `/register/corrections?customer=${customer.reference}`
    await visit(officer, address)
    const missing = approvalForm({
      fault: 'missing',
      approval: '',
      from: '2025-01-01',
      until: '2025-12-31',
    })
    const unknown = await submitFiles(
      officer,
      address,
      { ...missing, kind: 'approved', notice: 'CN-2025-001' },
      [],
    )
    expect(unknown.status).to.equal(409)
    expect((await submitFiles(officer, address, { ...missing, confirm: 'yes' }, [])).status).to.equal(303)
    expect(await namesOn('2025-12-31')).to.deep.equal(['Curanet A/S'])
    expect(await namesOn('2026-01-04')).to.deep.equal([])
    expect(await namesOn('2025-12-31', '2026-11-22')).to.deep.equal([])
  })

  it('is for those who may write the register', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor')
    expect((await agent.get(where())).status).to.equal(403)
    expect((await agent.get('/vendors/V-0001/correct')).status).to.equal(403)
    expect((await visit(agent, `/register?customer=${customer.reference}`)).links).not.to.include(where())
  })
})
