import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import {
  approve,
  chainAround,
  chainBelow,
  chainOn,
  confirmInUse,
  createEngagement,
  createVendor,
  editEngagement,
  endEngagement,
  knownNodes,
  listWithChain,
  moveBranch,
  planChange,
  previewMove,
} from '../../src/register/actions.js'
import { settledInChain } from '../../src/register/actions/chain-place.js'
import { engagementByReference, EngagementModel } from '../../src/register/records.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { engagementInput, vendorInput } from './builders.js'

describe('The chain of any day', () => {
  const tilsyn = useApp()

  /** A vendor with one engagement: 'Backup below Hosting'. */
  async function link(
    name: string,
    parent: Engagement | null = null,
    from = '2025-01-01',
  ): Promise<Engagement> {
    const vendor = await createVendor(tilsyn.context(), {
      ...vendorInput({ name, registration: null, noRegistrationBecause: 'Foreign' }),
      from,
    })
    return createEngagement(tilsyn.context(), {
      ...engagementInput({ parent: parent?._id ?? null }),
      vendor: vendor._id,
      from,
    })
  }

  const fresh = async ({ reference }: Engagement) =>
    (await engagementByReference(reference)) as unknown as Engagement
  const move = async (moved: Engagement, to: Engagement | null) => {
    const { reference, version } = await fresh(moved)
    return moveBranch(
      tilsyn.context(),
      { reference, version },
      { to: to?.reference ?? null, because: 'It was recorded in the wrong place' },
    )
  }
  const outline = async (day: string) =>
    (await knownNodes((await chainOn(day, tilsyn.today())).flat(), day)).map(
      ({ link: { content }, depth, fault }) =>
        '·'.repeat(depth - 1) + content.vendorName + (fault ? ` (${fault})` : ''),
    )
  const below = async (approved: Engagement[], day: string) =>
    (
      await knownNodes(
        await chainBelow(
          approved.map(({ _id }) => _id),
          day,
        ),
        day,
      )
    ).map(({ link: { content }, depth }) => '·'.repeat(depth - 1) + content.vendorName)
  const refusal = async (act: Promise<unknown>) =>
    act.then(
      () => 'taken',
      (error: Error & { reason?: string }) => error.reason ?? error.message,
    )

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
    const ground = {
      id: 'c1',
      because: 'They used it all along',
      file: null,
      recordedOn: '2026-11-23',
      recordedAt: tilsyn.now(),
      by: { kind: 'system', id: 'test' },
    }
    const corrections = [
      { ...ground, from: '2026-03-01', to: '2026-11-23', values: { parent: hosting._id }, without: [] },
    ]
    await EngagementModel.updateOne({ _id: disks._id }, { $set: { corrections } as never })
    expect(await outline('2026-02-28')).to.deep.equal(['Disks', 'Hosting'])
    expect(await outline('2026-03-01')).to.deep.equal(['Hosting', '·Disks'])
    expect(await below([hosting], '2026-03-01')).to.deep.equal(['Hosting', '·Disks'])
    expect(await below([hosting], '2026-11-23')).to.deep.equal(['Hosting'])
  })
})
