/** What happens by itself, as the timers do it. */
import { laterOf } from '../../../src/base/day.js'
import {
  contactTried,
  ended,
  follow,
  isEnded,
  joins,
  mayBePermitted,
  permitted,
  type Recipient,
  release,
  unreadOf,
} from '../../../src/notices/rules.js'
import {
  mootOutcome,
  type Objection,
  outcomesOpenTo,
  releaseDay,
  requirements,
  settleMoot,
} from '../../../src/objections/rules.js'
import { shippedLaw } from '../../../src/transfers/rules.js'
import { enter, move, today, type Town } from './town.js'

/** As `payAllOwed`. */
export function post(town: Town): boolean {
  const { part, ledger } = town
  if (!part) return false
  for (const owed of part.owed) {
    if (owed === 'announcement') announce(town, part)
    // The outbox hears of both; a correction says the day that counts.
    if (owed === 'correction') ledger.told = laterOf(ledger.told ?? part.lastDay!, part.lastDay!)
    if (owed === 'approval' || owed === 'approval-end')
      for (const { line, permittedFrom } of part.lines) if (permittedFrom !== null) ledger.register.add(line)
  }
  const did = part.owed.length > 0
  town.part = { ...part, owed: [] }
  return did
}

function announce(town: Town, part: Recipient): void {
  const tried = contactTried(part)
  if (!tried) throw new Error('an announcement to nobody')
  town.count += 1
  const { now: sentAt, ledger } = town
  town.mails.push({ id: `m${town.count}`, contact: tried.id, state: 'queued', sentAt, acceptedAt: null })
  if (part.printedLastDay) ledger.told = laterOf(ledger.told ?? part.printedLastDay, part.printedLastDay)
}

/** As `followCustomers`, and `noteLeavers` before it. */
export function followCustomer(town: Town): boolean {
  const { part, notice, customer, away, now } = town
  if (notice.state !== 'issued') return false
  const on = today(town)
  if (part && away && !isEnded(part.state) && town.seen.has('ended by agreement'))
    return move(town, ended(part, 'left', 'agreement-ended', on))
  const concerned = !away && (customer.affected || customer.agreement.commonList) ? customer : null
  const approved = new Set([...town.ledger.register].map((line) => `e${line.slice(1)}`))
  const running = { notice, approved, now, today: on, law: shippedLaw }
  if (!part) {
    enter(town, concerned && joins(running, concerned))
    return concerned !== null
  }
  const followed = follow(running, part, concerned)
  if (followed?.event === 'concerned' || followed?.event === 'joined') town.ledger.arrival = null
  if (followed?.event === 'joined') town.ledger.answers.clear()
  if (followed) town.seen.add(followed.event)
  // As `stopOvertaken`.
  const moved = move(town, followed?.change ?? null)
  if (moved && town.part!.owed.includes('announcement'))
    town.mails = town.mails.filter(({ state }) => state !== 'queued')
  return moved
}

/** As `finishObjections`: agreements that have ended since, and cases whose object is gone. */
export function finish(town: Town): boolean {
  let did = false
  for (const objection of town.cases) {
    const due = objection.unfinished?.step === 'settled' && objection.unfinished.from <= today(town)
    if (due) did = letGo(town, objection) || did
    const moot =
      town.part && objection.unfinished === null && outcomesOpenTo(objection).length > 0
        ? mootOutcome(town.part)
        : null
    if (!moot) continue
    Object.assign(objection, settleMoot(moot, today(town)))
    did = letGo(town, objection) || did
  }
  return did
}

export function letGo(town: Town, objection: Objection): boolean {
  const { outcome } = objection
  const from = releaseDay(outcome!, objection.endsOn, objection.outcomeOn!)
  if (from > today(town)) {
    objection.unfinished = { step: 'settled', from }
    return false
  }
  objection.unfinished = null
  const release_ = requirements[outcome!].release
  if (!release_) return false
  town.ledger.open.delete(objection.reference)
  town.ledger.heldUntil = today(town)
  return move(town, release(town.part!, objection.reference, release_, from))
}

/** As `permitDueChanges`, for the recipients its queries find. */
export function permitDue(town: Town): boolean {
  const { part } = town
  if (!part || part.dueOn === null || part.dueOn > today(town)) return false
  const verdict = mayBePermitted(part, [], unreadOf(part).length, today(town))
  return verdict.yes && move(town, permitted(part, verdict.lines, verdict.from))
}
