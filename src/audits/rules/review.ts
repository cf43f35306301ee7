/** Management's review of the audit's results, and what it decides (DPA C.7). */
import { Refused } from '../../base/errors.js'
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Audit, Decision, ManagementReview } from './audit.js'

export type ReviewWords = { on: Day; participants: string[]; text: Bilingual }

export function reviewed(audit: Audit, words: ReviewWords): ManagementReview {
  mayReview(audit)
  return { ...words, decisions: audit.review?.decisions ?? [] }
}

export function withDecision(audit: Audit, decision: Decision): ManagementReview {
  mayReview(audit)
  const { review } = audit
  if (!review) throw new Refused('review-first')
  // Sent twice, it is one decision.
  if (review.decisions.some(({ id }) => id === decision.id)) return review
  return { ...review, decisions: [...review.decisions, decision] }
}

export function withoutDecision(audit: Audit, id: string): ManagementReview {
  mayReview(audit)
  const { review } = audit
  if (!review?.decisions.some((decision) => decision.id === id)) throw new Refused('changed-meanwhile')
  return { ...review, decisions: review.decisions.filter((decision) => decision.id !== id) }
}

function mayReview({ state }: Audit): void {
  if (state !== 'open') throw new Refused('audit-not-open')
}
