import type { Found } from './proposals.js'
import type { Opinion } from './kinds.js'
import { best, type Candidate } from './proposing-rank.js'
import { words, type Line, type Report, type Sentence } from './proposing-text.js'

const headings: readonly (readonly [Opinion, RegExp])[] = [
  [
    'disclaimer',
    /^(?:(?:basis|grundlag) for )?(?:disclaimer of (?:opinion|conclusion)|(?:den )?(?:manglende|ingen) konklusion)|^no opinion expressed/i,
  ],
  [
    'adverse',
    /^(?:(?:basis|grundlag) for )?(?:(?:an |the )?adverse (?:opinion|conclusion)|(?:den )?(?:afkræftende|negativ) konklusion)/i,
  ],
  [
    'unqualified',
    /^(?:(?:unqualified|unmodified|clean) (?:opinion|conclusion)|konklusion uden (?:forbehold|modifikation))/i,
  ],
  [
    'qualified',
    /^(?:(?:basis|grundlag) for )?(?:(?:the |our )?qualified (?:opinion|conclusion)|konklusion(?:en)? med forbehold|forbehold(?:et)?|modifikation|qualifications?)/i,
  ],
]

/** How an auditor begins to say what was found. */
const begins =
  /\b(?:in our (?:opinion|view)|it is our opinion|our opinion is|we (?:conclude|find|believe|are of the opinion)|nothing has come to our (?:attention|notice)|we (?:have )?not become aware|(?:det|er) (?:er )?vores (?:opfattelse|vurdering|konklusion)|(?:efter|i) vores (?:opfattelse|vurdering)|vi (?:har den opfattelse|er af den opfattelse|vurderer|konkluderer|finder|mener)|ikke (?:blevet bekendt med|konstateret) forhold)\b/i
const refuses =
  /\b(?:(?:do|does|did|can(?:not)?|are|is) (?:therefore |accordingly |not |unable to |able to )*(?:not |unable to )?(?:express|form|provide|give) (?:an|any|no) (?:opinion|conclusion)|express no (?:opinion|conclusion)|(?:udtrykker|afgiver) (?:vi )?(?:derfor |således |dermed |heller )*ingen konklusion|(?:kan|har) (?:vi )?(?:derfor |således |dermed |heller )*ikke (?:kunnet )?(?:udtrykke|afgive|danne|opnå grundlag for) [^.]{0,40}konklusion|ikke er i stand til at (?:udtrykke|afgive) [^.]{0,30}konklusion)/i
/** What is not opined on is something beside the report, or what a type 1 does not look at. */
const aside =
  /\b(?:on it|thereon|herom|derom|hereon|other information|additional information|section (?:v|5|vi|6)\b|operating effectiveness|operationel\w*|øvrige (?:oplysninger|information)|supplerende|yderligere oplysninger|afsnit \d|kapitel \d|management['’]s response)/i
const limited =
  /nothing has come to our|not (?:become|been made) aware|ikke (?:blevet bekendt med|konstateret) forhold/i
const refuted =
  /\b(?:(?:did|do|does|were|was|is|has|have) not (?:\w+ ){0,3}(?:operate|operated|operating|present|presented|give|suitably|effective|fairly|achieve|comply|meet)|not suitably|ikke (?:\p{L}+ ){0,4}(?:giver|givet|retvisende|fungere\w*|hensigtsmæssig\w*|effektiv\w*|efterleve\w*|opfyld\w*))/iu
const excepted =
  /\b(?:except (?:for|that|as)|with the exception of|apart from|other than the|subject to the|bortset fra|med undtagelse af|på nær|fraset|med forbehold for|undtagen)\b/i
const positive =
  /in all material respects|alle væsentlige henseender|fairly (?:present|stated)|retvisende|suitably designed|hensigtsmæssigt? (?:design|udform)|operated effectively|effektivt|were effective/i
/** Of another year's report, or of what somebody else found. */
const elsewhere =
  /\b(?:prior|previous|last) (?:year|period|report)|\bpreceding (?:year|period|report)|(?:forrige|sidste|tidligere|foregående) (?:års?|periodes?|erklæring)|i vores erklæring for\b|year before|året før/i

/** Read where the auditor concludes, never from a phrase elsewhere: the management repeats the words, and last year's are quoted. */
export function opinionOf(report: Report): Found<Opinion> {
  const auditors = auditorsOwn(report)
  const said = auditors.headings.flatMap((line): Candidate<Opinion>[] => {
    const bare = line.text.replace(/^[\d.ivx)\s–-]+(?=\p{L}{3})/iu, '')
    const match = headings.find(([, pattern]) => pattern.test(bare))
    return match ? [{ value: match[0], page: line.page, words: words(line.text), points: 5 }] : []
  })
  const concluded = auditors.sentences.flatMap((sentence) => opinionIn(sentence))
  // Where a heading speaks, the sentence that says it beneath is what a person wants to see.
  const both = said.map((each) => {
    const sentence = concluded.find(({ value }) => value === each.value)
    return sentence ? { ...sentence, points: each.points + sentence.points } : each
  })
  return best([...both, ...concluded], 4, 2)
}

/** Whether anybody concludes anything in it, as an auditor does. */
export function concludes({ sentences }: Report): boolean {
  return sentences.some((sentence) => sentence.part !== 'management' && opinionIn(sentence).length > 0)
}

function auditorsOwn({ headings: all, sentences }: Report): { headings: Line[]; sentences: Sentence[] } {
  const has = sentences.some(({ part, text }) => part === 'auditor' && begins.test(text))
  const own = ({ part }: Line) => part === 'auditor' || (!has && part === 'front')
  const found = sentences.filter(own)
  // Where the headings were not recognised at all, every part but the management's may be it.
  const open = found.some(({ text }) => begins.test(text) || refuses.test(text))
  const any = ({ part }: Line) => part !== 'management' && part !== 'contents' && part !== 'other'
  return { headings: all.filter(open ? own : any), sentences: open ? found : sentences.filter(any) }
}

function opinionIn(sentence: Sentence): Candidate<Opinion>[] {
  const { text, under } = sentence
  if (text === under || elsewhere.test(text)) return []
  const concluding = /konklusion|opinion|conclusion|forbehold/i.test(under)
  const refusal = refuses.exec(text)
  if (refusal && !aside.test(text))
    return [candidate(sentence, 'disclaimer', refusal.index, concluding ? 4 : 3)]
  const begin = begins.exec(text)
  if (!begin) return []
  const points = concluding ? 4 : 3
  const exception = excepted.exec(text)
  if (exception) return [candidate(sentence, 'qualified', exception.index, points + 1)]
  if (!limited.test(text) && refuted.test(text)) return [candidate(sentence, 'adverse', begin.index, points)]
  if (positive.test(text)) return [candidate(sentence, 'unqualified', begin.index, points)]
  return []
}

function candidate(sentence: Sentence, value: Opinion, at: number, points: number): Candidate<Opinion> {
  return { value, page: sentence.page, words: words(sentence.text, at), points }
}
