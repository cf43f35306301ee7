import type { PageText } from '../../documents/pdf-lines.js'
import type { Proposed, ReadSubservice } from './proposals.js'
import { auditing, companiesIn, same } from './proposing-companies.js'
import { words, type Report, type Sentence } from './proposing-text.js'

export const uses = /\b(?:anvender|benytter|bruger|uses|utili[sz]es|has engaged|outsourc\w+|relies on)\b/i
const sub =
  /subservice|sub-service|underservice\w*|serviceunderleverandør\w*|underleverandør\w*|underdatabehandler\w*|carve|inclusive method|udeladelsesmetoden|partielle? metode|helhedsmetoden/i
export const out =
  /carved?[- ]out|udeladelsesmetoden|partielle? metode\w*|ikke omfatte\w*|(?:does|did) not (?:include|extend)|excludes?/i
const inside = /inclusive(?: method)?|helhedsmetoden|(?:omfatter|inkluderer) (?:også|tillige)/i

/** Suppliers whose controls the report names as inside or outside it. */
export function subserviceOf(
  { sentences }: Report,
  pages: readonly PageText[],
  not: readonly string[],
): Proposed<ReadSubservice>[] {
  const found = new Map<string, Proposed<ReadSubservice>>()
  for (const [at, sentence] of sentences.entries()) {
    const next = following(sentences, at)
    if (
      sentence.part === 'tests' ||
      !(sub.test(sentence.text) || (uses.test(sentence.text) && sub.test(next)))
    )
      continue
    for (const { name, from, end } of suppliersIn(sentence.text)) {
      if (not.some((other) => same(other, name)) || auditing.test(name)) continue
      const method = methodAfter(sentence.text.slice(end), sentence.text, next)
      const key = name.toLowerCase()
      const known = found.get(key)
      if (!known || (known.value.method === null && method !== null))
        found.set(key, {
          value: { name, method },
          page: sentence.page,
          words: words(sentence.text, from),
          confidence: method === null ? 'low' : 'high',
        })
    }
  }
  for (const each of tabled(pages)) {
    const key = each.value.name.toLowerCase()
    if (found.has(key) || not.some((other) => same(other, each.value.name))) continue
    found.set(key, { ...each, value: { ...each.value, method: onlyMethod(sentences) } })
  }
  return [...found.values()].slice(0, 20)
}

const head =
  /^(?:subservice organi[sz]ations?|under(?:service)?leverandør(?:er)?|underdatabehandler(?:e)?)\b/i

/** A table with a supplier in each row, under a head that says what they are. */
function tabled(pages: readonly PageText[]): Proposed<ReadSubservice>[] {
  return pages.flatMap(({ page, rows }) =>
    rows.flatMap((row, at) => {
      const first = row[0]
      if (!first || row.length < 2 || first.text.length > 60 || !head.test(first.text)) return []
      const below = rows.slice(at + 1, at + 21)
      const end = below.findIndex((each) => each.length < 2 || Math.abs((each[0]?.x ?? 0) - first.x) > 8)
      return below.slice(0, end < 0 ? undefined : end).map((each) => {
        const text = each.map((cell) => cell.text).join(' ')
        const name = companiesIn(each[0]?.text ?? '')[0]?.name ?? each[0]?.text ?? ''
        return {
          value: { name: name.slice(0, 90), method: null },
          page,
          words: words(text),
          confidence: 'low' as const,
        }
      })
    }),
  )
}

/** Where the report speaks of one method only, it is that of them all. */
function onlyMethod(sentences: readonly Sentence[]): ReadSubservice['method'] {
  const carved = sentences.some(({ text, part }) => part !== 'tests' && out.test(text))
  const included = sentences.some(({ text, part }) => part !== 'tests' && inside.test(text))
  if (carved === included) return null
  return carved ? 'carve-out' : 'inclusive'
}

function suppliersIn(text: string): { name: string; from: number; end: number }[] {
  const companies = companiesIn(text).map(({ name, at, end }) => ({ name, from: at, end }))
  if (companies.length > 0) return companies
  // 'uses Amazon Web Services for', 'anvender Microsoft Azure til'
  const plain =
    /\b(?:anvender|benytter|bruger|uses|utili[sz]es)\s+((?:[\p{Lu}][\p{L}\d&.-]*\s?){1,5}?)(?:\s*\([^)]{1,30}\))?(?=\s(?:til|som|for|as|to)\b|,|\s\()/u.exec(
      text,
    )
  return plain?.[1] ? [{ name: plain[1].trim(), from: plain.index, end: plain.index + plain[0].length }] : []
}

// The nearest word of method after the name; or the only one in the sentence, or in the next ones.
function methodAfter(rest: string, whole: string, next: string): ReadSubservice['method'] {
  for (const text of [rest, whole, next]) {
    const [a, b] = [text.search(out), text.search(inside)]
    if (a < 0 && b < 0) continue
    return b < 0 || (a >= 0 && a < b) ? 'carve-out' : 'inclusive'
  }
  return null
}

function following(sentences: readonly Sentence[], at: number): string {
  const { part } = sentences[at] ?? {}
  return sentences
    .slice(at + 1, at + 3)
    .filter((each) => each.part === part)
    .map(({ text }) => text)
    .join(' ')
}
