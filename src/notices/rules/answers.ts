/** A customer's written answer to lines that need one, or a consent that gives up the rest of the period. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { without, type Change } from './delivery.js'
import { awaitsApproval, isUndecided, stateAfter } from './permission.js'
import {
  isEnded,
  type Answer,
  type GivenInstruction,
  type Owed,
  type Recipient,
  type RecipientLine,
} from './recipient.js'

export type Answering = Omit<Answer, 'file'> & { lines: string[] }

/**
 * Throws `Refused`: 'nothing-to-answer', 'answer-not-due' (silence is noted once the last day is over), 'consent-needs-waiver'
 * (under notice nothing needs approving; what can be given is consent to an earlier start).
 */
export function mayAnswer(recipient: Recipient, answering: Answering, today: Day): void {
  const lines = linesAnswered(recipient, answering)
  if (isEnded(recipient.state) || lines.length === 0) throw new Refused('nothing-to-answer')
  if (answering.answer === 'no-answer' && (recipient.lastDay === null || today <= recipient.lastDay))
    throw new Refused('answer-not-due')
  if (lines.every(({ mode }) => mode === 'notice') && !answering.waivesRest)
    throw new Refused('consent-needs-waiver')
}

export function answered(
  recipient: Recipient,
  answering: Answering,
  file: string | null,
  today: Day,
): Change {
  mayAnswer(recipient, answering, today)
  const { lines: _lines, ...given } = answering
  const answer: Answer = { ...given, file }
  const those = new Set(linesAnswered(recipient, answering).map(({ line }) => line))
  const lines = recipient.lines.map((line) => (those.has(line.line) ? { ...line, answer } : line))
  // Silence has no sender to send a receipt to.
  const left = stillOwed({ ...recipient, lines })
  const owed = answering.answer === 'no-answer' ? left : withReceipt(left)
  if (answering.answer === 'approved') return { lines, owed }
  const state =
    recipient.state === 'running' ? stateAfter(lines) : allRefused(lines) ? 'refused' : recipient.state
  if (state !== 'refused') return { lines, state, owed }
  return { lines, state, owed, endedBecause: answering.answer, endedOn: answering.on }
}

/** What there is to answer for this customer: lines by id. */
export type Answerable = {
  /** Silence is refusal: these are approved or refused. */
  approve: string[]
  /** For these the customer can agree to an earlier start by giving up the rest of the period. */
  waive: string[]
  /** C.6: a transfer that its instruction does not cover. */
  instruct: boolean
}

/**
 * Giving up the rest is offered only where it gains something: where the planned start lies before the customer's earliest day
 * (`EDPB 07/2020` asks for a real chance to object; nobody is asked to give it up for nothing).
 */
export function answerable(recipient: Recipient, plannedStart: Day, today: Day): Answerable {
  if (isEnded(recipient.state)) return { approve: [], waive: [], instruct: false }
  const { earliestUse, printedLastDay } = recipient
  const earliest = earliestUse ?? printedLastDay
  const gains = earliest !== null && earliest > today && earliest > plannedStart
  return {
    approve: recipient.lines.filter(awaitsApproval).map(({ line }) => line),
    waive: gains
      ? recipient.lines
          .filter((line) => isUndecided(line) && line.answer?.waivesRest !== true)
          .map(({ line }) => line)
      : [],
    instruct: recipient.blockedBy.includes('instruction'),
  }
}

/** Something is asked of the customer that silence does not answer in its favour: an approval, an instruction on transfers. */
export function awaitsAnswer({ lines, blockedBy }: Pick<Recipient, 'lines' | 'blockedBy'>): boolean {
  return lines.some(awaitsApproval) || blockedBy.includes('instruction')
}

export function isAnswerable({ approve, waive, instruct }: Answerable): boolean {
  return approve.length > 0 || waive.length > 0 || instruct
}

/** What a contact with the right to approve has said on the customer's page, each line by itself. */
export type PageAnswer = {
  contact: string
  code: string
  by: { name: string; title: string }
  lines: { line: string; answer: 'approved' | 'refused' }[]
  /** Lines for which the rest of the period is given up; approved now, earlier, or merely noticed. */
  waive: string[]
  instruction: Pick<GivenInstruction, 'countries' | 'words'> | null
}

/**
 * All of it in one move, or none. Null where this very code has answered already: a second click.
 * Throws `Refused`: 'nothing-to-answer', 'answered-meanwhile'.
 */
export function answeredOnPage(recipient: Recipient, given: PageAnswer, at: Date, today: Day): Change | null {
  const { contact, code, by } = given
  if (recipient.instruction?.code === code || recipient.lines.some(({ answer }) => answer?.code === code))
    return null
  if (isEnded(recipient.state)) throw new Refused('nothing-to-answer')
  const awaited = new Set(recipient.lines.filter(awaitsApproval).map(({ line }) => line))
  // A colleague was quicker: what one has decided another does not overturn unseen.
  if (!given.lines.every(({ line }) => awaited.has(line))) throw new Refused('answered-meanwhile')
  const common = { on: today, at, channel: 'page' as const, by, contact, code }
  const said = (answer: 'approved' | 'refused') =>
    given.lines.filter((line) => line.answer === answer).map(({ line }) => line)
  const approved = said('approved')
  const parts: Answering[] = [
    {
      ...common,
      answer: 'approved',
      waivesRest: false,
      lines: approved.filter((line) => !given.waive.includes(line)),
    },
    { ...common, answer: 'approved', waivesRest: true, lines: given.waive },
    { ...common, answer: 'refused', waivesRest: false, lines: said('refused') },
  ]
  let change: Change = {}
  for (const part of parts.filter(({ lines }) => lines.length > 0)) {
    const now = { ...recipient, ...change }
    if (linesAnswered(now, part).length < part.lines.length) throw new Refused('nothing-to-answer')
    change = { ...change, ...answered(now, part, null, today) }
  }
  return given.instruction
    ? { ...change, ...instructed({ ...recipient, ...change }, given, given.instruction, at, today) }
    : change
}

function instructed(
  recipient: Recipient,
  { contact, code, by }: PageAnswer,
  words: NonNullable<PageAnswer['instruction']>,
  at: Date,
  today: Day,
): Change {
  if (!recipient.blockedBy.includes('instruction')) throw new Refused('nothing-to-answer')
  return {
    blockedBy: recipient.blockedBy.filter((block) => block !== 'instruction'),
    instruction: { ...words, contact, code, by, on: today, at },
    // 8.3: before the instruction there was none, so nothing is permitted from an earlier day.
    notBefore: recipient.notBefore === null || recipient.notBefore < today ? today : recipient.notBefore,
    owed: withReceipt(stillOwed({ ...recipient, blockedBy: [] })),
  }
}

// A refusal is of what needs approval; under notice a customer that is against it objects, which is another case.
function linesAnswered(recipient: Recipient, { lines, answer, waivesRest }: Answering): RecipientLine[] {
  return recipient.lines.filter(
    (line) =>
      isUndecided(line) &&
      (lines.length === 0 || lines.includes(line.line)) &&
      (line.mode === 'approval' || (answer === 'approved' && (waivesRest || lines.length > 0))),
  )
}

function allRefused(lines: readonly RecipientLine[]): boolean {
  return stateAfter(lines) === 'refused'
}

// A reminder that has not gone yet has become pointless once nothing is outstanding.
function stillOwed(recipient: Recipient): Owed[] {
  return awaitsAnswer(recipient) ? recipient.owed : without(recipient.owed, 'reminder')
}

function withReceipt(owed: readonly Owed[]): Owed[] {
  return [...new Set<Owed>([...owed, 'answer-receipt'])]
}
