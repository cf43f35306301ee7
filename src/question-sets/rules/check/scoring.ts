import type { Question, QuestionType, Scoring } from '../set.js'
import type { Tree } from '../tree.js'
import { fieldsOf, number, oneOf, type Fields } from './fields.js'

const ways = ['filled', 'maxAgeMonths', 'min', 'multi', 'perCountry'] as const

const fitting: Record<(typeof ways)[number], readonly QuestionType[]> = {
  filled: ['text', 'contact', 'identity', 'table', 'countries'],
  maxAgeMonths: ['date'],
  min: ['number'],
  multi: ['multi'],
  perCountry: ['per-country'],
}

/** Null where there is none, or a fault. */
export function readScoring(question: Fields, type: QuestionType | null): Scoring | null {
  const tree = question.get('scoring')
  if (tree === undefined) return null
  const fields = fieldsOf(tree, `scoring of ${question.what}`, [...ways, 'empty', 'else'], question.faults)
  if (!fields) return null
  const [way, ...more] = ways.filter(fields.has)
  if (way === undefined || more.length > 0) {
    fields.fault(null, `${fields.what} must say one of ${ways.join(', ')}`)
    return null
  }
  if (type !== null && !fitting[way].includes(type))
    fields.fault(way, `scoring that does not fit: "${way}" is not for type ${type} (${question.what})`)
  const share = (key: string) => number(fields, key, { least: 0, most: 1 }) ?? 0
  if (way === 'filled') return { filled: share('filled'), empty: share('empty') }
  if (way === 'multi') return { multi: oneOf(fields, 'multi', ['max', 'min']) ?? 'min' }
  if (way === 'perCountry') return { perCountry: oneOf(fields, 'perCountry', ['min']) ?? 'min' }
  const steps = readSteps(fields, way)
  return way === 'min' ? { min: steps, else: share('else') } : { maxAgeMonths: steps, else: share('else') }
}

/** What a question's weight, options and scoring must have to do with each other. */
export function checkScoring(question: Question, fields: Fields): void {
  const { id, scoring, options, weight, critical, type } = question
  const isScored = scoring !== null || options.some(({ score }) => score !== null)
  if (weight > 0 && !isScored)
    fields.fault(
      'weight',
      `question ${id} has weight ${weight}, but no answer to it scores (weight 0 counts nothing)`,
    )
  if (critical && !isScored)
    fields.fault('critical', `question ${id} is critical, but no answer to it scores`)
  if (scoring === null && isScored && ['multi', 'per-country'].includes(type))
    fields.fault(null, `question ${id} of type ${type} has no scoring: which of the chosen counts?`)
}

// The first that fits counts: months must rise, least values fall, and the scores fall with them.
function readSteps(fields: Fields, way: 'maxAgeMonths' | 'min'): [number, number][] {
  const tree = fields.get(way) as Tree
  const pairs = tree.kind === 'list' ? tree.items.map(pairOf) : []
  if (pairs.length === 0 || pairs.includes(null)) {
    fields.fault(way, `${way} in ${fields.what} must be a list of pairs such as [12, 1]`)
    return []
  }
  const steps = pairs as [number, number][]
  const inOrder = steps.every(([limit, score], at) => {
    const before = steps[at - 1]
    if (!before) return true
    return (way === 'min' ? limit < before[0] : limit > before[0]) && score <= before[1]
  })
  if (!inOrder) fields.fault(way, `${way} in ${fields.what} must go from the best to the worst`)
  return steps
}

function pairOf(tree: Tree): [number, number] | null {
  const [limit, score, ...more] = (tree.kind === 'list' ? tree.items : []).map((item) =>
    item.kind === 'scalar' && typeof item.value === 'number' ? item.value : null,
  )
  if (limit === undefined || limit === null || score === undefined || score === null) return null
  return more.length === 0 && score >= 0 && score <= 1 ? [limit, score] : null
}
