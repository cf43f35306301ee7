import type { Bilingual } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { proposedFindings, type Proposed } from '../rules/proposed.js'
import type { NoticeGap } from './notice-gap.js'
import type { ReviewShown } from './review-shown.js'

/** The findings this review proposes, in both languages. */
export function proposedOf({ score, gap }: Pick<ReviewShown, 'score' | 'gap'>): Proposed[] {
  return proposedFindings(
    score,
    gap && {
      question: gap.question,
      state: gap.gap.state,
      owed: gap.gap.needed !== null,
      words: gapInWords(gap),
    },
  )
}

/** The numbers as a reader can follow them: what they give, what we owe, and what it would take. */
export function gapInWords({ days, gap: { needed, worst, state }, handlingDays }: NoticeGap): Bilingual {
  const words = (locale: 'da' | 'en') => {
    const t = textIn(locale)
    if (needed === null) return t('review:gap.nobody')
    const facts = {
      days,
      ours: t(`register:period.${needed.period.unit}`, { count: needed.period.length }),
      needed: needed.forNotice,
      objections: needed.forObjection,
      handling: handlingDays,
      short: worst?.shortBy ?? 0,
      worst: worst === null ? '' : formatShortDay(worst.on, locale),
    }
    return t(`review:gap.${state}`, facts)
  }
  return { da: words('da'), en: words('en') }
}
