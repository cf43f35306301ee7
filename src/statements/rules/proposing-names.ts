import type { Found } from './proposals.js'
import { auditing, companiesIn, knownFirms, same } from './proposing-companies.js'
import { daysIn } from './proposing-days.js'
import { best, type Candidate } from './proposing-rank.js'
import { uses } from './proposing-subservice.js'
import { words, type Line, type Report } from './proposing-text.js'

export type Named = { name: string; registration: string | null }

const number = /\bCVR\)?(?:[-. ]?(?:nr|nummer|no|number))?[.:]{0,2}\s*((?:\d\s?){8})(?!\d)/i
const label =
  /^(?:prepared by|auditor|revisor|service auditor|udarbejdet af|signed by|revisionsfirma)\s*:\s*/i

/** The firm that signs. A name may go over two lines. */
export function auditorOf({ lines }: Report): Found<Named> {
  const candidates = lines.flatMap((line, at): Candidate<Named>[] => {
    if (line.part === 'contents' || line.part === 'tests' || line.part === 'description') return []
    return namesAt(lines, at).map((name) => ({
      value: { name, registration: registrationNear(lines, at) },
      page: line.page,
      words: words(line.text),
      points:
        (line.part === 'auditor' ? 2 : line.part === 'front' ? 1 : -2) +
        (auditing.test(name) || knownFirms.test(name) ? 3 : 0) +
        (label.test(line.text) || accountants.test(line.text + nextText(lines, at)) ? 2 : 0) +
        (signatureNear(lines, at) ? 2 : -1),
    }))
  })
  return best(withOneNumber(candidates), 5, 3)
}

const accountants =
  /certified public accountants?|chartered accountants?|state[- ]authori[sz]ed public|CPAs\b|statsautoriseret revisor\b/i
const formAlone = /^(?:statsautoriseret|godkendt|registreret) revision\w+$|^statsautoriserede revisorer/i

function namesAt(lines: readonly Line[], at: number): string[] {
  const { text = '', page = 0 } = lines[at] ?? {}
  if (text.length > 160) return []
  const bare = text.replace(label, '').replace(/,?\s*(?:\bbusiness registration )?\(?\bCVR\b.*$/i, '')
  const above = lines[at - 1]
  // Named once, where the form stands.
  if (formAlone.test(nextText(lines, at).replace(/,.*$/, ''))) return []
  if (formAlone.test(bare) && above?.page === page && above.text.length < 60) return [`${above.text} ${bare}`]
  // 'Statsautoriseret' at the end of one line and the rest on the next.
  const whole = /(?:statsautoriseret|godkendt|registreret)$/i.test(bare)
    ? `${bare} ${nextText(lines, at).split(/[,.]/)[0]}`
    : bare
  const found = companiesIn(whole).map(({ name, at: from }) => {
    // 'Fynsk Revision, Statsautoriseret ...' has its comma inside.
    const lead = /([\p{Lu}][\p{L}&' -]{1,50}),\s*$/u.exec(whole.slice(0, from))
    return lead?.[1] && formAlone.test(name) ? `${lead[1]}, ${name}` : name
  })
  if (found.length > 0) return found
  const known = knownFirms.exec(bare)
  return known && bare.length < 60 ? [bare.split(/,|\bCVR\b/)[0]?.trim() ?? known[0]] : []
}

function nextText(lines: readonly Line[], at: number): string {
  return lines[at + 1]?.text ?? ''
}

function registrationNear(lines: readonly Line[], at: number): string | null {
  for (const { text } of lines.slice(at, at + 4)) {
    const found = number.exec(text)?.[1]?.replaceAll(/\s/g, '')
    if (found) return found
  }
  return null
}

/** A day written alone, as beside a signature. */
function signatureNear(lines: readonly Line[], at: number): boolean {
  return lines
    .slice(Math.max(0, at - 8), at + 9)
    .some(({ text }) => text.length < 110 && daysIn(text).some(({ end }) => /^[.\s]*$/.test(text.slice(end))))
}

// The same firm with its number in one place and without it in another is one.
function withOneNumber(candidates: readonly Candidate<Named>[]): Candidate<Named>[] {
  return candidates.map((each) => {
    const other = candidates.find(({ value }) => same(value.name, each.value.name) && value.registration)
    return { ...each, value: { name: each.value.name, registration: other?.value.registration ?? null } }
  })
}

const addressed =
  /(?:^|\b)(?:til|to)(?:\s*:)?\s*(?:the |ledelsen (?:i|hos|for) |(?:the )?(?:management|board(?: of directors)?|shareholders) (?:of|at) |bestyrelsen (?:i|for) )?$/i
const about =
  /(?:beskrivelse|description|assertion|udtalelse) (?:prepared by |of |by |af |fra )?$|\b(?:om|vedrørende|hos|af|about|at|on|behalf of|ledelsen i|management of)\s*(?:the\s)?$/i
const certified =
  /(?:certif(?:y|ies|icerer)(?: that)?|bekræftes(?: hermed)?,?(?: at)?|awarded to|tildelt|issued to|udstedt til|management system (?:of|at)|ledelsessystem(?:et)? (?:for|hos|i)|organi[sz]ation|virksomhed(?:en)?|certificate holder|indehaver)\s*[:,]?\s*(?:at\s|that\s)?$/i

/** Whose controls it is: the company it is addressed to, entitled after and full of. */
export function entityOf({ lines, sentences }: Report, not: readonly string[]): Found<Named> {
  const others = (name: string) => not.some((other) => same(other, name))
  // On a cover and in a certificate each line stands for itself.
  const read = [...lines.slice(0, 30), ...sentences]
  const candidates = read.flatMap((sentence, at) =>
    companiesIn(sentence.text).flatMap(({ name, at: from, end }): Candidate<Named>[] => {
      if (others(name) || auditing.test(name) || knownFirms.test(name)) return []
      const lead = sentence.text.slice(0, from)
      const before = `${read[at - 1]?.text ?? ''} ${lead}`.trim()
      const owns = /^['’]s?\s|^s\s/.test(sentence.text.slice(end, end + 3))
      const points =
        (addressed.test(lead) ? 4 : 0) +
        (certified.test(before) ? 4 : 0) +
        (about.test(lead) ? 1 : 0) +
        (owns ? 2 : 0) +
        (at < 8 && sentence.text.length < 60 && lead.length < 12 ? 2 : 0) +
        (uses.test(sentence.text.slice(end, end + 40)) ? 1 : 0) +
        (uses.test(lead.slice(-40)) ? -4 : 0) +
        (sentence.part === 'other' ? -2 : 0)
      return [
        {
          value: { name, registration: null },
          page: sentence.page,
          words: words(sentence.text, from),
          points,
        },
      ]
    }),
  )
  const found = best(candidates, 4, 0.5)
  return found ?? titled(lines, others)
}

// A name without a form of company, where the report is addressed to it.
function titled(lines: readonly Line[], not: (name: string) => boolean): Found<Named> {
  const found = lines.flatMap((line): Candidate<Named>[] => {
    const name =
      /^(?:Til|To):?\s+(?:the )?(?:ledelsen i|management of|board of(?: directors of)?)\s+([\p{Lu}][\p{L}\d&.' -]{1,60}?)(?:,|$| og | and )/iu.exec(
        line.text,
      )?.[1]
    return name && !not(name)
      ? [{ value: { name, registration: null }, page: line.page, words: words(line.text), points: 3 }]
      : []
  })
  return best(found, 4)
}
