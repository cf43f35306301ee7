import type { DraftCondition } from '../draft.js'

/** What a name in a condition stands for: an option of a question. */
export type Meaning = { question: string; option: string; several: boolean }

export type Read = { condition: DraftCondition; negated: boolean } | { unknown: string }

/** Such names are 'choice', 'check/yes' and 'group/choice'. */
const shape = /\s*(\|\||&&|!|\(|\)|[A-Za-z0-9_.:/-]+|\S)/g
const longest = 2000
const deepest = 40

/** A condition of VSAQ (names, `!`, `&&`, `||`, brackets) as one of ours; or the name, or sign, that stood in the way. */
export function readVsaqCondition(text: string, meaningOf: (name: string) => Meaning | null): Read {
  if (text.length > longest) return { unknown: `${text.slice(0, 60)} …` }
  const words = [...text.matchAll(shape)].map(([, word]) => word ?? '')
  let at = 0
  let negated = false

  const either = (not: boolean, depth: number): DraftCondition => {
    const parts = [both(not, depth)]
    while (words[at] === '||') {
      at++
      parts.push(both(not, depth))
    }
    return joined(not ? 'all' : 'any', parts)
  }
  const both = (not: boolean, depth: number): DraftCondition => {
    const parts = [one(not, depth)]
    while (words[at] === '&&') {
      at++
      parts.push(one(not, depth))
    }
    return joined(not ? 'any' : 'all', parts)
  }
  const one = (not: boolean, depth: number): DraftCondition => {
    const word = words[at++]
    if (word === undefined || depth > deepest) throw new Stuck(text.slice(0, 80))
    if (word === '!') return one(!not, depth + 1)
    if (word === '(') {
      const inner = either(not, depth + 1)
      if (words[at++] !== ')') throw new Stuck('(')
      return inner
    }
    const meaning = meaningOf(word)
    if (!meaning) throw new Stuck(word)
    negated ||= not
    const { question: q, option, several } = meaning
    if (not) return { q, notIn: [option] }
    return several ? { q, anyOf: [option] } : { q, in: [option] }
  }

  try {
    const condition = either(false, 0)
    if (at < words.length) throw new Stuck(words[at] ?? '')
    return { condition, negated }
  } catch (error) {
    if (error instanceof Stuck) return { unknown: error.message.slice(0, 80) }
    throw error
  }
}

/** The questions a condition asks about. */
export function askedIn(condition: DraftCondition): string[] {
  if ('any' in condition) return [...new Set(condition.any.flatMap(askedIn))]
  if ('all' in condition) return [...new Set(condition.all.flatMap(askedIn))]
  return [condition.q]
}

export function joined(way: 'any' | 'all', parts: DraftCondition[]): DraftCondition {
  const [first, ...more] = parts
  if (first && more.length === 0) return first
  return way === 'any' ? { any: parts } : { all: parts }
}

class Stuck extends Error {
  override name = 'Stuck'
}
