import type { Condition, Question } from '../set.js'
import type { Fault, Tree } from '../tree.js'
import { fieldsOf, number, text, texts, type Fields } from './fields.js'

/** A condition as it was read, with where each question it names stands in the file. */
export type Asked = { condition: Condition; line: number }

const ways = ['in', 'notIn', 'anyOf', 'gt', 'lt', 'hasThirdCountry'] as const

/** Null where there is none, or a fault. */
export function readCondition(fields: Fields, key: string): Asked | null {
  const tree = fields.get(key)
  if (tree === undefined) return null
  const condition = conditionOf(tree, `${key} of ${fields.what}`, fields.faults)
  return condition && { condition, line: tree.line }
}

/** What is asked of questions that are not there, of options they have not, or of answers of another shape. */
export function checkCondition(
  { condition, line }: Asked,
  what: string,
  questions: ReadonlyMap<string, Question>,
  faults: Fault[],
): void {
  for (const leaf of leaves(condition)) {
    const { q } = leaf
    const asked = questions.get(q)
    if (!asked) {
      faults.push({ line, reason: `unknown id in a condition: ${what} names ${q}, which is no question` })
      continue
    }
    const way = ways.find((one) => one in leaf) ?? 'in'
    if (!fitting[way].includes(asked.type))
      faults.push({
        line,
        reason: `${what}: "${way}" cannot be asked of ${q}, which is of type ${asked.type}`,
      })
    for (const option of optionsIn(leaf))
      if (!asked.options.some(({ id }) => id === option))
        faults.push({
          line,
          reason: `unknown option in a condition: ${what} names "${option}" of ${q}, which has it not`,
        })
  }
}

/** Each circle once: a question that shows only where it shows. */
export function circles(questions: readonly Question[]): string[][] {
  const by = new Map(questions.map((question) => [question.id, question]))
  const found: string[][] = []
  const done = new Set<string>()
  const walk = (id: string, path: string[]): void => {
    const at = path.indexOf(id)
    if (at >= 0) {
      found.push([...path.slice(at), id])
      return
    }
    if (done.has(id)) return
    const showIf = by.get(id)?.showIf
    for (const { q } of showIf ? leaves(showIf) : []) walk(q, [...path, id])
    done.add(id)
  }
  for (const { id } of questions) walk(id, [])
  return found
}

export type Leaf = Extract<Condition, { q: string }>

function leaves(condition: Condition): Leaf[] {
  if ('any' in condition) return condition.any.flatMap(leaves)
  if ('all' in condition) return condition.all.flatMap(leaves)
  return [condition]
}

export function optionsIn(leaf: Leaf): readonly string[] {
  if ('in' in leaf) return leaf.in
  if ('notIn' in leaf) return leaf.notIn
  return 'anyOf' in leaf ? leaf.anyOf : []
}

const fitting: Record<(typeof ways)[number], readonly Question['type'][]> = {
  in: ['single'],
  notIn: ['single', 'multi', 'per-country'],
  anyOf: ['multi', 'per-country'],
  gt: ['number'],
  lt: ['number'],
  hasThirdCountry: ['countries'],
}

function conditionOf(tree: Tree, what: string, faults: Fault[]): Condition | null {
  const fields = fieldsOf(tree, what, ['q', 'any', 'all', ...ways], faults)
  if (!fields) return null
  for (const key of ['any', 'all'] as const) {
    const inner = fields.get(key)
    if (inner === undefined) continue
    const given = inner.kind === 'list' ? inner.items.map((item) => conditionOf(item, what, faults)) : []
    if (given.length === 0 || tree.kind !== 'map' || tree.entries.length > 1)
      fields.fault(key, `${key} in ${what} must be a list of conditions, with nothing beside it`)
    const whole = given.flatMap((one) => (one ? [one] : []))
    return key === 'any' ? { any: whole } : { all: whole }
  }
  const q = text(fields, 'q')
  const said = ways.filter(fields.has)
  const [way] = said
  if (way === undefined || said.length > 1) {
    fields.fault(null, `${what} must say one of ${ways.join(', ')}`)
    return null
  }
  if (way === 'gt' || way === 'lt') {
    const limit = number(fields, way, { least: -1e9, most: 1e9 })
    if (limit === null) return null
    return way === 'gt' ? { q, gt: limit } : { q, lt: limit }
  }
  if (way === 'hasThirdCountry') {
    const value = fields.get(way)
    if (value?.kind !== 'scalar' || value.value !== true)
      fields.fault(way, `hasThirdCountry in ${what} can only be true`)
    return { q, hasThirdCountry: true }
  }
  const options = texts(fields, way)
  if (options.length === 0) fields.fault(way, `${way} in ${what} names no option`)
  if (way === 'in') return { q, in: options }
  return way === 'notIn' ? { q, notIn: options } : { q, anyOf: options }
}
