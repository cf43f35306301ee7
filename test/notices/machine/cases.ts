/** Replies and objections, as they come and as they are settled. */
import { addDays } from '../../../src/base/day.js'
import { Refused } from '../../../src/base/errors.js'
import { hold, holdUnread, type Recipient } from '../../../src/notices/rules.js'
import { outcomesOpenTo, reasonNotToTake, settle } from '../../../src/objections/rules.js'
import { anObjection } from '../../objections/builders.js'
import { type Happening } from './events.js'
import { letGo } from './timers.js'
import { move, today, type Town } from './town.js'

export function reply(town: Town, part: Recipient): boolean {
  town.count += 1
  const reference = `RE-${town.count}`
  const moved = move(town, holdUnread(part, reference))
  if (moved) town.ledger.unread.add(reference)
  return moved
}

export function object(town: Town, part: Recipient): boolean {
  const reason = reasonNotToTake(part)
  if (reason) throw new Refused(reason)
  town.count += 1
  const reference = `OB-${town.count}`
  town.cases.push(anObjection({ reference, state: 'assessed', recipient: part._id }))
  const moved = move(town, hold(part, reference))
  if (moved) town.ledger.open.add(reference)
  return moved
}

export function settleCase(town: Town, { which, outcome, endsIn }: Happening & { on: 'settle' }): boolean {
  const open = town.cases.filter((objection) => outcomesOpenTo(objection).includes(outcome))
  const objection = open[which % Math.max(1, open.length)]
  if (!objection) return false
  const confirmation = { kind: 'file' as const, file: 'f1' }
  const endsOn = outcome === 'agreement-ended' ? addDays(today(town), endsIn) : null
  const said = { by: 'staff' as const, outcome, note: 'Talt med kunden', files: ['f1'], confirmation, endsOn }
  Object.assign(objection, settle(objection, said, today(town)))
  town.seen.add(`settled ${outcome}`)
  letGo(town, objection)
  return true
}
