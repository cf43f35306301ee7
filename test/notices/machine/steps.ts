/** Each happening done as the actions do it: the same rules, asked in the same order. */
import { addDays, instantAt, laterOf } from '../../../src/base/day.js'
import { Refused } from '../../../src/base/errors.js'
import {
  announcedAnew,
  answered,
  clockStarts,
  ended,
  mayBeUsed,
  type Recipient,
  releaseRead,
  used,
  withdraw,
  withdrawable,
} from '../../../src/notices/rules.js'
import { contact } from '../builders.js'
import { object, reply, settleCase } from './cases.js'
import { type Happening } from './events.js'
import { word } from './mails.js'
import { finish, followCustomer, permitDue, post } from './timers.js'
import { move, today, type Town } from './town.js'

/** True where it did something. A refusal is an answer, too; any other error is not. */
export function happen(town: Town, happening: Happening): void {
  try {
    if (doing(town, happening)) town.seen.add(`did ${happening.on}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    town.seen.add(`refused ${error.reason}`)
  }
}

function doing(town: Town, happening: Happening): boolean {
  switch (happening.on) {
    case 'day':
      return dayPasses(town, happening)
    case 'post':
      return post(town)
    case 'follow':
      return followCustomer(town)
    case 'finish':
      return finish(town)
    case 'permit':
      return permitDue(town)
    case 'deliver':
    case 'bounce':
    case 'return':
      return word(town, happening)
    case 'come':
      return come(town)
    default:
      return town.part !== null && toPart(town, town.part, happening)
  }
}

function dayPasses(town: Town, { days, hour, working }: Happening & { on: 'day' }): boolean {
  const { zone } = town.notice.rules
  const next = instantAt(addDays(today(town), days), `${String(hour).padStart(2, '0')}:00`, zone)
  if (next > town.now) town.now = next
  if (working) for (const timer of [post, followCustomer, finish, permitDue, post]) timer(town)
  return true
}

/** The customer comes (back) to us. */
function come(town: Town): boolean {
  const came = town.away && !town.seen.has('ended by agreement')
  if (came) town.away = false
  return came
}

// What concerns a part that there is.
function toPart(town: Town, part: Recipient, happening: Happening): boolean {
  const { notice, ledger, now } = town
  const on = today(town)
  switch (happening.on) {
    case 'reply':
      return reply(town, part)
    case 'object':
      return object(town, part)
    case 'letter': {
      const change = clockStarts(part, now, { channel: 'letter', registered: true, file: 'f1' }, notice.rules)
      if (change) ledger.arrival = { at: now, by: 'letter' }
      // The paper prints the day that a mail would.
      if (change && part.printedLastDay)
        ledger.told = laterOf(ledger.told ?? part.printedLastDay, part.printedLastDay)
      return move(town, change)
    }
    case 'again': {
      const { contacts } = town.customer
      if (part.state !== 'undelivered' || contacts.length === 0) return false
      const round = part.round + 1
      return move(town, { ...announcedAnew(part, now, notice.rules), contacts, contactIndex: 0, round })
    }
    case 'instruct':
      return part.blockedBy.includes('instruction') && move(town, { blockedBy: [], notBefore: on })
    case 'receipt': {
      const reader = part.contacts[happening.contact]
      return (
        part.receipt === null &&
        reader !== undefined &&
        move(town, { receipt: { at: now, contact: reader.id } })
      )
    }
    case 'read': {
      const unread = [...ledger.unread]
      const reference = unread[happening.which % Math.max(1, unread.length)]
      if (reference === undefined) return false
      if (happening.as === 'objection') object(town, part)
      ledger.unread.delete(reference)
      ledger.heldUntil = on
      return move(town, releaseRead(town.part!, reference, on))
    }
    case 'settle':
      return settleCase(town, happening)
    case 'answer': {
      const { answer, waives: waivesRest, lines } = happening
      const by = { name: 'Åse Ørsted', title: 'Direktør' }
      const given = { answer, on, at: now, channel: 'letter' as const, by, waivesRest, lines }
      const change = answered(part, given, 'f1', on)
      for (const line of change.lines ?? [])
        if (line !== part.lines.find((each) => each.line === line.line))
          ledger.answers.set(line.line, { approved: answer === 'approved', waives: waivesRest, on })
      return move(town, change)
    }
    case 'buy':
      town.customer = {
        ...town.customer,
        services: happening.services,
        affected: happening.services.length > 0,
      }
      return true
    case 'contacts':
      return contactsChange(town, happening)
    case 'leave':
      town.away = true
      town.seen.add('ended by agreement')
      return true
    case 'withdraw':
      Object.assign(notice, withdraw(notice, { da: 'Nej', en: 'No' }, on))
      town.mails = town.mails.filter(({ state }) => state !== 'queued')
      return withdrawable.includes(part.state) && move(town, ended(part, 'withdrawn', 'notice-withdrawn', on))
    case 'use':
      return use(town, happening)
    default:
      return false
  }
}

function contactsChange(town: Town, { change }: Happening & { on: 'contacts' }): boolean {
  const { contacts } = town.customer
  town.count += 1
  const [first, ...others] = contacts
  const id = `k${town.count + 10}`
  const changed = {
    successor: [{ ...contact(town.count + 10), order: 1 }, ...others],
    // A change of a contact closes it and opens another with an id of its own.
    'other-number': first ? [{ ...first, id, phone: '+45 70 00 00 00' }, ...others] : [],
    'other-order': contacts.toReversed(),
    none: [],
  }
  town.customer = { ...town.customer, contacts: changed[change] }
  return true
}

/** As `confirmUse`: for the notice, then for each customer it is permitted for. */
function use(town: Town, { lines, daysAgo }: Happening & { on: 'use' }): boolean {
  const { notice } = town
  const day = addDays(today(town), -daysAgo)
  if (notice.state !== 'issued') return false
  const ready = lines.filter((line) => mayBeUsed(town.part!, line, day))
  for (const line of ready) {
    notice.lines = notice.lines.map((each) => (each.id === line ? { ...each, inUseSince: day } : each))
    move(town, used(town.part!, line, day))
  }
  return ready.length > 0
}
