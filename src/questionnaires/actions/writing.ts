import { staffMembers } from '../../auth/actions/people.js'
import { ensureVendorLink } from '../../auth/links.js'
import { organisation } from '../../auth/organisation.js'
import type { Context, Locale } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { questionSet } from '../../question-sets/actions.js'
import { engagementsByIds } from '../../register/actions.js'
import type { About, Asker, Reader, StaffReader, Writing } from '../mails/shared.js'
import { linkExpires } from '../rules/asking.js'
import type { Owner, Questionnaire, Share } from '../rules/questionnaire.js'

/** Who asks. Throws `Refused('organisation-missing')`. */
export async function askerNow(): Promise<Asker> {
  const found = await organisation()
  if (!found) throw new Refused('organisation-missing')
  return { name: found.name, dpo: found.dpo }
}

/** What a questionnaire is about, as mails and pages name it. */
export async function aboutOf({
  engagements,
  set,
}: Pick<Questionnaire, 'engagements' | 'set'>): Promise<About> {
  const found = await engagementsByIds(engagements)
  const { title } = questionSet(set.id, set.version)
  const inLocale = (locale: Locale) => ({
    engagements: found.map(({ activity }) => activity[locale] || activity.da),
    set: title[locale],
  })
  return { da: inLocale('da'), en: inLocale('en') }
}

export async function writingOf(questionnaire: Questionnaire): Promise<Writing> {
  const [asker, about] = await Promise.all([askerNow(), aboutOf(questionnaire)])
  return { questionnaire, asker, about }
}

/** A contact's id; for one who stands in no register the address itself says who it is. */
export function contactOf({ contact, email }: Pick<Owner, 'contact' | 'email'>): string {
  return contact ?? `address:${email.toLowerCase()}`
}

/** The one who answers, with a link that opens. */
export async function ownerReader(context: Context, questionnaire: Questionnaire): Promise<Reader> {
  const { _id, vendor, owner, dueOn } = questionnaire
  const link = await ensureVendorLink(context, {
    vendor,
    contact: contactOf(owner),
    about: { kind: 'questionnaire', id: _id },
    expiresOn: linkExpires(context.today, dueOn),
  })
  return { ...owner, link: link._id }
}

/** A colleague who was handed a part, with a link of their own. */
export async function shareReader(
  context: Context,
  { _id, vendor, dueOn }: Questionnaire,
  share: Share,
): Promise<Reader> {
  const contact = `share:${share._id}`
  const link = await ensureVendorLink(context, {
    vendor,
    contact,
    about: { kind: 'questionnaire', id: _id },
    expiresOn: linkExpires(context.today, dueOn),
  })
  const { name, email, locale } = share
  return { name, email, locale, contact: null, link: link._id }
}

/** Those who have the duty of data protection officer; where nobody has, the officers. */
export async function dpoReaders(): Promise<StaffReader[]> {
  const active = (await staffMembers()).filter(({ state }) => state === 'active')
  const dpos = active.filter(({ role }) => role === 'dpo')
  const readers = dpos.length > 0 ? dpos : active.filter(({ role }) => role === 'officer')
  return (readers.length > 0 ? readers : active.filter(({ role }) => role === 'administrator')).map(
    ({ _id, name, email, locale }) => ({ person: _id, name, email, locale }),
  )
}
