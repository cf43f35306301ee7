/** What we can show a customer, and which of Datatilsynet's six ways of supervision it serves. */
import type { Day } from '../../base/day.js'
import type { Concept } from '../../supervision/rules.js'

export type EvidenceKind =
  'declaration' | 'statements' | 'certificates' | 'register' | 'notices' | 'supervision' | 'requests'
export const evidenceKinds = [
  'declaration',
  'statements',
  'certificates',
  'register',
  'notices',
  'supervision',
  'requests',
] as const satisfies readonly EvidenceKind[]

export type ShownDeclaration = {
  reference: string
  year: number
  edition: number
  signedOn: Day
  hash: string
}

/** Somebody else's report on one of our sub-processors; what it says in short, never the file. */
export type ShownStatement = {
  vendor: string
  name: string
  span: string
  issuer: string
  certificate: boolean
}

export type ShownSubProcessor = {
  name: string
  number: string
  activity: string
  storage: string[]
  access: string[]
  transfers: { country: string; basis: string }[]
  /** unknown: its countries are not stated, and nothing is said of transfers; that there are none is a statement too. */
  standing: 'based' | 'none' | 'unknown' | 'missing'
  /** It does something for a service this customer buys; the others stand on the list that is common to all. */
  used: boolean
}

/** The customer's own notices in the year: how long before use it was told, in days. */
export type NoticesKept = {
  count: number
  kept: number
  shortest: number | null
  references: string[]
}

/** Of the sub-processors on the customer's own list: what is owed in the year, done, and overdue. */
export type SupervisionDone = { subProcessors: number; owed: number; done: number; overdue: number }

export type ShownRequest = {
  reference: string
  kind: string
  receivedOn: Day
  answeredOn: Day | null
  inspection: boolean
}

export type Evidence = {
  on: Day
  year: number
  declarations: ShownDeclaration[]
  statements: ShownStatement[]
  register: ShownSubProcessor[]
  notices: NoticesKept
  supervision: SupervisionDone
  requests: ShownRequest[]
}

/** have: it is here; part: it covers some of it; own: the customer does it itself; none: we have nothing for it yet. */
export type Meeting = 'have' | 'part' | 'own' | 'none'

/**
 * Our declaration is internal and no independent assurance (C.7): it confirms (2) and is a written status (3), and never more. What
 * auditors say of sub-processors covers those alone, so it is part of a certificate (4) or a third party's report (5).
 */
export function meets(concept: Concept, evidence: Evidence): Meeting {
  const { declarations, statements, requests, year } = evidence
  const recent = declarations.some((each) => each.year >= year - 1)
  switch (concept) {
    case 1:
      return 'have'
    case 2:
      return recent ? 'have' : 'none'
    case 3:
      return recent ? 'have' : 'part'
    case 4:
      return statements.some(({ certificate }) => certificate) ? 'part' : 'none'
    case 5:
      return statements.some(({ certificate }) => !certificate) ? 'part' : 'none'
    case 6:
      return requests.some(({ inspection, answeredOn }) => inspection && answeredOn !== null) ? 'have' : 'own'
  }
}

/** Days between being told and the first day of use; a notice without use is kept as long as nothing has begun. */
export function noticesKept(
  parts: readonly {
    reference: string
    dayZero: Day | null
    earliestUse: Day | null
    inUseSince: Day | null
  }[],
  daysBetween: (from: Day, to: Day) => number,
): NoticesKept {
  const days = parts.flatMap(({ dayZero, inUseSince }) =>
    dayZero !== null && inUseSince !== null ? [daysBetween(dayZero, inUseSince)] : [],
  )
  return {
    count: parts.length,
    kept: parts.filter(
      ({ earliestUse, inUseSince }) =>
        inUseSince === null || (earliestUse !== null && inUseSince >= earliestUse),
    ).length,
    shortest: days.length > 0 ? Math.min(...days) : null,
    references: parts.map(({ reference }) => reference),
  }
}

/** Which of our evidence each way of supervision builds on, in the order it is read. */
export const buildsOn: Record<Concept, readonly EvidenceKind[]> = {
  1: [],
  2: ['declaration'],
  3: ['declaration', 'register', 'notices', 'supervision', 'requests'],
  4: ['certificates'],
  5: ['statements'],
  6: ['requests'],
}
