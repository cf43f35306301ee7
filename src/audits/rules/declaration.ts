import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { AuditState, ManagementReview, Method, Result, Revisited, Sampled } from './audit.js'
import type { YearFigures } from './figures.js'

export type AreaFacts = {
  id: string
  title: Bilingual
  counts: Record<Result, number>
  controls: {
    id: string
    text: Bilingual
    sources: string[]
    methods: Method[]
    sample: Sampled
    testedOn: Day | null
    result: Result
    reason: Bilingual
    operates: boolean
  }[]
}

export type FindingFacts = {
  reference: string
  text: Bilingual
  severity: 'low' | 'medium' | 'high' | 'critical'
  /** A role or our own person's name; of a vendor its name. */
  owner: string | null
  openedOn: Day
  dueOn: Day
  state: 'open' | 'answered' | 'closed' | 'accepted'
  /** Of an earlier audit, still running when this one began. */
  carried: boolean
}

/**
 * Everything the declaration says, and nothing else: what is frozen, hashed and signed. The hash is taken over its canonical JSON.
 * No customer is recognisable in it.
 */
export type DeclarationFacts = {
  format: 1
  organisation: {
    name: string
    registration: string
    address: string
    dpo: { name: string; email: string; phone: string }
  }
  reference: string
  year: number
  edition: number
  replaces: { reference: string; signedOn: Day; why: Bilingual } | null
  period: { from: Day; to: Day }
  controlSet: { id: string; version: string }
  scope: Bilingual
  services: Bilingual[]
  sites: string[]
  agreementVersions: string[]
  ledBy: { name: string; title: string }
  independence: Bilingual | null
  areas: AreaFacts[]
  findings: FindingFacts[]
  risks: Revisited[]
  threats: Revisited[]
  incidents: Revisited[]
  figures: YearFigures
  changesSinceLast: Bilingual
  /** `decisions` with the responsible person's name instead of the id. */
  review: ManagementReview
  conclusion: Bilingual
}

/** A declaration others may hand on: requests, the customer's page, the supervision folder. */
export type SignedDeclaration = {
  audit: string
  reference: string
  year: number
  edition: number
  state: Extract<AuditState, 'signed' | 'replaced'>
  signedOn: Day
  hash: string
  /** Stored files; `copy` is the one signed elsewhere, where one was filed. */
  files: { da: string; en: string; copy: string | null }
}
