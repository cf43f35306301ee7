import type { Day } from '../../base/day.js'
import type { Text } from '../../i18n/texts.js'
import type { Notice, NoticeState } from '../rules/notice.js'
import type { Phase } from '../rules/recipient.js'
import { lineTitle } from './facts.js'
import { barOf, noticeState } from './words.js'

export const listFilters = ['all', 'draft', 'running', 'ended'] as const
export type ListFilter = (typeof listFilters)[number]

export function statesIn(filter: ListFilter): NoticeState[] | null {
  switch (filter) {
    case 'all':
      return null
    case 'draft':
      return ['draft']
    case 'running':
      return ['issuing', 'issued']
    case 'ended':
      return ['settled', 'withdrawn']
  }
}

export type ListEntry = {
  notice: Notice
  counts: Partial<Record<Phase, number>>
  next: { kind: 'send-by' | 'last-day' | 'permitted-on'; on: Day } | null
}

export function noticeRow({ notice, counts, next }: ListEntry, t: Text) {
  return {
    reference: notice.reference,
    url: `/notices/${notice.reference}`,
    lines: notice.lines.map((line) => lineTitle(line, t)),
    state: noticeState(notice, t),
    issuedOn: notice.issuedOn,
    plannedStart: notice.plannedStart,
    bar: barOf(counts, t),
    next: next && { on: next.on, text: t(`notices:list.next.${next.kind}`) },
  }
}
