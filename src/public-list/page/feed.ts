/** The archive as an Atom feed: RFC 4287. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { EditionHead } from '../rules/editions.js'
import { entryId, feedId } from '../rules/permanent.js'
import { changesInWords, correctionInWords, editionName } from './changes.js'

export const feedType = 'application/atom+xml; charset=utf-8'

type Of = { first: EditionHead; baseUrl: string; organisation: string; locale: Locale }

/** `editions`: newest first, at least one; `first`: of all there ever were. */
export function feedOf(
  editions: readonly EditionHead[],
  { first, baseUrl, organisation, locale }: Of,
): string {
  const t = textIn(locale)
  const page = (path: string) => `${baseUrl}${path}?lang=${locale}`
  const self = page('/sub-processors/feed.atom')
  const [newest] = editions
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    `<id>${feedId(first, locale)}</id>`,
    `<title>${xml(t('public-list:feed.title', { house: organisation }))}</title>`,
    `<subtitle>${xml(t('public-list:courtesy'))}</subtitle>`,
    `<updated>${(newest?.at ?? new Date(0)).toISOString()}</updated>`,
    `<author><name>${xml(organisation)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(page('/sub-processors'))}"/>`,
    '<generator>Tilsyn</generator>',
    ...editions.map((edition) => entryOf(edition, page, locale)),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(edition: EditionHead, page: (path: string) => string, locale: Locale): string {
  const t = textIn(locale)
  const address = page(`/sub-processors/archive/${edition._id}`)
  const at = edition.at.toISOString()
  const changes = changesInWords(edition.changes, locale)
  const paragraphs = [
    ...(edition.sample ? [t('public-list:sample')] : []),
    ...(edition.corrects ? [correctionInWords(edition.corrects, locale)] : []),
    ...(changes.length === 0
      ? [t(edition.number === 1 ? 'public-list:first' : 'public-list:no-changes')]
      : []),
    t('public-list:count', { count: edition.count }),
  ]
  const html = [
    ...paragraphs.map((text) => `<p>${xml(text)}</p>`),
    ...(changes.length > 0 ? [`<ul>${changes.map((text) => `<li>${xml(text)}</li>`).join('')}</ul>`] : []),
  ].join('')
  return [
    '<entry>',
    `<id>${entryId(edition, locale)}</id>`,
    `<title>${xml(t('public-list:edition-of', { day: editionName(edition._id, locale) }))}</title>`,
    `<published>${at}</published>`,
    `<updated>${at}</updated>`,
    `<link rel="alternate" type="text/html" href="${xml(address)}"/>`,
    `<content type="html">${xml(html)}</content>`,
    '</entry>',
  ].join('\n')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function xml(text: string): string {
  // XML 1.0 knows no control characters but tab and line ends, and no lone surrogates.
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
}
