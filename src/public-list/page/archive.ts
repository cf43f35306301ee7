import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { EditionHead } from '../rules/editions.js'
import { changesInWords, correctionInWords, editionName } from './changes.js'

const most = 100

/** One edition in the archive: what it is called, and what it changed. */
export function editionShown(edition: EditionHead, locale: Locale, zone: string) {
  const t = textIn(locale)
  const changes = changesInWords(edition.changes, locale)
  return {
    id: edition._id,
    number: edition.number,
    name: editionName(edition._id, locale),
    path: `/sub-processors/archive/${edition._id}`,
    published: formatInstant(edition.at, locale, zone),
    count: t('public-list:count', { count: edition.count }),
    hash: edition.hash,
    organisation: edition.organisation,
    correction: edition.corrects ? correctionInWords(edition.corrects, locale) : '',
    corrected: edition.corrects?.edition ?? null,
    changes: changes.slice(0, most),
    more: Math.max(0, changes.length - most),
    // The first has nothing before it to differ from.
    nothing:
      changes.length === 0 ? t(edition.number === 1 ? 'public-list:first' : 'public-list:no-changes') : '',
    sample: edition.sample,
  }
}
