/** The chain as it hangs today, from an index and the lists. */
import type { Day } from '../../base/day.js'
import type { ChainLink } from '../rules.js'
import { ordered, type LinkRow } from './chain.js'
import { EngagementModel } from './engagements.js'
import { EngagementListings } from './listings.js'

/** Each engagement's parent: the whole chain, to keep it free of rings. */
export async function allParents(): Promise<Map<string, string | null>> {
  return new Map((await furtherNow()).map(({ _id, parent }) => [_id, parent]))
}

type PresentRow = Pick<LinkRow, '_id' | 'reference' | 'vendor' | 'endedOn'> &
  Pick<ChainLink, 'parent' | 'role'>
const presentFields = { parent: 1, endedOn: 1, role: 1, reference: 1, vendor: 1 } as const

/** Every link that has one above it, as it hangs now; answered by the index alone. */
async function furtherNow(): Promise<PresentRow[]> {
  // Any id is greater than the empty text: unlike "not null" this keeps to the index.
  return EngagementModel.find({ parent: { $gt: '' } }, presentFields).lean<PresentRow[]>()
}

/** How every further link hangs today, and those above them that hang on nothing. */
export async function linkedNow(today: Day): Promise<ChainLink[]> {
  const further = await furtherNow()
  const known = new Set(further.map(({ _id }) => _id))
  const above = new Set(
    further.flatMap(({ parent }) => (parent === null || known.has(parent) ? [] : [parent])),
  )
  const tops = await EngagementModel.find({ _id: { $in: [...above] } }, presentFields).lean<PresentRow[]>()
  return [...further, ...tops].map(({ endedOn, ...row }) => ({
    ...row,
    order: '',
    ended: endedOn !== null && endedOn <= today,
  }))
}

/** As `chainLinksOn`, for today: sub-processors of our own as the lists know them, which must be up to date. */
export async function chainLinksNow(today: Day): Promise<ChainLink[]> {
  const running = { $in: ['state:planned', 'state:approved', 'state:in-use'] }
  const [linked, own] = await Promise.all([
    linkedNow(today),
    EngagementListings.find(
      { $and: [{ keys: 'link:own' }, { keys: 'role:sub-processor' }, { keys: running }] },
      { reference: 1, vendor: 1 },
    ).lean<{ _id: string; reference: string; vendor: string }[]>(),
  ])
  const known = new Set(linked.map(({ _id }) => _id))
  const alone = own.filter(({ _id }) => !known.has(_id))
  return ordered([
    ...linked,
    ...alone.map((row) => ({
      ...row,
      parent: null,
      role: 'sub-processor' as const,
      order: '',
      ended: false,
    })),
  ])
}
