import { registrationKinds } from '../../base/registration.js'
import { saysNothing } from './blanks.js'
import { partsOf, readDay, readMonth, readPeriod, readYesNo } from './cells.js'
import { readCountries } from './countries.js'
import { fieldsOf, type Register } from './fields.js'
import { plainName } from './names.js'
import { codeOf, type WordSet } from './words.js'

type Fits = (text: string) => boolean

const among =
  (set: WordSet): Fits =>
  (text) =>
    codeOf(set, text) !== null
const isDayLike: Fits = (text) => readDay(text) !== null || readMonth(text)
const isAnswer: Fits = (text) => readYesNo(text) !== null
const hasAddress: Fits = (text) => text.includes('@')

/** Fields that hold one of few words, a day or an address: what else stands in a column shows that it is another one. */
const fits: Record<Register, Record<string, Fits>> = {
  register: {
    registrationKind: (text) => registrationKinds.some((kind) => kind.toLowerCase() === text.toLowerCase()),
    vendorEndedOn: isDayLike,
    contactEmail: hasAddress,
    role: among('role'),
    contractSignedOn: (text) => isDayLike(text) || isAnswer(text),
    contractTemplate: among('template'),
    conclusion: among('conclusion'),
    concludedOn: isDayLike,
    theirNotice: (text) => readPeriod(text) !== null,
    assuranceOwed: isAnswer,
    askedByItself: isAnswer,
    inUseSince: isDayLike,
    inUseUntil: isDayLike,
    endedOn: isDayLike,
    tiaOn: (text) => isDayLike(text) || isAnswer(text),
  },
  customers: {
    isProcessor: isAnswer,
    from: isDayLike,
    signedOn: (text) => isDayLike(text) || isAnswer(text),
    authorisation: among('authorisation'),
    notice: (text) => readPeriod(text) !== null,
    objectionUntil: among('until'),
    counts: among('counts'),
    replacementNeedsApproval: isAnswer,
    commonList: isAnswer,
    transferInstruction: among('instruction'),
    endedOn: isDayLike,
    contactEmail: hasAddress,
    contactLocale: among('locale'),
    dataProtection: isAnswer,
    mayApprove: isAnswer,
    contactFrom: isDayLike,
    contactTo: isDayLike,
  },
}

/** Three cells at least: of fewer, one that is wrong says nothing of its column. */
const fewest = 3
const mostLookedAt = 60

/** What services are called, plainly; null where it does not matter. */
export type ServiceNames = ReadonlySet<string> | null

const namesOneOf =
  (services: ReadonlySet<string>): Fits =>
  (text) =>
    [text, ...partsOf(text)].some((part) => services.has(plainName(part)))

const saidIn = (column: readonly string[]) =>
  column.filter((text) => text !== '' && !saysNothing(text)).slice(0, mostLookedAt)

/** Whether what stands in a column shows that it is not this field, whatever its heading says: a third at least has to be read. */
export function isUnfit(
  register: Register,
  field: string,
  column: readonly string[],
  services: ServiceNames = null,
): boolean {
  const fit = field === 'services' && services ? namesOneOf(services) : fits[register][field]
  if (!fit) return false
  const said = saidIn(column)
  return said.length >= fewest && said.filter(fit).length * 3 < said.length
}

/** What stands in a column whose heading says nothing we know. */
const tells: readonly [string, Fits][] = [
  ['contactEmail', (text) => /^\S+@\S+\.\S+$/.test(text)],
  [
    'countries',
    (text) => {
      const { codes, regions, unread } = readCountries(text)
      return codes.length + regions.length > 0 && unread.length === 0
    },
  ],
]

/**
 * Columns that are known by what stands in them; `headings`: null where a person left the column out before. A column of services that are not ours says what they do, where no other column
 * does: many lists call it that.
 */
export function byContent(
  register: Register,
  headings: readonly (string | null)[],
  columns: readonly (string | null)[],
  column: (place: number) => string[],
  services: ServiceNames,
): (string | null)[] {
  const all = [...columns]
  if (register === 'register' && !all.some((field) => field?.startsWith('activity'))) {
    const place = headings.findIndex(
      (heading) => heading !== null && /ydelse|service|product|produkt|løsning|system/i.test(heading),
    )
    const ours = saidIn(column(place)).some(namesOneOf(services ?? new Set()))
    if (place >= 0 && !ours && [null, 'services'].includes(all[place] ?? null)) all[place] = 'activity'
  }
  for (const [field, fit] of tells) {
    const taken = all.some((each) => each === field || (field === 'countries' && each === 'storageCountries'))
    if (taken || !fieldsOf[register].some(({ id }) => id === field)) continue
    const place = all.findIndex((each, at) => {
      const said = each === null && headings[at] !== null ? saidIn(column(at)) : []
      return said.length > 1 && said.filter(fit).length * 3 >= said.length * 2
    })
    if (place >= 0) all[place] = field
  }
  return all
}
