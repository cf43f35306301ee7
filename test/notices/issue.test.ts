import { expect } from 'chai'
import { mailsAbout } from '../../src/mail/actions.js'
import {
  draftNotice,
  issueNotice,
  noticeByReference,
  noticeTasks,
  type Notice,
} from '../../src/notices/actions.js'
import { beginIssue, listRecipients } from '../../src/notices/actions/issue.js'
import { recipientBatches } from '../../src/notices/records/recipients.js'
import { useTimers } from './timers.js'
import { aDraft, aWorld, customersOf, officer } from './world.js'

describe('actions and timers of notices', () => {
  const { tilsyn, runTimers, workDone } = useTimers()

  async function allOf(notice: Notice) {
    const all = []
    for await (const batch of recipientBatches(notice._id)) all.push(...batch)
    return all
  }

  it('issues once, however often it is asked at once', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}])
    const { reference, version } = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () => issueNotice(tilsyn.context(officer), { reference, version }, [])),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    const notice = await noticeByReference(reference)
    const ids = (await allOf(notice)).map(({ _id }) => _id)
    expect(ids).to.have.length(2)
    expect(await mailsAbout('recipient', ids)).to.have.length(2)
  })

  it('finishes by timers what a crash left in the middle of issuing, three days later and with the same dates', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}, { contacts: [] }])
    const draft = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    await beginIssue(tilsyn.context(officer), { reference: draft.reference, version: draft.version }, [
      'otherChannel',
    ])
    expect((await noticeByReference(draft.reference)).state).to.equal('issuing')
    tilsyn.moveTo('2026-11-26')
    await runTimers()
    const notice = await noticeByReference(draft.reference)
    expect(notice.state).to.equal('issued')
    const all = await allOf(notice)
    expect(all.map(({ state, printedLastDay }) => `${state} ${printedLastDay}`).toSorted()).to.deep.equal([
      'queued 2026-12-28',
      'queued 2026-12-28',
      'undelivered 2026-12-28',
    ])
    expect(
      await mailsAbout(
        'recipient',
        all.map(({ _id }) => _id),
      ),
    ).to.have.length(2)
    expect(await workDone()).to.equal(0)
  })

  it('goes on where recipients were listed and no mail was queued', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}])
    const draft = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    const { notice } = await beginIssue(
      tilsyn.context(officer),
      { reference: draft.reference, version: draft.version },
      [],
    )
    await listRecipients(notice)
    await listRecipients(notice)
    await Promise.all([runTimers(), runTimers()])
    const all = await allOf(notice)
    expect(
      await mailsAbout(
        'recipient',
        all.map(({ _id }) => _id),
      ),
    ).to.have.length(2)
    expect(await workDone()).to.equal(0)
  })

  it('warns of a draft whose latest day to send is near, and of one that is too late', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    await draftNotice(tilsyn.context(), aDraft(world.planned, { plannedStart: '2026-12-29' }))
    const [near] = await noticeTasks(tilsyn.today())
    expect(near).to.include({ kind: 'notice-draft-send-by', severity: 'due', on: '2026-11-26' })
    const [late] = await noticeTasks('2026-12-05')
    expect(late).to.include({ severity: 'overdue', text: 'draft-too-late' })
  })
})
