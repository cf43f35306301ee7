/** What becomes of a customer's part in a notice when the customer changes while the notice runs. */
import { laterOf, type Day } from '../../base/day.js'
import type { CustomerToTell } from '../../customers/rules.js'
import type { Law } from '../../transfers/rules.js'
import { blocksFor, recipientFor } from './audience.js'
import { linesBeyond, nothingAbove, type Above } from './beyond.js'
import { printedLastDay } from './deadlines.js'
import { announcedAnew, owedAnyway, without, type Change } from './delivery.js'
import { modeOf } from './modes.js'
import { comes, engagementThatGoes, type Line, type Notice } from './notice.js'
import { ended } from './outcome.js'
import { isUndecided, stateAfter } from './permission.js'
import {
  contactTried,
  isEnded,
  type Owed,
  type Recipient,
  type RecipientContent,
  type RecipientLine,
  type RecipientState,
} from './recipient.js'

/** `approved`: the engagements on the customer's list today or from a later day. `above`: who stands above each line in the chain. */
export type Running = {
  notice: Notice
  approved: ReadonlySet<string>
  above?: Above
  now: Date
  today: Day
  law: Law
}

/**
 * The part of a customer that is not on the notice so far; null if the notice does not concern it. Clause 7.3 asks for notice before
 * use of every customer, so one that joins or buys an affected service is told now, with days of its own. Of what it accepted with
 * its list at signing it need not be told again (EDPB 22/2024, para 25), nor of what goes and never was on its list.
 */
export function joins(
  { notice, approved, above = nothingAbove, now, law }: Running,
  customer: CustomerToTell,
): RecipientContent | null {
  const lines = notice.lines.filter((line) => isNews(line, approved))
  if (lines.length === 0) return null
  return recipientFor({ ...notice, lines }, customer, now, law, linesBeyond(notice.lines, above, approved))
}

function isNews(line: Line, approved: ReadonlySet<string>): boolean {
  if (comes(line)) return line.kind === 'correction' || !approved.has(line.engagement)
  const gone = engagementThatGoes(line)
  return gone === null || approved.has(gone)
}

export type Followed = {
  event: 'joined' | 'left' | 'concerned' | 'less-concerned' | 'contacts-changed'
  change: Change
  facts?: Record<string, unknown>
}

/**
 * How the part of a customer that is on the notice follows the customer as it is today; null where nothing changes. `customer` null:
 * it buys none of the services any more, and its list is not common to all.
 */
export function follow(
  running: Running,
  recipient: Recipient,
  customer: CustomerToTell | null,
): Followed | null {
  if (recipient.state === 'left') return customer && comesBack(running, recipient, customer)
  if (['withdrawn', 'exempted', 'refused', 'in-use'].includes(recipient.state)) return null
  if (customer === null) return leaves(running, recipient)
  return concerned(running, recipient, customer) ?? contactsFollow(running, recipient, customer)
}

function leaves({ today }: Running, recipient: Recipient): Followed | null {
  // Told and nothing asked: there is nothing to call off.
  if (isEnded(recipient.state)) return null
  return { event: 'left', change: ended(recipient, 'left', 'service-ended', today), facts: { on: today } }
}

/** It had stopped buying the services and buys one again: told anew, as one that joins, and never with an earlier day. */
function comesBack(running: Running, recipient: Recipient, customer: CustomerToTell): Followed | null {
  const expected = recipient.endedBecause === 'service-ended' ? joins(running, customer) : null
  if (!expected || modeOf(expected) === 'information') return null
  const { lines, agreement, period, contacts, affected, blockedBy, owed, state, undeliveredBecause } =
    expected
  const printed = expected.printedLastDay ?? running.today
  return {
    event: 'joined',
    facts: { on: running.today },
    change: {
      ...clockless,
      lines,
      agreement,
      period,
      contacts,
      affected,
      blockedBy,
      owed,
      state,
      undeliveredBecause,
      contactIndex: 0,
      round: recipient.round + 1,
      printedLastDay:
        recipient.printedLastDay === null ? printed : laterOf(recipient.printedLastDay, printed),
      receipt: null,
      approvalsEndOn: null,
      endedBecause: null,
      endedOn: null,
    },
  }
}

/**
 * It buys more or fewer of the services than before. What it is newly asked about is announced with a period of its own, which holds for all
 * that is undecided: one customer has one set of days in one notice, and they never move against it.
 */
function concerned(running: Running, recipient: Recipient, customer: CustomerToTell): Followed | null {
  const { notice, now, today, law, approved, above = nothingAbove } = running
  const expected = joins(running, customer)
  const asked = (expected?.lines ?? []).filter(
    (line) =>
      line.mode !== 'information' && !isAsked(recipient.lines.find((each) => each.line === line.line)),
  )
  if (asked.length > 0) {
    const those = new Set(asked.map(({ line }) => line))
    const lines = [...recipient.lines.filter(({ line }) => !those.has(line)), ...asked]
    // Nothing ran so far where it was merely informed: what is agreed now applies.
    const wasInformed = modeOf(recipient) === 'information'
    const { agreement, period } = wasInformed
      ? { agreement: customer.agreement, period: customer.agreement.notice }
      : recipient
    const printed = printedLastDay(now, period, notice.rules)
    const at = { law, day: laterOf(notice.plannedStart, today) }
    return {
      event: 'concerned',
      facts: { lines: [...those] },
      change: {
        ...clockless,
        ...announcedAnew(recipient, now, notice.rules),
        ...reachedBy(customer, recipient),
        lines,
        affected: true,
        agreement,
        period,
        printedLastDay:
          recipient.printedLastDay === null ? printed : laterOf(recipient.printedLastDay, printed),
        blockedBy: blocksFor(notice.lines, lines, agreement, at),
      },
    }
  }
  const beyond = linesBeyond(notice.lines, above, approved)
  const lost = recipient.lines.filter(
    (line) => isUndecided(line) && (beyond.has(line.line) || !stillAsked(notice.lines, line, customer)),
  )
  if (lost.length === 0) return null
  const none = new Set(lost.map(({ line }) => line))
  const lines = recipient.lines.map((line): RecipientLine =>
    none.has(line.line) ? { ...line, mode: 'information' } : line,
  )
  return {
    event: 'less-concerned',
    facts: { lines: [...none] },
    change: { lines, ...standsAt(recipient, lines, today) },
  }
}

/** Where it stands once it is asked about less. What is left may be refused already: then its part has ended. */
function standsAt({ state }: Recipient, lines: readonly RecipientLine[], today: Day): Change {
  const after = stateAfter(lines)
  if (after !== 'refused') return state === 'running' ? { state: after } : {}
  const said = lines.findLast(({ mode, answer }) => mode !== 'information' && answer !== null)
  return { state: after, endedBecause: said?.answer?.answer ?? 'refused', endedOn: today }
}

const isAsked = (line: RecipientLine | undefined) => line !== undefined && line.mode !== 'information'

function stillAsked(lines: readonly Line[], part: RecipientLine, customer: CustomerToTell): boolean {
  const line = lines.find(({ id }) => id === part.line)
  const services = [...(line?.content?.services ?? []), ...(line?.replacedContent?.services ?? [])]
  return services.some((service) => customer.services.includes(service))
}

const clockless: Change = {
  acceptedAt: null,
  delivery: null,
  dayZero: null,
  lastDay: null,
  earliestUse: null,
}

function reachedBy({ contacts }: CustomerToTell, recipient: Recipient): Change {
  const round = recipient.round + 1
  if (contacts.length === 0)
    return { state: 'undelivered', owed: owedAnyway(recipient), undeliveredBecause: 'no-contact', round }
  return { contacts, contactIndex: 0, round }
}

const waiting: readonly RecipientState[] = ['queued', 'undelivered']

/**
 * Another person is the customer's contact now. A notice that has reached the customer has reached it, whoever read it then (clause 15: each
 * party tells the other who its contact is): its days stay, and the new contact gets the notice and a link. One that has not is sent to the new contact, and
 * its days run from then.
 */
function contactsFollow(
  { notice, now }: Running,
  recipient: Recipient,
  customer: CustomerToTell,
): Followed | null {
  const { contacts } = customer
  // Told and nothing asked, it needs no successor.
  if (isEnded(recipient.state) || contacts.length === 0 || sameContacts(contacts, recipient.contacts))
    return null
  const tried = contactTried(recipient)
  // One address is one person, whatever else of the contact has been changed.
  const place = contacts.findIndex(({ id, email }) => id === tried?.id || email === tried?.email)
  const facts = { contacts: contacts.map(({ id }) => id) }
  const isWaiting = waiting.includes(recipient.state)
  if (place >= 0 && recipient.state !== 'undelivered') {
    // Word about a mail under way is about the contact as it was.
    if (isWaiting && contacts[place]?.id !== tried?.id) return null
    return { event: 'contacts-changed', facts, change: { contacts, contactIndex: place } }
  }
  const anew: Change = { contacts, contactIndex: 0, round: recipient.round + 1 }
  if (isWaiting)
    return {
      event: 'contacts-changed',
      facts,
      change: { ...announcedAnew(recipient, now, notice.rules), ...anew },
    }
  const owed: Owed[] = [...without(recipient.owed, 'handover'), 'handover']
  return { event: 'contacts-changed', facts, change: { ...anew, owed } }
}

function sameContacts(a: readonly { id: string }[], b: readonly { id: string }[]): boolean {
  return a.length === b.length && a.every(({ id }, place) => id === b[place]?.id)
}
