import type { Bilingual } from '../../../base/context.js'
import type { Fault, Tree } from '../tree.js'

/** The keys of one thing in the file, what they hold, and where faults are noted. `what` names it: 'question S01.04'. */
export type Fields = {
  what: string
  line: number
  faults: Fault[]
  get: (key: string) => Tree | undefined
  has: (key: string) => boolean
  fault: (key: string | null, reason: string) => void
}

/** Null where it is not a thing with keys; unknown keys are faults, as slips of the hand. */
export function fieldsOf(
  tree: Tree | undefined,
  what: string,
  known: readonly string[],
  faults: Fault[],
): Fields | null {
  if (tree === undefined) return null
  if (tree.kind !== 'map') {
    faults.push({ line: tree.line, reason: `${what} must have keys and values` })
    return null
  }
  for (const { key, line } of tree.entries) {
    if (known.includes(key)) continue
    const near = known.find((one) => isNear(one, key))
    const meant = near === undefined ? '' : ` (did you mean "${near}"?)`
    faults.push({ line, reason: `unknown key "${key}" in ${what}${meant}` })
  }
  const entry = (key: string) => tree.entries.find((one) => one.key === key)
  return {
    what,
    line: tree.line,
    faults,
    get: (key) => entry(key)?.value,
    has: (key) => entry(key) !== undefined,
    fault: (key, reason) => {
      faults.push({ line: (key === null ? undefined : entry(key)?.line) ?? tree.line, reason })
    },
  }
}

/** Empty where it is not there; that is a fault unless it may be missing. */
export function text(fields: Fields, key: string, { optional = false, shape = /\S/ } = {}): string {
  const tree = fields.get(key)
  if (tree === undefined) {
    if (!optional) fields.fault(null, `${fields.what} has no ${key}`)
    return ''
  }
  if (tree.kind === 'scalar' && typeof tree.value === 'string' && shape.test(tree.value)) return tree.value
  const number = tree.kind === 'scalar' && ['number', 'boolean'].includes(typeof tree.value)
  const hint = number ? ': put it in quotes' : ''
  fields.fault(key, `${key} of ${fields.what} is not a text as it must be${hint}`)
  return ''
}

/** Both languages, or a fault for each that is missing. */
export function bilingual(fields: Fields, key: string, optional?: true): Bilingual | null {
  const tree = fields.get(key)
  if (tree === undefined) {
    if (!optional) fields.fault(null, `${fields.what} has no ${key}`)
    return null
  }
  if (tree.kind !== 'map') {
    fields.fault(key, `missing translation: ${key} of ${fields.what} must have da and en`)
    return null
  }
  const inner = fieldsOf(tree, `${key} of ${fields.what}`, ['da', 'en'], fields.faults) as Fields
  const both = { da: inLanguage(inner, 'da'), en: inLanguage(inner, 'en') }
  return both.da === '' || both.en === '' ? null : both
}

export function number(
  fields: Fields,
  key: string,
  { least, most, optional = false }: { least: number; most: number; optional?: boolean },
): number | null {
  const tree = fields.get(key)
  if (tree === undefined) {
    if (!optional) fields.fault(null, `${fields.what} has no ${key}`)
    return null
  }
  const value = tree.kind === 'scalar' ? tree.value : undefined
  if (typeof value === 'number' && value >= least && value <= most) return value
  fields.fault(key, `${key} of ${fields.what} must be a number from ${least} to ${most}`)
  return null
}

/** False where it is not there. */
export function flag(fields: Fields, key: string): boolean {
  const tree = fields.get(key)
  if (tree === undefined) return false
  if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value
  fields.fault(key, `${key} of ${fields.what} must be true or false`)
  return false
}

export function oneOf<T extends string>(fields: Fields, key: string, known: readonly T[]): T | null {
  const tree = fields.get(key)
  if (tree === undefined) {
    fields.fault(null, `${fields.what} has no ${key}`)
    return null
  }
  const value = tree.kind === 'scalar' ? tree.value : undefined
  if (known.includes(value as T)) return value as T
  fields.fault(key, `${key} of ${fields.what} must be one of ${known.join(', ')}`)
  return null
}

/** None where it is not there. */
export function items(fields: Fields, key: string): readonly Tree[] {
  const tree = fields.get(key)
  if (tree === undefined) return []
  if (tree.kind === 'list') return tree.items
  fields.fault(key, `${key} of ${fields.what} must be a list`)
  return []
}

export function texts(fields: Fields, key: string): string[] {
  return items(fields, key).flatMap((tree) => {
    if (tree.kind === 'scalar' && typeof tree.value === 'string' && tree.value.trim() !== '')
      return [tree.value]
    fields.faults.push({
      line: tree.line,
      reason: `${key} of ${fields.what} must hold texts, in quotes if need be`,
    })
    return []
  })
}

/** A fault at each that was there before. */
export function unlikeEachOther(
  ids: readonly { id: string; line: number }[],
  what: string,
  faults: Fault[],
): void {
  const seen = new Map<string, number>()
  for (const { id, line } of ids) {
    const before = seen.get(id)
    if (id === '') continue
    if (before === undefined) seen.set(id, line)
    else faults.push({ line, reason: `duplicate id: ${what} ${id} is already on line ${before}` })
  }
}

function inLanguage(fields: Fields, locale: 'da' | 'en'): string {
  const tree = fields.get(locale)
  if (tree?.kind === 'scalar' && typeof tree.value === 'string' && tree.value.trim() !== '') return tree.value
  fields.fault(tree === undefined ? null : locale, `missing translation: ${fields.what} has no ${locale}`)
  return ''
}

/** One letter too many, too few, wrong or swapped, or only the capitals differ. */
function isNear(known: string, typed: string): boolean {
  const [a, b] = [known.toLowerCase(), typed.toLowerCase()]
  if (a === b || b === `${a}s` || a === `${b}s`) return true
  if (Math.abs(a.length - b.length) > 1 || a.length < 4) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - from && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  return Math.max(a.length, b.length) - from - tail <= 2
}
