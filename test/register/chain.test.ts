import { expect } from 'chai'
import {
  approve,
  chainAround,
  chainOn,
  confirmInUse,
  editEngagement,
  endEngagement,
  knownNodes,
  listWithChain,
  planChange,
} from '../../src/register/actions.js'
import { EngagementModel } from '../../src/register/records.js'
import { useApp } from '../support/app.js'
import { engagementInput } from './builders.js'
import { chainOf } from './chain-links.js'

describe('The chain of any day', () => {
  const tilsyn = useApp()
  const { link, fresh, move, outline, below, refusal, correctedParent } = chainOf(tilsyn)

  it('reads a customer its own chain on any day, and nothing else', async () => {
    const hosting = await link('Hosting')
    const secret = await link('Secret')
    const disks = await link('Disks', hosting)
    await link('Repairs', disks)
    await link('Spare parts', secret)
    expect(await below([hosting], '2026-11-23')).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    await move(disks, secret)
    expect(await below([hosting], '2026-11-22')).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    expect(await below([hosting], '2026-11-23')).to.deep.equal(['Hosting'])
    expect(await below([disks], '2026-11-23')).to.deep.equal(['Disks', '·Repairs'])
    expect(await below([], '2026-11-23')).to.deep.equal([])
  })

  it('shows a link as it was called that day, and as orphaned once the one above has ended', async () => {
    const hosting = await link('Hosting')
    const disks = await link('Disks', hosting)
    // As an import, or two people at the same moment, may leave it: the register itself refuses to end what others hang on.
    expect(
      await refusal(
        endEngagement(
          tilsyn.context(),
          { reference: hosting.reference, version: 1 },
          { on: '2026-11-23', because: 'Closed' },
        ),
      ),
    ).to.equal('engagement-has-links-below')
    await EngagementModel.updateOne(
      { _id: hosting._id },
      { $set: { endedOn: '2026-11-01', listed: false } as never },
    )
    expect(await outline('2026-10-31')).to.deep.equal(['Hosting', '·Disks'])
    expect(await outline('2026-11-23')).to.deep.equal(['Disks (parent-ended)'])
    expect(await chainAround(disks._id, '2026-11-23')).to.deep.include({ parentEnded: true, circle: false })
    await EngagementModel.deleteOne({ _id: hosting._id })
    expect(await outline('2026-11-23')).to.deep.equal(['Disks (parent-gone)'])
    expect(await chainAround(disks._id, '2026-11-23')).to.deep.include({ parentGone: true })
    await move(disks, null)
    expect(await outline('2026-11-23')).to.deep.equal(['Disks'])
  })

  it('is shown of a link customers are asked about only to those that may have it, or where it is used without notice', async () => {
    const hosting = await link('Hosting')
    const asked = async (name: string) => {
      const { reference, version } = await link(name, hosting)
      const input = engagementInput({ parent: hosting._id, askedByItself: true })
      return editEngagement(tilsyn.context(), { reference, version }, input)
    }
    const disks = await asked('Disks')
    await link('Repairs', disks)
    const tapes = await asked('Tapes')
    expect(await below([hosting], '2026-11-23'), 'planned').to.deep.equal(['Hosting'])
    const planned = (await knownNodes((await chainOn('2026-11-23', tilsyn.today())).flat(), '2026-11-23'))
      .filter((node) => node.link.planned)
      .map((node) => node.link.content.vendorName)
    expect(planned, 'staff see all of it').to.include.members(['Disks', 'Tapes'])

    // A notice has permitted the disks to one customer, and they are used for it. For the others nothing has begun.
    const permitted = { customer: 'one', engagement: disks._id, from: '2026-11-01', notice: 'n1' }
    await approve(tilsyn.context(), [{ ...permitted, kind: 'no-objection' as const }])
    await confirmInUse(tilsyn.context(), disks._id, '2026-11-05')
    expect(await below([hosting], '2026-11-23')).to.deep.equal(['Hosting'])
    expect(await below([hosting, disks], '2026-11-23')).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    const why = await refusal(
      editEngagement(
        tilsyn.context(),
        await fresh(disks),
        engagementInput({ parent: hosting._id, askedByItself: false }),
      ),
    )
    expect(why).to.equal('further-told-by-notice')

    // Nobody was told of the tapes, and they are used: whoever has hosting has them too, from that day.
    await confirmInUse(tilsyn.context(), tapes._id, '2026-11-10')
    expect(await below([hosting], '2026-11-09')).to.deep.equal(['Hosting'])
    expect(await below([hosting], '2026-11-10')).to.deep.equal(['Hosting', '·Tapes'])

    // What is said of something else, by a spreadsheet for one, leaves how customers come to it as it is.
    const edited = await editEngagement(
      tilsyn.context(),
      await fresh(tapes),
      engagementInput({ parent: hosting._id, subjects: ['citizens'] }),
    )
    expect(edited.askedByItself).to.equal(true)
  })

  it('has for whoever is on the changed form of a sub-processor what hangs below the earlier one', async () => {
    const hosting = await link('Hosting')
    await link('Disks', hosting)
    await approve(tilsyn.context(), [
      { customer: 'one', engagement: hosting._id, from: '2025-02-01', notice: null, kind: 'baseline' },
    ])
    const changed = await planChange(tilsyn.context(), hosting.reference)
    // Decision 16: others keep the earlier form for now, and the further links hang on it.
    expect(await below([changed], '2026-11-23')).to.deep.equal(['Hosting', '·Disks'])
    expect(await below([hosting, changed], '2026-11-23')).to.deep.equal(['Hosting', '·Disks', 'Hosting'])
    const now = { customer: 'two', engagement: changed._id, from: '2026-11-23', notice: 'n1' }
    await approve(tilsyn.context(), [{ ...now, kind: 'approved' }])
    const { nodes } = await listWithChain('two', '2026-11-23')
    expect(nodes.map(({ link: { content }, depth }) => `${depth} ${content.vendorName}`)).to.deep.equal([
      '1 Hosting',
      '2 Disks',
    ])
  })

  it('tells the same of a day on that day and later: the lists and the histories agree', async () => {
    const hosting = await link('Hosting')
    const backup = await link('Backup')
    const disks = await link('Disks', hosting)
    await link('Repairs', disks)
    const ended = await link('Ended')
    await endEngagement(
      tilsyn.context(),
      { reference: ended.reference, version: 1 },
      { on: '2026-11-23', because: 'Closed' },
    )
    await move(disks, backup)
    const then = await outline('2026-11-23')
    expect(then).to.deep.equal(['Backup', '·Disks', '··Repairs', 'Hosting'])
    tilsyn.moveTo('2026-11-24')
    expect(await outline('2026-11-23')).to.deep.equal(then)
    expect(await outline('2026-11-22')).to.deep.equal(['Backup', 'Ended', 'Hosting', '·Disks', '··Repairs'])
  })

  it('follows a correction of the past', async () => {
    const hosting = await link('Hosting')
    const disks = await link('Disks')
    const corrections = [correctedParent(hosting, '2026-03-01', '2026-11-23')]
    await EngagementModel.updateOne({ _id: disks._id }, { $set: { corrections } as never })
    expect(await outline('2026-02-28')).to.deep.equal(['Disks', 'Hosting'])
    expect(await outline('2026-03-01')).to.deep.equal(['Hosting', '·Disks'])
    expect(await below([hosting], '2026-03-01')).to.deep.equal(['Hosting', '·Disks'])
    expect(await below([hosting], '2026-11-23')).to.deep.equal(['Hosting'])
  })
})
