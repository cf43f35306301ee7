import { expect } from 'chai'
import { applyCorrections } from '../../src/notices/actions/corrections.js'
import { historyOf } from '../../src/audit-log/actions.js'
import { followThrough, resumeEarlier } from '../../src/notices/actions/continued.js'
import { confirmUse, noticeByReference, recipientById, registerApproval } from '../../src/notices/actions.js'
import { assessObjection, raiseObjection, settleObjection } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import {
  confirmInUse,
  editEngagement,
  engagementByReference,
  engagementsOfVendor,
  listOn,
  planChange,
  vendorsByIds,
} from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { aDraft, anIssued, aWorld, customersOf, officer } from './world.js'

describe('a change of what is approved, done twice or cut short', () => {
  const tilsyn = useApp()
  const context = () => tilsyn.context(officer)

  it('is planned once, however often it is clicked at once', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const clicks = Array.from({ length: 5 }, () => planChange(context(), world.old.reference))
    const planned = await Promise.all(clicks)
    expect(new Set(planned.map(({ reference }) => reference)).size).to.equal(1)
    const copies = (await engagementsOfVendor(world.old.vendor)).filter((each) => each.continues)
    expect(copies).to.have.length(1)
    expect(copies[0]).to.deep.include({ continues: world.old._id, contract: world.old.contract })
  })

  it('puts a correction into the register once, on top of what was edited meanwhile', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { reference } = world.old
    const line = {
      kind: 'correction' as const,
      engagement: reference,
      replaces: null,
      corrected: { address: 'Nyvej 9, 8000 Aarhus C' },
    }
    const notice = await anIssued(tilsyn, aDraft(world.old, { lines: [line] }))
    const vendor = async () => (await vendorsByIds([world.old.vendor]))[0]
    const after = await vendor()
    expect(after).to.include({ address: 'Nyvej 9, 8000 Aarhus C', name: 'Gammelby Drift ApS' })
    await applyCorrections(context(), notice)
    expect((await vendor())?.version).to.equal(after?.version)
  })

  /** A change of places, told to so many customers. `approve` takes it into use for one of them on the day. */
  async function aNewPlace(customers: number) {
    const world = await aWorld(tilsyn)
    const told = await customersOf(
      tilsyn,
      world,
      Array.from({ length: customers }, () => ({})),
    )
    const copy = await planChange(context(), world.old.reference)
    const { reference, version, services } = copy
    await editEngagement(
      context(),
      { reference, version },
      { ...copy, services, storageCountries: ['DK', 'NO'] },
    )
    const line = { kind: 'new-place' as const, engagement: reference, replaces: null }
    const notice = await anIssued(tilsyn, aDraft(copy, { lines: [line] }))
    const [own] = notice.lines
    const approve = async (customer: string | undefined, on: string) => {
      const input = {
        answer: 'approved' as const,
        on,
        at: new Date(`${on}T08:00:00Z`),
        lines: [],
        channel: 'letter' as const,
        by: { name: 'Mette Krogh', title: 'Direktør' },
        waivesRest: true,
      }
      const file = { name: 'svar.txt', bytes: Buffer.from('Ja.') }
      await registerApproval(context(), `${notice._id}/${customer}`, input, file)
      await permitDueChanges(context())
      await confirmUse(context(), notice.reference, own?.id ?? '', on)
    }
    const old = () => engagementByReference(world.old.reference)
    const listed = async (customer: string | undefined, day: string) =>
      (await listOn(customer ?? '', day)).map((row) => row.reference)
    return { world, told, notice, line: own!, reference, approve, old, listed }
  }

  it('ends the earlier one once, and not while a customer keeps it', async () => {
    const { world, told, notice, line, reference, approve, old, listed } = await aNewPlace(2)
    const [first, second] = told
    tilsyn.moveTo('2026-12-01')
    await approve(first?._id, '2026-12-01')
    expect(await old()).to.include({ endedOn: null })
    tilsyn.moveTo('2026-12-03')
    await approve(second?._id, '2026-12-03')
    const ended = await old()
    expect(ended).to.include({ endedOn: '2026-12-03' })
    await followThrough(context(), await noticeByReference(notice.reference), line, '2026-12-04')
    expect((await old())?.version).to.equal(ended?.version)
    expect(await listed(first?._id, '2026-11-30')).to.deep.equal([world.old.reference])
    expect(await listed(first?._id, '2026-12-01')).to.deep.equal([reference])
    expect(await listed(second?._id, '2026-12-02')).to.deep.equal([world.old.reference])
    expect(await listed(second?._id, '2026-12-03')).to.deep.equal([reference])
  })

  it('gives the earlier one back to a customer that is exempted after use began, from that day on', async () => {
    const { world, told, notice, reference, approve, old, listed } = await aNewPlace(2)
    const [first, second] = told
    await confirmInUse(context(), world.old._id, '2026-01-01')
    tilsyn.moveTo('2026-12-01')
    for (const customer of told) await approve(customer._id, '2026-12-01')
    expect(await old(), 'nobody has it any more').to.include({ endedOn: '2026-12-01' })
    tilsyn.moveTo('2026-12-08T09:00:00Z')
    const { objection } = await raiseObjection(context(), `${notice._id}/${first?._id}`, {
      by: { kind: 'staff', id: 'p1', name: 'Anders Vester' },
      channel: 'letter',
      receivedAt: new Date('2026-12-08T08:00:00Z'),
      receivedOn: '2026-12-08',
      reasons: null,
      files: [],
    })
    await assessObjection(context(), objection.reference, {
      owner: 'p1',
      answerBy: '2026-12-20',
      assessment: 'Kan holdes i Danmark.',
    })
    const outcome = { outcome: 'customer-exempted' as const, note: 'Kun i Danmark', endsOn: null, files: [] }
    await settleObjection(context(), objection.reference, outcome)
    expect(await listed(first?._id, '2026-12-07')).to.deep.equal([reference])
    expect(await listed(first?._id, '2026-12-08')).to.deep.equal([world.old.reference])
    expect(await listed(second?._id, '2026-12-08'), 'the other keeps the change').to.deep.equal([reference])
    const again = await old()
    expect(again).to.deep.include({ endedOn: null, inUse: { since: '2026-12-08', until: null } })
    expect(again?.earlierUse.at(-1)?.until).to.equal('2026-12-01')
    const part = (await recipientById(`${notice._id}/${first?._id}`))!
    await resumeEarlier(context(), notice, [part], '2026-12-08')
    expect((await old())?.version, 'a repeat changes nothing').to.equal(again?.version)
    const entries = await historyOf('engagement', world.old._id)
    const resumed = entries.filter(({ event }) => event === 'engagement.approvals-resumed')
    expect(resumed.map(({ facts }) => facts)).to.deep.equal([
      { notice: notice.reference, from: '2026-12-08', of: [first?._id] },
    ])
  })
})
