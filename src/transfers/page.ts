import type { Locale } from '../base/context.js'
import { isDay } from '../base/day.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import {
  countryName,
  countryOf,
  shownState,
  sortedByName,
  type BasisProblem,
  type CountryCode,
  type Link,
  type Transfer,
} from './rules.js'
import { transferFacts } from './page/transfer.js'

/** 'SCC, modul 3': for lists. */
export function basisInShort({ basis, module }: Pick<Transfer, 'basis' | 'module'>, locale: Locale): string {
  const t = textIn(locale)
  const name = t(`transfers:short.${basis}`)
  return module === undefined ? name : `${name}, ${t('transfers:module-short', { module })}`
}

/** What is wrong, which law or case says so, and what to do: in the reader's language. */
export function problemInWords({ severity, text, facts }: BasisProblem, locale: Locale) {
  const t = textIn(locale)
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, isDay(value) ? formatDay(value, locale) : value]),
  )
  const values = {
    ...shown,
    country: countryName(facts['country'] ?? '', locale),
    place: countryName(facts['place'] ?? '', locale),
    scope: facts[`scope.${locale}`] ?? '',
    fits: facts['right'] ? t(`transfers:module.${facts['right']}`) : '',
  }
  return {
    serious: severity !== 'warning',
    text: t(`transfers:problem.${text}`, values),
    source: t(`transfers:source.${text}`, values),
    remedy: t(`transfers:remedy.${text}`, values),
  }
}

const tones = { lawful: 'good', supposed: 'wait', unlawful: 'stop', undocumented: 'wait' } as const

/** One line a country: its state in law, each basis with what stands against it, and what is special about the country. */
export function linkRows(links: readonly Link[], locale: Locale) {
  const t = textIn(locale)
  return links.map((link) => {
    const { country, uses, transfers, problems } = link
    return {
      country: countryName(country, locale),
      url: `/countries/${country}`,
      note: countryOf(country)?.note?.[locale] ?? '',
      way: t(`transfers:way.${uses.length > 1 ? 'both' : (uses[0] ?? 'both')}`),
      state: linkState(link, locale),
      problems: problems.map((each) => problemInWords(each, locale)),
      bases: transfers.map(({ transfer, problems: against }) => ({
        basis: t(`transfers:basis.${transfer.basis}`),
        module: transfer.module === undefined ? '' : t(`transfers:module.${transfer.module}`),
        facts: transferFacts(transfer, locale),
        tiaFile: transfer.tia?.file ?? null,
        problems: against.map((each) => problemInWords(each, locale)),
      })),
    }
  })
}

/** How the link stands in law: green only where nothing that carries it is left to be found out. */
export function linkState(link: Link, locale: Locale) {
  const state = shownState(link)
  return { tone: tones[state], word: textIn(locale)(`transfers:state.${state}`) }
}

/** 'Danmark, Indien', sorted as readers expect. */
export function countriesInWords(codes: readonly CountryCode[], locale: Locale): string {
  return sortedByName(codes, locale)
    .map((code) => countryName(code, locale))
    .join(', ')
}
