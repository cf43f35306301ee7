import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { currentContacts } from './contacts.js'
import type { Customer } from './customer.js'
import { overlapping } from './services.js'

/** What can be done to several customers at once. */
export type CustomerChange =
  | { kind: 'buy-service'; service: string; from: Day }
  | { kind: 'language'; locale: Locale }
  | { kind: 'version'; dpaVersion: string; signedOn: Day | null; from: Day }

/** `because` is the end of a key below `lists:bulk.because.`. */
export type Verdict =
  { outcome: 'change' | 'already' } | { outcome: 'cannot'; because: 'ended' | 'no-contacts' }

export function customerVerdict(customer: Customer, change: CustomerChange): Verdict {
  if (customer.endedOn !== null) return { outcome: 'cannot', because: 'ended' }
  switch (change.kind) {
    case 'buy-service':
      return { outcome: overlapping(customer.services, change.service, change.from) ? 'already' : 'change' }
    case 'language': {
      const contacts = currentContacts(customer.contacts)
      if (contacts.length === 0) return { outcome: 'cannot', because: 'no-contacts' }
      return { outcome: contacts.every(({ locale }) => locale === change.locale) ? 'already' : 'change' }
    }
    case 'version': {
      const { dpaVersion, signedOn } = customer.agreement
      const same = dpaVersion === change.dpaVersion && signedOn === change.signedOn
      return { outcome: same ? 'already' : 'change' }
    }
  }
}
