import type { Context } from '../../base/context.js'
import {
  addImportedEngagements,
  addImportedVendors,
  editEngagement,
  editVendor,
} from '../../register/actions.js'
import { idFor } from '../rules/import.js'
import type { PlannedEngagement, RegisterPlan } from '../rules/register-plan.js'

/** Vendors before their engagements. Each step leaves alone what an earlier attempt has done. */
export async function writeRegister(context: Context, id: string, plan: RegisterPlan): Promise<void> {
  // The link above may come in with the same file.
  const inputWithParent = ({ input, parentKey }: Pick<PlannedEngagement, 'input' | 'parentKey'>) =>
    parentKey === null ? input : { ...input, parent: idFor(id, 'engagement', parentKey) }
  // So may the one that is continued.
  const continuing = ({ key, continues }: Pick<PlannedEngagement, 'key' | 'continues'>) => {
    if (continues === null) return {}
    const engagement = 'id' in continues ? continues.id : idFor(id, 'engagement', continues.key)
    return { continues: { engagement, _id: idFor(id, 'engagement', key) } }
  }
  const vendorIds = new Map(
    plan.vendors.map(({ key, existing }) => [key, existing?._id ?? idFor(id, 'vendor', key)]),
  )
  await addImportedVendors(
    context,
    plan.vendors.flatMap(({ key, existing, input, reference, ended }) =>
      existing ? [] : [{ ...input, _id: idFor(id, 'vendor', key), reference, ended }],
    ),
  )
  for (const { existing, input, changes } of plan.vendors)
    if (existing && changes.length > 0) await editVendor(context, existing, input)
  await addImportedEngagements(
    context,
    plan.engagements.flatMap(
      ({ existing, vendorKey, inUse, earlierUse, contracts, reference, ended, ...planned }) =>
        existing
          ? []
          : [
              {
                ...inputWithParent(planned),
                ...continuing(planned),
                _id: idFor(id, 'engagement', planned.key),
                vendor: vendorIds.get(vendorKey) ?? '',
                inUse,
                earlierUse,
                contracts,
                reference,
                ended,
              },
            ],
    ),
  )
  for (const { existing, changes, ...planned } of plan.engagements)
    if (existing && changes.length > 0)
      await editEngagement(context, existing, inputWithParent(planned), { asFound: true })
}
