import type { Engagement } from '../../register/rules.js'
import type { PlannedEngagement } from './engagement-plan.js'
import type { Say } from './plan.js'
import type { PlannedVendor } from './vendor-plan.js'

/**
 * Finds the engagement that each new one of the file continues: the same vendor's, by its number in the file or in the register. What
 * is on record stays as it is there, since a change of what customers have approved is planned on the record.
 */
export function withContinued(
  planned: readonly PlannedEngagement[],
  vendors: readonly Pick<PlannedVendor, 'key' | 'existing'>[],
  engagements: readonly Engagement[],
  say: Say,
): void {
  if (planned.every(({ continued }) => continued === undefined)) return
  const inFile = new Map(planned.flatMap((each) => (each.reference ? [[each.reference, each] as const] : [])))
  const onRecord = new Map(engagements.map((engagement) => [engagement.reference, engagement]))
  const vendorIds = new Map(vendors.map(({ key, existing }) => [key, existing?._id]))
  const numbers = new Map(engagements.map(({ _id, reference }) => [_id, reference]))
  for (const each of planned) {
    const { continued, existing, row, vendorKey } = each
    if (continued === undefined) continue
    if (existing) {
      if (numbers.get(existing.continues ?? '') !== continued)
        say(row, 'warning', 'continues-not-taken', { reference: existing.reference })
      continue
    }
    const file = inFile.get(continued)
    const known = file ? file.existing : onRecord.get(continued)
    if (known && known.vendor === vendorIds.get(vendorKey)) each.continues = { id: known._id }
    else if (file && !known && file !== each && file.vendorKey === vendorKey)
      each.continues = { key: file.key }
    else say(row, 'problem', 'continues-unknown', { text: continued })
  }
  sayRings(planned, say)
}

/** An engagement that in the end continues itself. */
function sayRings(planned: readonly PlannedEngagement[], say: Say): void {
  const before = new Map(
    planned.flatMap(({ key, continues }) =>
      continues && 'key' in continues ? [[key, continues.key] as const] : [],
    ),
  )
  for (const { key, row, continued = '' } of planned) {
    const seen = new Set<string>()
    let at = before.get(key)
    while (at !== undefined && at !== key && !seen.has(at)) {
      seen.add(at)
      at = before.get(at)
    }
    if (at === key) say(row, 'problem', 'continues-unknown', { text: continued })
  }
}
