import { plainName } from './names.js'
import type { Engagement } from '../../register/rules.js'
import type { PlannedEngagement } from './engagement-plan.js'
import { changedFields, type Say } from './plan.js'

type Named = { key: string; name: string }

/**
 * Finds the link above each engagement of the file: by its number in the file, by its number in the register, or by the name of
 * its vendor where that has one engagement only.
 */
export function withParents(
  planned: readonly PlannedEngagement[],
  vendorNames: ReadonlyMap<string, string>,
  engagements: readonly Engagement[],
  namesById: ReadonlyMap<string, string>,
  say: Say,
): void {
  if (planned.every(({ above }) => above === undefined)) return
  const inFile = new Map(planned.flatMap((each) => (each.reference ? [[each.reference, each] as const] : [])))
  const onRecord = new Map(engagements.map((engagement) => [engagement.reference, engagement]))
  const fileByName = byName(
    planned.map(({ key, vendorKey }) => ({ key, name: vendorNames.get(vendorKey) ?? '' })),
  )
  const recordByName = byName(
    engagements
      .filter(({ endedOn }) => endedOn === null)
      .map(({ _id, vendor }) => ({ key: _id, name: namesById.get(vendor) ?? '' })),
  )
  const byKey = new Map(planned.map((each) => [each.key, each]))
  for (const each of planned) {
    if (each.above === undefined) continue
    const name = plainName(each.above)
    const file = inFile.get(each.above) ?? byKey.get(fileByName.get(name) ?? '')
    const known = onRecord.get(each.above)?._id ?? recordByName.get(name)
    if (file?.existing) each.input = { ...each.input, parent: file.existing._id }
    else if (file) each.parentKey = file.key
    else if (known !== undefined && known !== null) each.input = { ...each.input, parent: known }
    else say(each.row, 'problem', 'parent-unknown', { text: each.above })
    if (each.existing && each.existing.endedOn === null) {
      each.changes = changedFields(each.existing, each.input)
      if (each.parentKey !== null) each.changes.push('parent')
    }
  }
  sayRings(planned, engagements, say)
}

/** Names that belong to one engagement only. */
function byName(all: readonly Named[]): Map<string, string | null> {
  const map = new Map<string, string | null>()
  for (const { key, name } of all) {
    const plain = plainName(name)
    map.set(plain, map.has(plain) ? null : key)
  }
  return map
}

function sayRings(planned: readonly PlannedEngagement[], engagements: readonly Engagement[], say: Say): void {
  const idOf = ({ existing, key }: PlannedEngagement) => existing?._id ?? `new ${key}`
  const parents = new Map<string, string | null>(engagements.map(({ _id, parent }) => [_id, parent]))
  const byKey = new Map(planned.map((each) => [each.key, each]))
  for (const each of planned) {
    const above = each.parentKey === null ? undefined : byKey.get(each.parentKey)
    parents.set(idOf(each), above ? idOf(above) : each.input.parent)
  }
  for (const each of planned) {
    if (isUsedThroughItself(idOf(each), parents)) say(each.row, 'problem', 'parent-loops')
  }
}

/** What merely hangs below a ring is no part of it: once the ring is put right, it is right too. */
function isUsedThroughItself(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>()
  for (let above = parents.get(id) ?? null; above !== null; above = parents.get(above) ?? null) {
    if (above === id) return true
    if (seen.has(above)) return false
    seen.add(above)
  }
  return false
}
