import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { results, sampleOf } from '../rules/audit.js'
import { deviations } from '../rules/compile.js'
import type { AreaFacts, DeclarationFacts } from '../rules/declaration.js'

/** One row for each area, and the sum below: what a reader in a hurry looks at. */
export function resultBlocks({ areas }: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  const total = results.map((result) => areas.reduce((sum, { counts }) => sum + counts[result], 0))
  const tested = (total[0] ?? 0) + (total[1] ?? 0)
  const all = total.reduce((sum, count) => sum + count, 0)
  return [
    {
      kind: 'paragraph',
      text: t('declaration:results.lead', { tested, all, exceptions: total[1] ?? 0 }),
      keep: true,
    },
    {
      kind: 'table',
      headings: [
        t('declaration:results.area'),
        ...results.map((result) => t(`declaration:result.${result}`)),
      ],
      rows: [
        ...areas
          .filter(({ controls }) => controls.length > 0)
          .map(({ id, title, counts }) => [
            `${id}. ${title[locale]}`,
            ...results.map((result) => String(counts[result])),
          ]),
        [t('declaration:results.total'), ...total.map(String)],
      ],
      widths: [0.38, 0.18, 0.14, 0.14, 0.16],
    },
  ]
}

/** Exceptions, and what was not tested or does not apply, each with its reason. */
export function deviationBlocks({ areas }: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  const all = deviations(areas)
  if (all.length === 0) return [{ kind: 'paragraph', text: t('declaration:deviations.none') }]
  const order = ['exception', 'not-tested', 'not-applicable'] as const
  return [
    { kind: 'paragraph', text: t('declaration:deviations.lead'), keep: true },
    {
      kind: 'table',
      headings: [
        t('declaration:control.id'),
        t('declaration:control.text'),
        t('declaration:control.result'),
        t('declaration:control.reason'),
      ],
      rows: all
        .toSorted((a, b) => order.indexOf(a.result as never) - order.indexOf(b.result as never))
        .map(({ id, text, result, reason }) => [
          id,
          text[locale],
          t(`declaration:result.${result}`),
          reason[locale] || t('declaration:paper.nothing-yet'),
        ]),
      widths: [0.08, 0.37, 0.15, 0.4],
    },
  ]
}

/** Every control with what was done and what came of it. */
export function appendixBlocks({ areas }: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  return [
    { kind: 'page-break' },
    { kind: 'heading', text: t('declaration:section.appendix') },
    { kind: 'paragraph', text: t('declaration:appendix.lead'), keep: true },
    ...areas.filter(({ controls }) => controls.length > 0).flatMap((area) => areaBlocks(area, locale)),
  ]
}

function areaBlocks({ id, title, controls }: AreaFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  return [
    { kind: 'heading', text: `${id}. ${title[locale]}`, level: 3, room: 120 },
    {
      kind: 'table',
      headings: [
        t('declaration:control.id'),
        t('declaration:control.text'),
        t('declaration:control.how'),
        t('declaration:control.result'),
      ],
      rows: controls.map((control) => [
        control.id,
        `${control.text[locale]}\n(${control.sources.join(', ')})`,
        howIn(control, locale),
        resultIn(control, locale),
      ]),
      widths: [0.07, 0.41, 0.27, 0.25],
    },
  ]
}

function howIn({ methods, sample, testedOn }: AreaFacts['controls'][number], locale: Locale): string {
  const t = textIn(locale)
  const chosen = sampleOf(sample)[locale]
  const lines = [
    sentence(methods.map((method) => t(`declaration:method.${method}`)).join(', ')),
    chosen ? t('declaration:control.sample', { sample: chosen }) : '',
    testedOn ? formatShortDay(testedOn, locale) : '',
  ].filter(Boolean)
  return lines.length === 0 ? '–' : lines.join('\n')
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function resultIn({ result, reason, operates }: AreaFacts['controls'][number], locale: Locale): string {
  const t = textIn(locale)
  return [
    t(`declaration:result.${result}`),
    result === 'no-exception' ? '' : reason[locale],
    operates ? t('declaration:control.operates') : '',
  ]
    .filter(Boolean)
    .join('\n')
}
