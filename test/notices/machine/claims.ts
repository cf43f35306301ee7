/** What must hold whatever happened, judged by the ledger alone. */
import { expect } from 'chai'
import { addDays, dayOf, type Day } from '../../../src/base/day.js'
import type { Recipient, RecipientLine, RecipientState } from '../../../src/notices/rules.js'
import type { Town } from './town.js'

const over: readonly RecipientState[] = ['withdrawn', 'exempted', 'left', 'refused']

/** After every move of the customer's part. */
export function checkMove(town: Town, before: Recipient, after: Recipient): void {
  // A customer that comes back begins anew: what it had been permitted ended when it left.
  const back = before.state === 'left' && ['queued', 'undelivered'].includes(after.state)
  for (const line of after.lines) {
    const was = before.lines.find((each) => each.line === line.line)
    if (line.permittedFrom !== null && (was?.permittedFrom ?? null) === null)
      checkPermission(town, after, line)
    if (line.inUseSince !== null && (was?.inUseSince ?? null) === null) checkUse(town, before, line)
    if (was?.permittedFrom != null && !back)
      expect(line.permittedFrom, 'a permission stands').to.equal(was.permittedFrom)
    if (was?.inUseSince != null && !back)
      expect(line.inUseSince, 'a day of use stands').to.equal(was.inUseSince)
  }
  if (over.includes(before.state) && !back)
    expect(over, `what was ${before.state} is over`).to.include(after.state)
  checkDates(town, before, after)
  checkStanding(town, after)
}

/** Clauses 7.3, B.1, C.5, C.6, 8.3: not before its day, not over an objection, not for one it does not concern. */
function checkPermission(town: Town, part: Recipient, line: RecipientLine): void {
  const { ledger, notice } = town
  const today = dayOf(town.now, notice.rules.zone)
  const from = line.permittedFrom!
  expect(from <= today, 'permitted on its day').to.equal(true)
  expect([...ledger.open, ...ledger.unread], 'permitted over no objection and no unread reply').to.deep.equal(
    [],
  )
  expect(over, 'permitted while it runs').to.not.include(part.state)
  expect(notice.state, 'permitted by a notice that stands').to.equal('issued')
  expect(part.blockedBy, 'permitted with an instruction').to.deep.equal([])
  expect(line.mode, 'permitted where it was asked').to.not.equal('information')
  if (ledger.heldUntil !== null)
    expect(from >= ledger.heldUntil, 'permitted from no day on which it was held').to.equal(true)
  const answer = ledger.answers.get(line.line)
  if (answer?.approved && answer.waives) {
    expect(from >= answer.on, 'permitted from the day of its consent').to.equal(true)
    return town.seen.add('consent') && undefined
  }
  expect(ledger.arrival, 'permitted after it arrived').to.not.equal(null)
  expect(from > ledger.told!, `permitted on ${from}, after ${ledger.told}, the day it read`).to.equal(true)
  const arrived = dayOf(ledger.arrival!.at, notice.rules.zone)
  expect(from > addDays(arrived, part.period.length), 'permitted after its whole period').to.equal(true)
  if (line.mode === 'notice') return town.seen.add('no-objection') && undefined
  expect(answer, 'silence is refusal').to.include({ approved: true })
  expect(from >= answer!.on, 'permitted from the day of its approval').to.equal(true)
  town.seen.add('approved')
}

function checkUse(town: Town, before: Recipient, line: RecipientLine): void {
  const { ledger, notice } = town
  const since = line.inUseSince!
  expect(line.permittedFrom, 'used where permitted').to.not.equal(null)
  expect(line.permittedFrom! <= since, 'used from no day before it was permitted').to.equal(true)
  expect(since <= dayOf(town.now, notice.rules.zone), 'used on a day that has come').to.equal(true)
  expect([...ledger.open, ...ledger.unread], 'used over no objection and no unread reply').to.deep.equal([])
  expect(over, 'used while it runs').to.not.include(before.state)
  expect(notice.state, 'used by a notice that stands').to.equal('issued')
}

/** What a customer has read as its last day is never too late for it. */
function checkDates({ ledger }: Town, before: Recipient, after: Recipient): void {
  const notEarlier = (day: Day | null, than: Day | null, words: string) => {
    if (day !== null && than !== null) expect(day >= than, `${words}: ${than}, then ${day}`).to.equal(true)
  }
  if (before.printedLastDay !== null) expect(after.printedLastDay).to.not.equal(null)
  notEarlier(after.printedLastDay, before.printedLastDay, 'the printed day')
  notEarlier(after.lastDay, before.lastDay, 'the last day')
  notEarlier(after.lastDay, after.printedLastDay, 'the last day against the printed one')
  notEarlier(after.lastDay, ledger.told, 'the last day against what was read')
  if (after.lastDay !== null) expect(after.earliestUse).to.equal(addDays(after.lastDay, 1))
}

function checkStanding({ ledger }: Town, part: Recipient): void {
  const { state, lines } = part
  const asked = lines.filter(({ mode }) => mode !== 'information')
  if (
    state === 'running' ||
    (state === 'permitted' && asked.some(({ answer }) => answer?.waivesRest !== true))
  )
    expect(part.lastDay, `${state} has its days`).to.not.equal(null)
  if (over.includes(state)) {
    expect(part.endedOn, `${state} has its day`).to.not.equal(null)
    expect(part.endedBecause, `${state} has its reason`).to.not.equal(null)
  }
  if (state === 'queued') expect(part.contacts.length, 'there is somebody to write to').to.be.greaterThan(0)
  if (state === 'permitted' || state === 'in-use')
    for (const { permittedFrom, answer } of asked)
      if (answer === null || answer.answer === 'approved') expect(permittedFrom).to.not.equal(null)
  // The register hears of every permission, then or later.
  for (const { line, permittedFrom } of lines)
    if (permittedFrom !== null && !ledger.register.has(line))
      expect(part.owed, 'the register is owed it').to.include.oneOf(['approval', 'approval-end'])
}
