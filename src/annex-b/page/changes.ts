/** What became of the list: since the version before, and since it was signed. */
import type { Locale } from '../../base/context.js'
import type { DatedAgreement } from '../../customers/rules.js'
import type { Block } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { differenceRows, type Known } from '../../register/page.js'
import { versionsSinceSigning, type Version } from '../rules.js'

export function changeBlocks(
  versions: readonly Version[],
  agreement: DatedAgreement | null,
  known: Known,
  locale: Locale,
): Block[] {
  const t = textIn(locale)
  const [before, last] = [versions.at(-2), versions.at(-1)]
  if (!last) return []
  const since = versionsSinceSigning(versions, agreement)
  return [
    { kind: 'heading', text: t('annex-b:changes.title') },
    ...(before
      ? [
          {
            kind: 'paragraph' as const,
            text: t('annex-b:changes.lead', {
              number: before.number,
              before: formatDay(before.from, locale),
              from: formatDay(last.from, locale),
            }),
          },
          { kind: 'list' as const, items: changesInSentences(last, known, locale) },
        ]
      : [{ kind: 'paragraph' as const, text: t('annex-b:changes.first') }]),
    ...(since.length > 1
      ? [
          { kind: 'heading' as const, text: t('annex-b:changes.signing') },
          {
            kind: 'table' as const,
            headings: ['version', 'from', 'notices', 'changes'].map((column) =>
              t(`annex-b:changes.column.${column}`),
            ),
            widths: [0.11, 0.19, 0.18, 0.52],
            rows: since.flatMap((version, place) => {
              const first = t('annex-b:changes.signed', { count: version.rows.length })
              const said =
                place === 0
                  ? [first]
                  : version === last
                    ? [t('annex-b:changes.above')]
                    : changesInSentences(version, known, locale)
              // A row each, since forty changes in one would be longer than a page.
              return said.map((change, row) => [
                row === 0 ? String(version.number) : '',
                row === 0 ? formatDay(version.from, locale) : '',
                row === 0 ? version.notices.join(', ') || '–' : '',
                change,
              ])
            }),
          },
        ]
      : []),
  ]
}

function changesInSentences({ differences }: Version, known: Known, locale: Locale): string[] {
  const t = textIn(locale)
  return differenceRows(differences, known, locale).map(({ said, more, approval }) =>
    [said, ...more, ...(approval ? [t('annex-b:changes.because', { approval })] : [])].join(' '),
  )
}
