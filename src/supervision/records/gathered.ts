/** What a year's duties are reckoned from, of many vendors at once and without what the reckoning does not need. */
import type { Finding } from '../../findings/rules.js'
import { Findings } from '../../findings/records.js'
import { Questionnaires } from '../../questionnaires/records/questionnaires.js'
import type { Questionnaire } from '../../questionnaires/rules/questionnaire.js'
import { EngagementModel } from '../../register/records/engagements.js'
import type { Engagement } from '../../register/rules.js'
import { Statements } from '../../statements/records.js'
import type { Statement } from '../../statements/rules.js'

export type GatheredEngagement = Pick<
  Engagement,
  | '_id'
  | 'reference'
  | 'vendor'
  | 'services'
  | 'activity'
  | 'dataCategories'
  | 'subjectCount'
  | 'places'
  | 'assurance'
  | 'inUse'
  | 'earlierUse'
  | 'endedOn'
  | 'sample'
>

const fields = {
  reference: 1,
  vendor: 1,
  services: 1,
  activity: 1,
  dataCategories: 1,
  subjectCount: 1,
  places: 1,
  assurance: 1,
  inUse: 1,
  earlierUse: 1,
  endedOn: 1,
  sample: 1,
} as const

/** Sub-processors of our own, ended ones too: links further down are supervised by those above them. */
export async function subProcessors(): Promise<GatheredEngagement[]> {
  return EngagementModel.find({ parent: null, role: 'sub-processor' }, fields).lean<GatheredEngagement[]>()
}

export type GatheredQuestionnaire = Pick<
  Questionnaire,
  | 'reference'
  | 'vendor'
  | 'year'
  | 'engagements'
  | 'state'
  | 'dueOn'
  | 'askedAt'
  | 'arrivedAt'
  | 'submitted'
  | 'conclusion'
>

/** `vendors`: null for all. */
export async function questionnairesIn(
  years: readonly number[],
  vendors: readonly string[] | null,
): Promise<GatheredQuestionnaire[]> {
  const of = vendors === null ? {} : { vendor: { $in: [...vendors] } }
  return Questionnaires.find(
    { ...of, year: { $in: [...years] } },
    {
      reference: 1,
      vendor: 1,
      year: 1,
      engagements: 1,
      state: 1,
      dueOn: 1,
      askedAt: 1,
      arrivedAt: 1,
      'submitted.at': 1,
      'conclusion.at': 1,
    },
  ).lean<GatheredQuestionnaire[]>()
}

/** Without what was read in their files. */
export async function statementsIn(vendors: readonly string[]): Promise<Statement[]> {
  return Statements.find(
    { vendor: { $in: [...vendors] } },
    { moves: 0, reading: 0, cuecs: 0, exceptions: 0 },
  ).lean<Statement[]>()
}

export type GatheredFinding = Pick<
  Finding,
  'reference' | 'vendor' | 'engagements' | 'severity' | 'state' | 'moves'
> & { openedOn: string }

export async function findingsIn(vendors: readonly string[]): Promise<GatheredFinding[]> {
  return Findings.find(
    { vendor: { $in: [...vendors] } },
    { reference: 1, vendor: 1, engagements: 1, severity: 1, state: 1, openedOn: 1, moves: { $slice: -1 } },
  ).lean<GatheredFinding[]>()
}
