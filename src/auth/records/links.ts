import { model, Schema, type QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { registerMoved } from '../../audit-log/actions.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'

/**
 * What lets one contact of one customer see and answer one thing without an account. Its token is derived from `_id`
 * and `version of the token` and stored nowhere.
 */
export type Link = {
  _id: string
  kind: 'customer'
  customer: string
  contact: string
  about: { kind: string; id: string }
  /** The last day it opens. */
  expiresOn: Day
  tokenVersion: number
  revokedAt: Date | null
} & Moved

/** The same for one contact of a vendor; `contact` is 'share:<id>' for a colleague who was handed a part. */
export type VendorLink = Omit<Link, 'kind' | 'customer' | 'about'> & {
  kind: 'vendor'
  vendor: string
  about: { kind: VendorAbout; id: string }
}
export type VendorAbout = 'questionnaire' | 'statement-request' | 'finding' | 'departure' | 'breach'

const schema = new Schema<Link & { vendor?: string }>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    // Exactly one of the two.
    customer: String,
    vendor: String,
    contact: { type: String, required: true },
    about: { type: new Schema({ kind: String, id: String }, { _id: false }), required: true },
    expiresOn: { type: String, required: true },
    tokenVersion: { type: Number, required: true },
    revokedAt: { type: Date, default: null },
    ...movedFields,
  },
  { minimize: false, versionKey: false },
)
schema.index({ customer: 1, contact: 1, 'about.kind': 1, 'about.id': 1 }, { unique: true })
schema.index({ 'about.kind': 1, 'about.id': 1 })
const Links = model<Link>('link', schema as unknown as Schema<Link>)
registerMoved(Links)
export { Links }

export type LinkOwner = Pick<Link, 'customer' | 'contact' | 'about'>

export async function linkById(id: string): Promise<Link | VendorLink | null> {
  return Links.findById(id).lean<Link | VendorLink>()
}

/** Of one contact of a vendor, revoked or not. */
export async function vendorLinkOf({
  contact,
  about,
}: Pick<VendorLink, 'contact' | 'about'>): Promise<VendorLink | null> {
  return Links.findOne({ contact, 'about.kind': about.kind, 'about.id': about.id }).lean<VendorLink>()
}

export async function linksByIds(ids: string[]): Promise<Link[]> {
  return Links.find({ _id: { $in: ids } }).lean<Link[]>()
}

export async function linkOf({ customer, contact, about }: LinkOwner): Promise<Link | null> {
  return Links.findOne({ customer, contact, 'about.kind': about.kind, 'about.id': about.id }).lean<Link>()
}

/** Whoever's, about those things. */
export async function linksAbout(kind: string, ids: readonly string[]): Promise<Link[]> {
  return Links.find({ 'about.kind': kind, 'about.id': { $in: [...ids] } }).lean<Link[]>()
}

/** Those that another made first are left out. */
export async function insertLinks(
  links: Omit<Link, keyof Moved>[],
  move: (link: LinkOwner) => Omit<Move, 'version'>,
): Promise<void> {
  await insertNew(
    Links,
    links.map((link) => ({ ...link, ...firstMove(move(link)) })),
  )
}

/** Null where another made the same one first. */
export async function insertLink<T extends Link | VendorLink>(
  link: Omit<T, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<T | null> {
  const record = { ...link, ...firstMove(move) } as T
  try {
    await Links.create(record as unknown as Link)
    return record
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

export async function moveLink(
  filter: { _id: string } & Partial<Pick<Link, 'revokedAt'>>,
  set: Partial<Link>,
  move: Omit<Move, 'version'>,
): Promise<Link | null> {
  return moveOne(Links, filter, { $set: set }, move)
}

export type LinkFilter = { customer?: string; contact?: string; about?: { kind: string; ids: string[] } }

export async function liveLinks(filter: LinkFilter): Promise<Link[]> {
  const where: QueryFilter<Link> = {
    ...(filter.customer ? { customer: filter.customer } : {}),
    ...(filter.contact ? { contact: filter.contact } : {}),
    ...(filter.about ? { 'about.kind': filter.about.kind, 'about.id': { $in: filter.about.ids } } : {}),
    revokedAt: null,
  }
  return Links.find(where).lean<Link[]>()
}
