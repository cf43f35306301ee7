import type { Day } from '../../base/day.js'
import { decisionsAbout, type Law } from './decisions.js'
import { isEea } from './memberships.js'
import { problem, type BasisProblem } from './problem.js'
import { tiaReviewDay, type SccModule, type Transfer } from './transfer.js'

/** Who the vendor is decides which module of the clauses fits: P→P, or C→P and C→C where we are controller ourselves. */
export type ImporterRole = 'sub-processor' | 'own-vendor' | 'independent-controller'

const moduleFor: Record<ImporterRole, SccModule> = {
  'sub-processor': 3,
  'own-vendor': 2,
  'independent-controller': 1,
}

/** Decision (EU) 2021/914 of 4 June 2021 has applied since this day; nobody can have signed its clauses before. */
const sccSince: Day = '2021-06-27'

/** The module that fits: a vendor that exports in its own next link is itself a processor there, so Three again. */
export function rightModule(role: ImporterRole, exporter: Transfer['exporter']): SccModule {
  return exporter === 'vendor' && role === 'own-vendor' ? 3 : moduleFor[role]
}

/** What stands against clauses of Decision (EU) 2021/914 as they were signed. */
export function clausesProblems(law: Law, transfer: Transfer, day: Day, role: ImporterRole): BasisProblem[] {
  const { country, signedOn } = transfer
  const problems = moduleProblems(transfer, role)
  if (signedOn === undefined || signedOn > day)
    problems.push(problem('critical', 'scc-unsigned', { country }))
  else if (signedOn < sccSince) problems.push(problem('refused', 'scc-too-early', { country, day: sccSince }))
  return [...problems, ...choiceProblems(law, transfer, day)]
}

function moduleProblems({ country, module, exporter }: Transfer, role: ImporterRole): BasisProblem[] {
  const right = rightModule(role, exporter)
  if (module === undefined) return [problem('critical', 'module-missing', { country, right: String(right) })]
  if (module === right) return []
  // Module Two in place of Three is common and close to it; One and Four bind the parties to something else altogether.
  const near = role === 'sub-processor' && module === 2
  const facts = { country, module: String(module), right: String(right) }
  return [problem(near ? 'warning' : 'critical', 'module-wrong', facts)]
}

/** Only what was entered is judged: older records were not asked. */
function choiceProblems(law: Law, { country, module, clauses = {} }: Transfer, day: Day): BasisProblem[] {
  const problems: BasisProblem[] = []
  // Clauses 17 and 18 take the law and the courts of a member state; Module Four alone is free to choose.
  if (module !== 4 && clauses.law !== undefined && !isEea(law, clauses.law, day))
    problems.push(problem('critical', 'clauses-law-outside', { country, place: clauses.law }))
  if (module !== 4 && clauses.forum !== undefined && !isEea(law, clauses.forum, day))
    problems.push(problem('critical', 'clauses-forum-outside', { country, place: clauses.forum }))
  if (clauses.clause9 === 'general' && clauses.clause9Days === undefined)
    problems.push(problem('warning', 'clause-9-days', { country }))
  if (clauses.annexes === false) problems.push(problem('critical', 'annexes-incomplete', { country }))
  return problems
}

/**
 * The last ruling that changed what may be thought of the country after the day and up to the other: an adequacy decision, or what
 * data once went there on, was ended or narrowed. An end that was planned says nothing about the law there.
 */
export function rulingSince(
  law: Law,
  country: string,
  after: Day,
  until: Day,
): { on: Day; by: string } | null {
  const rulings = decisionsAbout(law, country).flatMap(({ kind, ended, scopes }) =>
    kind === 'membership'
      ? []
      : [
          ...(ended === null ? [] : [{ on: ended.on, by: ended.by }]),
          ...scopes.flatMap(({ from, by }) => (by === undefined ? [] : [{ on: from, by }])),
        ],
  )
  const since = rulings.filter(({ on }) => on > after && on <= until)
  return since.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0] ?? null
}

/** Concluded, with an answer that lets the data go, and looked at again in time. */
export function tiaProblems(law: Law, { country, tia, supplementary }: Transfer, day: Day): BasisProblem[] {
  if (tia?.concludedOn === undefined || tia.concludedOn > day)
    return [problem('critical', 'tia-missing', { country })]
  // C-311/18, paragraphs 134-135: where the law there undoes the clauses, the exporter suspends the transfer.
  if (tia.conclusion === 'not-equivalent') return [problem('critical', 'tia-negative', { country })]
  const problems: BasisProblem[] = []
  if (tia.conclusion === 'with-measures' && supplementary === undefined)
    problems.push(problem('critical', 'measures-missing', { country }))
  const review = tiaReviewDay(tia)
  if (review !== null && review < day)
    problems.push(problem('warning', 'tia-review-overdue', { country, day: review }))
  const ruling = rulingSince(law, country, tia.concludedOn, day)
  if (ruling !== null)
    problems.push(
      problem('warning', 'tia-before-ruling', {
        country,
        day: tia.concludedOn,
        since: ruling.on,
        by: ruling.by,
      }),
    )
  // Clause 14(d): it is written down, and shown to the authority that asks for it.
  if (tia.conclusion === undefined || tia.laws === undefined)
    problems.push(problem('warning', 'tia-details-missing', { country }))
  if (tia.file === undefined) problems.push(problem('warning', 'tia-file-missing', { country }))
  return problems
}
