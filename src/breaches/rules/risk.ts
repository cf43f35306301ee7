/**
 * Likelihood times consequence for each group of people affected, against the harms that the policy names (seed 003, 13.1; recital 75):
 * whether the authority (Art. 33(1): unless a risk is unlikely) and the people themselves (Art. 34: a high risk) are to be told.
 * Where the data are the customer's, this is our help and the customer concludes (clause 9.2).
 */

export const harms = ['discrimination', 'identity', 'loss', 'reputation'] as const
export type Harm = (typeof harms)[number]

export const grades = [1, 2, 3, 4] as const
export type Grade = (typeof grades)[number]

export type RiskGroup = {
  who: string
  harms: Harm[]
  likelihood: Grade
  consequence: Grade
  because: string
}

export type RiskLevel = 'unlikely' | 'risk' | 'high'
export const riskLevels = ['unlikely', 'risk', 'high'] as const satisfies readonly RiskLevel[]

export type RiskAssessment = {
  groups: RiskGroup[]
  /** What counters the risk, such as encryption (seed 003, 13.3; Art. 34(3)(a)). */
  safeguards: string
  conclusion: RiskLevel
  because: string
  at: Date
  by: string
}

/** The product of both grades, 1 to 16. */
function scoreOf({ likelihood, consequence }: Pick<RiskGroup, 'likelihood' | 'consequence'>): number {
  return likelihood * consequence
}

/** Up to 2 unlikely, up to 6 a risk, from 8 on a high one; so a serious consequence is never called unlikely. */
export function levelOf(group: Pick<RiskGroup, 'likelihood' | 'consequence'>): RiskLevel {
  const score = scoreOf(group)
  if (score >= 8) return 'high'
  return score <= 2 ? 'unlikely' : 'risk'
}

/** The gravest of the groups: nobody's high risk is evened out by others' small one. Null without groups. */
export function proposedLevel(groups: readonly RiskGroup[]): RiskLevel | null {
  const found = groups.map(levelOf)
  return riskLevels.findLast((level) => found.includes(level)) ?? null
}
