/** - `refused`: may not be entered. - `critical`: no lawful basis as it stands. - `warning`: lawful, with something left to do. */
export type Severity = 'refused' | 'critical' | 'warning'

/**
 * `text` is a key below `transfers:problem.` (what is wrong), `transfers:source.` (which law, decision or case says so) and
 * `transfers:remedy.` (what to do). Facts that are days or codes are shown in the reader's language.
 */
export type BasisProblem = { severity: Severity; text: string; facts: Record<string, string> }

export function problem(severity: Severity, text: string, facts: Record<string, string>): BasisProblem {
  return { severity, text, facts }
}
