/**
 * What the answers say that the register does not. Of a country or a further sub-processor that customers have not been told of, the
 * way on is a notice (clause 7.3, C.5); of what merely was never written down, the register's own form.
 */
import { danishSortKey } from '../../db/keys.js'
import type { Answers, Contact, Identity, Value } from '../../question-sets/rules/answer.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'

const differenceKinds = [
  'storage-country',
  'access-country',
  'further-sub-processor',
  'storage-country-gone',
  'access-country-gone',
  'further-sub-processor-gone',
  'name',
  'registration',
  'address',
  'country',
  'contact',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export type Difference = {
  kind: DifferenceKind
  question: string
  /** What tells this difference from others of its kind: a country's code, a name. */
  item: string
  /** A country's code, or words. */
  said: string
  registered: string
  /** notice: customers have to be told, or asked, first; engagement, vendor: the register's form. */
  way: 'notice' | 'engagement' | 'vendor'
}

/** Of all engagements the questionnaire is about, and of the vendor, what the register says today. */
export type Registered = {
  storageCountries: readonly string[]
  accessCountries: readonly string[]
  /** The links below, by name and number, as far as they have not ended. */
  chain: readonly { name: string; registration: string }[]
  vendor: { name: string; registration: string; address: string; country: string | null }
  contacts: readonly { name: string; email?: string | undefined; phone?: string | undefined }[]
}

/** `shows`: an answer to a question that is hidden says nothing. */
export function registerDifferences(
  set: QuestionSet,
  answers: Answers,
  shows: (question: string) => boolean,
  registered: Registered,
): Difference[] {
  const answered = set.questions.flatMap((question): [Question, Value][] => {
    const value = shows(question.id) ? (answers[question.id]?.value ?? null) : null
    return value === null ? [] : [[question, value]]
  })
  return answered.flatMap(([question, value]) => {
    if (question.prefill === 'engagement.storage')
      return countryDifferences(question.id, value, registered.storageCountries, 'storage-country')
    if (question.prefill === 'engagement.access')
      return countryDifferences(question.id, value, registered.accessCountries, 'access-country')
    if (question.prefill === 'engagement.chain') return chainDifferences(question.id, value, registered.chain)
    if (question.type === 'identity')
      return identityDifferences(question.id, value as Identity, registered.vendor)
    if (question.type === 'contact')
      return contactDifference(question.id, value as Contact, registered.contacts)
    return []
  })
}

function countryDifferences(
  question: string,
  value: Value,
  registered: readonly string[],
  kind: 'storage-country' | 'access-country',
): Difference[] {
  const said = Array.isArray(value) ? (value as readonly unknown[]).map(String) : []
  const all = registered.toSorted().join(', ')
  return [
    ...said
      .filter((country) => !registered.includes(country))
      .map((country): Difference => ({
        kind,
        question,
        item: country,
        said: country,
        registered: all,
        // Where no country was ever entered, what is lacking is in the register: nothing says that this one is new.
        way: registered.length === 0 ? 'engagement' : 'notice',
      })),
    ...registered
      .filter((country) => !said.includes(country))
      .map((country): Difference => ({
        kind: `${kind}-gone`,
        question,
        item: country,
        said: '',
        registered: country,
        way: 'engagement',
      })),
  ]
}

function chainDifferences(question: string, value: Value, chain: Registered['chain']): Difference[] {
  const rows = (Array.isArray(value) ? value : []) as readonly Readonly<Record<string, string>>[]
  const named = rows.map((row) => ({ name: row['name'] ?? '', registration: row['regNo'] ?? '' }))
  const lacking = named.filter((one) => one.name !== '' && !chain.some((link) => isSame(link, one)))
  const gone = chain.filter((link) => !named.some((one) => isSame(link, one)))
  return [
    ...lacking.map((one): Difference => ({
      kind: 'further-sub-processor',
      question,
      item: danishSortKey(one.name),
      said: [one.name, one.registration].filter(Boolean).join(', '),
      registered: '',
      way: 'notice',
    })),
    ...gone.map((link): Difference => ({
      kind: 'further-sub-processor-gone',
      question,
      item: danishSortKey(link.name),
      said: '',
      registered: link.name,
      way: 'engagement',
    })),
  ]
}

type Named = { name: string; registration: string }

/** The number tells where both have one; otherwise the name, without what says the kind of company. */
function isSame(a: Named, b: Named): boolean {
  const [left, right] = [numberOf(a.registration), numberOf(b.registration)]
  if (left !== '' && left === right) return true
  return nameOf(a.name) !== '' && nameOf(a.name) === nameOf(b.name)
}

function numberOf(registration: string): string {
  return registration
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
    .replace(/^(?:CVR|DK(?=\d{8}$))/, '')
}

const forms = new Set(
  'as aps ivs ps ks ab asa oy oyj bv nv gmbh ag se ltd limited llc inc incorporated corp corporation sarl sas plc co'.split(
    ' ',
  ),
)

function nameOf(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[./]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
  return words.filter((word) => !forms.has(word)).join('')
}

function identityDifferences(question: string, said: Identity, vendor: Registered['vendor']): Difference[] {
  const told = (kind: 'name' | 'registration' | 'address' | 'country', was: string): Difference[] => [
    { kind, question, item: kind, said: said[kind], registered: was, way: 'vendor' },
  ]
  return [
    ...(said.name && plain(said.name) !== plain(vendor.name) ? told('name', vendor.name) : []),
    ...(said.registration && numberOf(said.registration) !== numberOf(vendor.registration)
      ? told('registration', vendor.registration)
      : []),
    ...(said.address && plain(said.address) !== plain(vendor.address) ? told('address', vendor.address) : []),
    ...(said.country && said.country !== vendor.country ? told('country', vendor.country ?? '') : []),
  ]
}

/** A contact the register knows by its address, or by name without another address, is no news. */
function contactDifference(
  question: string,
  { name, email, phone }: Contact,
  contacts: Registered['contacts'],
): Difference[] {
  if (name === '' && email === '') return []
  const known = contacts.some((contact) =>
    email !== '' ? contact.email?.toLowerCase() === email.toLowerCase() : plain(contact.name) === plain(name),
  )
  if (known) return []
  return [
    {
      kind: 'contact',
      question,
      item: 'contact',
      said: [name, email, phone].filter(Boolean).join(', '),
      registered: contacts
        .map((contact) => [contact.name, contact.email].filter(Boolean).join(', '))
        .join('; '),
      way: 'vendor',
    },
  ]
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[\s,.]+/g, ' ')
    .trim()
}

/** The question on how long their notice to us is (clause 7.3): a number of days. */
export function noticeQuestion(set: Pick<QuestionSet, 'questions'>): Question | null {
  return (
    set.questions.find(
      ({ type, unit, refs }) => type === 'number' && unit === 'days' && refs.some((ref) => ref === 'DPA 7.3'),
    ) ?? null
  )
}
