import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'
import { basisProblems } from './bases.js'
import type { ImporterRole } from './clauses.js'
import type { Law } from './decisions.js'
import { isEea } from './memberships.js'
import { problem, type BasisProblem } from './problem.js'
import type { Transfer } from './transfer.js'

/**
 * Countries of storage or access that are outside the EEA on the day: each needs a basis. Seeing data from there is a transfer
 * too (EDPB 05/2021).
 */
export function transfersNeeded(
  law: Law,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  day: Day,
): CountryCode[] {
  return [...new Set([...storage, ...access])].filter((code) => !isEea(law, code, day))
}

export type Use = 'storage' | 'access'

/** One country that needs a basis, what the data do there, and how it stands on the day. */
export type Link = {
  country: CountryCode
  uses: Use[]
  state: 'lawful' | 'unlawful' | 'undocumented'
  transfers: { transfer: Transfer; problems: BasisProblem[] }[]
  /** That there is no basis at all, or none that reaches one of the uses. */
  problems: BasisProblem[]
}

/** Each non-EEA country on its own: one basis that holds is enough, a second is the fallback. */
export function judgeLinks(
  law: Law,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  transfers: readonly Transfer[],
  day: Day,
  role: ImporterRole = 'sub-processor',
): Link[] {
  return transfersNeeded(law, storage, access, day).map((country): Link => {
    const judged = transfers
      .filter((transfer) => transfer.country === country)
      .map((transfer) => ({ transfer, problems: basisProblems(law, transfer, day, role) }))
    const uses = usesOf(country, storage, access)
    const uncovered = uses.filter((use) => !judged.some(({ transfer }) => reaches(transfer, use)))
    return {
      country,
      uses,
      state: judged.length === 0 ? 'undocumented' : isHeld(uses, judged) ? 'lawful' : 'unlawful',
      transfers: judged,
      problems:
        judged.length === 0
          ? [problem('critical', 'basis-missing', { country })]
          : uncovered.map((use) => problem('critical', `${use}-without-basis`, { country })),
    }
  })
}

/**
 * Whether each use of the country is carried by a basis that holds in law. `tolerated`: what is left out of account, such as an
 * assessment that is still being made.
 */
export function isHeld(
  uses: readonly Use[],
  judged: Link['transfers'],
  tolerated: (transfer: Transfer, problem: BasisProblem) => boolean = () => false,
): boolean {
  const holding = judged.filter(({ transfer, problems }) =>
    problems.every((each) => each.severity === 'warning' || tolerated(transfer, each)),
  )
  return uses.every((use) => holding.some(({ transfer }) => reaches(transfer, use)))
}

/**
 * What nobody has found out, though the basis carries nothing unless it is so: that the recipient is on the list or within a limited
 * decision, that an authority approved the rules, that the assessment came to an answer which stands today.
 */
const toFindOut = [
  'listing-unchecked',
  'adequacy-limited',
  'adequacy-narrowed',
  'bcr-unrecorded',
  'tia-details-missing',
  'tia-before-ruling',
]

/** How it stands as a reader is told: 'supposed' is lawful if what is still to be found out turns out well. */
export type ShownState = Link['state'] | 'supposed'

export function shownState({ state, uses, transfers }: Link): ShownState {
  const known = transfers.filter(({ problems }) => !problems.some(({ text }) => toFindOut.includes(text)))
  return state === 'lawful' && !isHeld(uses, known) ? 'supposed' : state
}

/** What is done in the country with the data: they lie there, are seen from there, or both. */
export function usesOf(
  country: CountryCode,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
): Use[] {
  return [
    ...(storage.includes(country) ? (['storage'] as const) : []),
    ...(access.includes(country) ? (['access'] as const) : []),
  ]
}

/** A transfer that does not say how it is one is for both: older records were not asked. */
export function reaches({ way = 'both' }: Pick<Transfer, 'way'>, use: Use): boolean {
  return way === 'both' || way === use
}
