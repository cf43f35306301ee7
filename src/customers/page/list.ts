import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Choice } from '../../lists/page.js'
import { instructionKinds } from '../../transfers/rules.js'
import { authorisations, type Customer } from '../rules.js'
import { noticeChoices } from './agreement.js'
import { customerRow, type ServiceName } from './customer.js'

export function customerListRow(
  customer: Customer,
  services: readonly ServiceName[],
  { today, dayOf, locale }: { today: Day; dayOf: (at: Date) => Day; locale: Locale },
) {
  const t = textIn(locale)
  const { agreement, changedAt } = customer
  return {
    ...customerRow(customer, services, today, locale),
    caseNumber: customer.caseNumber ?? '',
    version: agreement.dpaVersion,
    signed: agreement.signedOn === null ? '' : formatShortDay(agreement.signedOn, locale),
    instruction: t(`lists:customer.${agreement.transferInstruction.kind}`),
    changed: changedAt ? formatShortDay(dayOf(changedAt), locale) : '',
  }
}

/** What each filter of the customers' list offers. */
export function customerListChoices(
  services: readonly ServiceName[],
  notices: readonly string[],
  versions: readonly string[],
  locale: Locale,
): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    state: (['current', 'ended', 'all'] as const).map((value) => ({
      value,
      text: t(`customers:list.state-${value}`),
    })),
    service: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    authorisation: authorisations.map((value) => ({
      value,
      text: t(`customers:list.authorisation-${value}`),
    })),
    notice: noticeChoices(notices, locale),
    version: versions.toSorted().map((value) => ({ value, text: value })),
    instruction: instructionKinds.map((value) => ({ value, text: t(`lists:customer.${value}`) })),
    list: (['common', 'own'] as const).map((value) => ({ value, text: t(`lists:customer.${value}`) })),
    kind: (['controller', 'processor'] as const).map((value) => ({
      value,
      text: t(`lists:customer.${value}`),
    })),
    contact: [{ value: 'without', text: t('customers:list.without-contact') }],
  }
}
