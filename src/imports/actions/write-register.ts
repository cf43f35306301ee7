import type { Context } from '../../base/context.js'
import {
  addImportedEngagements,
  addImportedVendors,
  editEngagement,
  editVendor,
} from '../../register/actions.js'
import { idFor } from '../rules/import.js'
import type { RegisterPlan } from '../rules/register-plan.js'

/** Vendors before their engagements. Each step leaves alone what an earlier attempt has done. */
export async function writeRegister(context: Context, id: string, plan: RegisterPlan): Promise<void> {
  const vendorIds = new Map(
    plan.vendors.map(({ key, existing }) => [key, existing?._id ?? idFor(id, 'vendor', key)]),
  )
  await addImportedVendors(
    context,
    plan.vendors.flatMap(({ key, existing, input }) =>
      existing ? [] : [{ ...input, _id: idFor(id, 'vendor', key) }],
    ),
  )
  for (const { existing, input, changes } of plan.vendors)
    if (existing && changes.length > 0) await editVendor(context, existing, input)
  await addImportedEngagements(
    context,
    plan.engagements.flatMap(({ key, vendorKey, existing, input, inUseSince }) =>
      existing
        ? []
        : [
            {
              ...input,
              _id: idFor(id, 'engagement', key),
              vendor: vendorIds.get(vendorKey) ?? '',
              inUse: { since: inUseSince, until: null },
            },
          ],
    ),
  )
  for (const { existing, input, changes } of plan.engagements)
    if (existing && changes.length > 0) await editEngagement(context, existing, input, { asFound: true })
}
