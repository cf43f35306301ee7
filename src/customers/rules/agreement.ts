import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { TransferInstruction } from '../../transfers/rules.js'

export type Authorisation = 'general' | 'specific'
export const authorisations = ['general', 'specific'] as const satisfies readonly Authorisation[]

/** Until when a customer may object: until the sub-processor is used, or only within the notice period. */
export type ObjectionUntil = 'use' | 'period-end'
export const objectionLimits = ['use', 'period-end'] as const satisfies readonly ObjectionUntil[]

/** Which moment the notice period is counted from: arrival at the customer, or dispatch to its last registered contact. */
export type CountsFrom = 'arrival' | 'dispatch'
export const countsFrom = ['arrival', 'dispatch'] as const satisfies readonly CountsFrom[]

/** What one customer's data processing agreement says about changes, transfers and breaches. */
export type Agreement = {
  dpaVersion: string
  signedOn: Day | null
  /** The signed agreement among the stored files. */
  file?: string
  authorisation: Authorisation
  notice: NoticePeriod
  objectionUntil: ObjectionUntil
  counts: CountsFrom
  /** A replaced sub-processor needs this customer's approval even under general authorisation. */
  replacementNeedsApproval: boolean
  /** One list for all customers is attached: this customer is informed of changes to services it does not buy, too. */
  commonList: boolean
  transferInstruction: TransferInstruction
  breachHours: number
}

/** An agreement and the first day it holds. It holds until the next one's `from`. */
export type DatedAgreement = Agreement & { from: Day }

/**
 * What the agreement this product began from says:
 * 7.3 general authorisation, at least 30 days' notice, objection "inden brugen" (before use), replacements by notice too;
 * B.1 one list for every customer; C.6 transfers on SCC only; 10.2 breaches told within 24 hours.
 * Arrival: Danish law counts a notice from when it has reached the recipient.
 */
export const ordinaryAgreement: Agreement = {
  dpaVersion: '1.0',
  signedOn: null,
  authorisation: 'general',
  notice: { length: 30, unit: 'days' },
  objectionUntil: 'use',
  counts: 'arrival',
  replacementNeedsApproval: false,
  commonList: true,
  transferInstruction: { kind: 'scc-only', countries: [] },
  breachHours: 24,
}

/** The agreement that held on the day; null before the first. `agreements` are sorted by `from`. */
export function agreementOn(agreements: readonly DatedAgreement[], day: Day): DatedAgreement | null {
  return agreements.findLast((agreement) => agreement.from <= day) ?? null
}

/** Adds the agreement in its place. One that begins on the same day as an earlier one corrects that one. */
export function withAgreement(
  agreements: readonly DatedAgreement[],
  agreement: Agreement,
  from: Day,
): DatedAgreement[] {
  return [...agreements.filter((earlier) => earlier.from !== from), { ...agreement, from }].toSorted(
    (a, b) => (a.from < b.from ? -1 : 1),
  )
}
