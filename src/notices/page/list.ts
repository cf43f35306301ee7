import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Choice } from '../../lists/page.js'
import { noticeStates, waits } from '../rules/lists.js'
import { lineKinds, servicesOf, type Notice } from '../rules/notice.js'
import type { Phase } from '../rules/recipient.js'
import { lineTitle, type ServiceNames } from './facts.js'
import { barOf, noticeState } from './words.js'

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

/** The same with the columns one may choose. */
export function noticeListRow(
  entry: ListEntry,
  { services, dayOf, locale }: { services: ServiceNames; dayOf: (at: Date) => Day; locale: Locale },
) {
  const { lines, moves } = entry.notice
  const changed = moves.at(-1)?.at
  const bought = [...new Set(lines.flatMap(servicesOf))]
  return {
    ...noticeRow(entry, textIn(locale)),
    services: bought.flatMap((id) => services.get(id)?.[locale] ?? []).join(', '),
    changed: changed ? formatShortDay(dayOf(changed), locale) : '',
  }
}

/** What each filter of the list offers. */
export function noticeListChoices(services: ServiceNames, locale: Locale): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    state: noticeStates.map((value) => ({ value, text: t(`notices:state.${value}`) })),
    service: [...services].map(([value, name]) => ({ value, text: name[locale] })),
    change: lineKinds.map((value) => ({ value, text: t(`notices:form.kind-${value}`) })),
    waits: waits.map((value) => ({ value, text: t(`lists:waits.${value}`) })),
  }
}
