/**
 * Several people write on one audit at once. A form carries a mark of each value as it stood when the form was opened, so that
 * what was typed and what others saved meanwhile come together field by field; only where both changed the same field, one chooses.
 */
import { createHash } from 'node:crypto'

/** A form's fields as plain texts, by name. */
export type Texts = Record<string, string>

export type Merged = {
  /** What is to be saved; of a field in conflict what was typed. */
  values: Texts
  /** Fields that somebody else saved otherwise since the form was opened, and that were changed in the form, too. */
  conflicts: string[]
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** For the form's hidden field. */
export function marksOf(texts: Texts): string {
  return Object.entries(texts)
    .map(([name, value]) => `${name}=${markOf(value)}`)
    .join(';')
}

/** A field without its mark counts as changed on both sides: nothing is written over unseen. */
export function merge(typed: Texts, current: Texts, marks: string): Merged {
  const seen = new Map(marks.split(';').map((pair) => pair.split('=', 2) as [string, string]))
  const values: Texts = {}
  const conflicts: string[] = []
  for (const [name, mine] of Object.entries(typed)) {
    const theirs = current[name] ?? ''
    const before = seen.get(name)
    if (markOf(mine) === before) values[name] = theirs
    else {
      values[name] = mine
      if (mine !== theirs && markOf(theirs) !== before) conflicts.push(name)
    }
  }
  return { values, conflicts }
}

/** 'reason.da' -> { reason: { da } }, as a form's body has it. */
export function nested(texts: Texts): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(texts)) {
    const [first = '', second] = name.split('.')
    if (second === undefined) body[first] = value
    else body[first] = { ...(body[first] as object | undefined), [second]: value }
  }
  return body
}
