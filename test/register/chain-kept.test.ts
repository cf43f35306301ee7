import { expect } from 'chai'
import { approve, listsUpToDate, listWithChain } from '../../src/register/actions.js'
import { EngagementModel } from '../../src/register/records.js'
import { standingStamp } from '../../src/register/records/relisting.js'
import { useApp } from '../support/app.js'
import { chainOf } from './chain-links.js'

describe('A customer’s chain that was read before', () => {
  const tilsyn = useApp()

  const { link, move, correctedParent } = chainOf(tilsyn)
  const outline = async (day = '2026-11-23') =>
    (await listWithChain('one', day)).nodes.map(
      ({ link: { content }, depth }) => '·'.repeat(depth - 1) + content.vendorName,
    )
  /** Read while the lists stand, so that what hangs on what is kept. */
  const keptOutline = async () => {
    await listsUpToDate(tilsyn.today())
    expect(await standingStamp()).to.be.a('string')
    return outline()
  }

  async function house() {
    const hosting = await link('Hosting')
    const secret = await link('Secret')
    const disks = await link('Disks', hosting)
    await link('Repairs', disks)
    await approve(tilsyn.context(), [
      { customer: 'one', engagement: hosting._id, from: '2025-01-01', kind: 'baseline', notice: null },
    ])
    return { hosting, secret, disks }
  }

  it('shows a link that has come since, however far down', async () => {
    const { disks } = await house()
    expect(await keptOutline()).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    await link('Spare parts', disks)
    expect(await outline(), 'before the lists are made anew').to.include('··Spare parts')
    expect(await keptOutline()).to.deep.equal(['Hosting', '·Disks', '··Repairs', '··Spare parts'])
  })

  it('follows a branch that moves away and comes back', async () => {
    const { hosting, secret, disks } = await house()
    expect(await keptOutline()).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    await move(disks, secret)
    expect(await outline()).to.deep.equal(['Hosting'])
    expect(await keptOutline()).to.deep.equal(['Hosting'])
    expect(await outline('2026-11-22'), 'the day before').to.deep.equal(['Hosting', '·Disks', '··Repairs'])
    await move(disks, hosting)
    expect(await keptOutline()).to.deep.equal(['Hosting', '·Disks', '··Repairs'])
  })

  it('follows a correction of where a link hung', async () => {
    const { hosting } = await house()
    const late = await link('Late')
    expect(await keptOutline()).not.to.include('·Late')
    const correction = correctedParent(hosting, '2026-03-01', '2026-12-01')
    await EngagementModel.updateOne(
      { _id: late._id },
      { $set: { corrections: [correction], listed: false } as never },
    )
    expect(await outline()).to.include('·Late')
    expect(await keptOutline()).to.deep.equal(['Hosting', '·Disks', '··Repairs', '·Late'])
    expect(await outline('2026-02-28')).not.to.include('·Late')
  })
})
