import type { Question, QuestionSet } from './set.js'

/** What of a question may differ, as far as the one who answers or reviews it can tell. */
export type Aspect =
  | 'text'
  | 'help'
  | 'type'
  | 'options'
  | 'columns'
  | 'weight'
  | 'required'
  | 'critical'
  | 'evidence'
  | 'condition'
  | 'comment'
  | 'finding'
  | 'scoring'
  | 'limits'
  | 'section'
  | 'references'

export type ChangedQuestion = { id: string; before: Question; after: Question; aspects: Aspect[] }

export type Differences = {
  added: Question[]
  removed: Question[]
  changed: ChangedQuestion[]
  /** How many are word for word and point for point the same. */
  same: number
  /** Of the set as a whole: its bands, or what a failed critical question or missing evidence costs. */
  scoring: boolean
  sections: { added: string[]; removed: string[]; renamed: string[] }
}

/** From the earlier version to the later, by id: a question whose id has changed is another question. */
export function differences(before: QuestionSet, after: QuestionSet): Differences {
  const earlier = new Map(before.questions.map((question) => [question.id, question]))
  const later = new Set(after.questions.map(({ id }) => id))
  const kept = after.questions.flatMap((question) => {
    const known = earlier.get(question.id)
    return known
      ? [{ id: question.id, before: known, after: question, aspects: aspectsOf(known, question) }]
      : []
  })
  const changed = kept.filter(({ aspects }) => aspects.length > 0)
  return {
    added: after.questions.filter(({ id }) => !earlier.has(id)),
    removed: before.questions.filter(({ id }) => !later.has(id)),
    changed,
    same: kept.length - changed.length,
    scoring: !isSame(scoringOf(before), scoringOf(after)),
    sections: sectionDifferences(before, after),
  }
}

function aspectsOf(before: Question, after: Question): Aspect[] {
  return (Object.keys(looks) as Aspect[]).filter(
    (aspect) => !isSame(looks[aspect](before), looks[aspect](after)),
  )
}

const looks: Record<Aspect, (question: Question) => unknown> = {
  text: ({ text }) => text,
  help: ({ help }) => help,
  type: ({ type }) => type,
  options: ({ options }) => options,
  columns: ({ columns }) => columns,
  weight: ({ weight }) => weight,
  required: ({ required }) => required,
  critical: ({ critical }) => critical,
  evidence: ({ evidence }) => evidence,
  condition: ({ showIf }) => showIf,
  comment: ({ commentIf }) => commentIf,
  finding: ({ finding }) => finding,
  scoring: ({ scoring }) => scoring,
  limits: ({ min, max, unit }) => [min, max, unit],
  section: ({ section }) => section,
  references: ({ refs, controls }) => [refs, controls],
}

function scoringOf({ bands, criticalBelow, criticalBand, evidenceCap }: QuestionSet): unknown {
  return [bands, criticalBelow, criticalBand, evidenceCap]
}

function sectionDifferences(before: QuestionSet, after: QuestionSet): Differences['sections'] {
  const [earlier, later] = [before, after].map(
    ({ sections }) => new Map(sections.map(({ id, title }) => [id, title])),
  ) as [Map<string, unknown>, Map<string, unknown>]
  return {
    added: [...later.keys()].filter((id) => !earlier.has(id)),
    removed: [...earlier.keys()].filter((id) => !later.has(id)),
    renamed: [...later.keys()].filter((id) => earlier.has(id) && !isSame(earlier.get(id), later.get(id))),
  }
}

/** Plain values; a set from the database may have its keys in another order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => isSame(left[key] ?? null, right[key] ?? null))
}
