import type { Day } from '../../src/base/day.js'
import type {
  Certificate,
  Statement,
  StatementConclusion,
  StatementFacts,
} from '../../src/statements/rules.js'
import { checkPoints, type Checklist } from '../../src/statements/rules.js'

export const plainFacts: StatementFacts = {
  kind: 'isae-3402',
  type: 2,
  level: null,
  edition: '',
  audience: null,
  entity: 'Skandia Datacenter A/S',
  services: 'Colocation',
  sites: [{ address: 'Herstedvang 8, 2620 Albertslund', country: 'DK', carvedOut: false }],
  criteria: '',
  issuer: 'Nordrevision',
  signer: '',
  licence: '',
  period: { from: '2025-01-01', to: '2025-12-31' },
  asOf: null,
  issuedOn: '2026-02-02',
  opinion: 'unqualified',
  qualification: '',
  emphasis: '',
  certificate: null,
  bridges: null,
  restricted: false,
  language: 'da',
}

export const allYes: Checklist = Object.fromEntries(
  checkPoints.map((point) => [point, { answer: 'yes', note: '' }]),
)

export const accepted: StatementConclusion = {
  verdict: 'accepted',
  because: '',
  on: '2026-02-10',
  by: { kind: 'staff', id: 'officer' },
  nextOn: null,
}

export const certificate: Certificate = {
  number: 'IS 1234',
  scope: 'Hosting',
  soa: '3',
  accreditation: 'DANAK',
  expiresOn: '2027-05-01',
  surveillance: [],
}

/** Concluded and accepted unless told otherwise. */
export function aStatement(
  facts: Partial<StatementFacts> | null = {},
  changes: Partial<Statement> = {},
): Statement {
  return {
    _id: 'a',
    reference: 'ST-2026-001',
    vendor: 'skandia',
    state: 'concluded',
    request: null,
    facts: facts === null ? null : { ...plainFacts, ...facts },
    origins: {},
    exceptions: [],
    subservices: [],
    cuecs: [],
    file: 'file',
    fileHash: 'hash',
    receivedOn: '2026-02-03',
    receivedFrom: { kind: 'vendor', name: 'Ida Holm' },
    receivedNote: '',
    reading: null,
    checklist: allYes,
    conclusion: accepted,
    replaces: null,
    replacedBy: null,
    until: null,
    expectedOn: null,
    sample: false,
    version: 1,
    moves: [],
    unlogged: false,
    ...changes,
  }
}

export const year = (from: number): { from: Day; to: Day } => ({ from: `${from}-01-01`, to: `${from}-12-31` })
