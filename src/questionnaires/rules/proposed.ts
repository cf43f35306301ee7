/** The findings a review proposes: those the set's templates ask for, and a notice to us that is too short (clause 7.3). */
import type { Bilingual } from '../../base/context.js'
import type { Score } from '../../question-sets/rules/score.js'
import type { Severity } from '../../question-sets/rules/set.js'
import type { GapState } from '../../upstream/rules.js'

export type Proposed = { question: string; severity: Severity; text: Bilingual }

/**
 * `gap`: what their answer on the notice period means for us, with the numbers in words. What we owe customers decides, not the
 * number the template was written with: the template's finding stands only while nobody is owed anything.
 */
export function proposedFindings(
  { findings }: Pick<Score, 'findings'>,
  gap: { question: string; state: GapState; owed: boolean; words: Bilingual } | null,
): Proposed[] {
  if (gap === null || !gap.owed) return findings.map((each) => ({ ...each }))
  const others = findings.filter(({ question }) => question !== gap.question)
  if (gap.state !== 'short' && gap.state !== 'no-time-to-object') return others
  const template = findings.find(({ question }) => question === gap.question)
  // Too short for customers' own days is worse than too short for carrying their objections on.
  const severity = gap.state === 'short' ? (template?.severity ?? 'medium') : 'low'
  return [...others, { question: gap.question, severity, text: gap.words }].toSorted((a, b) =>
    a.question < b.question ? -1 : 1,
  )
}
