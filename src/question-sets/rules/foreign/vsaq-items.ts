import type { DraftOption } from '../draft.js'
import { plain } from './texts.js'

/** A piece of a VSAQ questionnaire, of which nothing is believed before it is looked at. */
export type Item = Record<string, unknown>

export const noneOf = { da: 'Ingen af dem', en: 'None of them' }

export function yesNo(language: 'da' | 'en'): DraftOption[] {
  return [option('yes', language === 'da' ? 'Ja' : 'Yes'), option('no', language === 'da' ? 'Nej' : 'No')]
}

export function option(id: string, text: string): DraftOption {
  return {
    id: id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80),
    text: text || id,
    score: null,
    requiresComment: false,
  }
}

export function conditionOf(item: Item): string[] {
  const text = textOf(item, 'cond').trim()
  return text === '' ? [] : [text]
}

export function itemsOf(item: Item): unknown[] {
  return Array.isArray(item['items']) ? (item['items'] as unknown[]) : []
}

export function textOf(item: Item, key: string): string {
  const value = item[key]
  return typeof value === 'string' ? value : ''
}

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function choicesOf(item: Item, language: 'da' | 'en'): DraftOption[] {
  const choices = Array.isArray(item['choices']) ? (item['choices'] as unknown[]) : []
  const read = choices
    .filter(isItem)
    .flatMap((choice) => Object.entries(choice).map(([id, text]) => option(id, plain(String(text)))))
  const unique = [...new Map(read.map((one) => [one.id, one])).values()]
  if (item['defaultChoice'] === true && unique.length > 0)
    unique.push({
      ...option('none', noneOf[language]),
      ...(item['type'] === 'checkgroup' ? { exclusive: true } : {}),
    })
  return unique
}
