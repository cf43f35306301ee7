/** What a sub-processor's mail seems to say. Only proposed: a person reads the mail and confirms. */
import { isDay, type Day } from '../../base/day.js'
import type { NoticePeriod, PeriodUnit } from '../../base/period.js'
import type { ChangeKind } from './upstream.js'

export type FoundDay = { day: Day; near: string; role: 'start' | 'limit' | null; ambiguous: boolean }

export type Proposals = {
  days: FoundDay[]
  startsOn: Day | null
  objectUntil: Day | null
  /** "within 30 days" near a word for objecting. */
  within: NoticePeriod | null
  kinds: ChangeKind[]
}

const months: Record<string, number> = Object.fromEntries(
  [
    ['january', 'januar', 'jan'],
    ['february', 'februar', 'feb'],
    ['march', 'marts', 'mar'],
    ['april', 'april', 'apr'],
    ['may', 'maj', 'maj'],
    ['june', 'juni', 'jun'],
    ['july', 'juli', 'jul'],
    ['august', 'august', 'aug'],
    ['september', 'september', 'sep'],
    ['october', 'oktober', 'okt', 'oct'],
    ['november', 'november', 'nov'],
    ['december', 'december', 'dec'],
  ].flatMap((names, at) => names.map((name) => [name, at + 1] as const)),
)

const monthNames = Object.keys(months)
  .toSorted((a, b) => b.length - a.length)
  .join('|')

const shapes: { pattern: RegExp; read: (parts: string[]) => { day: Day | null; ambiguous?: boolean } }[] = [
  { pattern: /\b(20\d\d)-(\d\d)-(\d\d)\b/g, read: ([y, m, d]) => ({ day: made(y, m, d) }) },
  {
    // 1. marts 2027, 1st March 2027, den 1 mar. 2027
    pattern: new RegExp(
      `\\b(\\d{1,2})(?:\\.|st|nd|rd|th)?(?: of)? (${monthNames})\\.?,? (20\\d\\d)\\b`,
      'gi',
    ),
    read: ([d, m, y]) => ({ day: made(y, months[(m ?? '').toLowerCase()], d) }),
  },
  {
    // March 1, 2027
    pattern: new RegExp(`\\b(${monthNames})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (20\\d\\d)\\b`, 'gi'),
    read: ([m, d, y]) => ({ day: made(y, months[(m ?? '').toLowerCase()], d) }),
  },
  {
    // 01.03.2027 and 1-3-2027 are written with the day first
    pattern: /\b(\d{1,2})[.-](\d{1,2})[.-](20\d\d)\b/g,
    read: ([d, m, y]) => ({ day: made(y, m, d) }),
  },
  {
    // 3/1/2027 is March in America and January here: read as ours, and said to be doubtful.
    pattern: /\b(\d{1,2})\/(\d{1,2})[/-](20\d\d)\b/g,
    read: ([a, b, y]) => {
      const ours = made(y, b, a)
      const theirs = made(y, a, b)
      return { day: ours ?? theirs, ambiguous: ours !== null && theirs !== null && ours !== theirs }
    },
  },
]

const startWords =
  /\b(effective|as of|as from|from|starting|begin(?:s|ning)?|start(?:s)?|on or after|go(?:es)? live|will be (?:added|replaced|engaged)|fra|per|med virkning|virkning|træder i kraft|ikrafttræden|ibrugtag\w*|begynder|starter|tages i brug)\b|\bpr\.\s/i
const limitWords = /(object|objection|oppose|terminate|indsigelse|indvend|protester|modsætte)/i

const kindWords: Record<ChangeKind, RegExp> = {
  addition:
    /(new|additional|add(?:ing|ed|ition of)?|engage|ny|nye|tilføj\w*|yderligere)[^.\n]{0,40}(sub-?\s?processor|underdatabehandler|underleverandør)/i,
  replacement: /(replac\w+|substitut\w+|udskift\w*|erstatte?\w*)/i,
  removal: /(remov\w+|no longer use|ceas\w+ to use|fjerne\w*|ophører|anvendes ikke længere)/i,
  'new-place':
    /((?:new|additional|nyt|ny|nye)[^.\n]{0,30}(?:location|region|data ?cent(?:er|re)|country|lokation|lokalitet|datacenter|land\b))/i,
  'new-basis':
    /(standard contractual clauses|\bSCCs?\b|transfer mechanism|data privacy framework|standardkontraktbestemmelser|overførselsgrundlag)/i,
  'new-activity':
    /(new|ny|nye|additional)[^.\n]{0,30}(processing activit|purpose|formål|behandlingsaktivitet)/i,
  terms:
    /(updat\w+|chang\w+|amend\w+|ændr\w+|opdater\w+)[^.\n]{0,40}(terms|agreement|\bDPA\b|vilkår|betingelser|databehandleraftale)/i,
}

/** `text`: subject and body. Reads Danish and English; what it does not find is left for the person. */
export function readNotice(text: string): Proposals {
  const read = text.slice(0, longestRead)
  const days = foundDays(read)
  const start = days.find(({ role }) => role === 'start') ?? (days.length === 1 ? days[0] : undefined)
  return {
    days,
    startsOn: start?.role === 'limit' ? null : (start?.day ?? null),
    objectUntil: days.find(({ role }) => role === 'limit')?.day ?? null,
    within: within(read),
    kinds: kindsIn(read),
  }
}

/** What is read of a mail: a longer one is a quoted thread. */
const longestRead = 60_000
const mostDays = 12
const mostLookedAt = 100

function foundDays(text: string): FoundDay[] {
  const found: (FoundDay & { at: number })[] = []
  for (const { pattern, read } of shapes)
    for (const match of text.matchAll(pattern)) {
      // A table of days is no notice, and each day is looked at with its sentence.
      if (found.length >= mostLookedAt) break
      const { day, ambiguous = false } = read(match.slice(1))
      if (day === null || found.some(({ at }) => at === match.index)) continue
      const sentence = sentenceAt(text, match.index, match[0].length)
      found.push({ at: match.index, day, near: sentence.words, role: roleOf(sentence), ambiguous })
    }
  const seen = new Set<string>()
  return found
    .toSorted((a, b) => a.at - b.at)
    .filter(({ day, role }) => !seen.has(`${day}${role}`) && seen.add(`${day}${role}`))
    .slice(0, mostDays)
    .map(({ at: _at, ...each }) => each)
}

// What stands before the day says more than what follows it: "object until 1 March; the change begins on 1 April".
function roleOf({ before, words }: { before: string; words: string }): FoundDay['role'] {
  const limit = before.search(limitWords)
  if (limit >= 0) return 'limit'
  if (startWords.test(before)) return 'start'
  return limitWords.test(words) ? 'limit' : null
}

function sentenceAt(text: string, at: number, length: number): { before: string; words: string } {
  const open = Math.max(0, at - 200)
  const start = Math.max(
    open,
    ...[...text.slice(open, at).matchAll(/(?<!\b(?:pr|d|den|ca|kl|no|nr|\d{1,2}))\.\s|[;!?]\s|\n\s*\n/g)].map(
      (end) => open + end.index + end[0].length,
    ),
  )
  const rest = text.slice(at + length, at + length + 160)
  const stop = rest.search(/[.;!?](?:\s|$)|\n\s*\n/)
  const end = at + length + (stop < 0 ? rest.length : stop)
  return {
    before: text.slice(start, at),
    words: text.slice(start, end).replace(/\s+/g, ' ').trim().slice(0, 240),
  }
}

function within(text: string): NoticePeriod | null {
  for (const match of text.matchAll(
    /\b(\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?(calendar days|kalenderdage|business days|working days|arbejdsdage|hverdage|bankdage|days|dages?|months?|måneders?)/gi,
  )) {
    const around = text.slice(Math.max(0, match.index - 140), match.index + 140)
    const length = Number(match[1])
    if (limitWords.test(around) && length > 0) return { length, unit: unitOf(match[2] ?? '') }
  }
  return null
}

function unitOf(word: string): PeriodUnit {
  if (/business|working|arbejds|hverdag|bank/i.test(word)) return 'business-days'
  return /month|måned/i.test(word) ? 'months' : 'days'
}

function kindsIn(text: string): ChangeKind[] {
  const found = (Object.keys(kindWords) as ChangeKind[]).filter((kind) => kindWords[kind].test(text))
  // "a new sub-processor replaces the present one" is one change, not two.
  return found.includes('replacement') ? found.filter((kind) => kind !== 'addition') : found
}

function made(year?: string, month?: string | number, date?: string): Day | null {
  const day = [year, String(month ?? '').padStart(2, '0'), (date ?? '').padStart(2, '0')].join('-')
  return isDay(day) ? day : null
}

export type KnownVendor = { _id: string; website?: string; contacts: { email?: string }[] }

// Anybody may have an address there, so it says nothing of who wrote.
const everybodys = /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|proton|protonmail)\./i

/**
 * Whose mail it is: a contact's own address first, then the domain of an address or a website. `addresses`: the sender's, and
 * those in a forwarded text, in order.
 */
export function vendorOf(addresses: readonly string[], vendors: readonly KnownVendor[]): string | null {
  const wanted = addresses.map((address) => address.toLowerCase())
  const exact = vendors.find(({ contacts }) =>
    contacts.some(({ email }) => email && wanted.includes(email.toLowerCase())),
  )
  if (exact) return exact._id
  for (const domain of wanted.map(domainOf)) {
    if (domain === '' || everybodys.test(domain)) continue
    const found = vendors.find((vendor) => domainsOf(vendor).some((own) => sameHouse(own, domain)))
    if (found) return found._id
  }
  return null
}

/** Addresses a text names, such as the "From:" of a mail that was forwarded. */
export function addressesIn(text: string): string[] {
  return [
    ...new Set(text.slice(0, longestRead).match(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g) ?? []),
  ].slice(0, 30)
}

function domainsOf({ website, contacts }: KnownVendor): string[] {
  const site =
    (website ?? '')
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .split(/[/:?#]/)[0] ?? ''
  return [site, ...contacts.map(({ email }) => domainOf((email ?? '').toLowerCase()))].filter(
    (domain) => domain.includes('.') && !everybodys.test(domain),
  )
}

function sameHouse(own: string, domain: string): boolean {
  return own === domain || own.endsWith(`.${domain}`) || domain.endsWith(`.${own}`)
}

function domainOf(address: string): string {
  return address.split('@')[1]?.replace(/[>\s].*$/, '') ?? ''
}
