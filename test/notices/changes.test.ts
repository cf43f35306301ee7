import { expect } from 'chai'
import { applyCorrections } from '../../src/notices/actions/corrections.js'
import { followThrough } from '../../src/notices/actions/continued.js'
import { confirmUse, noticeByReference, registerApproval } from '../../src/notices/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import {
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

  it('ends the earlier one once, and not while a customer keeps it', async () => {
    const world = await aWorld(tilsyn)
    const [first, second] = await customersOf(tilsyn, world, [{}, {}])
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
    tilsyn.moveTo('2026-12-01')
    await approve(first?._id, '2026-12-01')
    const old = () => engagementByReference(world.old.reference)
    expect(await old()).to.include({ endedOn: null })
    tilsyn.moveTo('2026-12-03')
    await approve(second?._id, '2026-12-03')
    const ended = await old()
    expect(ended).to.include({ endedOn: '2026-12-03' })
    await followThrough(context(), await noticeByReference(notice.reference), own!, '2026-12-04')
    expect((await old())?.version).to.equal(ended?.version)
    const said = async (customer: string | undefined, day: string) =>
      (await listOn(customer ?? '', day)).map((row) => row.reference)
    expect(await said(first?._id, '2026-11-30')).to.deep.equal([world.old.reference])
    expect(await said(first?._id, '2026-12-01')).to.deep.equal([reference])
    expect(await said(second?._id, '2026-12-02')).to.deep.equal([world.old.reference])
    expect(await said(second?._id, '2026-12-03')).to.deep.equal([reference])
  })
})
