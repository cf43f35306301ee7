import type { Day } from '../../base/day.js'
import { addMonths } from '../../base/day.js'
import type { CountryCode } from '../countries.js'

type LiveBasis = 'adequacy' | 'adequacy-dpf' | 'scc-2021' | 'bcr-p' | 'art-49'
export type DeadBasis = 'privacy-shield' | 'safe-harbour' | 'scc-2010' | 'scc-2001'
export type Basis = LiveBasis | DeadBasis

const liveBases = [
  'adequacy',
  'adequacy-dpf',
  'scc-2021',
  'bcr-p',
  'art-49',
] as const satisfies readonly LiveBasis[]
/** Still found in old papers, so they can be named; and then they are refused with the reason. */
const deadBases = [
  'privacy-shield',
  'safe-harbour',
  'scc-2010',
  'scc-2001',
] as const satisfies readonly DeadBasis[]
export const bases = [...liveBases, ...deadBases] as const

export type SccModule = 1 | 2 | 3 | 4

/** How it is a transfer: the data are stored there, seen from there, or both (EDPB 05/2021: remote access is one). */
export const transferWays = ['storage', 'access', 'both'] as const
type TransferWay = (typeof transferWays)[number]

/** What the parties chose where Decision (EU) 2021/914 leaves a choice. */
export type Clauses = {
  /** Clause 7: others may join later. */
  docking?: boolean
  /** Clause 9(a): prior specific, or general written authorisation with a number of days' notice. */
  clause9?: 'specific' | 'general'
  clause9Days?: number
  /** Clause 13 and Annex I.C: the competent supervisory authority. */
  authority?: string
  /** Clause 17: the law of a member state that allows for third-party beneficiary rights. */
  law?: CountryCode
  /** Clause 18: the courts of a member state. */
  forum?: CountryCode
  /** Annexes I and II filled in, Annex III too where authorisation is specific. */
  annexes?: boolean
}

export const tiaConclusions = ['equivalent', 'with-measures', 'not-equivalent'] as const

/** The assessment of the importer's law: EDPB Recommendations 01/2020. */
export type Tia = {
  concludedOn?: Day
  reviewOn?: Day
  /** Which laws were assessed, such as FISA 702, EO 12333, CLOUD Act. */
  laws?: string
  conclusion?: (typeof tiaConclusions)[number]
  file?: string
}

export const listingStatuses = ['active', 'other-framework', 'inactive'] as const
export const listingCovers = ['non-hr', 'hr'] as const

/** The row on the EU-U.S. DPF list. `other-framework`: only the UK extension or the Swiss framework. */
type Listing = {
  entity?: string
  status?: (typeof listingStatuses)[number]
  covers?: (typeof listingCovers)[number][]
}

/** Whose binding rules for processors they are, and who approved them when (art. 47). */
type GroupRules = { group?: string; authority?: string; approvedOn?: Day }

/** Article 49(1), first subparagraph, (a) to (g), and the second subparagraph. */
export const derogations = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'second'] as const
type Derogation = (typeof derogations)[number]

/** What data sent to, or seen from, one country outside the EEA stands on. What the past did not ask for may be absent. */
export type Transfer = {
  country: CountryCode
  basis: Basis
  way?: TransferWay
  module?: SccModule
  /** Why that module: above all why Three, processor to processor, and not another. */
  moduleReason?: string
  signedOn?: Day
  clauses?: Clauses
  tia?: Tia
  /** When the importer was last looked up on the active EU-U.S. DPF list. */
  listingCheckedOn?: Day
  listing?: Listing
  groupRules?: GroupRules
  derogation?: Derogation
  /** For a decision that covers part of a country: when and how it was found that the importer is within it. */
  withinScope?: { checkedOn?: Day; how?: string }
  /** Who sends the data out of the EEA: we, or an EEA vendor in its own next link. Left out: we do. */
  exporter?: 'us' | 'vendor'
  /** Who signed with whom, where an EEA vendor is the exporter. */
  parties?: { exporter?: string; importer?: string }
  supplementary?: string
  note?: string
}

/** Domain facts 4: review every two years, or on a change of law or vendor; months. */
export const tiaReviewMonths = 24

/** The day the assessment is due again: as agreed, else two years after it was concluded. */
export function tiaReviewDay(tia: Tia | undefined): Day | null {
  if (tia?.reviewOn !== undefined) return tia.reviewOn
  return tia?.concludedOn === undefined ? null : addMonths(tia.concludedOn, tiaReviewMonths)
}

export function isDead(basis: Basis): basis is DeadBasis {
  return (deadBases as readonly string[]).includes(basis)
}

/** Clauses and group rules bind the parties, not the importer's state: Schrems II asks for an assessment of its law. */
export function needsTia({ basis }: Pick<Transfer, 'basis'>): boolean {
  return basis === 'scc-2021' || basis === 'bcr-p'
}
