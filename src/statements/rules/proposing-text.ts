/** A report as its sections, lines and sentences, each knowing its page. */
import type { PageText } from '../../documents/pdf-lines.js'

/** Whose words they are: what the management says is not the auditor's opinion. */
export type Part = 'front' | 'contents' | 'management' | 'auditor' | 'description' | 'tests' | 'other'

export type Line = { page: number; part: Part; /** The last heading above it. */ under: string; text: string }
export type Sentence = Line

export type Report = { lines: Line[]; headings: Line[]; sentences: Sentence[] }

const longestLine = 600
const longestSentence = 1200
const mostSentences = 4000
const mostLines = 8000

const numbering =
  /^(?:(?:section|part|chapter|afsnit|kapitel|del|bilag)\s+(?:\d{1,2}|[ivx]{1,4}|[a-h])\s*[-–:.)]?\s*|\d{1,2}(?:\.\d{1,2})*[.:)]?\s+|(?:[ivx]{1,4}|[a-h])[.:)]\s+)/i

const parts: readonly (readonly [RegExp, Part])[] = [
  [/^(?:indholdsfortegnelse|indhold|table of contents|contents)$/i, 'contents'],
  [
    /^(?:ledelsens (?:udtalelse|erklæring|påstand)|udtalelse fra ledelsen|(?:data|service)\w* udtalelse|management(?:['’]s)? (?:assertion|statement)|(?:assertion|statement) (?:of|by|from) .{0,80}|.{2,60}['’]s? (?:management )?(?:assertion|udtalelse))$/i,
    'management',
  ],
  [
    /(?:test(?:s|ing)? of (?:controls|operating|design)|results? of test|test(?:er)? og resultat|resultat(?:er)? af (?:revisors )?test|revisors? (?:udførte )?test|control objectives?,? .{0,60}(?:test|result)|kontrolmål.{0,60}(?:test|resultat)|auditor['’]s tests)/i,
    'tests',
  ],
  [
    /(?:uafhængige? revisors|^revisors (?:isae|erklæring)|revisionserklæring|independent (?:service )?(?:auditor|practitioner|accountant)|service auditor['’]s (?:assurance )?report|(?:^|independent )assurance report|erklæring (?:afgivet )?(?:af|fra) (?:den )?uafhængige?)/i,
    'auditor',
  ],
  [
    /^(?:systembeskrivelse|beskrivelse af|(?:\S+ ){0,4}(?:beskrivelse af|description of (?:the|its|our))|description of|overview of|system description|company overview)/i,
    'description',
  ],
  [
    /^(?:other information|øvrige (?:information|oplysninger)|supplerende (?:information|oplysninger)|additional information|information provided by|yderligere oplysninger|management(?:['’]s)? responses?)/i,
    'other',
  ],
]

/** Headings that begin no part of their own, so that a line that has one is not taken into a sentence. */
const within =
  /^(?:(?:revisors |our |the )?(?:konklusion|opinion|conclusion)|(?:qualified|adverse|unqualified|unmodified|modified) (?:opinion|conclusion)|disclaimer of (?:opinion|conclusion)|(?:basis|grundlag) for .{3,60}|forbehold|(?:konklusion|conclusion) (?:med|uden|with|without) .{3,30}|(?:afkræftende|manglende|ingen) konklusion|omfang|scope|restricted use|other matters?|emphasis of matter|fremhævelse .{3,60})$/i

export function reportOf(pages: readonly PageText[]): Report {
  const lines = linesOf(pages)
  const headings = lines.filter(({ text, under }) => text === under)
  return { lines, headings, sentences: sentencesOf(lines) }
}

function linesOf(pages: readonly PageText[]): Line[] {
  const running = runningLines(pages)
  const lines: Line[] = []
  let part: Part = 'front'
  let under = ''
  let before = ''
  for (const { page, lines: texts } of pages) {
    // Contents are a page or two; what follows them without a heading of its own is no part of them.
    if (part === 'contents' && !texts.slice(0, 12).some((text) => isEntry(text))) part = 'front'
    if (lines.length > mostLines) break
    const usual = usualLength(texts)
    before = ''
    for (const [at, long] of texts.entries()) {
      const text = long.slice(0, longestLine)
      const edge = at < 2 || at >= texts.length - 2
      if ((edge && page > 1 && running.has(masked(text))) || pageNumber.test(text)) continue
      if (part === 'contents' && isEntry(text)) continue
      const [heading, rest] = headingOf(text, { before, next: texts[at + 1] ?? '', usual })
      before = text
      if (heading !== null) {
        under = heading
        part = partOf(bareOf(heading)) ?? part
        lines.push({ page, part, under, text: heading })
      }
      if (rest !== '') lines.push({ page, part, under, text: rest })
    }
  }
  return lines
}

const pageNumber = /^(?:(?:side|page|s\.|p\.)\s*)?\d{1,3}(?:\s*(?:af|of|\/)\s*\d{1,3})?$/i

function isEntry(text: string): boolean {
  return /\.{4,}|(?:\s\.){3,}|…{2,}|\s\d{1,3}$/.test(text)
}

/** A page whose lines are mostly shorter than this has no running text, such as a cover or a certificate. */
const shortLines = 36

type Around = { before: string; next: string; usual: number }

/** The heading in a line, and what follows it there: 'Konklusion. Det er vores opfattelse, at ...'. */
function headingOf(text: string, { before, next, usual }: Around): [heading: string | null, rest: string] {
  const none: [null, string] = [null, text]
  if (text.length > 220 || isEntry(text) || /[,;]$/.test(text) || !/^[\p{Lu}\d]/u.test(text)) return none
  const bare = bareOf(text)
  if (within.test(bare)) return [text, '']
  // The line before it is at its end.
  const filled = usual < shortLines ? 60 : Math.min(60, 0.75 * usual)
  if (before !== '' && !/[.!?:]$/.test(before) && before.length > filled) return none
  const begin = numbering.exec(text)?.[0].length ?? 0
  const stop = /[.:]\s+(?=\p{Lu})/u.exec(text.slice(begin))
  if (stop) {
    const first = text.slice(0, begin + stop.index)
    const known = within.test(bareOf(first)) || (first.length <= 70 && partOf(bareOf(first)) !== null)
    return known ? [first, text.slice(begin + stop.index + stop[0].length)] : none
  }
  if (/[.!?]$/.test(text)) return none
  // 'We have examined the description of ...' begins a sentence, however much of a heading it looks.
  if (text.length > 60 && begins.test(bare)) return none
  const goesOn = /^\p{Ll}/u.test(next)
  if (partOf(bare) !== null && !(goesOn && text.length < 0.75 * usual)) return [text, '']
  return text.length <= 60 && !goesOn && !/\d$/.test(text) ? [text, ''] : none
}

const begins =
  /^(?:we|vi|our|vores|the|in|i|to|til|denne|this|these|as|som|for|der|det|de|an?|it|if|when|hvis|når|management|ledelsen)\s/i

function bareOf(text: string): string {
  return text.replace(numbering, '').replace(/[:.]$/, '').trim()
}

function usualLength(texts: readonly string[]): number {
  const lengths = texts.map((text) => text.length).toSorted((a, b) => a - b)
  return lengths[Math.floor(0.6 * lengths.length)] ?? 0
}

function partOf(heading: string): Part | null {
  const squeezed = heading.replaceAll(/\s+/g, ' ')
  return parts.find(([pattern]) => pattern.test(squeezed))?.[1] ?? null
}

/** What stands at the top or the foot of several pages, numbers left out. */
function runningLines(pages: readonly PageText[]): Set<string> {
  const counts = new Map<string, number>()
  for (const { lines } of pages)
    for (const line of new Set([...lines.slice(0, 2), ...lines.slice(-2)].map(masked)))
      counts.set(line, (counts.get(line) ?? 0) + 1)
  const least = Math.max(2, Math.ceil(pages.length / 2))
  return new Set([...counts].filter(([, count]) => pages.length > 2 && count >= least).map(([line]) => line))
}

function masked(text: string): string {
  return text.replaceAll(/\d+/g, '#')
}

function sentencesOf(lines: readonly Line[]): Sentence[] {
  const sentences: Sentence[] = []
  let open: Sentence | undefined
  for (const line of lines) {
    if (sentences.length > mostSentences) break
    const heading = line.text === line.under
    const goesOn: boolean =
      !heading &&
      open !== undefined &&
      open.part === line.part &&
      open.under === line.under &&
      open.text.length < longestSentence &&
      !(/[.!?]$/.test(open.text) && !/\b\d{1,2}\.$/.test(open.text))
    if (goesOn && open) {
      open = { ...open, text: joined(open.text, line.text) }
      continue
    }
    if (open) sentences.push(...split(open))
    open = heading ? undefined : line
    if (heading) sentences.push(line)
  }
  return open ? [...sentences, ...split(open)] : sentences
}

/** A word that was parted at the line's end is put together; 'sikkerheds- og' stays as it is. */
function joined(before: string, after: string): string {
  if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after) && !/^(?:og|eller|and|or|samt)\b/.test(after))
    return before.slice(0, -1) + after
  return `${before} ${after}`
}

function split(whole: Sentence): Sentence[] {
  return whole.text
    .split(/(?<=[.!?])(?<!\b(?:nr|no|pr|inc|ltd|co|corp|d|ca|dr|mr|\d{1,2})\.)\s+(?=[\p{Lu}(])/iu)
    .map((text) => ({ ...whole, text: text.trim() }))
    .filter(({ text }) => text !== '')
}

/** At most 200 signs of a sentence, with what was found in them. */
export function words(text: string, at = 0): string {
  if (text.length <= 200) return text
  const start = Math.max(0, Math.min(at - 70, text.length - 198))
  return `${start > 0 ? '…' : ''}${text.slice(start, start + 198).trim()}${start + 198 < text.length ? '…' : ''}`
}
