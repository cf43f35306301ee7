/** A sub-processor's contact reports a breach by a link of its own that lasts: it has to be at hand before anything happens. */
import { ensureVendorLink } from '../../auth/vendor-links.js'
import type { OpenVendorLink } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import type { Upload } from '../../files/actions.js'
import { enqueue } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { engagementsOfVendor, vendorByReference, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Vendor, VendorContact } from '../../register/rules.js'
import type { VendorReport } from '../form.js'
import { linkMail, moreMail, receivedMail, type VendorReader } from '../mails.js'
import { breachesOfVendor } from '../records.js'
import type { Breach } from '../rules.js'
import { addNote } from './close.js'
import { affectedEngagements, insert } from './enter.js'
import { tellStaff } from './alert.js'

/** Five years: it is filed for a night nobody hopes for. Asking for it again moves the day on. */
const linkDays = 1826
const shownBreaches = 20

export type VendorHere = { vendor: Vendor; contact: VendorContact; engagements: Engagement[] }

/** Mails the contact its link. Each press is a mail of its own. */
export async function mailReportLink(
  context: Context,
  reference: string,
  contactId: string,
): Promise<Vendor> {
  const vendor = await vendorByReference(reference)
  if (!vendor) throw new NotFound()
  const contact = vendor.contacts.find(({ id }) => id === contactId)
  if (!contact) throw new NotFound()
  if (contact.email === undefined) throw new Refused('breach-contact-without-mail')
  const reader = await readerOf(context, vendor, contact)
  await enqueue(context, [linkMail(reader, await senderNow(), context.now.toISOString())])
  return vendor
}

async function readerOf(
  context: Context,
  vendor: Vendor,
  { id, name, email = '', locale }: VendorContact,
): Promise<VendorReader> {
  const link = await ensureVendorLink(context, {
    vendor: vendor._id,
    contact: id,
    about: { kind: 'breach', id: vendor._id },
    expiresOn: addDays(context.today, linkDays),
  })
  const { _id, name: vendorName, sample } = vendor
  return { vendor: _id, vendorName, id, name, email, locale, link: link._id, sample }
}

/** Who came by the link; a contact the vendor no longer names comes in no more. */
export async function vendorBy(link: OpenVendorLink | undefined): Promise<VendorHere> {
  if (link?.about.kind !== 'breach') throw new NotFound()
  const [vendor] = await vendorsByIds([link.vendor])
  const contact = vendor?.contacts.find(({ id }) => id === link.contact)
  if (!vendor || !contact) throw new NotFound()
  const engagements = (await engagementsOfVendor(vendor._id)).filter(({ endedOn }) => endedOn === null)
  return { vendor, contact, engagements }
}

export async function reportsOf({ vendor }: Pick<VendorHere, 'vendor'>): Promise<Breach[]> {
  return (await breachesOfVendor(vendor._id, shownBreaches)).filter(
    ({ reportedBy }) => reportedBy === 'vendor',
  )
}

/**
 * What the sub-processor reports, with its files. It told us now, and now we know: somebody is alerted at once, and the hours run
 * (clause 10.2; Art. 33(2)). Which engagements: those it ticks, else all of its.
 */
export async function reportByVendor(
  context: Context,
  { vendor, contact, engagements }: VendorHere,
  input: VendorReport,
  files: Upload[],
): Promise<Breach> {
  const ticked = engagements.filter(({ _id }) => input.engagements.includes(_id))
  const affected = ticked.length > 0 ? ticked : engagements
  const breach = await insert(context, {
    once: `${vendor._id}/${input.once}`,
    role: 'processor',
    reportedBy: 'vendor',
    report: input.report,
    vendor,
    vendorContact: input.contact,
    engagements: affectedEngagements(affected, vendor.name),
    ownServices: [],
    vendorKnewAt: input.vendorKnewAt,
    vendorToldAt: context.now,
    awareAt: context.now,
    sample: vendor.sample,
  })
  if (files.length > 0 && breach.notes.length === 0)
    await addNote(context, breach, { from: 'vendor', name: contact.name, text: '', files })
  if (contact.email !== undefined) {
    const [reader, sender] = await Promise.all([readerOf(context, vendor, contact), senderNow()])
    await enqueue(context, [receivedMail(breach, reader, sender, danishDateRules.zone)])
  }
  return breach
}

/** More about what was reported: staff is told, and makes the next phase of it. */
export async function moreByVendor(
  context: Context,
  here: VendorHere,
  reference: string,
  { text, files }: { text: string; files: Upload[] },
): Promise<void> {
  const breach = (await reportsOf(here)).find((each) => each.reference === reference)
  if (!breach) throw new NotFound()
  const { breach: noted, note } = await addNote(context, breach, {
    from: 'vendor',
    name: here.contact.name,
    text,
    files,
  })
  await tellStaff(context, (colleague) => moreMail(noted, note, colleague))
}
