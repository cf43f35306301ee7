/** What an answer holds, compared and merged: by content, whatever order its parts stand in. */
import { createHash } from 'node:crypto'
import { canonical as canonicalText } from '../../audit-log/rules.js'
import type { Answers, Given } from '../../question-sets/rules/answer.js'
import type { Answer } from './questionnaire.js'

/** By question, as showing and scoring read them. */
export function givenBy(answers: readonly Answer[]): Answers {
  return Object.fromEntries(
    answers.map(({ question, value, comment, files, naRefused }): [string, Given] => [
      question,
      { value, comment, files: files.length, ...(naRefused ? { naRefused } : {}) },
    ]),
  )
}

export type Said = Pick<Given, 'value' | 'comment'>

const nothingSaid: Said = { value: null, comment: '' }

export function sameSaid(a: Said, b: Said): boolean {
  return a.comment.trim() === b.comment.trim() && canonical(a.value) === canonical(b.value)
}

export type Saving = 'same' | 'save' | 'theirs' | 'conflict'

/**
 * What becomes of an answer sent from a page that showed version `seen` (0: there was none). 'theirs': the sender changed
 * nothing, so what somebody else wrote in the meantime stands.
 */
export function savingOf(known: Answer | null, sent: Said, seen: number): Saving {
  if (sameSaid(known ?? nothingSaid, sent)) return 'same'
  if ((known?.version ?? 0) === seen) return 'save'
  const shown = known ? saidAt(known, seen) : nothingSaid
  return shown !== null && sameSaid(shown, sent) ? 'theirs' : 'conflict'
}

/** What stood there at that version; null where it is no longer known. */
export function saidAt(answer: Answer, version: number): Said | null {
  if (version === answer.version) return answer
  if (version <= 0) return nothingSaid
  return answer.earlier[answer.version - version - 1] ?? null
}

/** Keys sorted, so that two readings of the same form are the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, part]) => part !== undefined && part !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
      .join(',')}}`
  return JSON.stringify(typeof value === 'string' ? value.trim() : (value ?? null))
}

/** What was handed in, to the letter: the log can show that nothing was changed since. */
export function answersHash(answers: readonly Answer[]): string {
  const said = answers
    .map(({ question, value, comment, files, origin }) => ({ question, value, comment, files, origin }))
    .toSorted((a, b) => (a.question < b.question ? -1 : 1))
  return createHash('sha256').update(canonicalText(said)).digest('hex')
}
