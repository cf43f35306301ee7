/**
 * Use without permission, discovered: a case of its own, so that nobody needs to bend a date. Sources:
 * - Clause 7.3, B.1, C.5 of the agreement and GDPR art. 28(2): no sub-processor without the customer's permission.
 * - Datatilsynet 2019-442-3996: a sub-processor used without approval; the processor was held responsible, and treated as
 *   controller under art. 28(10).
 */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Moved } from '../../db/moves.js'
import type { DataCategory } from '../../register/rules.js'
import { channels, type Channel } from '../../notices/rules.js'

export { channels, type Channel }

export type UseCase = {
  _id: string
  reference: string
  /** The form's own id: sent twice, it makes one case. */
  once: string
  engagement: string
  engagementReference: string
  vendorName: string
  activity: Bilingual
  dataCategories: DataCategory[]
  subjects: string[]
  storageCountries: string[]
  accessCountries: string[]
  services: string[]
  since: Day
  discoveredOn: Day
  how: string
  stopped: { on: Day; how: string } | null
  /** What customers are told: what happened, and what was done, in our words. */
  what: Bilingual | null
  done: Bilingual | null
  /** Customers are being told, some at a time; `round` counts how often they were. */
  sending: { round: number; finished: boolean } | null
  /** Customers have been looked up. */
  derived: boolean
  lesson: string | null
  closedOn: Day | null
  open: boolean
  tokens: string[]
  sample: boolean
} & Moved

export type Told = 'no' | 'queued' | 'told' | 'undelivered'

/** One customer in a case. */
export type AffectedCustomer = {
  /** `${case}/${customer}` */
  _id: string
  useCase: string
  caseReference: string
  customer: string
  customerReference: string
  customerName: string
  sortKey: string
  tokens: string[]
  since: Day
  until: Day | null
  standing: 'affected' | 'left-out'
  /** Why staff added it or left it out; null where it followed from services and approvals. */
  because: string | null
  told: Told
  toldOn: Day | null
  /** Why it was not reached: a key below `unpermitted:undelivered`. */
  undelivered: string | null
  round: number
  delivery: { channel: Channel; on: Day; file: string | null } | null
  /** An approval that began after the use: from then on it is permitted. */
  approvedFrom: Day | null
  approvedBy: string | null
  sample: boolean
} & Moved

export function affectedId(useCase: string, customer: string): string {
  return `${useCase}/${customer}`
}

export function refuseClosed({ open, reference }: Pick<UseCase, 'open' | 'reference'>): void {
  if (!open) throw new Refused('unpermitted-closed', { reference })
}

/** What customers are told may be written anew until they have been told; later words are later mails. */
export function mayTell(useCase: UseCase, due: number): void {
  refuseClosed(useCase)
  if (!useCase.derived) throw new Refused('unpermitted-not-derived')
  if (useCase.what === null || useCase.done === null) throw new Refused('unpermitted-no-words')
  if (due === 0) throw new Refused('unpermitted-nobody-to-tell')
  if (useCase.sending && !useCase.sending.finished) throw new Refused('unpermitted-being-told')
}

/** `untold`: affected customers not told yet; `due`: those of them to whom no mail is on its way. `unpermitted`: affected customers without an approval since. */
export type Standing = { affected: number; untold: number; due: number; unpermitted: number }

/** Ended by stopping the use, or by every customer's approval; and nobody is left untold. */
export function mayClose(useCase: UseCase, { untold, unpermitted }: Standing): void {
  refuseClosed(useCase)
  if (useCase.stopped === null && unpermitted > 0)
    throw new Refused('unpermitted-still-used', { count: unpermitted })
  if (untold > 0) throw new Refused('unpermitted-not-told', { count: untold })
}

export type NextStep = 'stop' | 'words' | 'tell' | 'reach' | 'close'

/** What staff does next. Stopping the use comes first: each day more is a day without permission. */
export function nextStep(useCase: UseCase, { untold, due, unpermitted }: Standing): NextStep | null {
  if (!useCase.open) return null
  if (useCase.stopped === null && unpermitted > 0) return 'stop'
  if (useCase.what === null || useCase.done === null) return untold > 0 ? 'words' : 'close'
  if (untold === 0) return 'close'
  // All that is left is on its way.
  if (due === 0) return null
  return useCase.sending === null ? 'tell' : 'reach'
}

/** For the year's declaration: what was discovered in it. */
export type YearOfUse = { year: number; cases: number; open: number; customers: number; references: string[] }

/** In use on a day for customers that had not approved it, as Tilsyn itself found. */
export type Finding = {
  /** The engagement's id. */
  _id: string
  engagementReference: string
  vendorName: string
  count: number
  /** The first of them by reference, as many as a page shows. */
  first: { reference: string; name: string }[]
  since: Day
  foundOn: Day
  sample: boolean
}
