import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Control } from '../rules/controls.js'
import type { FigureSection } from '../rules/figures.js'
import { figureInWords } from './figures.js'
import { auditUrl } from './words.js'

/** Whether our own records can say anything to a control at all. */
export function speaksTo({ id, area, records = [] }: Pick<Control, 'id' | 'area' | 'records'>): boolean {
  return records.length > 0 || ['E', 'F', 'G'].includes(area) || ['A.2', 'A.3', 'D.3'].includes(id)
}

/** What our own records say to a control: each a sentence that leads to what it was counted from. */
export function recordsPage(
  audit: { reference: string },
  sections: readonly FigureSection[],
  locale: Locale,
) {
  const t = textIn(locale)
  return sections.map(({ key, figures }) => ({
    title: t(`audit-figures:section.${key}`),
    figures: figures.map((figure) => ({
      text: figureInWords(figure, locale),
      url: `${auditUrl(audit)}/figures/${encodeURIComponent(figure.key)}`,
    })),
  }))
}
