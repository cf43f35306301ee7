import { expect } from 'chai'
import { listOn } from '../../src/register/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { mayBePermitted } from '../../src/notices/rules.js'
import {
  confirmUse,
  noticeByReference,
  permit,
  recipientById,
  recipientsPastTheirDays,
  stateCounts,
} from '../../src/notices/actions.js'
import { noticeTimers } from '../../src/notices/timers.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { aDraft, anIssued, aWorld, customersOf, senderTo } from './world.js'

describe('a notice from issue to use', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()

  async function runTimers() {
    const done: Record<string, number>[] = []
    for (const timer of noticeTimers)
      done.push(await timer.run(tilsyn.context({ kind: 'timer', id: timer.name })))
    return Object.assign({}, ...done) as Record<string, number>
  }

  it('goes from draft over the period to use, with evidence for each step', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/1234', emails: ['dpo@bakkeby.example'] },
    ])
    if (!customer) throw new Error('no customer')
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const id = `${notice._id}/${customer._id}`
    expect((await recipientById(id))?.state).to.equal('queued')

    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    const [mail] = mailbox.mailsFor('dpo@bakkeby.example')
    expect(mail?.subject).to.equal(
      'Jeres sag 26/1234: Varsel om ny underdatabehandler: Nyborg Backup ApS – indsigelse senest mandag den 28. december 2026 [CN-2026-001]',
    )
    expect(mail?.attachments.map(({ filename }) => filename)).to.deep.equal([
      'Varsel CN-2026-001.pdf',
      'Frist CN-2026-001.ics',
    ])

    await runTimers()
    const running = await recipientById(id)
    expect(running).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      lastDay: '2026-12-28',
      earliestUse: '2026-12-29',
    })
    expect((await mailsAbout('recipient', [id])).map(({ kind, state }) => [kind, state])).to.deep.equal([
      ['notice-announcement', 'accepted'],
    ])

    tilsyn.moveTo('2026-12-28')
    expect(await recipientsPastTheirDays(tilsyn.today(), 10)).to.deep.equal([])
    tilsyn.moveTo('2026-12-29')
    const [due] = await recipientsPastTheirDays(tilsyn.today(), 10)
    if (!due) throw new Error('nothing due')
    const verdict = mayBePermitted(due, [], 0, tilsyn.today())
    if (!verdict.yes) throw new Error(verdict.because)
    await permit(tilsyn.context({ kind: 'timer', id: 'permit' }), due, verdict)
    expect((await listOn(customer._id, '2026-12-28')).map(({ content }) => content.vendorName)).to.deep.equal(
      ['Gammelby Drift ApS'],
    )
    expect(
      (await listOn(customer._id, '2026-12-29')).map(({ content, kind }) => [content.vendorName, kind]),
    ).to.deep.equal([
      ['Gammelby Drift ApS', 'baseline'],
      ['Nyborg Backup ApS', 'no-objection'],
    ])

    const line = notice.lines[0]?.id ?? ''
    expect(await confirmUse(tilsyn.context(), notice.reference, line, '2026-12-29')).to.equal(1)
    expect((await recipientById(id))?.state).to.equal('in-use')
    expect(await runTimers()).to.include({ settled: 1 })
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
    expect([...(await stateCounts([notice._id])).values()]).to.deep.equal([{ 'in-use': 1 }])
    await sender.stop()
  })
})
