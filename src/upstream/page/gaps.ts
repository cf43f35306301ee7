/** The contract-gap view: what each sub-processor owes us beside what we owe. */
import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { AgreedEngagement } from '../../register/actions.js'
import { gapStates, type Gap, type Needed } from '../rules.js'
import { gapState, periodWords } from './words.js'

export type GapRow = { engagement: AgreedEngagement; name: string; gap: Gap }

export function gapRow({ engagement, gap }: GapRow, locale: Locale) {
  const t = textIn(locale)
  const { needed, worst, state } = gap
  return {
    reference: engagement.reference,
    url: `/engagements/${engagement.reference}`,
    name: engagement.vendorName,
    activity: engagement.activity[locale] || engagement.activity.da,
    signed: engagement.contract?.signedOn ? formatShortDay(engagement.contract.signedOn, locale) : '',
    theirs: periodWords(engagement.theirNotice, t),
    ours: needed === null ? '' : periodWords(needed.period, t),
    ask: state === 'enough' ? '' : askWords(needed, t),
    worst:
      worst === null ? '' : t('gaps:worst', { count: worst.shortBy, day: formatShortDay(worst.on, locale) }),
    state: gapState(state, t),
  }
}

/** 'at least 52 days; 59, so that customers' objections can be carried on' */
function askWords(needed: Needed | null, t: Text): string {
  if (needed === null) return ''
  const ask = t('gaps:ask', { count: needed.forNotice })
  return needed.forObjection > needed.forNotice
    ? `${ask}; ${t('gaps:ask-objections', { count: needed.forObjection })}`
    : ask
}

/** On an engagement's page and form: whether what is agreed is enough, and what to ask for. */
export function gapWords(gap: Gap, handlingDays: number, locale: Locale) {
  const t = textIn(locale)
  if (gap.needed === null) return { state: null, sentences: [t('gaps:panel.nobody')] }
  const ours = periodWords(gap.needed.period, t)
  const facts = { ours, ask: askWords(gap.needed, t), count: handlingDays }
  return {
    state: gapState(gap.state, t),
    sentences: [
      t(`gaps:panel.${gap.state}`, facts),
      ...(gap.worst
        ? [t('gaps:worst', { count: gap.worst.shortBy, day: formatShortDay(gap.worst.on, locale) })]
        : []),
      t('gaps:handling', facts),
    ],
  }
}

export function gapChoices(counts: ReadonlyMap<string, number>, locale: Locale) {
  const t = textIn(locale)
  return gapStates.map((value) => ({
    value,
    text: t('gaps:choice', { state: t(`gaps:state.${value}`), count: counts.get(value) ?? 0 }),
  }))
}

export function gapHeadings(locale: Locale): string[] {
  const t = textIn(locale)
  return (
    ['reference', 'name', 'activity', 'signed', 'theirs', 'ours', 'state', 'worst', 'ask'] as const
  ).map((column) => t(`gaps:column.${column}`))
}

export function gapCells(row: GapRow, locale: Locale): string[] {
  const { reference, name, activity, signed, theirs, ours, state, worst, ask } = gapRow(row, locale)
  return [reference, name, activity, signed, theirs, ours, state.word, worst, ask]
}
