import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { ControlSet } from './controls.js'
import type { YearFigures } from './figures.js'

/**
 * open: controls are tested and all of it may be edited. to-sign: frozen as it stands, waiting for the two signatures; opening it
 * again discards them. signed: DPO and management have signed; nothing is edited any more. replaced: a correction of it is signed.
 */
export type AuditState = 'open' | 'to-sign' | 'signed' | 'replaced'

/** How a control is tested: the auditors' four. */
export type Method = 'inquiry' | 'inspection' | 'observation' | 're-performance'
export const methods = [
  'inquiry',
  'inspection',
  'observation',
  're-performance',
] as const satisfies readonly Method[]

/** What testing a control came to. */
export type Result = 'no-exception' | 'exception' | 'not-tested' | 'not-applicable'
export const results = [
  'no-exception',
  'exception',
  'not-tested',
  'not-applicable',
] as const satisfies readonly Result[]

/** One of the things gone through besides the controls (DPA C.7): `text` says what was found, never a customer's name. */
export type Revisited = {
  id: string
  what: Bilingual
  on: Day
  text: Bilingual
  files: string[]
  /** The record of ours it is about, such as a breach's reference; null where it is not one of ours. */
  reference: string | null
}

export type Decision = {
  id: string
  text: Bilingual
  /** A person of ours, by id. */
  responsible: string
  dueOn: Day
  /** The finding or control decided on; null where it is general. */
  about: string | null
}

/** Management's review of the audit's results (DPA C.7): what was decided, and who sees to it. */
export type ManagementReview = {
  on: Day
  /** Names as they are to stand in the declaration. */
  participants: string[]
  text: Bilingual
  decisions: Decision[]
}

export type Signature = {
  as: 'dpo' | 'management'
  person: string
  /** As they stood at signing. */
  name: string
  title: string
  at: Date
  /** Of the declaration's facts they saw: sha256 in hex. */
  hash: string
  /** A code from the authenticator was given with it. */
  withCode: boolean
}

/** Stored files of the signed declaration. Of one that is replaced they say so; `asSigned` keeps those that were made at signing. */
export type Papers = {
  da: string
  en: string
  wordDa: string
  wordEn: string
  /** The working papers: ours, not handed to customers. */
  working: string
  madeAt: Date
  asSigned?: { da: string; en: string }
}

/** The yearly internal audit (DPA C.7). One for a year and version; a correction of a signed one is the next version. */
export type Audit = {
  _id: string
  /** 'AU-2026', and 'AU-2026-2' for its second version. */
  reference: string
  year: number
  /** 1, then one more with each correction. Unique with the year. */
  edition: number
  /** The audit this one corrects, and why. */
  replaces: { audit: string; why: Bilingual } | null
  period: { from: Day; to: Day }
  controlSet: { id: string; version: string }
  state: AuditState
  /** The DPO who leads it. */
  lead: string
  scope: Bilingual
  /** What is done when and by whom, in the officer's own words; not in the declaration. */
  plan: string
  /** Said where the DPO tests what they run themselves (GDPR 38(6)); null where they do not. */
  independence: Bilingual | null
  risks: Revisited[]
  threats: Revisited[]
  incidents: Revisited[]
  changesSinceLast: Bilingual
  conclusion: Bilingual
  review: ManagementReview | null
  /** From leaving `open` on: what is signed, word for word and number for number, and its hash. */
  frozen: { facts: unknown; hash: string; at: Date } | null
  signatures: Signature[]
  /** A copy signed elsewhere, filed as the signed one. */
  signedCopy: { file: string; on: Day; how: string } | null
  /** Made once both have signed; null or absent until then. */
  papers?: Papers | null
  sample: boolean
} & Moved

/** A text of before it was asked for in both languages is the same in both. */
export type Sampled = Bilingual | string

export function sampleOf(sampled: Sampled | undefined): Bilingual {
  return typeof sampled === 'object' ? sampled : { da: sampled ?? '', en: sampled ?? '' }
}

/**
 * One control in one audit: a record of its own, so that several people test at once without overwriting each other. Made with the
 * audit, with nothing carried over as done.
 */
export type Test = {
  /** `<audit>/<control>` */
  _id: string
  audit: string
  /** 'B.3' */
  control: string
  area: string
  /** Who is to test it. */
  tester: string | null
  methods: Method[]
  /** What was chosen out of how many, and how. Stands in the declaration. */
  sample: Sampled
  testedOn: Day | null
  result: Result | null
  /** Why it was not tested or does not apply; what the exception is. Stands in the declaration. */
  reason: Bilingual
  /** What was done and seen; stays in the working papers. */
  note: string
  files: string[]
  /** The tester runs what is tested. */
  operates: boolean
  /** What last year's audit said of it: to read, not to take over. */
  lastYear: {
    /** Its id. */
    audit: string
    result: Result | null
    reason: Bilingual
    sample?: Sampled
    methods?: Method[]
  } | null
} & Moved

/** An audit as it is worked on: with its controls' texts and tests. */
export type WholeAudit = { audit: Audit; set: ControlSet; tests: Test[]; figures: YearFigures }
