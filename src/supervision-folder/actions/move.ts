import { moveRecorded, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { Folders } from '../records.js'
import type { Folder } from '../rules.js'

/** One move, with its entry in the log. Throws `Refused('folder-changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  folder: Folder,
  changes: Partial<Folder>,
  said: Said,
): Promise<Folder> {
  const after = await moveRecorded(context, Folders, folder, changes, said)
  if (!after) throw new Refused('folder-changed-meanwhile')
  return after
}
