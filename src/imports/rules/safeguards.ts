import type { Day } from '../../base/day.js'
import {
  adequacyOn,
  isDead,
  type Basis,
  type CountryCode,
  type Law,
  type SccModule,
  type Transfer,
} from '../../transfers/rules.js'
import { readDay } from './cells.js'
import { readCountries } from './countries.js'

/** A basis as a text names it; `countries` where the text says for which, null where it is for all. */
export type NamedBasis = {
  basis: Basis
  module?: SccModule
  signedOn?: Day
  /** When it was looked up on the list of those who take part. */
  listingCheckedOn?: Day
  tia?: { concludedOn: Day }
  countries: readonly CountryCode[] | null
}

export type ReadSafeguards = { bases: NamedBasis[]; unread: string[] }

const day = String.raw`\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}\.? [a-zæøå]+ \d{4}`
const signed = new RegExp(
  String.raw`(?:signed|dated|underskrevet|dateret|indgået|accepteret|vedtaget)\s*(?:on|den|d\.)?\s*(${day})`,
  'i',
)

const checked = new RegExp(
  String.raw`(?:verificeret|verified|tjekket|checked|kontrolleret|bekræftet|slået op|looked up)\s*(?:on|den|d\.|pr\.?)?\s*(${day})`,
  'i',
)
/** That there is none, which the register says by itself. */
const unassessed =
  /\b(?:uden|ingen|manglende|no|without|ikke)\s+TIA\b|\bTIA\b[\s:]*(?:mangler|ikke\s+\p{L}+|afventer|undervejs|missing|pending|not\s+\w+|nej|no)\b/giu
/** An assessment of the transfer, with its day where that is told. */
const assessed = new RegExp(
  String.raw`(?:\bTIA(?:'?en|'er|s)?\b|transfer impact assessments?|overførselsvurdering(?:en)?)(?:[\s:,-]*(?:er|is|blev|was|gennemført|udført|udarbejdet|foretaget|lavet|foreligger|afsluttet|opdateret|completed|concluded|done|made|updated|dated|dateret|of|af|on|pr\.?|den|d\.|ja|yes|ok))*[\s:,(-]*(${day})?\)?`,
  'gi',
)
const articles =
  /\b(?:gdpr|databeskyttelsesforordningens?|forordningens?)?\s*(?:art(?:icle|iklerne|ikel|\.)?)\s*4[4-7](?:[,.]?\s*(?:stk\.?\s*)?\d)?(?:\(\d\))?(?:[,.]?\s*litra\s*[a-z])?(?:\([a-z]\))?/gi

const module =
  /(?:modul(?:e|es)?)\s*(1|2|3|4|one|two|three|four|én|et|to|tre|fire|iii|ii|iv|i)\b|\b(processor[- ]to[- ]processor|p2p|controller[- ]to[- ]processor|c2p)\b/i

const moduleNumbers: Record<string, SccModule> = {
  '1': 1,
  one: 1,
  én: 1,
  et: 1,
  i: 1,
  '2': 2,
  two: 2,
  to: 2,
  ii: 2,
  'controller-to-processor': 2,
  c2p: 2,
  '3': 3,
  three: 3,
  tre: 3,
  iii: 3,
  'processor-to-processor': 3,
  p2p: 3,
  '4': 4,
  four: 4,
  fire: 4,
  iv: 4,
}

const clauses =
  /\bSCC'?s?\b|standard contractual clauses?|standard data protection clauses?|(?:eu[- ])?(?:kommissionens )?standardkontrakt(?:s)?(?:bestemmelser(?:ne)?|klausuler(?:ne)?)?|standardbestemmelser(?:ne)?|(?:eu )?model (?:contract(?:ual)? )?clauses?|\b2021\/914(?:\/EU)?/gi

/** In this order: what an earlier line takes is not read again by a later one. */
const wordings: [Basis, RegExp][] = [
  [
    'privacy-shield',
    /(?:eu[-– ]?u\.?s\.?(?:[-– ]swiss)?[-– ])?privacy[- ]shield(?: framework)?|\b2016\/1250\b/gi,
  ],
  ['safe-harbour', /safe[- ]harbou?r|\b2000\/520\b/gi],
  ['scc-2010', /\b2010\/87(?:\/E[UCF])?/gi],
  ['scc-2001', /\b(?:2001\/497|2004\/915)(?:\/E[UCF])?/gi],
  [
    'adequacy-dpf',
    /\bDPF\b|(?:eu[-– ]?u\.?s\.?[-– ]?)?(?:the )?data privacy framework|databeskyttelsesrammen?(?: mellem eu og usa)?/gi,
  ],
  ['bcr-p', /\bBCR(?:s|-P)?\b|binding corporate rules(?: for processors)?|bindende virksomhedsregler/gi],
  [
    'adequacy',
    /adequacy(?: decisions?| status)?|adequate (?:country|level|protection)|tilstrækkeligheds(?:afgørelse[rn]?|vurdering)|(?:afgørelse om )?tilstrækkeligt (?:beskyttelses)?niveau|sikkert tredjeland|\b2023\/1795\b/gi,
  ],
  ['art-49', /\bart(?:icle|ikel|\.)?\s*49(?:\(\d\))?|derogations?|undtagelse(?:r|n)?/gi],
]

/** Words that say no more than the bases already do. */
const filler =
  /\b(?:the|and|or|og|eller|with|med|for|of|af|under|by|via|the|eu|eea|eøs|european|commission|kommissionens?|approved|updated|new|nye|certified|certification|certificeret|certificering|participant|self|in|i|to|on|den|dated|based|transfers?|overførsler?|overførsel|as|applicable|module|modul|decision|afgørelse|plus|samt|safeguards?|n\/a|na|not applicable|ikke relevant|ingen|none|no transfer|ingen overførsel|inden|within|per|us|extension|signed|underskrevet|old|gamle|indgået|accepteret|gældende|aktiv|active|foreligger|jf|jfr|er|is|ja|yes|har|vi|samt|dækket|listed|listen|registreret|leverandøren|leverandørens|bilag|dpa|dba)\b|[^\p{L}\p{N}]+/giu

/** Free text about safeguards -> the bases it names, and the words of which nothing could be made. */
export function readSafeguards(text: string): ReadSafeguards {
  const bases: NamedBasis[] = []
  const unread: string[] = []
  const tia = readTia(text)?.on
  for (const segment of text
    .replace(unassessed, ' ')
    .replace(assessed, ' ')
    .replace(articles, ' ')
    .split(/[\n;]|(?<!\bU\.S|\d)\.\s/)) {
    if (segment.trim() === '') continue
    const [countries, said] = forCountries(segment)
    const found = readSegment(said)
    for (const basis of found.bases)
      bases.push({
        ...basis,
        ...(tia && needsAssessment(basis.basis) ? { tia: { concludedOn: tia } } : {}),
        countries,
      })
    if (found.rest !== '') unread.push(found.rest)
  }
  return { bases, unread }
}

/** Whether a text names an assessment of the transfer, and its day where it tells it. */
export function readTia(text: string): { on: Day | null } | null {
  const found = [...text.replace(unassessed, ' ').matchAll(assessed)]
  if (found.length === 0) return null
  return { on: found.map(([, when = '']) => readDay(when)).find((when) => when !== null) ?? null }
}

/** An assessment belongs to safeguards of Art. 46; a decision of Art. 45 has made it already. */
function needsAssessment(basis: Basis): boolean {
  return basis.startsWith('scc-') || basis.startsWith('bcr')
}

/** 'USA: DPF' and 'DPF (USA)': for which countries the basis is meant. */
function forCountries(segment: string): [readonly CountryCode[] | null, string] {
  const [, before, after] = /^([^:]{2,60}):\s*(.+)$/.exec(segment.trim()) ?? []
  if (before !== undefined && after !== undefined) {
    const read = readCountries(before)
    if (read.codes.length > 0 && read.unread.length === 0 && read.places.length === 0)
      return [read.codes, after]
  }
  const [, text, within] = /^(.+)\(([^()]{2,60})\)\s*$/.exec(segment.trim()) ?? []
  if (text !== undefined && within !== undefined) {
    const read = readCountries(within)
    if (read.codes.length > 0 && read.unread.length === 0 && read.places.length === 0)
      return [read.codes, text]
  }
  return [null, segment]
}

function readSegment(text: string): { bases: Omit<NamedBasis, 'countries'>[]; rest: string } {
  let rest = text
  const take = (pattern: RegExp): boolean => {
    const after = rest.replace(pattern, ' ')
    const found = after !== rest
    rest = after
    return found
  }
  const on = readDay(signed.exec(rest)?.[1] ?? '')
  take(signed)
  const looked = readDay(checked.exec(rest)?.[1] ?? '')
  take(checked)
  const numbered = module.exec(rest)
  const number = moduleNumbers[(numbered?.[1] ?? numbered?.[2] ?? '').toLowerCase().replaceAll(' ', '-')]
  if (numbered) take(module)
  const isNew = /2021\/914|\bnew\b|\bnye\b|\b2021\b/i.test(rest)
  const found = wordings.filter(([, pattern]) => take(pattern)).map(([basis]) => basis)
  // 'SCC 2010/87/EU' names the old clauses alone; 'SCC' without a number the only ones that can still be signed.
  const old = found.some((basis) => basis === 'scc-2010' || basis === 'scc-2001')
  if (take(clauses) && (!old || isNew)) found.push('scc-2021')
  take(/\b20(?:21|16|10)\b/g)
  return {
    bases: found.map((basis) => ({
      basis,
      ...(basis === 'scc-2021' && number !== undefined ? { module: number } : {}),
      ...(basis.startsWith('scc-') && on !== null ? { signedOn: on } : {}),
      ...(basis === 'adequacy-dpf' && looked !== null ? { listingCheckedOn: looked } : {}),
    })),
    rest: rest.replace(filler, ' ').trim() === '' ? '' : text.trim(),
  }
}

/** What each country outside the EEA stands on by the bases named; `without` are those for which none fits. */
export function transfersFor(
  law: Law,
  needed: readonly CountryCode[],
  named: readonly NamedBasis[],
  today: Day,
): { transfers: Transfer[]; without: CountryCode[] } {
  const transfers: Transfer[] = []
  const without: CountryCode[] = []
  for (const country of needed) {
    const fitting = new Map<Basis, Transfer>()
    for (const { basis, countries, ...rest } of named) {
      if (countries !== null && !countries.includes(country)) continue
      const fits = fittingBasis(law, basis, country, today)
      if (fits) fitting.set(fits, { country, basis: fits, ...rest })
    }
    // Where a decision covers the country and is named, nothing else is relied on there; clauses named beside it are for the others.
    const chosen = fitting.has('adequacy')
      ? [...fitting.values()].filter(({ basis }) => basis === 'adequacy')
      : [...fitting.values()]
    if (chosen.length === 0) without.push(country)
    transfers.push(...chosen)
  }
  return { transfers, without }
}

function fittingBasis(law: Law, basis: Basis, country: CountryCode, today: Day): Basis | null {
  if (basis === 'adequacy-dpf' || basis === 'privacy-shield' || basis === 'safe-harbour')
    return country === 'US' ? basis : null
  if (basis !== 'adequacy' || isDead(basis)) return basis
  const decision = adequacyOn(law, country, today)
  if (decision === null) return null
  // For the United States there is a decision only for those on the list.
  return decision.requiresListing === undefined ? 'adequacy' : 'adequacy-dpf'
}
