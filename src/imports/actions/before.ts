import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds, editGeneral, putBackAsBefore, type AsBefore } from '../../customers/actions.js'
import {
  editEngagement,
  editVendor,
  engagementsByIds,
  vendorsByIds,
  type EngagementInput,
  type VendorInput,
} from '../../register/actions.js'
import type { Customer } from '../../customers/rules.js'
import { engagementFacts, termsOf, vendorFacts, type Engagement, type Vendor } from '../../register/rules.js'
import { dropPacked, keepPacked, packedOf } from '../records/rows.js'
import { customersUsedSince } from '../records/used.js'
import { generalOf } from '../rules/customer-plan.js'
import type { CreatedKind } from '../rules/import.js'
import { changedFields } from '../rules/plan.js'
import type { Plan } from './plan.js'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/**
 * A record as it was before the import changed it. `version`: the one it then had; `steps`: the moves that the import made of it.
 * `history`: agreements, purchases or contacts came in, which others may have gone by since.
 */
type Before = {
  kind: CreatedKind
  id: string
  version: number
  steps: number
  history?: boolean
  input: VendorInput | EngagementInput | AsBefore
}

type Left = { kind: CreatedKind; id: string }

export const keyOf = (id: string) => `${id}/before`

/** Keeps it before anything is written; what a first attempt has kept stands. Returns whether there is anything to put back. */
export async function keepBefore(id: string, plan: Plan): Promise<boolean> {
  if ((await packedOf(keyOf(id))) !== null) return true
  const before = plan.register === 'register' ? beforeRegister(plan) : beforeCustomers(plan)
  if (before.length > 0) await keepPacked(keyOf(id), await pack(JSON.stringify(before), { level: 4 }))
  return before.length > 0
}

export async function dropBefore(id: string): Promise<void> {
  await dropPacked(keyOf(id))
}

function beforeRegister({ vendors, engagements }: Extract<Plan, { register: 'register' }>): Before[] {
  const one = { steps: 1 }
  return [
    ...vendors.flatMap(({ existing, changes }): Before[] =>
      existing && changes.length > 0
        ? [
            {
              kind: 'vendor',
              id: existing._id,
              version: existing.version,
              ...one,
              input: vendorFacts(existing),
            },
          ]
        : [],
    ),
    ...engagements.flatMap(({ existing, changes }): Before[] => {
      if (!existing || changes.length === 0) return []
      const input = { ...engagementFacts(existing), ...termsOf(existing) }
      return [{ kind: 'engagement', id: existing._id, version: existing.version, ...one, input }]
    }),
  ]
}

function beforeCustomers({ customers }: Extract<Plan, { register: 'customers' }>): Before[] {
  return customers.flatMap(({ existing, general, agreement, bought, contacts }): Before[] => {
    const history = (agreement ? 1 : 0) + bought.length + contacts.length
    const steps = (general ? 1 : 0) + history
    if (!existing || steps === 0) return []
    const { _id: id, version } = existing
    return [{ kind: 'customer', id, version, steps, history: history > 0, input: asBefore(existing) }]
  })
}

function asBefore(customer: Customer): AsBefore {
  const { agreement, agreements, services, contacts } = customer
  return { ...generalOf(customer), agreement, agreements, services, contacts }
}

/**
 * Puts back what nobody has touched since it was changed, at `since`. `kept`: what stays as the import or somebody after it left it,
 * or in part since something goes by it.
 */
export async function putBack(
  context: Context,
  id: string,
  since: Date,
): Promise<{ restored: Left[]; kept: Left[] }> {
  const packed = await packedOf(keyOf(id))
  const restored: Left[] = []
  const kept: Left[] = []
  if (packed === null) return { restored, kept }
  const all = JSON.parse((await unpack(packed)).toString('utf8')) as Before[]
  const joined = all.filter(({ history }) => history).map((each) => each.id)
  const used = await customersUsedSince(joined, since)
  for (const before of all) {
    const inPart = used.has(before.id)
    const came = await putOneBack(context, before, inPart)
    // The import broke off before it came to it.
    if (came === 'untouched') continue
    const { kind, id: of } = before
    if (came === 'back') restored.push({ kind, id: of })
    if (came === 'kept' || inPart) kept.push({ kind, id: of })
  }
  return { restored, kept }
}

function factsNow(kind: CreatedKind, record: object): object {
  if (kind === 'vendor') return vendorFacts(record as Vendor)
  if (kind === 'customer') return asBefore(record as Customer)
  const engagement = record as Engagement
  return { ...engagementFacts(engagement), ...termsOf(engagement) }
}

/** In both directions: what was not there before is no longer to be there. */
function isSame(one: object, other: object): boolean {
  return changedFields(one, other).length === 0 && changedFields(other, one).length === 0
}

/** `back`: the record is as it was before; `inPart`: but for what others have gone by since. */
async function putOneBack(
  context: Context,
  { kind, id, version, steps, input }: Before,
  inPart: boolean,
): Promise<'back' | 'kept' | 'untouched'> {
  const [record] = await { vendor: vendorsByIds, engagement: engagementsByIds, customer: customersByIds }[
    kind
  ]([id])
  if (!record) return 'kept'
  if (record.version === version) return 'untouched'
  if (isSame(factsNow(kind, record), input)) return 'back'
  if (record.version !== version + steps || record.endedOn !== null) return 'kept'
  try {
    if (kind === 'vendor') await editVendor(context, record as never, input as VendorInput)
    else if (kind === 'engagement')
      await editEngagement(context, record as never, input as EngagementInput, { asFound: true })
    else if (inPart) await editGeneral(context, record as never, input as AsBefore)
    else await putBackAsBefore(context, record as never, input as AsBefore)
    return 'back'
  } catch (error) {
    // Customers have approved it since: what they have approved changes by a notice.
    if (error instanceof Refused) return 'kept'
    throw error
  }
}
