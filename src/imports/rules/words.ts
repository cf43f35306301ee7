import type { Locale } from '../../base/context.js'

/** A value with a fixed set of words: the code, and how it is written and read in both languages. The first wording is written. */
type Words = Record<string, { da: readonly string[]; en: readonly string[] }>

const sets = {
  role: {
    'sub-processor': {
      da: ['underdatabehandler'],
      en: ['sub-processor', 'subprocessor', 'processor', 'sub processor'],
    },
    'own-vendor': { da: ['egen leverandør', 'leverandør'], en: ['own vendor', 'vendor', 'supplier'] },
    'independent-controller': {
      da: ['selvstændig dataansvarlig', 'dataansvarlig'],
      en: ['independent controller', 'controller'],
    },
  },
  category: {
    ordinary: {
      da: ['almindelige', 'almindelige oplysninger', 'art 6'],
      en: ['ordinary', 'ordinary data', 'art. 6'],
    },
    confidential: {
      da: ['fortrolige', 'fortrolige oplysninger', 'cpr'],
      en: ['confidential', 'confidential data'],
    },
    special: {
      da: ['følsomme', 'følsomme oplysninger', 'særlige kategorier'],
      en: ['special', 'sensitive', 'special categories', 'sensitive data'],
    },
  },
  subject: {
    employees: { da: ['medarbejdere', 'ansatte'], en: ['employees', 'staff'] },
    customers: { da: ['kunder'], en: ['customers', 'clients'] },
    citizens: { da: ['borgere'], en: ['citizens'] },
    patients: { da: ['patienter'], en: ['patients'] },
    pupils: { da: ['elever'], en: ['pupils', 'students'] },
    members: { da: ['medlemmer'], en: ['members'] },
    users: { da: ['brugere', 'slutbrugere'], en: ['users', 'end users'] },
    suppliers: { da: ['leverandører'], en: ['suppliers', 'vendors'] },
  },
  count: {
    'under-1000': { da: ['under 1.000'], en: ['under 1,000'] },
    '1000-10000': { da: ['1.000-10.000'], en: ['1,000-10,000'] },
    'over-10000': { da: ['over 10.000'], en: ['over 10,000'] },
  },
  template: {
    ours: { da: ['vores'], en: ['ours'] },
    theirs: { da: ['leverandørens', 'deres'], en: ['theirs', "vendor's"] },
  },
  conclusion: {
    accepted: { da: ['godkendt'], en: ['accepted', 'approved'] },
    'accepted-with-conditions': { da: ['godkendt med vilkår'], en: ['accepted with conditions'] },
    rejected: { da: ['afvist'], en: ['rejected'] },
  },
  contactRole: {
    'data-protection': { da: ['databeskyttelse'], en: ['data protection'] },
    contract: { da: ['kontrakt'], en: ['contract'] },
    security: { da: ['sikkerhed'], en: ['security'] },
    other: { da: ['andet'], en: ['other'] },
  },
  place: {
    'data-centre': { da: ['datacenter'], en: ['data centre', 'data center'] },
    office: { da: ['kontor'], en: ['office'] },
    'remote-support': { da: ['fjernsupport'], en: ['remote support'] },
  },
  authorisation: {
    general: {
      da: ['generel', 'generel godkendelse'],
      en: ['general', 'general authorisation', 'general authorization'],
    },
    specific: {
      da: ['specifik', 'specifik godkendelse'],
      en: ['specific', 'specific authorisation', 'prior specific'],
    },
  },
  until: {
    use: { da: ['ibrugtagning', 'brug', 'inden brugen'], en: ['use'] },
    'period-end': { da: ['varslets udløb', 'fristens udløb'], en: ['end of the period', 'period end'] },
  },
  counts: {
    arrival: { da: ['modtagelse'], en: ['arrival', 'receipt'] },
    dispatch: { da: ['afsendelse'], en: ['dispatch'] },
  },
  instruction: {
    'scc-only': { da: ['kun SCC', 'SCC'], en: ['SCC only', 'SCC'] },
    'any-valid': { da: ['ethvert gyldigt grundlag', 'alle gyldige'], en: ['any valid basis', 'any'] },
    countries: { da: ['kun nævnte lande'], en: ['named countries only', 'named countries'] },
    none: { da: ['ingen overførsel', 'ingen'], en: ['no transfer', 'none'] },
  },
  locale: {
    da: { da: ['dansk'], en: ['Danish'] },
    en: { da: ['engelsk'], en: ['English'] },
  },
  answer: {
    yes: { da: ['ja', 'x', 'j', 'sand', '1'], en: ['yes', 'y', 'true'] },
    no: { da: ['nej', 'n', 'falsk', '0'], en: ['no', 'false'] },
  },
  unit: {
    days: { da: ['dage', 'dag', 'kalenderdage'], en: ['days', 'day', 'calendar days'] },
    'business-days': {
      da: ['arbejdsdage', 'hverdage', 'arbejdsdag', 'hverdag', 'bankdage'],
      en: ['business days', 'working days', 'business day', 'working day'],
    },
    months: { da: ['måneder', 'måned', 'mdr', 'md'], en: ['months', 'month'] },
  },
} as const satisfies Record<string, Words>

export type WordSet = keyof typeof sets

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const readers = Object.fromEntries(
  Object.entries(sets).map(([name, words]) => [
    name,
    new Map(
      Object.entries(words as Words).flatMap(([code, { da, en }]) =>
        [code, ...da, ...en].map((word) => [plain(word), code] as const),
      ),
    ),
  ]),
) as Record<WordSet, Map<string, string>>

/** The code a word stands for, in either language; null where it is not among them. */
export function codeOf<Set extends WordSet>(set: Set, word: string): keyof (typeof sets)[Set] | null {
  return (readers[set].get(plain(word)) as keyof (typeof sets)[Set] | undefined) ?? null
}

export function wordOf(set: WordSet, code: string, locale: Locale): string {
  return (sets[set] as Words)[code]?.[locale][0] ?? code
}
