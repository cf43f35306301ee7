import { addDays, type Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { MailRow } from '../../mail/rules.js'
import type { Vendor, VendorContact } from '../../register/rules.js'
import type { Delivery, Owner, Questionnaire } from './questionnaire.js'
import { askingNumber, lastAsking } from './reminders.js'

/** C.8 names no time: thirty days leave room for a question back, and for a colleague on leave. */
export const usualDays = 30

/** Mails work until well after the due date: late answers are answers. */
const linkDays = 180

export function linkExpires(today: Day, dueOn: Day): Day {
  return addDays(dueOn > today ? dueOn : today, linkDays)
}

/** The vendor's contact who is asked unless somebody chose another: data protection first, then security, then any with an address. */
export function usualOwner(contacts: readonly VendorContact[]): Owner | null {
  const reachable = contacts.filter(({ email }) => email !== undefined && email !== '')
  const contact =
    reachable.find(({ role }) => role === 'data-protection') ??
    reachable.find(({ role }) => role === 'security') ??
    reachable[0]
  return contact ? ownerOf(contact) : null
}

export function ownerOf({ id, name, email = '', locale }: VendorContact): Owner {
  return { name, email, locale, contact: id }
}

export type Asking = Pick<
  Questionnaire,
  'year' | 'vendor' | 'engagements' | 'set' | 'why' | 'owner' | 'dueOn'
>

/** Throws `Refused` with what to do: 'questionnaire-due-past', 'questionnaire-no-engagement', 'questionnaire-no-address', 'questionnaire-vendor-ended'. */
export function mayBeAsked(asking: Asking, vendor: Pick<Vendor, 'endedOn' | 'name'>, today: Day): void {
  if (asking.dueOn <= today) throw new Refused('questionnaire-due-past')
  if (asking.engagements.length === 0) throw new Refused('questionnaire-no-engagement')
  if (asking.owner.email === '') throw new Refused('questionnaire-no-address', { vendor: vendor.name })
  if (vendor.endedOn !== null && vendor.endedOn <= today)
    throw new Refused('questionnaire-vendor-ended', { vendor: vendor.name })
}

export function send(
  { state, dueOn }: Questionnaire,
  now: Date,
  today: Day,
): Pick<Questionnaire, 'state' | 'askedAt' | 'delivery'> {
  if (state !== 'prepared') throw new Refused('questionnaire-sent-already')
  if (dueOn <= today) throw new Refused('questionnaire-due-past')
  return { state: 'asked', askedAt: now, delivery: 'under-way' }
}

/** The same mail once more to the same contact; only where the one before did not come. */
export function sendAgain({ state, delivery }: Questionnaire): Pick<Questionnaire, 'delivery'> {
  if (state !== 'asked') throw new Refused('questionnaire-not-asked')
  if (delivery === 'under-way') throw new Refused('questionnaire-under-way')
  return { delivery: 'under-way' }
}

export function changeOwner(questionnaire: Questionnaire, owner: Owner): Partial<Questionnaire> {
  const { state } = questionnaire
  if (state !== 'prepared' && state !== 'asked') throw new Refused('questionnaire-not-open')
  return state === 'asked' ? { owner, delivery: 'under-way' } : { owner }
}

/** Reminders and the word to the data protection officer follow the new day. */
export function changeDue(questionnaire: Questionnaire, dueOn: Day, today: Day): Partial<Questionnaire> {
  if (questionnaire.state !== 'prepared' && questionnaire.state !== 'asked')
    throw new Refused('questionnaire-not-open')
  if (dueOn <= today) throw new Refused('questionnaire-due-past')
  return { dueOn, escalated: null }
}

export function withdraw({ state }: Questionnaire): Pick<Questionnaire, 'state'> {
  if (state === 'concluded' || state === 'withdrawn') throw new Refused('questionnaire-over')
  return { state: 'withdrawn' }
}

/** The key of the mail that asks now; unique for ever. */
export function askingKey(questionnaire: Pick<Questionnaire, 'reference' | 'moves'>): string {
  return `questionnaire/asked/${questionnaire.reference}/${askingNumber(questionnaire)}`
}

/** Mails whose fate says whether the one who is to answer has been reached. */
export const askingKinds = [
  'questionnaire-asked',
  'questionnaire-sent-back',
  'questionnaire-reminder',
] as const

/** What word about one of its mails means; null for nothing: it is about another contact, or a mail that has been sent anew since. */
export function deliveryAfter(
  questionnaire: Questionnaire,
  mail: Pick<MailRow, 'key' | 'kind' | 'to' | 'state' | 'acceptedAt' | 'sample' | 'queuedAt' | 'evidence'>,
): { delivery: Delivery; arrivedAt: Date | null } | null {
  const { state, owner, delivery, arrivedAt } = questionnaire
  if (state !== 'asked' || mail.to.address.toLowerCase() !== owner.email.toLowerCase()) return null
  // Sent anew since: only the newest mail that asks says anything, and reminders that went after it.
  if (mail.kind === 'questionnaire-asked' && mail.key !== askingKey(questionnaire)) return null
  if (mail.queuedAt < (lastAsking(questionnaire)?.at ?? mail.queuedAt)) return null
  const last = mail.evidence.at(-1)?.at ?? null
  const taken =
    mail.state === 'accepted' ? mail.acceptedAt : mail.state === 'kept' && mail.sample ? last : null
  const after: Delivery = taken ? 'accepted' : mail.state === 'kept' ? 'kept' : 'refused'
  // A reminder that nobody has sent says nothing new of a questionnaire that has come.
  if (mail.kind === 'questionnaire-reminder' && after === 'kept') return null
  const first = arrivedAt ?? taken
  return after === delivery && first === arrivedAt ? null : { delivery: after, arrivedAt: first }
}
