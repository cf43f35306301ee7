import type { Locale } from '../base/context.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import {
  countryName,
  countryOf,
  type BasisProblem,
  type CountryCode,
  type Link,
  type Transfer,
} from './rules.js'

/** 'SCC, modul 3': for lists. */
export function basisInShort({ basis, module }: Transfer, locale: Locale): string {
  const t = textIn(locale)
  const name = t(`transfers:short.${basis}`)
  return module === undefined ? name : `${name}, ${t('transfers:module-short', { module })}`
}

/** What stands against a basis, in the reader's language. */
function problemInWords({ text, facts }: BasisProblem, locale: Locale): string {
  const { country = '', day, scope } = facts
  return textIn(locale)(`transfers:problem.${text}`, {
    ...facts,
    country: countryName(country, locale),
    ...(day === undefined ? {} : { day: formatDay(day, locale) }),
    ...(scope === undefined ? {} : { scope: countryOf(scope)?.adequacy?.scope[locale] ?? '' }),
  })
}

const tones = { lawful: 'good', unlawful: 'stop', undocumented: 'wait' } as const

/** One line a country: its state in law, each basis with what stands against it, and what is special about the country. */
export function linkRows(links: readonly Link[], locale: Locale) {
  const t = textIn(locale)
  return links.map(({ country, state, transfers }) => ({
    country: countryName(country, locale),
    note: countryOf(country)?.note?.[locale] ?? '',
    state: { tone: tones[state], word: t(`transfers:state.${state}`) },
    bases: transfers.map(({ transfer, problems }) => ({
      basis: t(`transfers:basis.${transfer.basis}`),
      module: transfer.module === undefined ? '' : t(`transfers:module.${transfer.module}`),
      signedOn: transfer.signedOn ?? null,
      tiaConcludedOn: transfer.tia?.concludedOn ?? null,
      tiaReviewOn: transfer.tia?.reviewOn ?? null,
      listingCheckedOn: transfer.listingCheckedOn ?? null,
      exporter: transfer.exporter === 'vendor' ? t('transfers:exporter.vendor') : '',
      supplementary: transfer.supplementary ?? '',
      note: transfer.note ?? '',
      problems: problems.map((problem) => ({
        serious: problem.severity !== 'warning',
        text: problemInWords(problem, locale),
      })),
    })),
  }))
}

/** 'Danmark, Indien', sorted as readers expect. */
export function countriesInWords(codes: readonly CountryCode[], locale: Locale): string {
  return codes
    .map((code) => countryName(code, locale))
    .toSorted(new Intl.Collator(locale === 'da' ? 'da-DK' : 'en-GB').compare)
    .join(', ')
}
