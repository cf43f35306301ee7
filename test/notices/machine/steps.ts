/** Each happening done as the actions do it: the same rules, asked in the same order. */
import { addDays, instantAt, laterOf } from '../../../src/base/day.js'
import type { MailRow } from '../../../src/mail/actions.js'
import { announced } from '../../../src/notices/actions/follow-up.js'
import {
  answered,
  announcedAnew,
  clockStarts,
  contactTried,
  ended,
  follow,
  hold,
  holdUnread,
  isEnded,
  joins,
  mayBePermitted,
  mayBeUsed,
  permitted,
  release,
  releaseRead,
  returnMeans,
  unreadOf,
  used,
  withdraw,
  withdrawable,
  type Recipient,
} from '../../../src/notices/rules.js'
import {
  mootOutcome,
  outcomesOpenTo,
  reasonNotToTake,
  releaseDay,
  requirements,
  settle,
  settleMoot,
  type Objection,
} from '../../../src/objections/rules.js'
import { beginning } from '../../../src/replies/rules.js'
import { shippedLaw } from '../../../src/transfers/rules.js'
import { Refused } from '../../../src/base/errors.js'
import { anObjection } from '../../objections/builders.js'
import { contact } from '../builders.js'
import type { Happening } from './events.js'
import { enter, move, today, type Sent, type Town } from './town.js'

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

/** As `payAllOwed`. */
function post(town: Town): boolean {
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

/** What a mail server says of a mail of ours; the ledger notes what that is worth before the rules are asked. */
function word(town: Town, { on, which }: Happening & { on: 'deliver' | 'bounce' | 'return' }): boolean {
  const { part, ledger, notice } = town
  const from = on === 'return' ? 'accepted' : 'queued'
  const candidates = town.mails.filter(({ state }) => state === from)
  const mail = candidates[candidates.length - 1 - (which % Math.max(1, candidates.length))]
  if (!part || !mail) return false
  mail.state = on === 'deliver' ? 'accepted' : 'bounced'
  if (on === 'deliver') mail.acceptedAt = town.now
  const isWaiting = part.state === 'queued' || part.state === 'undelivered'
  const current = part.contacts.some(({ id }) => id === mail.contact)
  if (on === 'deliver' && isWaiting && current) ledger.arrival = { at: town.now, by: mail.id }
  if (on === 'return') {
    if (ledger.arrival?.by === mail.id && !isConfirmed(part, mail)) ledger.arrival = null
    lookAt(town, part, mail)
  }
  // Dispatch to the last registered contact counts as having come, where the agreement says so.
  const last = part.contacts.at(-1)?.id === mail.contact
  if (on !== 'deliver' && part.agreement.counts === 'dispatch' && last && ledger.arrival === null)
    ledger.arrival = { at: mail.sentAt, by: mail.id }
  const decision = announced(contextOf(town), town.part!, rowOf(mail, part), notice)
  return move(town, decision?.change ?? null)
}

function isConfirmed({ receipt }: Recipient, { contact: reader }: Sent): boolean {
  return receipt?.contact === reader
}

/** As `takeMail` and `finishArrival` with a report that the mail came back. */
function lookAt(town: Town, part: Recipient, mail: Sent): void {
  const means = returnMeans(part, mail.contact)
  const { blocking } = beginning(
    'failed',
    true,
    means === 'too-late' || means === 'receipt-stands' ? means : null,
  )
  if (blocking) reply(town, part)
}

function rowOf({ id, contact: to, state, sentAt, acceptedAt }: Sent, part: Recipient): MailRow {
  return {
    _id: id,
    state,
    to: { address: '', contact: to },
    acceptedAt,
    evidence: [{ at: acceptedAt ?? sentAt }],
    about: { kind: 'recipient', id: part._id },
    sample: false,
  } as unknown as MailRow
}

/** As `followCustomers`, and `noteLeavers` before it. */
function followCustomer(town: Town): boolean {
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
  if (followed?.event === 'concerned') town.ledger.arrival = null
  if (followed) town.seen.add(followed.event)
  // As `stopOvertaken`.
  const moved = move(town, followed?.change ?? null)
  if (moved && town.part!.owed.includes('announcement'))
    town.mails = town.mails.filter(({ state }) => state !== 'queued')
  return moved
}

/** As `finishObjections`: agreements that have ended since, and cases whose object is gone. */
function finish(town: Town): boolean {
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

function letGo(town: Town, objection: Objection): boolean {
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
function permitDue(town: Town): boolean {
  const { part } = town
  if (!part || part.dueOn === null || part.dueOn > today(town)) return false
  const verdict = mayBePermitted(part, [], unreadOf(part).length, today(town))
  return verdict.yes && move(town, permitted(part, verdict.lines, verdict.from))
}

/** The customer comes (back) to us. */
function come(town: Town): boolean {
  const came = town.away && !town.seen.has('ended by agreement')
  if (came) town.away = false
  return came
}

function reply(town: Town, part: Recipient): boolean {
  town.count += 1
  const reference = `RE-${town.count}`
  const moved = move(town, holdUnread(part, reference))
  if (moved) town.ledger.unread.add(reference)
  return moved
}

function object(town: Town, part: Recipient): boolean {
  const reason = reasonNotToTake(part)
  if (reason) throw new Refused(reason)
  town.count += 1
  const reference = `OB-${town.count}`
  town.cases.push(anObjection({ reference, state: 'assessed', recipient: part._id }))
  const moved = move(town, hold(part, reference))
  if (moved) town.ledger.open.add(reference)
  return moved
}

function contextOf(town: Town) {
  return {
    now: town.now,
    today: today(town),
    actor: { kind: 'system' as const, id: 'test' },
    locale: 'da' as const,
  }
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

function settleCase(town: Town, { which, outcome, endsIn }: Happening & { on: 'settle' }): boolean {
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
