import type { Locale } from '../../base/context.js'
import { daysBetween, type Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Choice } from '../../lists/page.js'
import { objectionStates } from '../rules/lists.js'
import { nextStep, outcomes, type NextStep, type Objection } from '../rules.js'
import { stateOf, timelyState, urlOf, type Names } from './words.js'

/** What each filter of the list offers. Customers are searched for, not offered: there may be thousands. */
export function objectionListChoices(
  { names, notices }: { names: Names; notices: readonly string[] },
  locale: Locale,
): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    state: objectionStates.map((value) => ({
      value,
      text: value === 'open' ? t('objections:list.isOpen') : t(`objections:state.${value}`),
    })),
    'in-time': [
      { value: 'yes', text: t('objections:timely') },
      { value: 'no', text: t('objections:late') },
    ],
    outcome: outcomes.map((value) => ({ value, text: t(`objections:outcome.${value}`) })),
    owner: [
      { value: 'none', text: t('objections:list.noOwner') },
      ...[...names].map(([value, text]) => ({ value, text })),
    ],
    notice: notices.map((value) => ({ value, text: value })),
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
    closed: !objection.blocking,
    channel: t(`objections:channel.${objection.channel}`),
    reasons: objection.reasons ?? '',
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
