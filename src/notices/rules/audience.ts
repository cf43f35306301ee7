/** Who is told of a notice, in which mode, and with which printed day. */
import { laterOf, type Day } from '../../base/day.js'
import type { Agreement, CustomerToTell } from '../../customers/rules.js'
import { notInstructed, shippedLaw, type Law, type LawOn } from '../../transfers/rules.js'
import { earliestUse, printedLastDay, type DateRules } from './deadlines.js'
import { modeFor, modeOf } from './modes.js'
import { comes, servicesOf, type Line, type Notice } from './notice.js'
import {
  recipientId,
  type Block,
  type Recipient,
  type RecipientContent,
  type RecipientLine,
} from './recipient.js'

const none: ReadonlySet<string> = new Set()

/** The lines a customer is told of, each in its mode; none where the notice does not concern it. `beyond`: see `linesBeyond`. */
export function linesFor(
  lines: readonly Line[],
  customer: CustomerToTell,
  beyond: ReadonlySet<string> = none,
): RecipientLine[] {
  return lines.flatMap((line) => {
    const buys = servicesOf(line).some((service) => customer.services.includes(service))
    const affected = buys && !beyond.has(line.id)
    if (!affected && !customer.agreement.commonList) return []
    return [
      {
        line: line.id,
        mode: modeFor(line.kind, customer.agreement, affected),
        answer: null,
        permittedFrom: null,
        inUseSince: null,
      },
    ]
  })
}

/**
 * What keeps the lines from this customer whatever the period says. C.6 and 8.3: no transfer without a documented instruction
 * that covers it; lawful under chapter V is another question.
 */
export function blocksFor(
  lines: readonly Line[],
  asked: readonly RecipientLine[],
  agreement: Agreement,
  { law, day }: LawOn,
): Block[] {
  const covered = lines.every((line) => {
    const content = comes(line)
    if (!content || !asked.some(({ line: id, mode }) => id === line.id && mode !== 'information')) return true
    const { storageCountries, accessCountries, transfers } = content
    const { transferInstruction } = agreement
    return (
      notInstructed(law, day, storageCountries, accessCountries, transfers, transferInstruction).length === 0
    )
  })
  return covered ? [] : ['instruction']
}

/**
 * `law`: that in which the planned start is judged. A customer's part in the notice as it stands before anything has been sent; null if the notice does not concern it.
 * `notice.lines` carry their contents. Printed days follow from the instant of issue alone, so whoever finishes an issue that
 * was cut short prints the same.
 */
export function recipientFor(
  notice: Notice,
  customer: CustomerToTell,
  issuedAt: Date,
  law: Law = shippedLaw,
  beyond: ReadonlySet<string> = none,
): RecipientContent | null {
  const lines = linesFor(notice.lines, customer, beyond)
  if (lines.length === 0) return null
  const { agreement, contacts } = customer
  const asked = modeOf({ lines }) !== 'information'
  const reachable = contacts.length > 0
  return {
    _id: recipientId(notice._id, customer._id),
    notice: notice._id,
    noticeReference: notice.reference,
    customer: customer._id,
    customerReference: customer.reference,
    customerName: customer.name,
    caseNumber: customer.caseNumber ?? null,
    affected: customer.affected && notice.lines.some(({ id }) => !beyond.has(id)),
    ...(customer.isProcessor ? { passesOn: true } : {}),
    agreement,
    period: agreement.notice,
    contacts,
    contactIndex: 0,
    round: 1,
    owed: reachable ? ['announcement'] : [],
    printedLastDay: asked ? printedLastDay(issuedAt, agreement.notice, notice.rules) : null,
    acceptedAt: null,
    delivery: null,
    dayZero: null,
    lastDay: null,
    earliestUse: null,
    notBefore: null,
    correctionSentAt: null,
    reminders: 0,
    receipt: null,
    state: reachable ? 'queued' : 'undelivered',
    lines,
    openObjections: [],
    unclassified: [],
    blockedBy: blocksFor(notice.lines, lines, agreement, { law, day: notice.plannedStart }),
    approvalsEndOn: null,
    correctionFailed: false,
    undeliveredBecause: reachable ? null : 'no-contact',
    endedBecause: null,
    endedOn: null,
    sample: customer.sample,
  }
}

/** The first day a customer may meet the change: its own earliest day, and not before the start that is planned. */
export function startFor(
  recipient: Pick<Recipient, 'earliestUse' | 'printedLastDay'>,
  plannedStart: Day,
): Day {
  const { earliestUse: effective, printedLastDay: printed } = recipient
  const earliest = effective ?? (printed === null ? null : earliestUse(printed))
  return earliest === null ? plannedStart : laterOf(earliest, plannedStart)
}

/** The earliest start for a customer with that period, if the notice goes out now. */
export function earliestStart(now: Date, period: Agreement['notice'], rules: DateRules): Day {
  return earliestUse(printedLastDay(now, period, rules))
}
