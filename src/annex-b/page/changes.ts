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
            rows: since.map((version, place) => [
              String(version.number),
              formatDay(version.from, locale),
              version.notices.join(', ') || '–',
              place === 0
                ? t('annex-b:changes.signed', { count: version.rows.length })
                : changesInSentences(version, known, locale).join('\n'),
            ]),
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
