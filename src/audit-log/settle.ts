import { entryId } from './actions.js'
import { knownEntries } from './records/entries.js'
import { markUnlogged, movedModels, recordsAfter } from './records/moved.js'
import { logMissingMoves } from './timers.js'
import { sealAll } from './sealing.js'

const batch = 500

/**
 * For records that came from a file whose log ended before they were read: their moves that the log does not have are written, and
 * sealed. Returns how many records that were.
 */
export async function settleLog(): Promise<number> {
  let settled = 0
  for (const model of movedModels())
    for (let after = ''; ;) {
      const records = await recordsAfter(model, after, batch)
      const ids = records.flatMap(({ _id, moves }) =>
        moves.map(({ version }) => entryId(model.modelName, _id, version)),
      )
      const known = await knownEntries(ids)
      const behind = records.filter(({ _id, moves }) =>
        moves.some(({ version }) => !known.has(entryId(model.modelName, _id, version))),
      )
      await markUnlogged(model, behind)
      settled += behind.length
      if (records.length < batch) break
      after = records.at(-1)!._id
    }
  await logMissingMoves()
  await sealAll()
  return settled
}
