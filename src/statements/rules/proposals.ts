/** What a report or certificate seems to say. Only proposed: a reviewer sees the words and confirms. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Level, Opinion, StatementKind, StatementType } from './kinds.js'
import type { Method } from './statement.js'

/** One thing read: `page` from 1, `words` the sentence it came from. */
export type Proposed<T> = { value: T; page: number; words: string; confidence: 'high' | 'low' }

/** The likeliest, and what else it may be; null where nothing was found. */
export type Found<T> = (Proposed<T> & { alternatives: Proposed<T>[] }) | null

/** Carved out: the supplier's own controls are not in the report (udeladelsesmetoden); inclusive: they are (helhedsmetoden). */
export type ReadSubservice = { name: string; method: Method | null }

/** A place where data are; `country`: where the address tells, as an ISO code. `carvedOut`: its controls are not part of the report. */
export type ReadSite = { address: string; country: string | null; carvedOut: boolean }

/** One control of the Danish ISAE 3000 statement ('B.6'); `result` null where none was read beside it. */
export type ReadControl = {
  control: string
  result: 'no-exceptions' | 'exceptions' | 'not-tested' | 'not-applicable' | null
  page: number
  words: string
}

export type ReadException = { control: string | null; text: string }

export type Proposals = {
  language: Locale | null
  kind: Found<StatementKind>
  /** Of an ISO standard: '2013', '2022'. */
  edition: Found<string>
  type: Found<StatementType>
  level: Found<Level>
  period: Found<{ from: Day; to: Day }>
  asOf: Found<Day>
  issuedOn: Found<Day>
  /** `registration`: a Danish CVR number, of eight digits. */
  auditor: Found<{ name: string; registration: string | null }>
  /** Whose controls it is about. */
  entity: Found<{ name: string; registration: string | null }>
  opinion: Found<Opinion>
  subservice: Proposed<ReadSubservice>[]
  sites: Proposed<ReadSite>[]
  certificateNumber: Found<string>
  expiresOn: Found<Day>
  /** Who certified, and who a bridge letter is about is `entity`. */
  body: Found<string>
  exceptions: Proposed<ReadException>[]
  controls: ReadControl[]
}
