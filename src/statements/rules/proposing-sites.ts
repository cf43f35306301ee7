/** Addresses the report says its controls are at, or not: C.2 asks for a statement that covers the very place. */
import type { Proposed, ReadSite } from './proposals.js'
import { daysIn } from './proposing-days.js'
import { out } from './proposing-subservice.js'
import { words, type Report } from './proposing-text.js'

const city = "\\p{Lu}[\\p{L}'-]+(?: (?:[A-ZÆØÅ]{1,2}\\b|\\p{Lu}[\\p{L}'-]+(?![\\p{L}'-]| \\d))){0,2}"
const road = "\\p{Lu}[\\p{L}.'-]*(?: \\p{L}[\\p{L}.'-]*){0,3} \\d{1,4}(?: ?[A-Z]\\b)?(?:-\\d{1,4})?"
const shapes: readonly (readonly [RegExp, (code: string) => string | null])[] = [
  // Hørskætten 3, 2630 Taastrup; Storgatan 5, 111 22 Stockholm; Hauptstraße 12, 60313 Frankfurt
  [
    new RegExp(`(?<![\\p{L}\\d/])(${road}),? (?:[A-Z]{1,2}-)?(\\d{4}|\\d{3} \\d{2}|\\d{5}) (${city})`, 'gu'),
    (code) => (code.length === 4 ? 'DK' : code.includes(' ') ? 'SE' : null),
  ],
]
/** What is said of a place where data are: not the auditor's office, nor the head of a letter. */
const place =
  /data ?cent|colo\b|colocation|co-location|serverrum|server room|lokation|locations?\b|lokalitet|facilit|hosting|driftscent|placeret|beliggende|located|premises|installation|\bsites?\b/i
const most = 20

export function sitesOf({ sentences }: Report): Proposed<ReadSite>[] {
  const found = new Map<string, Proposed<ReadSite>>()
  let last = -2
  for (const [at, { text, page, part, under }] of sentences.entries()) {
    // A list of places stands under a heading, or after the sentence that announces it.
    const about =
      at === last + 1 || [text, under, sentences[at - 1]?.text ?? ''].some((each) => place.test(each))
    if (!about || part === 'contents') continue
    const days = daysIn(text)
    for (const [pattern, countryOf] of shapes)
      for (const match of text.slice(0, 1200).matchAll(pattern)) {
        const [, street = '', code = '', town = ''] = match
        const address = `${street.replace(before, '')}, ${code} ${town}`
        const key = address.toLowerCase()
        if (days.some((day) => day.at < match.index + match[0].length && day.end > match.index)) continue
        if (found.has(key) || !/\p{L}{3}/u.test(street.replace(before, ''))) continue
        const value = { address, country: countryOf(code), carvedOut: out.test(text) }
        last = at
        found.set(key, {
          value,
          page,
          words: words(text, match.index),
          confidence: place.test(text) ? 'high' : 'low',
        })
      }
  }
  return [...found.values()].slice(0, most)
}

/** Words that stand before a street's name and are none of it. */
const before =
  /^(?:(?:Data ?cent\w*|Lokation(?:en|er)?|Located|Location|Site|Serverrum(?:met)?|I|In|At|På|The|Vores|Our|Placeret|Beliggende|Adresse|Address|og|and|in|at|på|i|er|is|ligger|of|located|beliggende|placeret|ved|near)[:,]? )+/u
