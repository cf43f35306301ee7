import type { Locale } from '../../base/context.js'
import type { Found, Proposals } from './proposals.js'
import type { Level, StatementKind, StatementType } from './kinds.js'
import { concludes } from './proposing-opinion.js'
import { best, type Candidate } from './proposing-rank.js'
import { words, type Report, type Sentence } from './proposing-text.js'

const kinds: readonly (readonly [StatementKind, RegExp])[] = [
  ['isae-3402', /\b(?:ISAE|Assurance Engagements)(?: \(DK\))?(?: No\.?)?[ -]?3402\b/i],
  ['isae-3000', /\b(?:ISAE|Assurance Engagements)(?: \(DK\))?(?: No\.?)?[ -]?3000\b/i],
  ['soc-1', /\bSOC ?1\b|Organi[sz]ation Controls?\s*(?:\(SOC\))?\s*1\b|AT-C (?:section )?320\b/i],
  ['soc-2', /\bSOC ?2\b|Organi[sz]ation Controls?\s*(?:\(SOC\))?\s*2\b/i],
  ['soc-3', /\bSOC ?3\b|Organi[sz]ation Controls?\s*(?:\(SOC\))?\s*3\b/i],
  ['iso-27001', /\bISO\s?(?:\/\s?IEC)?\s?27001\b/i],
  ['iso-27701', /\bISO\s?(?:\/\s?IEC)?\s?27701\b/i],
  ['ssae-16', /\bSSAE(?: No\.?)?[ -]?16\b/i],
  ['sas-70', /\bSAS(?: No\.?)?[ -]?70\b/i],
]
const isos = new Set<StatementKind>(['iso-27001', 'iso-27701'])
const performed =
  /(?:in accordance with|conducted|overensstemmelse med|arbejde efter|udført efter|under) [^.]{0,60}$/i
const bridge =
  /\b(?:bridge|gap|comfort|interim) letter\b|\bbro(?:brev|erklæring)\b|\bbridge-?(?:brev|letter)\b|\bovergangs(?:brev|erklæring)\b/i
const certificate = /\bcertificat(?:e|ion)\b|certifikat\b/i
/** 'As an extension to ISO/IEC 27001'. */
const widens = /(?:extension (?:to|of)|udvidelse (?:til|af)|med udgangspunkt i) [^.]{0,20}$/i
const ofAnother =
  /\b(?:subservice|sub-?processor|underservice|underdatabehandler|vendor|leverandørens egen)\w*/i

/** Whether an auditor speaks in it at all. A leaflet that boasts of a report is none. */
export function isReport(report: Report): boolean {
  const { lines, sentences } = report
  const speaks =
    lines.some(({ part }) => part === 'auditor') || sentences.some(({ text }) => engaged.test(text))
  return speaks || concludes(report)
}

const engaged =
  /\bwe (?:have|were|have been) (?:examined|engaged|audited|asked) |\b(?:vi (?:har|er)|har vi) (?:fået som opgave|undersøgt|blevet anmodet|revideret)|\bafgive[tr]? (?:en )?(?:ISAE|erklæring)|assurance report|revisors? (?:ISAE|erklæring)|revisorerklæring/i

export function kindOf(report: Report): Found<StatementKind> {
  const { lines, sentences } = report
  const short = lines.length < 90
  const front = lines.slice(0, 40)
  const letter = short ? front.find(({ text }) => bridge.test(text)) : undefined
  if (letter)
    return best([{ value: 'bridge-letter', page: letter.page, words: words(letter.text), points: 6 }], 4)
  const audited = isReport(report)
  const certified =
    short && front.some(({ text }) => certificate.test(text) && !/[.,]$/.test(text) && text.length < 90)
  const about = (line: Sentence, at: number, titled: boolean) =>
    kinds.flatMap(([value, pattern]): Candidate<StatementKind>[] => {
      const match = pattern.exec(line.text)
      if (!match || line.part === 'contents') return []
      const lead = line.text.slice(0, match.index)
      const points =
        (titled ? 4 : 0) +
        (performed.test(lead) ? 3 : 0) +
        (line.part === 'auditor' ? 1 : 0) +
        (isos.has(value) ? (certified ? 3 : -4) : audited ? 1 : -9) +
        (ofAnother.test(line.text) || widens.test(lead) ? -3 : 0) -
        at / 10_000
      return [{ value, page: line.page, words: words(line.text, match.index), points }]
    })
  return best(
    [
      ...front.slice(0, 16).flatMap((line, at) => about(line, at, line.page === 1)),
      ...sentences.flatMap((sentence, at) => about(sentence, at, false)),
    ],
    4,
  )
}

export function editionOf({ sentences }: Report, kind: StatementKind): Found<string> {
  if (!isos.has(kind)) return null
  const number = kind === 'iso-27001' ? '27001' : '27701'
  const pattern = new RegExp(`\\b${number}\\s*[:-]\\s*(20\\d\\d)`)
  return best(
    sentences.flatMap((sentence) => {
      const match = pattern.exec(sentence.text)
      return match?.[1]
        ? [{ value: match[1], page: sentence.page, words: words(sentence.text, match.index), points: 4 }]
        : []
    }),
    3,
  )
}

const typeSaid = /\b(?:type|typ)[ -]?(1|2|II|I)\b/i
const typeTwo =
  /operati(?:ng|onel\w*) (?:effectiveness|effektivitet)|operat(?:ed|ing) effectively|fungeret effektivt|har (?:været )?fungere/i
const notOperating = /\b(?:not|ikke|ingen|no) [^.]{0,120}operati(?:ng effectiveness|onelle? effektivitet)/i

/** What is said; or else what follows from what was examined: a date, or a period. */
export function typeOf(
  { sentences }: Report,
  { period, asOf }: Pick<Proposals, 'period' | 'asOf'>,
): Found<StatementType> {
  const spans = period ? 'period' : asOf ? 'date' : null
  const own = sentences.filter(({ part }) => part === 'front' || part === 'auditor' || part === 'management')
  const candidates = own.flatMap((sentence, at): Candidate<StatementType>[] => {
    const match = typeSaid.exec(sentence.text)
    if (match && !ofAnother.test(sentence.text))
      return [
        found(
          sentence,
          match[1] === '1' || match[1]?.toUpperCase() === 'I' ? 1 : 2,
          match.index,
          at < 12 ? 6 : 4,
        ),
      ]
    if (sentence.part === 'management') return []
    const operating = typeTwo.exec(sentence.text)
    if (notOperating.test(sentence.text)) return [found(sentence, 1, 0, spans === 'date' ? 4 : 1)]
    if (operating) return [found(sentence, 2, operating.index, spans === 'period' ? 3 : 0)]
    return []
  })
  const said = best(candidates, 3, 1.5)
  const span = period ?? asOf
  if (said || !span) return said
  const { page, words: near } = span
  return { value: period ? 2 : 1, page, words: near, confidence: 'low', alternatives: [] }
}

function found<T>(sentence: Sentence, value: T, at: number, points: number): Candidate<T> {
  return { value, page: sentence.page, words: words(sentence.text, at), points }
}

const high = /høj grad af sikkerhed|høj sikkerhed|reasonable assurance|reasonable level of assurance/i
const limited = /begrænset (?:grad af )?sikkerhed|limited assurance|limited level of assurance/i
/** 'Less than in an engagement with reasonable assurance' says that it is not one. */
const compared =
  /mindre end|lavere|ringere|less than|lower than|substantially|betydeligt|vary in nature|adskiller/i

export function levelOf({ sentences }: Report, kind: StatementKind | null): Found<Level> {
  // 'Customers have also been given an ISAE 3000 with limited assurance.'
  const others = kinds.filter(([each]) => each !== kind)
  return best(
    sentences.flatMap((sentence): Candidate<Level>[] => {
      if (sentence.part === 'management' || sentence.part === 'tests' || sentence.part === 'contents')
        return []
      const isHigh = high.exec(sentence.text)
      const isLimited = limited.exec(sentence.text)
      const own = kinds.some(([each, pattern]) => each === kind && pattern.test(sentence.text))
      if (!own && others.some(([, pattern]) => pattern.test(sentence.text))) return []
      const points = compared.test(sentence.text) ? 0.5 : sentence.part === 'description' ? 1 : 4
      return [
        ...(isLimited ? [found<Level>(sentence, 'limited', isLimited.index, points + 1)] : []),
        ...(isHigh ? [found<Level>(sentence, 'reasonable', isHigh.index, points)] : []),
      ]
    }),
    3,
  )
}

const danish = /\b(?:og|af|det|er|til|ikke|der|som|med|har|hos|hermed|vores|eller)\b/gi
const english = /\b(?:the|and|of|to|is|that|this|with|has|our|or)\b/gi

export function languageOf({ lines }: Report): Locale | null {
  const text = lines.map((line) => line.text).join(' ')
  const [da, en] = [danish, english].map((pattern) => text.match(pattern)?.length ?? 0)
  const [most, least] = [Math.max(da ?? 0, en ?? 0), Math.min(da ?? 0, en ?? 0)]
  if (most < 2 || most < 1.5 * least) return null
  return (da ?? 0) > (en ?? 0) ? 'da' : 'en'
}
