/**
 * The house's own words in mails. What the law and the agreement need stands in generated sections, which nobody edits, or in
 * placeholders that an own text must keep: EDPB 22/2024 (the customer must be able to know who, where and what for, and object
 * in time) and clause 7.3 of the agreement (in writing, in time, so that it can object before use).
 */
import type { Bilingual, Locale } from '../../base/context.js'
import type { Problem } from '../../base/form.js'
import { textIn, type Text } from '../../i18n/texts.js'

/** A text of the mails that the house may word itself. */
export type EditableText = {
  /** As in the texts Tilsyn ships: 'notices:mail.lead.notice'. */
  key: string
  /** The mail it stands in, a key below `mail-texts:group`. */
  group: string
  /** What it is in that mail, a key below `mail-texts:part`. */
  part: string
}

/** The house's own words for one text. */
export type OwnText = { key: string } & Bilingual

/** All own words as of one version; what is not in it reads as shipped. */
export type Wording = { number: number; texts: OwnText[] }

/** The texts with the house's own words in place of those that have some; null: as shipped. */
export function worded(t: Text, wording: Wording | null | undefined, locale: Locale): Text {
  if (!wording || wording.texts.length === 0) return t
  const own = new Map(wording.texts.map((text) => [text.key, text[locale]]))
  return (key, facts) => {
    const text = own.get(key) ?? (typeof facts?.['count'] === 'number' ? own.get(`${key}_other`) : undefined)
    return text === undefined ? t(key, facts) : filled(text, facts ?? {})
  }
}

const placeholder = /\{\{\s*(\w+)\s*\}\}/g

function filled(text: string, facts: Record<string, unknown>): string {
  return text.replace(placeholder, (_, name: string) => String((facts[name] as string | number) ?? ''))
}

export function shippedText(key: string): Bilingual {
  return { da: raw(key, 'da'), en: raw(key, 'en') }
}

// Each placeholder stands for itself.
function raw(key: string, locale: Locale): string {
  const t = textIn(locale)
  return t(key, new Proxy({}, { get: (_, name) => (typeof name === 'string' ? `{{${name}}}` : undefined) }))
}

export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name]) => name ?? ''))]
}

/**
 * What an own text must keep where the shipped one has it, and the problem's text that says why.
 * - day, answerBy: until when the customer can object or answer (clause 7.3; EDPB 22/2024: in time to object).
 * - mailbox: where an answer reaches us (clause 7.3: the customer objects in writing).
 * - what, names, vendor: which sub-processor it is about (EDPB 22/2024: identity at hand).
 * - sender: who writes (Art. 28: the processor informs).
 * - since: from when it was used without permission (Art. 28(10), 33(2): what the customer needs to judge it).
 * - code: what an approval is confirmed with; without it the mail is of no use.
 */
const needed: Readonly<Record<string, string>> = {
  day: 'text-without-day',
  answerBy: 'text-without-answer-day',
  mailbox: 'text-without-mailbox',
  what: 'text-without-what',
  names: 'text-without-what',
  sender: 'text-without-sender',
  vendor: 'text-without-what',
  since: 'text-without-since',
  code: 'text-without-code',
}

export function neededIn(key: string): string[] {
  return placeholdersIn(shippedText(key).da).filter((name) => name in needed)
}

export const longestLine = 160
const longestText = 1200

/** Subjects, headings and buttons stand on one line. */
export function longestOf({ part }: EditableText): number {
  return ['subject', 'heading', 'button'].includes(part) ? longestLine : longestText
}

/** What is wrong with an own text in one language; `field` is the form's. */
export function wordingProblems(text: string, editable: EditableText, field: string): Problem[] {
  if (text === '') return [{ field, text: 'required' }]
  const most = longestOf(editable)
  if (text.length > most) return [{ field, text: 'too-long', facts: { most } }]
  if (/<[a-z!/]/i.test(text) || /\p{Cc}/u.test(text.replaceAll('\n', '')))
    return [{ field, text: 'text-not-plain' }]
  const shipped = placeholdersIn(shippedText(editable.key).da)
  const used = placeholdersIn(text)
  const unknown = used.find((name) => !shipped.includes(name))
  if (unknown !== undefined)
    return [{ field, text: 'placeholder-unknown', facts: { name: `{{${unknown}}}` } }]
  if (/[{}]/.test(text.replace(placeholder, ''))) return [{ field, text: 'placeholder-broken' }]
  const missing = neededIn(editable.key).find((name) => !used.includes(name))
  if (missing === undefined) return []
  return [{ field, text: needed[missing] ?? 'invalid', facts: { name: `{{${missing}}}` } }]
}

/** With that text changed; null instead of words: as shipped. */
export function withText(texts: readonly OwnText[], key: string, words: Bilingual | null): OwnText[] {
  const rest = texts.filter((text) => text.key !== key)
  const shipped = shippedText(key)
  const same = words === null || (words.da === shipped.da && words.en === shipped.en)
  return same ? rest : [...rest, { key, ...words }].toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

export type Piece = { text: string; kind: 'same' | 'gone' | 'new' }

/** Word by word what went and what came, in the order of reading. */
export function differenceOf(before: string, after: string): Piece[] {
  const a = wordsAndBlanks(before)
  const b = wordsAndBlanks(after)
  // The length of the longest run of words both have, from each place on.
  const common = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const pieces: Piece[] = []
  const add = (text: string, kind: Piece['kind']) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ text, kind })
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(a[i]!, 'same')
      i += 1
      j += 1
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      add(a[i]!, 'gone')
      i += 1
    } else {
      add(b[j]!, 'new')
      j += 1
    }
  }
  return pieces
}

function wordsAndBlanks(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? []
}
