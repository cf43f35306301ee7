import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import type { Audit, Decision } from '../rules/audit.js'
import { reviewed, withDecision, withoutDecision, type ReviewWords } from '../rules/review.js'
import { moveAudit } from './move.js'
import { auditOf } from './read.js'

/** `seen`: the version the person had before them. Throws `Refused`: 'changed-meanwhile', 'audit-not-open'. */
export async function saveReview(
  context: Context,
  reference: string,
  seen: number,
  words: ReviewWords,
): Promise<Audit> {
  const audit = await seenAudit(reference, seen)
  return moveAudit(
    context,
    audit,
    { review: reviewed(audit, words) },
    {
      event: 'audit.reviewed',
      facts: { on: words.on, participants: words.participants.length },
      personal: { participants: words.participants, text: words.text },
    },
  )
}

export async function decide(context: Context, reference: string, decision: Decision): Promise<Audit> {
  const audit = await auditOf(reference)
  const review = withDecision(audit, decision)
  if (review === audit.review) return audit
  const { id, responsible, dueOn, about, text } = decision
  return moveAudit(
    context,
    audit,
    { review },
    {
      event: 'audit.decision-added',
      facts: { decision: id, responsible, dueOn, about },
      personal: { text },
    },
  )
}

export async function undecide(context: Context, reference: string, id: string): Promise<Audit> {
  const audit = await auditOf(reference)
  const gone = audit.review?.decisions.find((decision) => decision.id === id)
  return moveAudit(
    context,
    audit,
    { review: withoutDecision(audit, id) },
    {
      event: 'audit.decision-removed',
      facts: { decision: id },
      personal: { text: gone?.text ?? null },
    },
  )
}

async function seenAudit(reference: string, seen: number): Promise<Audit> {
  const audit = await auditOf(reference)
  if (audit.version !== seen) throw new Refused('changed-meanwhile')
  return audit
}
