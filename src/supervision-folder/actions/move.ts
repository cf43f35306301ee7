import { record } from '../../audit-log/actions.js'
import { Refused } from '../../base/errors.js'
import { Folders, moveFolder } from '../records.js'
import type { Folder } from '../rules.js'

/** One move, with its entry in the log. Throws `Refused('folder-changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  folder: Folder,
  changes: Partial<Folder>,
  move: Parameters<typeof moveFolder>[2],
): Promise<Folder> {
  const after = await moveFolder(folder, changes, move)
  if (!after) throw new Refused('folder-changed-meanwhile')
  await record(Folders, after)
  return after
}
