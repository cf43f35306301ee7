import type { Context } from '../../base/context.js'
import type { Engagement } from '../../register/rules.js'
import { gapOf } from '../../upstream/actions.js'
import type { Gap } from '../../upstream/rules.js'
import { noticeQuestion } from '../rules/differences.js'
import type { Answering } from './respondent.js'
import type { View } from '../../question-sets/rules/visible.js'

/** Their notice to us as they answer it, held against the longest we owe customers who use these engagements' services. */
export type NoticeGap = { question: string; days: number; gap: Gap; handlingDays: number }

/** Null where the question is not asked, or not answered. */
export async function noticeGapOf(
  context: Context,
  { set, view }: Pick<Answering, 'set'> & { view: View },
  engagements: readonly Pick<Engagement, 'services'>[],
): Promise<NoticeGap | null> {
  const question = noticeQuestion(set)
  const days = question && view.valueOf(question.id)
  if (!question || typeof days !== 'number') return null
  const services = [...new Set(engagements.flatMap((engagement) => engagement.services))]
  const { gap, days: handlingDays } = await gapOf(context, {
    services,
    theirNotice: { length: days, unit: 'days' },
  })
  return { question: question.id, days, gap, handlingDays }
}
