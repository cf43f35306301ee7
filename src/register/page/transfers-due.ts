import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { basisInShort } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import type { TransferDue } from '../rules/transfers-due.js'

export function dueRows(due: readonly TransferDue[], today: Day, locale: Locale) {
  return due.map(({ engagement, transfer, on }) => ({
    url: `/engagements/${engagement.reference}`,
    edit: `/engagements/${engagement.reference}/edit#transfers`,
    reference: engagement.reference,
    name: engagement.vendorName,
    activity: engagement.activity[locale] || engagement.activity.da,
    country: countryName(transfer.country, locale),
    basis: basisInShort(transfer, locale),
    entity: transfer.listing?.entity ?? '',
    on,
    late: on !== null && on < today,
  }))
}
