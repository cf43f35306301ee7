import type { Day } from '../../base/day.js'
import { daysBetween } from '../../base/day.js'
import type { Found } from './proposals.js'
import { daysIn, periodsIn } from './proposing-days.js'
import { best, type Candidate } from './proposing-rank.js'
import { words, type Line, type Part, type Report } from './proposing-text.js'

export type Span = { from: Day; to: Day }

const points: Record<Part, number> = {
  front: 3,
  auditor: 3,
  management: 1,
  description: 0,
  tests: 0,
  other: -1,
  contents: -1,
}
const announced =
  /(?:throughout the period|(?:for|over|during|in|covering|covers?) the (?:\w+ )?(?:period|year)|period (?:from|of|covered)|review period|reporting period|(?:for|i|over) (?:hele )?perioden|perioden:?\s*(?:fra)?|erklæringsperiode\w*|periode:|dækker)[^.]{0,40}$/i
const before =
  /\b(?:prior|previous|preceding|most recent|last (?:year|report)|comparative|earlier|tidligere|forrige|foregående|seneste|sidste års?|året før|sammenlign\w*|i vores erklæring for|afløser|erstatter)\b/i
const partly =
  /\b(?:not (?:performed|operat\w+|removed|tested)|were not|was not|did not|failed|har ikke|blev ikke|ikke (?:udført|fungeret)|svigtede)\b/i
const thisLetter =
  /\b(?:this letter|dette brev|denne erklæring|bridge|gap|interim|since|siden|mellemliggende)\b/i

/** `letter`: of a bridge letter, whose own period follows the one of the report it names. */
export function periodOf({ sentences }: Report, letter = false): Found<Span> {
  const candidates = sentences.flatMap((sentence) =>
    periodsIn(sentence.text).map(({ from, to, at, doubtful }): Candidate<Span> => {
      const lead = sentence.text.slice(0, at)
      const past = before.test(lead.slice(-160))
      const concluding = sentence.part === 'auditor' && /konklusion|opinion|conclusion/i.test(sentence.under)
      const short = daysBetween(from, to) < 60
      return {
        value: { from, to },
        page: sentence.page,
        words: words(sentence.text, at),
        points:
          points[sentence.part] +
          (announced.test(lead) ? 2 : 0) +
          (concluding ? 1 : 0) +
          (past ? -6 : 0) +
          (!concluding && partly.test(sentence.text) ? -3 : 0) +
          (short && !letter ? -2 : 0) +
          (letter && thisLetter.test(lead) ? 3 : 0) +
          (doubtful ? -1 : 0),
      }
    }),
  )
  const likeliest = candidates.toSorted((a, b) => b.points - a.points).slice(0, 200)
  const whole = likeliest.map((each) => {
    const inside = likeliest.some(
      ({ value: { from, to }, points: more }) =>
        more > 0 &&
        from <= each.value.from &&
        to >= each.value.to &&
        (from < each.value.from || to > each.value.to),
    )
    return inside ? { ...each, points: each.points - 2 } : each
  })
  return best(whole, 4)
}

const asOf =
  /(?:\bas (?:of|at)|\bpr\.|\bper\.?|\bat|designed and implemented on|tidspunktet:?|den)\s*(?:den\s|the\s)?$/i
const strong = /(?:\bas (?:of|at)|\bpr\.|\bper)\s*(?:den\s|the\s)?$/i

/** The date of a type 1: never one inside a period. */
export function asOfOf({ sentences }: Report): Found<Day> {
  return best(
    sentences.flatMap((sentence) => {
      const periods = periodsIn(sentence.text)
      return daysIn(sentence.text).flatMap(({ day, at, doubtful }): Candidate<Day>[] => {
        const lead = sentence.text.slice(0, at)
        if (!asOf.test(lead) || periods.some((period) => at >= period.at && at < period.end)) return []
        const firm = strong.test(lead)
        if (!firm && sentence.text.length < 60) return []
        const past = before.test(lead.slice(-160)) ? -6 : 0
        const value = points[sentence.part] + (firm ? 2 : -2) + past + (doubtful ? -1 : 0)
        return [{ value: day, page: sentence.page, words: words(sentence.text, at), points: value }]
      })
    }),
    4,
    2,
  )
}

const labelled =
  /(?:\bdated?|\bdate(?: of (?:issue|report|issuance))?|\bdato|\budstedt(?:elsesdato| den)?|\bissued?(?: on| date)?|latest issue|effective date|date of issue|underskrevet|signed)\s*[:.]?\s*(?:den\s)?$/i
const certificateLabel =
  /(?:\budstedt(?:elsesdato| den)?|\bissued?(?: on| date)?|latest issue|date of issue|issue date|udstedelsesdato|gyldig(?:t)? fra|valid from|effective date)\s*[:.]?\s*(?:den\s)?$|(?:^|(?:sted og |place and )?dat[eo]\s*:\s*)\p{Lu}[\p{L} ]{1,30},\s*(?:den\s)?$/iu

/** Beside the signature, after the last day the report covers. */
export function issuedOf(
  { lines }: Report,
  { after, firm, certificate }: { after: Day | null; firm: string | null; certificate: boolean },
): Found<Day> {
  const key = firm?.split(/\s+/)[0]?.toLowerCase() ?? null
  const found = lines.flatMap((line, at) =>
    daysIn(line.text).flatMap(({ day, at: place, end, doubtful }): Candidate<Day>[] => {
      if (line.part === 'contents' || (after !== null && day < after)) return []
      const lead = line.text.slice(0, place)
      const label = (certificate ? certificateLabel : labelled).test(lead)
      const alone = isAlone(lead, line.text.slice(end))
      if (!label && !(alone && !certificate)) return []
      const signed = key !== null && near(lines, at).some(({ text }) => text.toLowerCase().includes(key))
      const value =
        (label ? 2 : 1) +
        (line.part === 'auditor' ? 2 : line.part === 'front' ? 1 : -1) +
        (signed && alone ? 2 : 0) +
        (certificate && /effective|fra|from/i.test(lead) ? -0.5 : 0) -
        (/original|first|første|oprindelig/i.test(lead) ? 3 : 0) -
        (doubtful ? 1 : 0)
      return [{ value: day, page: line.page, words: words(line.text, place), points: value }]
    }),
  )
  return best(found, 3, 1.5)
}

function near(lines: readonly Line[], at: number): Line[] {
  return lines.slice(Math.max(0, at - 6), at + 7)
}

/** 'København, den 2. februar 2026': nothing but a place before it. */
function isAlone(lead: string, rest: string): boolean {
  return /^(?:[\p{Lu}][\p{L}.,&/ ()-]{0,60}[,\s]\s*)?(?:den\s|the\s)?$/u.test(lead) && /^[.\s]*$/.test(rest)
}
