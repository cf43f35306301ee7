import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import {
  approve,
  chainAround,
  createEngagement,
  editEngagement,
  moveBranch,
  previewMove,
} from '../../src/register/actions.js'
import { settledInChain } from '../../src/register/actions/chain-place.js'
import { EngagementModel } from '../../src/register/records.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { engagementInput } from './builders.js'
import { chainOf } from './chain-links.js'

describe('A branch that moves in the chain', () => {
  const tilsyn = useApp()
  const { link, fresh, move, outline, refusal } = chainOf(tilsyn)

  it('moves a branch from today on: past days keep the old place, and all below moves along', async () => {
    const hosting = await link('Hosting')
    const backup = await link('Backup')
    const disks = await link('Disks', hosting)
    await link('Repairs', disks)
    await move(disks, backup)
    expect(await outline('2026-11-22')).to.deep.equal(['Backup', 'Hosting', '·Disks', '··Repairs'])
    expect(await outline('2026-11-23')).to.deep.equal(['Backup', '·Disks', '··Repairs', 'Hosting'])
    expect(await outline('2024-12-31'), 'before anything was recorded').to.deep.equal([])

    const [entry] = await historyOf('engagement', disks._id)
    expect(entry?.event).to.equal('engagement.moved')
    expect(entry?.facts).to.deep.include({
      before: { parent: hosting.reference },
      after: { parent: backup.reference },
      on: '2026-11-23',
      movedAlong: 1,
    })
    expect(entry?.personal).to.deep.equal({ because: 'It was recorded in the wrong place' })

    tilsyn.moveTo('2027-01-04')
    await move(disks, null)
    expect(await outline('2026-11-23')).to.include('·Disks')
    expect(await outline('2027-01-04')).to.deep.equal(['Backup', 'Disks', '·Repairs', 'Hosting'])
  })

  it('refuses circles, what has ended, and what is not there', async () => {
    const hosting = await link('Hosting')
    const disks = await link('Disks', hosting)
    const repairs = await link('Repairs', disks)
    const ended = await link('Ended')
    await EngagementModel.updateOne(
      { _id: ended._id },
      { $set: { endedOn: '2026-11-01', listed: false } as never },
    )
    expect(await refusal(move(hosting, repairs))).to.equal('engagement-chain-loops')
    expect(await refusal(move(hosting, hosting))).to.equal('engagement-chain-loops')
    expect(await refusal(move(hosting, ended))).to.equal('chain-parent-ended')
    expect(await refusal(move(ended, hosting))).to.equal('engagement-already-ended')
    expect(await refusal(move(disks, hosting))).to.equal('chain-same-place')
    expect(await refusal(previewMove(await fresh(hosting), await fresh(repairs), tilsyn.today()))).to.equal(
      'engagement-chain-loops',
    )
    expect(
      await refusal(
        createEngagement(tilsyn.context(), {
          ...engagementInput({ parent: 'nowhere' }),
          vendor: hosting.vendor,
        }),
      ),
    ).to.equal('chain-parent-gone')
    const stale = { reference: disks.reference, version: 99 }
    expect(await refusal(moveBranch(tilsyn.context(), stale, { to: null, because: 'x' }))).to.equal(
      'changed-meanwhile',
    )
  })

  it('lets no circle stand when two move at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [one, other] = [await link(`One ${round}`), await link(`Other ${round}`)]
      const outcomes = await Promise.all([refusal(move(one, other)), refusal(move(other, one))])
      expect(outcomes.filter((outcome) => outcome === 'taken').length, outcomes.join()).to.be.lessThan(2)
      const parents = [await fresh(one), await fresh(other)].map(({ parent }) => parent)
      expect(parents.filter((parent) => parent !== null).length).to.be.lessThan(2)
      for (const each of outcomes)
        expect(each).to.be.oneOf(['taken', 'engagement-chain-loops', 'chain-moved-at-once'])
    }
  })

  it('takes a move back that closed a circle unseen, and says so in the history', async () => {
    const one = await link('One')
    const other = await link('Other')
    // Both have looked before either wrote: the other's move is there when ours has been written.
    await move(other, one)
    const before = await fresh(one)
    const versions = [...before.versions, { from: '2026-11-23', content: { ...before, parent: other._id } }]
    await EngagementModel.updateOne(
      { _id: one._id },
      { $set: { parent: other._id, versions }, $inc: { version: 1 } },
    )
    expect(await refusal(settledInChain(tilsyn.context(), before, await fresh(one)))).to.equal(
      'chain-moved-at-once',
    )
    expect(await fresh(one)).to.deep.include({ parent: null, versions: before.versions })
    expect((await historyOf('engagement', one._id))[0]?.event).to.equal('engagement.move-undone')
    expect(await outline('2026-11-23')).to.deep.equal(['One', '·Other'])
  })

  it('shows a circle in old records as one, lets other details be edited, and is mended by any move out', async () => {
    const one = await link('One')
    const other = await link('Other', one)
    const parent = other._id
    await EngagementModel.updateOne(
      { _id: one._id },
      { $set: { parent, 'versions.0.content.parent': parent, listed: false } as never },
    )
    expect(await outline('2026-11-23')).to.deep.equal(['One (circle)', '·Other (circle)'])
    expect(await chainAround(one._id, '2026-11-23')).to.deep.include({ circle: true })
    const edited = await editEngagement(
      tilsyn.context(),
      { reference: one.reference, version: 1 },
      engagementInput({ parent, subjects: ['citizens'] }),
    )
    expect(edited.subjects).to.deep.equal(['citizens'])
    await move(one, null)
    expect(await outline('2026-11-23')).to.deep.equal(['One', '·Other'])
  })

  it('tells beforehand what moves along and on whose list it comes, goes and stays', async () => {
    const hosting = await link('Hosting')
    const backup = await link('Backup')
    const disks = await link('Disks', hosting)
    await link('Repairs', disks)
    const approved = (customer: string, engagement: Engagement) => ({
      customer,
      engagement: engagement._id,
      from: '2025-02-01',
      notice: null,
      kind: 'baseline' as const,
    })
    await approve(tilsyn.context(), [
      approved('of hosting', hosting),
      approved('of backup', backup),
      approved('of both', hosting),
      approved('of both', backup),
      approved('of disks', disks),
    ])
    const preview = await previewMove(await fresh(disks), await fresh(backup), tilsyn.today())
    expect(preview.branch.map(({ link: { content } }) => content.vendorName)).to.deep.equal([
      'Disks',
      'Repairs',
    ])
    expect(preview.to.path.map(({ content }) => content.vendorName)).to.deep.equal(['Backup'])
    expect(preview.gain).to.deep.equal(['of backup'])
    expect(preview.lose).to.deep.equal(['of hosting'])
    expect(preview.keep.toSorted()).to.deep.equal(['of both', 'of disks'])
    expect((await fresh(disks)).parent, 'nothing has moved').to.equal(hosting._id)
    const toTop = await previewMove(await fresh(disks), null, tilsyn.today())
    expect(toTop.gain).to.deep.equal([])
    expect(toTop.lose.toSorted()).to.deep.equal(['of both', 'of hosting'])
  })
})
