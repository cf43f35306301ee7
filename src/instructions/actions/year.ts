import type { Period } from '../../base/day.js'
import { instructionsDoubtedBetween, instructionsEndedBetween, instructionsGivenBetween } from '../records.js'
import type { Instruction } from '../rules.js'

/** References, each counted once; the moves of each say the same in the log. */
export type InstructionsInYear = {
  given: string[]
  withdrawn: string[]
  replaced: string[]
  /** Found to look unlawful in the period (4.2), whenever they were given. */
  doubted: string[]
  bySubject: Record<string, number>
}

/** For the yearly audit: what customers instructed in the period. */
export async function instructionsInPeriod({ from, to: until }: Period): Promise<InstructionsInYear> {
  const [given, ended, doubted] = await Promise.all([
    instructionsGivenBetween(from, until),
    instructionsEndedBetween(from, until),
    instructionsDoubtedBetween(from, until),
  ])
  const references = (some: readonly Instruction[]) => some.map(({ reference }) => reference).toSorted()
  const bySubject: Record<string, number> = {}
  for (const { subject } of given) bySubject[subject] = (bySubject[subject] ?? 0) + 1
  return {
    given: references(given),
    withdrawn: references(ended.filter(({ state }) => state === 'withdrawn')),
    replaced: references(ended.filter(({ state }) => state === 'replaced')),
    doubted: references(doubted),
    bySubject,
  }
}
