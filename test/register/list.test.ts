import { expect } from 'chai'
import type { Context } from '../../src/base/context.js'
import type { Day } from '../../src/base/day.js'
import {
  approve,
  confirmInUse,
  createEngagement,
  createService,
  createVendor,
  differencesFor,
  editEngagement,
  editVendor,
  endApprovals,
  endUse,
} from '../../src/register/actions.js'
import { countApproved, listForAll, listOn, withCounts } from '../../src/register/records.js'
import type { Engagement, Vendor } from '../../src/register/rules.js'
import { useDatabase } from '../support/database.js'
import { engagementInput, vendorInput } from './builders.js'

function on(today: Day): Context {
  return { now: new Date(`${today}T10:00:00Z`), today, actor: { kind: 'staff', id: 'p1' }, locale: 'da' }
}

describe('The list of approved sub-processors', () => {
  useDatabase()

  let service: string
  beforeEach(async () => {
    service = (await createService(on('2024-07-01'), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))
      ._id
  })

  async function engaged(
    name: string,
    today: Day = '2024-07-01',
  ): Promise<{ vendor: Vendor; engagement: Engagement }> {
    const vendor = await createVendor(on(today), vendorInput({ name }))
    const engagement = await createEngagement(on(today), {
      ...engagementInput({ services: [service] }),
      vendor: vendor._id,
    })
    return { vendor, engagement }
  }

  async function accepted(engagement: string, customer: string, from: Day): Promise<void> {
    await approve(on(from), [{ customer, engagement, from, notice: null, kind: 'baseline' }])
  }

  const names = async (customer: string, day: Day) =>
    (await listOn(customer, day)).map(({ content }) => content.vendorName)

  it('tells what was changed twice between two days as one change, from what the reader holds (B.1)', async () => {
    const { vendor, engagement } = await engaged('Curanet A/S')
    const links = [engagement._id]
    for (const country of ['SE', 'NO']) {
      const of = links.at(-1) ?? ''
      const { _id } = await createEngagement(on('2024-07-01'), {
        ...engagementInput({ services: [service], storageCountries: [country] }),
        vendor: vendor._id,
        continues: { engagement: of, _id: `${of}-1` },
      })
      links.push(_id)
    }
    for (const [place, from] of (['2024-08-01', '2025-02-01', '2026-02-01'] as const).entries()) {
      await accepted(links[place] ?? '', 'c1', from)
      if (place > 0)
        await endApprovals(on(from), { engagement: links[place - 1] ?? '', to: from, notice: 'CN-2025-001' })
    }
    const told = async (from: Day, to: Day) =>
      (await differencesFor({ from, to }, { customer: 'c1' })).differences.map((each) =>
        each.kind === 'changed' ? [each.before.content.storageCountries, each.parts] : [each.kind],
      )
    expect(await told('2024-12-31', '2026-12-31')).to.deep.equal([[['DK'], ['storage', 'approval']]])
    expect(await told('2024-12-31', '2025-12-31')).to.deep.equal([[['DK'], ['storage', 'approval']]])
    expect(await told('2024-07-01', '2026-12-31')).to.deep.equal([['came']])
  })

  it('holds from the day of approval to the day before its end', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await accepted(engagement._id, 'c1', '2024-08-01')
    await endApprovals(on('2025-01-10'), {
      engagement: engagement._id,
      to: '2025-01-15',
      notice: 'CN-2025-001',
    })

    expect(await names('c1', '2024-07-31')).to.deep.equal([])
    expect(await names('c1', '2024-08-01')).to.deep.equal(['Curanet A/S'])
    expect(await names('c1', '2025-01-14')).to.deep.equal(['Curanet A/S'])
    expect(await names('c1', '2025-01-15')).to.deep.equal([])
    expect(await names('c2', '2024-08-01')).to.deep.equal([])
  })

  it('shows a vendor under the name it had on the day', async () => {
    const { vendor, engagement } = await engaged('Datto, Inc.')
    await accepted(engagement._id, 'c1', '2024-07-01')
    await editVendor(on('2025-03-01'), vendor, vendorInput({ name: 'Kaseya, Datto' }))

    expect(await names('c1', '2025-02-28')).to.deep.equal(['Datto, Inc.'])
    expect(await names('c1', '2025-03-01')).to.deep.equal(['Kaseya, Datto'])
  })

  it('shows an activity and its countries as they were on the day', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await accepted(engagement._id, 'c1', '2024-07-01')
    const after = engagementInput({ services: [service], accessCountries: ['DK', 'IN'] })
    await editEngagement(on('2025-03-01'), engagement, after, { because: 'Approved by letter on 1 February' })

    const countries = async (day: Day) => (await listOn('c1', day))[0]?.content.accessCountries
    expect(await countries('2025-02-28')).to.deep.equal(['DK'])
    expect(await countries('2025-03-01')).to.deep.equal(['DK', 'IN'])
  })

  it('shows the earliest known content for days before it was entered into the register', async () => {
    const { engagement } = await engaged('Curanet A/S', '2026-11-21')
    await accepted(engagement._id, 'c1', '2024-08-01')
    expect(await names('c1', '2024-08-01')).to.deep.equal(['Curanet A/S'])
  })

  it('holds one that was ended and approved again on the days of both approvals only', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await accepted(engagement._id, 'c1', '2024-08-01')
    await endApprovals(on('2025-01-10'), { engagement: engagement._id, to: '2025-01-15', notice: null })
    await approve(on('2025-06-01'), [
      {
        customer: 'c1',
        engagement: engagement._id,
        from: '2025-06-01',
        notice: 'CN-2025-004',
        kind: 'no-objection',
      },
    ])
    expect(await names('c1', '2025-01-14')).to.have.length(1)
    expect(await names('c1', '2025-05-31')).to.have.length(0)
    expect((await listOn('c1', '2025-06-01'))[0]).to.include({ notice: 'CN-2025-004', kind: 'no-objection' })
  })

  it('holds each engagement once, by the latest approval that covers the day', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await accepted(engagement._id, 'c1', '2024-08-01')
    await approve(on('2025-06-01'), [
      {
        customer: 'c1',
        engagement: engagement._id,
        from: '2025-06-01',
        notice: 'CN-2025-004',
        kind: 'approved',
      },
    ])
    expect(await listOn('c1', '2025-05-31')).to.have.length(1)
    const [row, ...more] = await listOn('c1', '2025-06-01')
    expect(more).to.deep.equal([])
    expect(row?.kind).to.equal('approved')
  })

  it('never holds one whose approval ended before it began', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await approve(on('2025-01-01'), [
      {
        customer: 'c1',
        engagement: engagement._id,
        from: '2025-02-01',
        notice: 'CN-2025-001',
        kind: 'no-objection',
      },
    ])
    await endApprovals(on('2025-01-20'), {
      engagement: engagement._id,
      to: '2025-01-20',
      notice: 'CN-2025-002',
    })
    expect(await names('c1', '2025-01-25')).to.deep.equal([])
    expect(await names('c1', '2025-02-01')).to.deep.equal([])
    expect(await names('c1', '2025-03-01')).to.deep.equal([])
  })

  it('is not changed by approving or ending the same again', async () => {
    const { engagement } = await engaged('Curanet A/S')
    const rows = ['c1', 'c2', 'c3'].map((customer) => ({
      customer,
      engagement: engagement._id,
      from: '2025-02-01',
      notice: 'CN-2025-001',
      kind: 'no-objection' as const,
    }))
    await Promise.all([1, 2, 3].map(() => approve(on('2025-02-01'), rows)))
    expect(await countApproved(engagement._id, '2025-02-01')).to.equal(3)
    const end = { engagement: engagement._id, customers: ['c1'], to: '2025-03-01', notice: 'CN-2025-002' }
    await endApprovals(on('2025-03-01'), end)
    await endApprovals(on('2025-03-01'), end)
    await approve(on('2025-03-02'), rows)
    expect(await countApproved(engagement._id, '2025-02-28')).to.equal(3)
    expect(await countApproved(engagement._id, '2025-03-01')).to.equal(2)
  })

  it('sorts names as Danes do', async () => {
    for (const name of ['Århus Data', 'Zitcom', 'Ærø Hosting', 'Anker', 'Østkyst', 'Aalborg Fiber']) {
      const { engagement } = await engaged(name)
      await accepted(engagement._id, 'c1', '2024-08-01')
    }
    const sorted = ['Anker', 'Zitcom', 'Ærø Hosting', 'Østkyst', 'Aalborg Fiber', 'Århus Data']
    expect(await names('c1', '2024-08-01')).to.deep.equal(sorted)
  })

  it('for all customers together tells how many have each approved', async () => {
    const one = (await engaged('Anker')).engagement._id
    const two = (await engaged('Zitcom')).engagement._id
    for (const customer of ['c1', 'c2']) await accepted(one, customer, '2024-08-01')
    await accepted(two, 'c2', '2024-09-01')
    const list = async (day: Day) =>
      (await withCounts(await listForAll(day), day)).map(({ content, customers }) => [
        content.vendorName,
        customers,
      ])
    expect(await list('2024-08-01')).to.deep.equal([['Anker', 2]])
    expect(await list('2024-09-01')).to.deep.equal([
      ['Anker', 2],
      ['Zitcom', 1],
    ])
  })

  it('tells approved and in use apart, on the day', async () => {
    const { engagement } = await engaged('Curanet A/S')
    await accepted(engagement._id, 'c1', '2024-08-01')
    await confirmInUse(on('2024-09-01'), engagement._id, '2024-09-01')
    await confirmInUse(on('2024-10-01'), engagement._id, '2024-10-01')
    await endUse(on('2025-01-01'), engagement._id, '2025-01-01')
    await confirmInUse(on('2025-06-01'), engagement._id, '2025-06-01')
    const state = async (day: Day) => (await listOn('c1', day))[0]?.state
    expect(await state('2024-08-31')).to.equal('approved')
    expect(await state('2024-09-01')).to.equal('in-use')
    expect(await state('2024-12-31')).to.equal('in-use')
    expect(await state('2025-01-01')).to.equal('approved')
    expect(await state('2025-06-01')).to.equal('in-use')
  })

  it('takes 10,000 customers at once', async function () {
    this.timeout(120_000)
    const { engagement } = await engaged('Curanet A/S')
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      customer: `c${index}`,
      engagement: engagement._id,
      from: '2025-02-01',
      notice: null,
      kind: 'baseline' as const,
    }))
    await approve(on('2025-02-01'), rows)
    expect(await countApproved(engagement._id, '2025-02-01')).to.equal(10_000)
    const customers = rows.map(({ customer }) => customer).slice(0, 9_000)
    await endApprovals(on('2025-03-01'), {
      engagement: engagement._id,
      customers,
      to: '2025-03-01',
      notice: null,
    })
    expect(await countApproved(engagement._id, '2025-03-01')).to.equal(1_000)
  })
})
