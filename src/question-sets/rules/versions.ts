import type { QuestionSet } from './set.js'

export type Named = { id: string; version: string }

/** How a set is kept and spoken of: 'gdpr-subprocessor-yearly@2026.1'. */
export function keyOf({ id, version }: Named): string {
  return `${id}@${version}`
}

export function fileNameOf({ id, version }: Named): string {
  return `${id}.${version}.yaml`
}

/** 2026.2 comes before 2026.10. */
export function byVersion(a: Named, b: Named): number {
  const [left, right] = [a.version, b.version].map((version) => version.split(/[.-]/)) as [string[], string[]]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]]
    if (one === other) continue
    const numbers = /^\d+$/.test(one) && /^\d+$/.test(other)
    return numbers ? Number(one) - Number(other) : one < other ? -1 : 1
  }
  return 0
}

/** Of each set the newest version, by id. */
export function newest(sets: readonly QuestionSet[]): QuestionSet[] {
  const latest = new Map<string, QuestionSet>()
  for (const set of sets) {
    const known = latest.get(set.id)
    if (!known || byVersion(known, set) < 0) latest.set(set.id, set)
  }
  return [...latest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
