import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds, editGeneral } from '../../customers/actions.js'
import type { GeneralInput } from '../../customers/form.js'
import {
  editEngagement,
  editVendor,
  engagementsByIds,
  vendorsByIds,
  type EngagementInput,
  type VendorInput,
} from '../../register/actions.js'
import type { Customer } from '../../customers/rules.js'
import { engagementFacts, vendorFacts, type Engagement, type Vendor } from '../../register/rules.js'
import { dropPacked, keepPacked, packedOf } from '../records/rows.js'
import { generalOf } from '../rules/customer-plan.js'
import type { CreatedKind } from '../rules/import.js'
import { changedFields } from '../rules/plan.js'
import { termsIn } from '../rules/register-matching.js'
import type { Plan } from './plan.js'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/**
 * A record as it was before the import changed it. `version`: the one it then had; `steps`: the moves that the import made of it.
 * `whole`: all of what the import changed can be put back.
 */
type Before = {
  kind: CreatedKind
  id: string
  version: number
  steps: number
  whole: boolean
  input: VendorInput | EngagementInput | GeneralInput
}

type Left = { kind: CreatedKind; id: string }

const keyOf = (id: string) => `${id}/before`

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
  const one = { steps: 1, whole: true }
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
      const input = { ...engagementFacts(existing), ...termsIn(existing) }
      return [{ kind: 'engagement', id: existing._id, version: existing.version, ...one, input }]
    }),
  ]
}

/** What is said of the customer itself; an agreement, a purchase or a contact that came in is part of its history from that day. */
function beforeCustomers({ customers }: Extract<Plan, { register: 'customers' }>): Before[] {
  return customers.flatMap(({ existing, general, agreement, bought, contacts }): Before[] => {
    const history = (agreement ? 1 : 0) + bought.length + contacts.length
    const steps = (general ? 1 : 0) + history
    if (!existing || steps === 0) return []
    const { _id: id, version } = existing
    return [{ kind: 'customer', id, version, steps, whole: history === 0, input: generalOf(existing) }]
  })
}

/** Puts back what nobody has touched since. `kept`: what stays as the import or somebody after it left it. */
export async function putBack(context: Context, id: string): Promise<{ restored: Left[]; kept: Left[] }> {
  const packed = await packedOf(keyOf(id))
  const restored: Left[] = []
  const kept: Left[] = []
  if (packed === null) return { restored, kept }
  const all = JSON.parse((await unpack(packed)).toString('utf8')) as Before[]
  for (const before of all) {
    const back = await putOneBack(context, before)
    const { kind, id: of } = before
    if (back) restored.push({ kind, id: of })
    if (!back || !before.whole) kept.push({ kind, id: of })
  }
  return { restored, kept }
}

function factsNow(kind: CreatedKind, record: object): object {
  if (kind === 'vendor') return vendorFacts(record as Vendor)
  if (kind === 'customer') return generalOf(record as Customer)
  const engagement = record as Engagement
  return { ...engagementFacts(engagement), ...termsIn(engagement) }
}

/** In both directions: what was not there before is no longer to be there. */
function isSame(one: object, other: object): boolean {
  return changedFields(one, other).length === 0 && changedFields(other, one).length === 0
}

/** Whether the record is as it was before. */
async function putOneBack(context: Context, { kind, id, version, steps, input }: Before): Promise<boolean> {
  const [record] = await { vendor: vendorsByIds, engagement: engagementsByIds, customer: customersByIds }[
    kind
  ]([id])
  if (!record) return false
  if (isSame(factsNow(kind, record), input)) return true
  if (record.version !== version + steps || record.endedOn !== null) return false
  try {
    if (kind === 'vendor') await editVendor(context, record as never, input as VendorInput)
    else if (kind === 'engagement')
      await editEngagement(context, record as never, input as EngagementInput, { asFound: true })
    else await editGeneral(context, record as never, input as GeneralInput)
    return true
  } catch (error) {
    // Customers have approved it since: what they have approved changes by a notice.
    if (error instanceof Refused) return false
    throw error
  }
}
