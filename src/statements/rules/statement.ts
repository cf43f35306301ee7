import type { Actor, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { Severity } from '../../findings/rules.js'
import type { Checklist } from './checklist.js'
import type { Audience, Level, Opinion, StatementKind, StatementType } from './kinds.js'

/**
 * requested: asked for by mail, nothing has come; received: here, unread; read: a person has confirmed what it says;
 * concluded: judged; withdrawn: no longer asked for, or taken in by mistake.
 */
export type StatementState = 'requested' | 'received' | 'read' | 'concluded' | 'withdrawn'

export type StatementRequest = {
  /** What is asked for, in words, such as 'ISAE 3402 type 2 for 2025'. */
  what: string
  contact: string
  name: string
  email: string
  locale: Locale
  askedOn: Day
  dueOn: Day
  /** The first of its mails that a server took; without one nothing counts as asked. */
  arrivedAt: Date | null
  /** How the last mail failed: it came back, was given up, or was only kept because no mail server is set up. */
  failed: 'bounced' | 'given-up' | 'kept' | null
  stopped: { at: Date; because: string } | null
  /** How often it has been asked: a new mail each time. */
  round: number
}

/** A place the report names; `carvedOut`: it says the controls there are not part of it. */
export type CoveredSite = { address: string; country: string; carvedOut: boolean }

/** carve-out: their controls are not part of this report; inclusive: they are. */
export type Method = 'carve-out' | 'inclusive'
export const methods = ['carve-out', 'inclusive'] as const satisfies readonly Method[]

export type Subservice = {
  id: string
  name: string
  does: string
  method: Method
  /** The vendor of our register that it is. */
  vendor: string | null
  /** What we did about a carve-out without a statement of its own. */
  note: string
}

export type Relevance = 'relevant' | 'not-relevant'
export type ExceptionState = 'open' | 'fixed' | 'accepted'

/** A deviation the auditor found. Each is judged: filing without reading is not supervision. */
export type Exception = {
  id: string
  control: string
  text: string
  response: string
  relevance: Relevance | null
  why: string
  followUp: string
  state: ExceptionState
  /** Of the finding it becomes where it is relevant. */
  severity: Severity
  /** Its number: 'FI-2026-001'. */
  finding: string | null
}

export type CuecState = 'open' | 'in-place' | 'not-relevant'

/** A complementary control the report takes for granted that we run. */
export type Cuec = {
  id: string
  text: string
  owner: string | null
  state: CuecState
  note: string
  on: Day | null
}

export type Surveillance = { dueOn: Day; doneOn: Day | null }

export type Certificate = {
  number: string
  scope: string
  /** Version of the statement of applicability. */
  soa: string
  accreditation: string
  expiresOn: Day
  surveillance: Surveillance[]
}

/** What the paper says, as a person read it. */
export type StatementFacts = {
  kind: StatementKind
  type: StatementType | null
  level: Level | null
  edition: string
  audience: Audience | null
  /** The legal entity it is about. */
  entity: string
  services: string
  sites: CoveredSite[]
  /** Control areas A–I, trust criteria, ... */
  criteria: string
  /** The auditor's firm, the certification body; of a bridge letter the management. */
  issuer: string
  signer: string
  licence: string
  period: { from: Day; to: Day } | null
  asOf: Day | null
  issuedOn: Day | null
  opinion: Opinion | null
  qualification: string
  emphasis: string
  certificate: Certificate | null
  /** The statement that a bridge letter goes on from. */
  bridges: string | null
  restricted: boolean
  language: 'da' | 'en' | 'other'
}

export type Verdict = 'accepted' | 'accepted-with-follow-up' | 'rejected'
export const verdicts = [
  'accepted',
  'accepted-with-follow-up',
  'rejected',
] as const satisfies readonly Verdict[]

export type StatementConclusion = {
  verdict: Verdict
  because: string
  on: Day
  by: Actor
  /** The next one is expected by then. */
  nextOn: Day | null
}

export type Statement = {
  _id: string
  /** 'ST-2026-001' */
  reference: string
  vendor: string
  state: StatementState
  request: StatementRequest | null
  facts: StatementFacts | null
  /** Which of the facts were taken over from what the machine read, and which were written by hand. */
  origins: Record<string, 'read' | 'typed'>
  exceptions: Exception[]
  subservices: Subservice[]
  cuecs: Cuec[]
  file: string | null
  fileHash: string | null
  receivedOn: Day | null
  receivedFrom: { kind: 'staff' | 'vendor'; name: string } | null
  /** What the sender said of it. */
  receivedNote: string
  /** What was read in the PDF, as the reading room gave it; null where it has not been read. */
  reading: unknown
  checklist: Checklist
  conclusion: StatementConclusion | null
  replaces: string | null
  replacedBy: string | null
  /** For lists: the last day it covers, and when the next is expected. */
  until: Day | null
  expectedOn: Day | null
  sample: boolean
} & Moved
