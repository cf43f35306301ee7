/** What must hold in the house, and what its log must say of it. */
import { historyOf } from '../../../src/audit-log/actions.js'
import { sealEntries } from '../../../src/audit-log/timers.js'
import { verifyLog } from '../../../src/audit-log/verify.js'
import { addDays, dayOf } from '../../../src/base/day.js'
import { Recipients } from '../../../src/notices/records/recipients.js'
import { type Recipient } from '../../../src/notices/rules.js'
import { objectionsOfRecipients } from '../../../src/objections/actions.js'
import { listOn } from '../../../src/register/actions.js'
import { repliesOfRecipients } from '../../../src/replies/actions.js'
import { type Scene } from './house.js'
import { expect } from 'chai'

export function partsOf({ told }: Scene): Promise<Recipient[]> {
  return Recipients.find({ notice: told.notice._id }).sort({ _id: 1 }).lean<Recipient[]>().exec()
}

/** After every step: what has newly become permitted or used, and how the days moved. */
export async function checkParts(scene: Scene, before: readonly Recipient[]): Promise<Recipient[]> {
  const parts = await partsOf(scene)
  for (const part of parts) {
    const was = before.find(({ _id }) => _id === part._id)
    const [line] = part.lines
    if (was?.printedLastDay) expect(part.printedLastDay! >= was.printedLastDay).to.equal(true)
    if (was?.lastDay && part.lastDay) expect(part.lastDay >= was.lastDay).to.equal(true)
    if (was && ['withdrawn', 'left', 'exempted', 'refused'].includes(was.state)) {
      expect(['withdrawn', 'left', 'exempted', 'refused']).to.include(part.state)
      expect(line?.permittedFrom).to.equal(was.lines[0]?.permittedFrom)
    }
    if (line?.inUseSince) expect(line.permittedFrom! <= line.inUseSince).to.equal(true)
    if (!line?.permittedFrom || was?.lines[0]?.permittedFrom) continue
    const from = line.permittedFrom
    expect(from <= scene.tilsyn.today()).to.equal(true)
    if (line.answer?.answer === 'approved' && line.answer.waivesRest)
      expect(from >= line.answer.on).to.equal(true)
    else {
      expect(from > part.lastDay! && from > part.printedLastDay!).to.equal(true)
      expect(from > addDays(dayOf(part.acceptedAt!, 'Europe/Copenhagen'), 30)).to.equal(true)
      if (line.mode === 'approval') expect(line.answer).to.include({ answer: 'approved' })
    }
    const open = (await objectionsOfRecipients([part._id])).filter(({ blocking }) => blocking)
    const unread = (await repliesOfRecipients([part._id])).filter(({ blocking }) => blocking)
    // What came since is noted as having met a permission.
    for (const { moves, metPermission } of open) expect(metPermission || moves.length > 1).to.equal(true)
    expect(unread).to.deep.equal([])
  }
  return parts
}

const holds = ['recipient.held', 'recipient.held-for-reply']
const lifts = [
  'recipient.released',
  'recipient.reply-read',
  'recipient.exempted',
  'recipient.dropped',
  'recipient.ended',
]
const arrivals = ['recipient.delivered', 'recipient.delivery-registered']
const losses = [
  'recipient.next-contact-tried',
  'recipient.not-delivered',
  'recipient.concerned',
  'recipient.announced-again',
]

/** The log is whole, and read from its beginning it says by itself why each permission may be. */
export async function checkLog(scene: Scene): Promise<number> {
  await sealEntries()
  expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
  let explained = 0
  for (const part of await partsOf(scene)) {
    let [held, arrived, waived, approved] = [0, false, false, false]
    const entries = (await historyOf('recipient', part._id)).toReversed()
    for (const { event, facts } of entries) {
      if (holds.includes(event)) held += 1
      if (lifts.includes(event)) held -= 1
      if (arrivals.includes(event)) arrived = true
      if (losses.includes(event)) arrived = false
      if (event === 'recipient.answer-approved') [approved, waived] = [true, facts['waivesRest'] === true]
      if (event !== 'recipient.permitted') continue
      expect(held, 'held by nothing').to.equal(0)
      expect(
        waived || (arrived && (approved || part.lines[0]!.mode === 'notice')),
        'has its ground',
      ).to.equal(true)
      expect(facts).to.deep.include({ lines: [part.lines[0]!.line], from: part.lines[0]!.permittedFrom })
      explained += 1
    }
    const from = part.lines[0]?.permittedFrom
    const permissions = entries.filter(({ event }) => event === 'recipient.permitted')
    expect(permissions).to.have.length(from ? 1 : 0)
    const ended = part.approvalsEndOn !== null && from !== undefined && part.approvalsEndOn <= (from ?? '')
    if (from && !ended) expect(await namesOn(part.customer, from)).to.include('Nyborg Backup ApS')
  }
  return explained
}

async function namesOn(customer: string, day: string): Promise<string[]> {
  return (await listOn(customer, day)).map(({ content }) => content.vendorName)
}
