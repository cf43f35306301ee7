import type { Request } from 'express'
import { record } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import { laterOf, type Day } from '../base/day.js'
import { newId } from '../base/ids.js'
import { anyOpenLinkOf, DeadLink, factsOf, moveBy } from './open-links.js'
import { insertLink, Links, moveLink, vendorLinkOf, type Link, type VendorLink } from './records/links.js'
import type { OpenVendorLink } from './request.js'

/**
 * The link of this contact of a vendor to this thing, made on first need; a later last day is taken over, an earlier one is not.
 * One that was revoked opens again with a new token: the one in the earlier mail stays dead. So ask only for those who may come in.
 */
export async function ensureVendorLink(
  context: Context,
  {
    vendor,
    contact,
    about,
    expiresOn,
  }: Pick<VendorLink, 'vendor' | 'contact' | 'about'> & { expiresOn: Day },
): Promise<VendorLink> {
  const found = await vendorLinkOf({ contact, about })
  if (!found) {
    const made = await insertLink<VendorLink>(
      {
        _id: newId(),
        kind: 'vendor',
        vendor,
        contact,
        about: { kind: about.kind, id: about.id },
        expiresOn,
        tokenVersion: 1,
        revokedAt: null,
      },
      { ...moveBy(context), event: 'link.made', facts: factsOf({ vendor, contact, about }) },
    )
    // Another made it in the meantime.
    if (!made) return ensureVendorLink(context, { vendor, contact, about, expiresOn })
    await record(Links, made as unknown as Link)
    return made
  }
  const until = laterOf(found.expiresOn, expiresOn)
  if (found.revokedAt === null && until === found.expiresOn) return found
  const moved = await moveLink(
    { _id: found._id },
    { expiresOn: until, revokedAt: null },
    {
      ...moveBy(context),
      event: found.revokedAt === null ? 'link.extended' : 'link.renewed',
      facts: { expiresOn: until },
    },
  )
  if (!moved) return ensureVendorLink(context, { vendor, contact, about, expiresOn })
  await record(Links, moved)
  return moved as unknown as VendorLink
}

/** The vendor's link a request came by, for the guard. Throws `DeadLink`. */
export async function openVendorLinkOf(req: Request): Promise<OpenVendorLink> {
  const link = await anyOpenLinkOf(req)
  if (link.kind !== 'vendor') throw new DeadLink()
  const { _id, kind, vendor, contact, about } = link
  return { _id, kind, vendor, contact, about }
}
