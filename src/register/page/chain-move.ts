/** What a move in the chain would do, in words. */
import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MovePreview } from '../actions/chain-move.js'
import { linkPlace } from './chain-links.js'

const mostNamed = 10

/** What a move would do: what goes along, and who sees it after and did not before. */
export function movePreviewInWords(
  preview: MovePreview,
  names: ReadonlyMap<string, { name: string; reference: string }>,
  locale: Locale,
) {
  const t = textIn(locale)
  const [, ...along] = preview.branch
  const more = Math.max(0, along.length - mostNamed)
  return {
    to: preview.to.path.map((link) => linkPlace(link, locale)),
    along: along.slice(0, mostNamed).map(({ link }) => linkPlace(link, locale)),
    alongMore:
      more === 0 ? '' : t('chain:move.along-more', { count: more, shown: formatNumber(more, locale) }),
    customers: (['gain', 'lose', 'keep'] as const).flatMap((what) => {
      const ids = preview[what]
      const rest = ids.length - mostNamed
      return ids.length === 0
        ? []
        : [
            {
              what,
              text: t(`chain:move.${what}`, { count: ids.length, shown: formatNumber(ids.length, locale) }),
              named: ids.slice(0, mostNamed).flatMap((id) => {
                const customer = names.get(id)
                return customer ? [{ ...customer, url: `/customers/${customer.reference}` }] : []
              }),
              more:
                rest <= 0
                  ? ''
                  : t('chain:move.along-more', { count: rest, shown: formatNumber(rest, locale) }),
            },
          ]
    }),
    warns: preview.gain.length > 0,
    named: mostNamed,
  }
}

/** The customers whose names a preview shows. */
export function namedIn({ gain, lose, keep }: MovePreview): string[] {
  return [gain, lose, keep].flatMap((ids) => ids.slice(0, mostNamed))
}
