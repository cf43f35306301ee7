import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { MeasuresModel, moveMeasures, readMeasures } from '../records.js'
import {
  measureParts,
  measuresOn,
  noMeasures,
  withMeasures,
  type DatedMeasures,
  type Measures,
} from '../rules/measures.js'

/** `version`: to be given back with a change, so that two who write at once see each other. */
export async function measures(): Promise<{ versions: DatedMeasures[]; version: number }> {
  const found = await readMeasures()
  return { versions: found?.versions ?? [], version: found?.version ?? 0 }
}

/** From today on; what stood on earlier days stays. Refused: `changed-meanwhile`. */
export async function writeMeasures(context: Context, text: Measures, version: number): Promise<void> {
  const before = await measures()
  if (before.version !== version) throw new Refused('changed-meanwhile')
  const standing = measuresOn(before.versions, context.today) ?? noMeasures
  const parts = measureParts.filter(
    (part) => standing[part].da !== text[part].da || standing[part].en !== text[part].en,
  )
  if (parts.length === 0) return
  const moved = await moveMeasures(version, withMeasures(before.versions, text, context.today), {
    at: context.now,
    by: context.actor,
    event: 'security-measures.described',
    facts: { from: context.today, parts },
  })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(MeasuresModel, moved)
}
