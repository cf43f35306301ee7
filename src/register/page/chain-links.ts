/** Links of the chain in words: rows of a tree or a table, for staff and for one customer. */
import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort, countriesInWords } from '../../transfers/page.js'
import { countryName, sortedByName } from '../../transfers/rules.js'
import type { KnownLink, KnownNode } from '../actions/chain.js'
import { isRedacted, linkStanding, type ChainFault, type Missing } from '../rules.js'
import { activityOf, addressInWords, contactInWords } from './differences.js'
import { numberInWords, type State } from './words.js'

const tones = { complete: 'good', unidentified: 'stop', incomplete: 'wait' } as const

/** Rows of a tree or a table, in the order they are read. `staff`: with links to the records, faults and what is missing. */
export function chainLinkRows(nodes: readonly KnownNode[], locale: Locale, staff: boolean) {
  return nodes.map((node, place) => ({
    ...linkInWords(node.link, locale),
    reference: staff ? node.link.reference : null,
    url: staff ? `/engagements/${node.link.reference}` : null,
    depth: node.depth,
    path: node.path.map(({ content }) => content.vendorName),
    below: node.below,
    belowWords:
      node.below === 0
        ? ''
        : textIn(locale)('chain:below', { count: node.below, shown: formatNumber(node.below, locale) }),
    fault: staff && node.fault ? faultInWords(node.fault, locale) : null,
    standing: staff ? standingInWords(node.link, locale) : null,
    planned:
      staff && node.link.planned
        ? ({ tone: 'wait', word: textIn(locale)('chain:planned') } satisfies State)
        : null,
    /** How many lists end after this row: the tree is printed row by row, however deep it is. */
    closes: node.below > 0 ? 0 : node.depth - (nodes[place + 1]?.depth ?? 1),
  }))
}

/** What is not known is said, to customers too: they are to have it of everyone in the chain (22/2024, paras 22, 31-32, 88). */
function linkInWords({ content, missing }: KnownLink, locale: Locale) {
  const t = textIn(locale)
  const { storageCountries: storage, accessCountries: access } = content
  const asPrinted = (text: string) => (isRedacted(text) ? t('chain:struck-out', { text }) : text)
  return {
    name: asPrinted(content.vendorName),
    number:
      numberInWords(content.registration, locale) ||
      (content.noRegistrationBecause === undefined
        ? t('chain:number-unstated')
        : t('chain:no-number', { because: content.noRegistrationBecause })),
    address: addressInWords(asPrinted(content.address) || t('chain:no-address'), content.country, locale),
    contact: content.contact
      ? t('chain:contact', { contact: contactInWords(content) })
      : t('chain:no-contact'),
    activity: activityOf(content, locale) || t('chain:no-activity'),
    where: [
      storage.length === 0
        ? t('chain:not-stored')
        : t('chain:stored', { countries: countriesInWords(storage, locale) }),
      access.length === 0
        ? t('chain:not-accessed')
        : t('chain:accessed', { countries: countriesInWords(access, locale) }),
    ].join(' · '),
    basis: basesInWords(content, missing, locale),
  }
}

/** Each country outside the EEA with what the transfer stands on, or that this is not stated (22/2024, para 88). */
function basesInWords(
  { transfers, storageCountries, accessCountries }: KnownLink['content'],
  missing: readonly Missing[],
  locale: Locale,
): string {
  const t = textIn(locale)
  const without = missing.flatMap(({ field, country }) => (field === 'basis' && country ? [country] : []))
  const countries = sortedByName(
    [...new Set([...transfers.map(({ country }) => country), ...without])],
    locale,
  )
  if (countries.length === 0)
    return storageCountries.length === 0 || accessCountries.length === 0 ? '' : t('chain:within')
  const bases = countries.map((code) => {
    const words = transfers
      .filter(({ country }) => country === code)
      .map((transfer) => basisInShort(transfer, locale))
    return `${countryName(code, locale)} (${words.join(' + ') || t('chain:no-basis')})`
  })
  return t('chain:basis', { bases: bases.join('; ') })
}

function standingInWords(link: KnownLink, locale: Locale) {
  const t = textIn(locale)
  const standing = linkStanding(link.missing)
  const fields = new Set(link.missing.map(({ field }) => field))
  const what = [...fields].map((field) => t(`worklist:field.${field}`).toLocaleLowerCase(locale))
  return {
    state: { tone: tones[standing], word: t(`chain:standing.${standing}`) } satisfies State,
    missing: what.length === 0 ? '' : t('chain:missing', { what: what.join(', ') }),
  }
}

export function faultInWords(fault: ChainFault, locale: Locale) {
  const t = textIn(locale)
  return {
    state: { tone: 'stop', word: t(`chain:fault.${fault}`) } satisfies State,
    advice: t(`chain:advice.${fault}`),
  }
}

export function linkPlace(link: KnownLink, locale: Locale) {
  return {
    url: `/engagements/${link.reference}`,
    name: link.content.vendorName,
    text: `${link.content.vendorName}: ${activityOf(link.content, locale)}`,
  }
}
