import type { Actor, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { contactsOn, contactsToTell, type Customer, type DatedAgreement } from '../customers/rules.js'
import { approvalsAsKnown, coversDay, stateHeldOn, type Approval, type ListState } from '../register/rules.js'

/** `b1`: the four columns of the agreement's Annex B.1. `complete`: with what EDPB opinion 22/2024 adds. */
export type Columns = 'b1' | 'complete'
export const columnChoices = ['b1', 'complete'] as const satisfies readonly Columns[]

export type Format = 'pdf' | 'docx' | 'xlsx'
export const formats = ['pdf', 'docx', 'xlsx'] as const satisfies readonly Format[]

export const contentTypes: Record<Format, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Which Annex B is wanted. `known`: as the list was known on the day itself, without what was corrected or entered since. */
export type Order = {
  on: Day
  language: Locale
  columns: Columns
  format: Format
  known?: 'then' | undefined
}

/** The language of who gets it at the customer, as long as nobody chooses another. */
export function languageFor({ contacts }: Pick<Customer, 'contacts'>, today: Day, otherwise: Locale): Locale {
  const [reader] = [...contactsToTell(contacts, today), ...contactsOn(contacts, today)]
  return reader?.locale ?? otherwise
}

/** A paper that was handed out; `madeOn`: the day it was. It is not kept: its hash says whether a file is the one. */
export type Paper = Order & {
  customer: string
  version: number
  sha256: string
  at: Date
  madeOn: Day
  by: Actor
}

/** Those of one customer's papers on which an engagement stood, by the approvals as they were known when each was made. */
export function papersNaming(papers: readonly Paper[], approvals: readonly Approval[]): Paper[] {
  return papers.filter(({ on, known, madeOn }) =>
    approvalsAsKnown(approvals, known === 'then' ? on : madeOn).some((approval) => coversDay(approval, on)),
  )
}

/** A state of the list with its number; the first list is version 1. */
export type Version = ListState & { number: number }

export function versionsOf(states: readonly ListState[]): Version[] {
  return states.map((state, place) => ({ ...state, number: place + 1 }))
}

/**
 * The versions from the one that was signed on. Where the list is older than the agreement, the one that held on that
 * day; where nothing was approved yet then, the first.
 */
export function versionsSinceSigning(
  versions: readonly Version[],
  agreement: Pick<DatedAgreement, 'signedOn'> | null,
): Version[] {
  const signedOn = agreement?.signedOn ?? null
  const signed = signedOn === null ? null : stateHeldOn(versions, signedOn)
  return signed === null ? [...versions] : versions.filter(({ from }) => from >= signed.from)
}
