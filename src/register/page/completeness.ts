/** What is missing, in words, with the source that asks for it and the way to the field. */
import type { Locale } from '../../base/context.js'
import { dayOf, type Day } from '../../base/day.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countryName } from '../../transfers/rules.js'
import {
  isStale,
  lastLook,
  percentComplete,
  sources,
  vendorsFields,
  type Missing,
  type MissingField,
  type RegisterTally,
} from '../rules.js'

/** Where in the vendor's or the engagement's form each fact is filled in. */
const places: Record<MissingField, string> = {
  name: 'field-name',
  registration: 'field-registrationNumber',
  address: 'field-address',
  contact: 'contacts',
  description: 'field-activity-da',
  categories: 'field-dataCategories',
  storageCountries: 'field-storageCountries',
  accessCountries: 'field-storageCountries',
  basis: 'transfers',
  contract: 'field-contractTemplate',
  check: 'agreed',
}

/** Of one fact: what to do and where, and who asks for it. */
export function remedyOf(
  { field, country }: Pick<Missing, 'field' | 'country'>,
  { vendor, engagement }: { vendor: string; engagement: string },
  locale: Locale,
) {
  const t = textIn(locale)
  const form = vendorsFields.includes(field) ? `/vendors/${vendor}` : `/engagements/${engagement}`
  return {
    todo:
      country === undefined
        ? t(`worklist:do.${field}`)
        : t('worklist:basis-for', { country: countryName(country, locale) }),
    // Read from the contract's own page, which the engagement's leads to.
    url: field === 'check' ? `${form}#${places.check}` : `${form}/edit#${places[field]}`,
    source: sourcesInWords(field, locale),
  }
}

export function sourcesInWords(field: MissingField, locale: Locale): string {
  const t = textIn(locale)
  return t('worklist:source.label', {
    sources: sources[field].map((source) => t(`worklist:source.${source}`)).join('; '),
  })
}

/**
 * The share with a bar and words. The tone says what the number means without the reader doing sums; it is that of the
 * sub-processors where theirs is the lower share.
 */
export function completenessBar(tally: RegisterTally, locale: Locale) {
  const t = textIn(locale)
  const { records, complete, asked, held, subProcessors } = tally
  const percent = percentComplete(tally)
  if (percent === null)
    return { percent, tone: 'calm', words: t('worklist:completeness.none'), subProcessors: '', facts: '' }
  const shown = (count: number) => formatNumber(count, locale)
  const theirs = percentComplete(subProcessors)
  const least = Math.min(percent, theirs ?? percent)
  return {
    percent,
    tone: least === 100 ? 'good' : least >= 50 ? 'wait' : 'stop',
    // Where there are no others the first sentence says it.
    subProcessors:
      theirs === null || subProcessors.records === records
        ? ''
        : t('worklist:completeness.sub-processors', {
            count: subProcessors.records,
            percent: theirs,
            complete: shown(subProcessors.complete),
            records: shown(subProcessors.records),
          }),
    words: t('worklist:completeness.share', {
      count: records,
      percent,
      complete: shown(complete),
      records: shown(records),
    }),
    facts: t('worklist:completeness.facts', { count: asked, held: shown(held), asked: shown(asked) }),
  }
}

/** On the engagement's own page: when somebody last looked its details over. Use, contracts and moves do not count. */
export function lookedOverInWords(
  moves: readonly { at: Date; event: string }[],
  { today, zone, locale }: { today: Day; zone: string; locale: Locale },
) {
  const last = lastLook(moves)
  const on = last && dayOf(last, zone)
  return {
    stale: on === null || isStale(on, today),
    words: on === null ? '' : textIn(locale)('worklist:stale.on', { on: formatDay(on, locale) }),
  }
}
