import type { Locale } from '../../base/context.js'
import { daysBetween, type Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { nextStep, type NextStep, type Objection } from '../rules.js'
import { stateOf, timelyState, urlOf, type Names } from './words.js'

type Listed = {
  open: Objection[]
  openCount: { count: number; capped: boolean }
  closed: { rows: Objection[]; next: string | null }
  names: Names
}

/** Open ones first; on later pages only what is closed. */
export function listPage(
  { open, openCount, closed, names }: Listed,
  cursor: string | undefined,
  today: Day,
  locale: Locale,
) {
  const rows = (objections: Objection[]) =>
    objections.map((objection) => objectionRow(objection, names, today, locale))
  return {
    open: cursor ? [] : rows(open),
    openCount: openCount.count,
    closed: rows(closed.rows),
    paging: {
      count: null,
      next: closed.next ? `?after=${closed.next}` : null,
      first: cursor ? '/objections' : null,
    },
  }
}

export function objectionRow(objection: Objection, names: Names, today: Day, locale: Locale) {
  const t = textIn(locale)
  const next = nextStep(objection)
  return {
    reference: objection.reference,
    url: urlOf(objection),
    customer: objection.customerName,
    notice: objection.noticeReference,
    noticeUrl: `/notices/${objection.noticeReference}`,
    received: formatShortDay(objection.receivedOn, locale),
    age: ageInWords(daysBetween(objection.receivedOn, today), t),
    inTime: timelyState(objection, t),
    owner: (objection.owner && names.get(objection.owner)) || t('objections:list.noOwner'),
    state: stateOf(objection, t),
    settledOn: objection.outcomeOn ? formatShortDay(objection.outcomeOn, locale) : '',
    next: next && nextShown(objection, next, today, locale),
  }
}

function nextShown(objection: Objection, { step, by }: NextStep, today: Day, locale: Locale) {
  const t = textIn(locale)
  const day = formatShortDay(by, locale)
  // Nothing to do but to let the agreement run out.
  if (step === 'await-end')
    return { text: t('objections:awaitEnd', { day }), by: '', overdue: false, url: urlOf(objection) }
  return {
    text: t(`objections:next.${step}`),
    by: t('objections:nextBy', { day }),
    overdue: by < today,
    url: `${urlOf(objection)}#${step === 'settle' ? 'settle' : 'assess'}`,
  }
}

function ageInWords(days: number, t: Text): string {
  return days <= 0 ? t('objections:list.today') : t('objections:list.days', { count: days })
}
