import { expect } from 'chai'
import mongoose from 'mongoose'
import { historiesOf } from '../../src/audit-log/actions.js'
import { verifyLog } from '../../src/audit-log/verify.js'
import { addCustomer, everyCustomer } from '../../src/customers/actions.js'
import { changeCustomers } from '../../src/customers/actions/several.js'
import {
  acceptBaseline,
  acceptListAsSigned,
  approve,
  correctApproval,
  createEngagement,
  createService,
  createVendor,
  endApprovals,
  listOn,
  resumeApprovals,
} from '../../src/register/actions.js'
import { finishWritings } from '../../src/register/actions/writings.js'
import { approvalsBetween, customersLackingList } from '../../src/register/records.js'
import { acceptingOn } from '../../src/register/rules.js'
import { inParts } from '../../src/register/rules/writing.js'
import { listsIn, holdersOn } from '../audits/log-lists.js'
import { bookOf } from '../audits/book.js'
import { aCustomer } from '../customers/builders.js'
import { useApp } from '../support/app.js'
import { engagementInput, vendorInput } from './builders.js'

// 7.3, B.1: what was on a customer's list on a day is shown by the register and by the log, and both say the same.
describe('Approvals of many customers, killed in the middle', () => {
  const tilsyn = useApp()
  const undo: (() => void)[] = []
  afterEach('nothing fails any more', () => {
    for (const each of undo.splice(0)) each()
  })

  /** The given write of a collection fails, as it does for a process that is gone, from its `nth` on. */
  function failing(
    model: string,
    method: 'bulkWrite' | 'insertMany' | 'findOneAndUpdate',
    nth: number,
  ): void {
    const { collection } = mongoose.models[model]!
    const target = collection as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
    const before = target[method]!
    let calls = 0
    target[method] = (...args) => {
      calls += 1
      return calls < nth ? before.apply(collection, args) : Promise.reject(new Error('killed'))
    }
    undo.push(() => delete target[method])
  }

  async function killed(work: () => Promise<unknown>): Promise<void> {
    const came = await work().then(
      () => 'done',
      (error: Error) => error.message,
    )
    for (const each of undo.splice(0)) each()
    expect(came).to.equal('killed')
  }

  const context = () => tilsyn.context({ kind: 'staff', id: 'officer' })

  /** Every timer comes around once a process has been gone for long enough. */
  async function startAgain(): Promise<number> {
    tilsyn.moveTo(new Date(tilsyn.now().getTime() + 2 * 60_000))
    const { finished } = await finishWritings(tilsyn.context())
    expect(await finishWritings(tilsyn.context())).to.deep.equal({ finished: 0 })
    return finished
  }

  async function house() {
    const { _id: service } = await createService(context(), {
      name: { da: 'Drift', en: 'Hosting' },
      order: 1,
    })
    const customers = []
    for (const name of ['Ager', 'Bæk', 'Dal'])
      customers.push(await addCustomer(context(), aCustomer({ name, services: [service] })))
    const { _id: vendor } = await createVendor(context(), vendorInput())
    const engagements = []
    for (const activity of ['Drift', 'Mail'])
      engagements.push(
        await createEngagement(context(), {
          ...engagementInput({ services: [service], activity: { da: activity, en: activity } }),
          vendor,
        }),
      )
    return { customers, engagements, from: '2026-02-01' }
  }

  const logged = async (engagement: string, event: string) =>
    (await historiesOf('engagement', [engagement])).filter((entry) => entry.event === event)

  /** Who has it on that day, by the log alone. */
  async function byLog(engagement: string, day: string): Promise<string[]> {
    const entries = await mongoose.connection.collection('log-entries').find({}).sort({ at: 1 }).toArray()
    return holdersOn(listsIn(bookOf(entries as never)), engagement, day).toSorted()
  }

  it('have their whole list from signing afterwards, and the log tells of all of it once', async () => {
    const { customers, engagements, from } = await house()
    const lacking = acceptingOn(await customersLackingList(tilsyn.today()), from)
    failing('approval', 'bulkWrite', 2)
    await killed(() => acceptBaseline(context(), lacking, engagements))
    expect(await customersLackingList(tilsyn.today())).to.deep.equal([])
    expect(await startAgain()).to.equal(1)
    for (const { _id } of await everyCustomer())
      expect((await listOn(_id, tilsyn.today())).map(({ engagement }) => engagement)).to.have.members(
        engagements.map((each) => each._id),
      )
    for (const { _id } of engagements) {
      const [entry, ...more] = await logged(_id, 'engagement.accepted-at-signing')
      expect([entry?.facts['customers'], more.length, entry?.by]).to.deep.equal([
        3,
        0,
        { kind: 'staff', id: 'officer' },
      ])
      expect(await byLog(_id, from)).to.deep.equal(customers.map((each) => each._id).toSorted())
    }
    expect((await verifyLog()).breaks).to.deep.equal([])
  })

  it('are in the log where only that was missing: begun, ended, had again', async () => {
    const { customers, engagements, from } = await house()
    const [engagement] = engagements
    const id = engagement!._id
    const of = customers.map((each) => each._id)
    failing('log-entry', 'insertMany', 1)
    await killed(() => acceptBaseline(context(), acceptingOn(customers, from), [engagement!]))
    expect(await logged(id, 'engagement.accepted-at-signing')).to.have.length(0)
    await startAgain()
    expect(await byLog(id, from)).to.deep.equal(of.toSorted())

    const ending = { engagement: id, customers: of.slice(0, 2), to: '2026-05-01', notice: 'CN-2026-001' }
    failing('log-entry', 'insertMany', 1)
    await killed(() => endApprovals(context(), ending))
    await startAgain()
    // As a timer does it once more.
    await endApprovals(context(), ending)
    const [ended, ...more] = await logged(id, 'engagement.approvals-ended')
    expect([ended?.facts, more]).to.deep.equal([
      { customers: 2, to: '2026-05-01', notice: 'CN-2026-001', left: 1, of: ending.customers },
      [],
    ])

    const again = { engagement: id, customers: of, from: '2026-06-01', notice: 'CN-2026-001' }
    failing('log-entry', 'insertMany', 1)
    await killed(() => resumeApprovals(context(), again))
    await startAgain()
    await resumeApprovals(context(), again)
    expect(await logged(id, 'engagement.approvals-resumed')).to.have.length(1)
    expect(await byLog(id, '2026-05-15')).to.deep.equal([of[2]])
    expect(await byLog(id, '2026-06-01')).to.deep.equal(of.toSorted())
  })

  it('are corrected with their log, or not at all', async () => {
    const { customers, engagements, from } = await house()
    const [customer, engagement] = [customers[0]!._id, engagements[0]!._id]
    await approve(context(), [{ customer, engagement, from, notice: null, kind: 'baseline' }])
    const [approval] = await approvalsBetween(customer, engagement)
    const finding = { fault: 'began' as const, approval: approval!._id, on: '2026-03-01' }
    const ground = { because: 'Aftalen er af 1. marts' }
    const never = () => Promise.resolve(null)
    failing('log-entry', 'insertMany', 1)
    await killed(() => correctApproval(context(), finding, ground as never, never))
    await startAgain()
    const told = await historiesOf('customer', [customer])
    expect(told.filter(({ event }) => event === 'customer.approval-corrected')).to.have.length(1)
    expect(await logged(engagement, 'engagement.approval-corrected')).to.have.length(1)
    // Killed before the correction itself: nothing was corrected, so nothing is said.
    await mongoose.connection.collection('approval-writings').insertOne({
      at: new Date(0),
      today: tilsyn.today(),
      by: { kind: 'staff', id: 'officer' },
      _id: 'never-made' as never,
      opens: [],
      closes: [],
      says: [
        { event: 'engagement.approval-corrected', about: { kind: 'engagement', id: engagement }, facts: {} },
      ],
      only: { correction: 'never-made', customer, engagement },
    })
    expect(await startAgain()).to.equal(1)
    expect(await logged(engagement, 'engagement.approval-corrected')).to.have.length(1)
  })

  it('come with a purchase or not at all, also where many customers buy at once', async () => {
    const { engagements } = await house()
    const service = engagements[0]!.services[0]!
    const from = '2026-04-01'
    const many = []
    for (const name of ['Ebbe', 'Fjord', 'Gram'])
      many.push(await addCustomer(context(), aCustomer({ name, services: [] })))
    // One on whose list they stand, so that there is a list to accept.
    const old = (await everyCustomer()).filter(({ services }) => services.length > 0).slice(0, 1)
    await acceptBaseline(context(), acceptingOn(old, from), engagements)
    const references = many.map(({ reference }) => reference)
    const change = { kind: 'buy-service' as const, service, from }
    const buy = () => changeCustomers(context(), references, change, acceptListAsSigned)
    const bought = async () =>
      (await everyCustomer()).filter(
        ({ reference, services }) => references.includes(reference) && services.length > 0,
      )

    failing('customer', 'findOneAndUpdate', 1)
    await killed(buy)
    expect(await startAgain()).to.equal(1)
    expect(await bought()).to.deep.equal([])
    expect(await listOn(many[0]!._id, tilsyn.today())).to.deep.equal([])

    failing('approval', 'bulkWrite', 2)
    await killed(buy)
    expect(await bought()).to.have.length(1)
    await startAgain()
    expect((await buy()).map(({ outcome }) => outcome)).to.deep.equal(['already', 'changed', 'changed'])
    for (const { _id } of await bought()) expect(await listOn(_id, from)).to.have.length(2)
    for (const { _id } of engagements)
      expect(await logged(_id, 'engagement.accepted-at-signing')).to.have.length(4)
  })

  it('are written in parts that hold whole lists', () => {
    const row = (customer: string, engagement: string) => ({
      customer,
      engagement,
      from: '2026-01-01',
      notice: null,
      kind: 'baseline' as const,
    })
    const rows = ['a', 'b', 'c'].flatMap((customer) => [
      row(customer, '1'),
      row(customer, '2'),
      row(customer, '3'),
    ])
    const parts = inParts(rows, 4).map((part) => part.map(({ customer }) => customer).join(''))
    expect(parts).to.deep.equal(['aaabbb', 'ccc'])
    expect(inParts([], 4)).to.deep.equal([])
  })
})
