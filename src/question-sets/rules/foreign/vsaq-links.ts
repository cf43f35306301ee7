import type { DraftCondition, DraftContent, DraftQuestion, LeftOver } from '../draft.js'
import type { Severity } from '../set.js'
import { askedIn, joined, readVsaqCondition, type Meaning } from './vsaq-conditions.js'

export type Name = Meaning

/** A warning or a piece of advice that VSAQ shows beside an answer. */
export type Tip = { text: string; name: string; at: string; warns: boolean; severity: string; cond: string }

type Read = {
  sections: DraftContent['sections']
  questions: DraftQuestion[]
  conditions: ReadonlyMap<string, string[]>
  names: ReadonlyMap<string, Name>
  tips: readonly Tip[]
  report: readonly LeftOver[]
}

/** When all questions are known: conditions become ours, and warnings become findings of the question they are about. */
export function foundAs(read: Read): Pick<DraftContent, 'sections' | 'questions' | 'report'> {
  const report = [...read.report]
  const meaningOf = (name: string) => read.names.get(name) ?? null
  const withConditions = read.questions.map((question) => ({
    ...question,
    showIf: shownBy(question, read.conditions.get(question.id) ?? [], meaningOf, report),
  }))
  const questions = new Map(withConditions.map((question) => [question.id, question]))
  for (const tip of read.tips) takeTip(tip, questions, meaningOf, report)
  return { sections: read.sections, questions: [...questions.values()], report }
}

function shownBy(
  { id }: DraftQuestion,
  conditions: readonly string[],
  meaningOf: (name: string) => Meaning | null,
  report: LeftOver[],
): DraftCondition | null {
  const parts = [...new Set(conditions)].flatMap((text): DraftCondition[] => {
    const read = readVsaqCondition(text, meaningOf)
    if ('unknown' in read || askedIn(read.condition).includes(id)) {
      const name = 'unknown' in read ? read.unknown : id
      report.push({ at: id, what: 'condition', facts: { condition: text.slice(0, 120), name } })
      return []
    }
    if (read.negated) report.push({ at: id, what: 'negation', facts: { condition: text.slice(0, 120) } })
    return [read.condition]
  })
  return parts.length === 0 ? null : joined('all', parts)
}

function takeTip(
  tip: Tip,
  questions: Map<string, DraftQuestion>,
  meaningOf: (name: string) => Meaning | null,
  report: LeftOver[],
): void {
  const leave = (what: string) => {
    report.push({ at: tip.at, what, facts: { text: (tip.name || tip.text).slice(0, 120) } })
  }
  if (!tip.warns) return leave('tip')
  const read = tip.cond === '' ? null : readVsaqCondition(tip.cond, meaningOf)
  const asked = read && 'condition' in read ? askedIn(read.condition) : []
  const question = questions.get(asked[0] ?? '')
  // A finding belongs to one question; a warning about several together has none to stand at.
  if (!read || !('condition' in read) || asked.length !== 1 || !question) return leave('warning')
  if (question.finding) return leave('second-warning')
  const severity = severities[tip.severity] ?? 'medium'
  questions.set(question.id, {
    ...question,
    finding: { severity, text: tip.name || tip.text.slice(0, 300), when: read.condition },
  })
  return undefined
}

const severities: Record<string, Severity> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
}
