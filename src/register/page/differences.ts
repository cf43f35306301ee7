/** What changed between two lists, in words. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import {
  setParts,
  textParts,
  type Difference,
  type EngagementContent,
  type Listed,
  type ListedPart,
  type Service,
  type SetPart,
  type TextPart,
} from '../rules.js'
import { numberInWords, subjectsInWords } from './words.js'

/** What words need to know besides the lists: services by name, and vendors' names by engagement for the chain. */
export type Known = { services: readonly Service[]; vendors: ReadonlyMap<string, string> }

export type DifferenceRow = {
  engagement: string
  reference: string
  name: string
  kind: Difference['kind']
  /** One sentence on the whole. */
  said: string
  /** A sentence for each part that changed. */
  more: string[]
  /** Why the row came, in words; empty for what changed or went. */
  approval: string
}

export function differenceRows(
  differences: readonly Difference[],
  known: Known,
  locale: Locale,
): DifferenceRow[] {
  const t = textIn(locale)
  return differences.map((difference) => {
    if (difference.kind === 'changed') {
      const { before, after, parts } = difference
      const facts = { name: after.content.vendorName }
      return {
        ...rowFacts(after),
        kind: 'changed',
        said: t('register:difference.said.changed', facts),
        more: parts.flatMap((part) => partInWords(part, before, after, known, locale)),
        approval: '',
      }
    }
    const { kind, row } = difference
    const changes = difference.kind === 'came' ? difference.changes : undefined
    const continued = difference.kind === 'went' && difference.continuedAs !== undefined
    const said = changes ? 'came-changed' : continued ? 'went-continued' : kind
    return {
      ...rowFacts(row),
      kind,
      said: t(`register:difference.said.${said}`, {
        name: row.content.vendorName,
        activity: activityOf(row.content, locale),
        from: formatDay(row.approvedFrom, locale),
      }),
      more: (changes?.parts ?? []).flatMap((part) =>
        partInWords(part, changes?.before ?? row, row, known, locale),
      ),
      approval: kind === 'came' ? approvalOf(row, locale) : '',
    }
  })
}

function rowFacts({ engagement, reference, content }: Listed) {
  return { engagement, reference, name: content.vendorName }
}

function approvalOf({ kind, notice }: Listed, locale: Locale): string {
  return kind === null ? '' : textIn(locale)(`register:approval.${kind}`, { notice: notice ?? '' })
}

function partInWords(
  part: ListedPart,
  before: Listed,
  after: Listed,
  known: Known,
  locale: Locale,
): string[] {
  const t = textIn(locale)
  if (part === 'approval')
    return [
      t('register:difference.anew', {
        from: formatDay(after.approvedFrom, locale),
        approval: approvalOf(after, locale),
      }),
    ]
  if (isTextPart(part)) {
    const nothing = t('register:difference.nothing')
    const [left, right] = changedTexts(part, before.content, after.content, known, locale)
    return [t(`register:difference.changed.${part}`, { before: left || nothing, after: right || nothing })]
  }
  const [left, right] = [before, after].map(({ content }) => setInWords(part, content, known, locale)) as [
    string[],
    string[],
  ]
  const list = new Intl.ListFormat(locale)
  const came = right.filter((each) => !left.includes(each))
  const went = left.filter((each) => !right.includes(each))
  return [
    ...(came.length > 0 ? [t(`register:difference.added.${part}`, { what: list.format(came) })] : []),
    ...(went.length > 0 ? [t(`register:difference.removed.${part}`, { what: list.format(went) })] : []),
  ]
}

function isTextPart(part: TextPart | SetPart): part is TextPart {
  return (textParts as readonly string[]).includes(part) && !(setParts as readonly string[]).includes(part)
}

/** Both sides in the reader's language; where only the other language's text changed, in that one. */
function changedTexts(
  part: TextPart,
  before: EngagementContent,
  after: EngagementContent,
  known: Known,
  locale: Locale,
): [string, string] {
  const sides = (language: Locale): [string, string] => [
    textInWords(part, before, known, language),
    textInWords(part, after, known, language),
  ]
  const [left, right] = sides(locale)
  return left === right ? sides(locale === 'da' ? 'en' : 'da') : [left, right]
}

function textInWords(part: TextPart, content: EngagementContent, known: Known, locale: Locale): string {
  const t = textIn(locale)
  switch (part) {
    case 'name':
      return content.vendorName
    case 'registration':
      return numberInWords(content.registration, locale) || (content.noRegistrationBecause ?? '')
    case 'address':
      return addressInWords(content.address, content.country, locale)
    case 'contact':
      return contactInWords(content)
    case 'role':
      return t(`register:role.${content.role}`)
    case 'activity':
      return content.activity[locale]
    case 'parent':
      return content.parent === null ? '' : (known.vendors.get(content.parent) ?? '')
  }
}

function setInWords(part: SetPart, content: EngagementContent, known: Known, locale: Locale): string[] {
  const t = textIn(locale)
  switch (part) {
    case 'services':
      return known.services
        .filter(({ _id }) => content.services.includes(_id))
        .map(({ name }) => name[locale])
    case 'storage':
      return content.storageCountries.map((code) => countryName(code, locale))
    case 'access':
      return content.accessCountries.map((code) => countryName(code, locale))
    case 'places':
      return content.places.map((place) => placeInWords(place, locale))
    case 'basis':
      return content.transfers.map(
        (transfer) => `${countryName(transfer.country, locale)}: ${basisInShort(transfer, locale)}`,
      )
    case 'categories':
      return content.dataCategories.map((category) => t(`register:category.${category}`))
    case 'subjects':
      return content.subjects.map((subject) => subjectsInWords([subject], locale))
  }
}

export function activityOf({ activity }: Pick<EngagementContent, 'activity'>, locale: Locale): string {
  return activity[locale] || activity.da || activity.en
}

export function contactInWords({ contact }: Pick<EngagementContent, 'contact'>): string {
  return contact ? [contact.name, contact.email, contact.phone].filter(Boolean).join(', ') : ''
}

/** The country after the address, unless the address ends with it, in either language. */
export function addressInWords(address: string, country: string | null, locale: Locale): string {
  if (country === null) return address
  const written = (['da', 'en'] as const).some((each) =>
    address.toLowerCase().endsWith(countryName(country, each).toLowerCase()),
  )
  return written ? address : [address, countryName(country, locale)].filter(Boolean).join(', ')
}

export function placeInWords(
  { kind, address, country }: EngagementContent['places'][number],
  locale: Locale,
): string {
  const where = addressInWords(address, country, locale)
  return `${textIn(locale)(`register:place.${kind}`)}: ${where}`
}
