import type { Bilingual, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  currentContacts,
  earlierContacts,
  hasEnded,
  lastDayOf,
  servicesOn,
  type Contact,
  type Customer,
} from '../rules.js'
import { agreementInShort } from './agreement.js'

/** A service as the rooms above name it. */
export type ServiceName = { _id: string; name: Bilingual }

export type State = { tone: 'calm' | 'info' | 'good' | 'wait' | 'stop'; word: string }

/** What stands beside a customer's name: what is wrong with it, and that it is invented. */
export function statesOf(customer: Customer, today: Day, locale: Locale): State[] {
  const t = textIn(locale)
  const states: State[] = []
  if (hasEnded(customer, today)) states.push({ tone: 'calm', word: t('customers:problem.ended-short') })
  else if (customer.withoutContact)
    states.push({ tone: 'stop', word: t('customers:problem.without-contact-short') })
  if (customer.endedOn !== null && customer.endedOn > today)
    states.push({
      tone: 'wait',
      word: t('customers:problem.ending-short', { on: formatShortDay(customer.endedOn, locale) }),
    })
  return states
}

export function customerRow(
  customer: Customer,
  services: readonly ServiceName[],
  today: Day,
  locale: Locale,
) {
  const bought = servicesOn(customer.services, today).map((id) => serviceName(services, id, locale))
  return {
    reference: customer.reference,
    name: customer.name,
    url: `/customers/${customer.reference}`,
    number: customer.registration?.number ?? '',
    services: bought.slice(0, 2).join(', '),
    moreServices: Math.max(0, bought.length - 2),
    agreement: agreementInShort(customer.agreement, locale),
    contact: currentContacts(customer.contacts).find(({ dataProtection }) => dataProtection)?.name ?? '',
    states: statesOf(customer, today, locale),
  }
}

export function serviceName(services: readonly ServiceName[], id: string, locale: Locale): string {
  return (
    services.find((service) => service._id === id)?.name[locale] ??
    textIn(locale)('customers:services.unknown')
  )
}

export function serviceRows(
  customer: Customer,
  services: readonly ServiceName[],
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  return customer.services
    .map((bought) => ({
      ...bought,
      name: serviceName(services, bought.service, locale),
      until: bought.to === null ? '' : formatDay(bought.to, locale),
      open: bought.to === null || bought.to > today,
      state: serviceState(bought, today, locale),
      end: `/customers/${customer.reference}/services/${bought.service}/${bought.from}/end`,
      about: t('customers:services.since', { from: formatShortDay(bought.from, locale) }),
    }))
    .toSorted((a, b) => Number(b.open) - Number(a.open) || a.name.localeCompare(b.name, locale))
}

function serviceState({ from, to }: { from: Day; to: Day | null }, today: Day, locale: Locale): State {
  const t = textIn(locale)
  if (to !== null && to <= today) return { tone: 'calm', word: t('customers:services.state-ended') }
  if (from > today)
    return { tone: 'wait', word: t('customers:services.state-later', { from: formatShortDay(from, locale) }) }
  return { tone: 'good', word: t('customers:services.state-now') }
}

/** `also`: how many other customers each address stands for. */
export function contactRows(customer: Customer, also: ReadonlyMap<string, number>, locale: Locale) {
  const url = `/customers/${customer.reference}/contacts`
  return {
    current: currentContacts(customer.contacts).map((contact, place) => ({
      ...contact,
      place: place + 1,
      roles: rolesInWords(contact, locale),
      also: also.get(contact.email) ?? 0,
      alsoUrl: `/customers?q=${encodeURIComponent(contact.email)}`,
      edit: `${url}/${contact.id}`,
      end: `${url}/${contact.id}/end`,
      sooner: place === 0 ? null : `${url}/${contact.id}/sooner`,
    })),
    earlier: earlierContacts(customer.contacts).map((contact) => ({
      ...contact,
      roles: rolesInWords(contact, locale),
      period: contactPeriod(contact, locale),
    })),
  }
}

function rolesInWords(contact: Contact, locale: Locale): string {
  const t = textIn(locale)
  const roles = [
    ...(contact.dataProtection ? [t('customers:contacts.role-data-protection')] : []),
    ...(contact.mayApprove ? [t('customers:contacts.role-may-approve')] : []),
  ]
  return roles.length > 0 ? roles.join(', ') : t('customers:contacts.role-none')
}

function contactPeriod(contact: Contact, locale: Locale): string {
  const last = lastDayOf(contact)
  const from = formatShortDay(contact.from, locale)
  return last === null
    ? textIn(locale)('customers:contacts.same-day', { from })
    : textIn(locale)('customers:contacts.period', { from, to: formatShortDay(last, locale) })
}
