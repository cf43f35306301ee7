import { laterOf, type Day } from '../../base/day.js'
import { earliestUseWithApproval } from './deadlines.js'
import {
  isEnded,
  type Answer,
  type Mode,
  type Recipient,
  type RecipientLine,
  type RecipientState,
} from './recipient.js'

/** `because` is a text key. `lines` share the day they are permitted from; others may follow on another day. */
export type Permission = { yes: true; from: Day; lines: string[] } | { yes: false; because: string }

/** What of a recipient decides about permission. */
export type Permittable = Pick<
  Recipient,
  | 'state'
  | 'lines'
  | 'openObjections'
  | 'unclassified'
  | 'blockedBy'
  | 'lastDay'
  | 'earliestUse'
  | 'notBefore'
>

/**
 * Whether lines become permitted for this customer today, and from which day.
 *
 * Clause 7.3: the customer can object before use, so nothing is permitted while an objection is open or a reply waits to be
 * read as one (`unclassified`). Clauses B.1 and C.5, and specific authorisation: silence is refusal, so an approval line waits
 * for its answer for ever. C.6 and 8.3: without an instruction that covers the transfer, none is made.
 */
export function mayBePermitted(
  recipient: Permittable,
  openObjections: readonly string[],
  unclassified: number,
  today: Day,
): Permission {
  if (isEnded(recipient.state)) return no('ended')
  if (openObjections.length > 0 || recipient.openObjections.length > 0) return no('objection')
  if (unclassified > 0 || unreadOf(recipient).length > 0) return no('unclassified')
  if (recipient.blockedBy.includes('instruction')) return no('instruction')

  const open = recipient.lines.filter(isUndecided)
  if (open.length === 0) return no('nothing-asked')
  const dated = open.flatMap((line) => {
    const from = permittedFrom(line, recipient)
    return from === null ? [] : [{ line: line.line, from }]
  })
  const [first] = dated.filter(({ from }) => from <= today).toSorted((a, b) => (a.from < b.from ? -1 : 1))
  if (first)
    return {
      yes: true,
      from: first.from,
      lines: dated.filter(({ from }) => from === first.from).map(({ line }) => line),
    }
  if (dated.length > 0) return no('period')
  return recipient.lastDay === null ? no('not-received') : no('approval')
}

/** References of the customer's replies that nobody has read as what they are. */
export function unreadOf({ unclassified }: { unclassified?: string[] }): string[] {
  return unclassified ?? []
}

/** Asked about, and neither permitted nor refused so far. */
export function isUndecided(line: RecipientLine): boolean {
  return line.mode !== 'information' && line.permittedFrom === null && !isRefused(line)
}

function isRefused(line: RecipientLine): boolean {
  return line.answer !== null && line.answer.answer !== 'approved'
}

/** An approval that has been asked for and not been answered. */
export function awaitsApproval(line: RecipientLine): boolean {
  return line.mode === 'approval' && line.answer === null
}

/** The first day on which a line becomes permitted by itself, as things stand; null if none does. */
export function nextPermission(recipient: Permittable): Day | null {
  if (isEnded(recipient.state) || recipient.blockedBy.length > 0) return null
  const days = recipient.lines.filter(isUndecided).flatMap((line) => permittedFrom(line, recipient) ?? [])
  return days.toSorted()[0] ?? null
}

function permittedFrom(line: RecipientLine, recipient: Permittable): Day | null {
  const from = unblockedFrom(line, recipient)
  return from === null || recipient.notBefore === null ? from : laterOf(from, recipient.notBefore)
}

function unblockedFrom(line: RecipientLine, { lastDay, earliestUse }: Permittable): Day | null {
  const approval = line.answer?.answer === 'approved' ? line.answer : null
  if (approval?.waivesRest) return approval.on
  if (lastDay === null || earliestUse === null) return null
  if (line.mode === 'notice') return earliestUse
  return approval && earliestUseWithApproval(lastDay, approval.on, false)
}

/** What the permission rests on, as the register's approval intervals name it. */
export function groundOf(line: {
  mode: Mode
  answer: Answer | null
}): 'no-objection' | 'approved' | 'consent' {
  if (line.mode === 'approval') return 'approved'
  return line.answer?.waivesRest ? 'consent' : 'no-objection'
}

/** Where a recipient stands once its lines have moved. Lines it was merely told of decide nothing. */
export function stateAfter(lines: readonly RecipientLine[]): RecipientState {
  const asked = lines.filter(({ mode }) => mode !== 'information')
  const left = asked.filter((line) => !isRefused(line))
  if (asked.length === 0) return 'told'
  if (left.length === 0) return 'refused'
  if (left.every(({ inUseSince }) => inUseSince !== null)) return 'in-use'
  return left.every(({ permittedFrom }) => permittedFrom !== null) ? 'permitted' : 'running'
}

function no(reason: string): Permission {
  return { yes: false, because: `notices:waits.${reason}` }
}
