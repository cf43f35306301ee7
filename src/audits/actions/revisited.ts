import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { fileById, filesByIds, storeFile, type StoredFile, type Upload } from '../../files/actions.js'
import type { Audit, Revisited } from '../rules/audit.js'
import { merge, type Merged, type Texts } from '../rules/merge.js'
import {
  revisitedOfTexts,
  textsOfRevisited,
  withoutRevisited,
  withRevisited,
  type RevisitedKind,
} from '../rules/revisited.js'
import { moveAudit } from './move.js'
import { again, openAudit } from './open.js'

/**
 * Adds one, or changes it. `id` comes with the form, so that one sent twice adds once. Returns the merge: where somebody else changed
 * the same field meanwhile nothing but the files is saved.
 */
export async function saveRevisited(
  context: Context,
  reference: string,
  kind: RevisitedKind,
  input: { id: string; typed: Texts; marks: string; files: readonly Upload[] },
): Promise<{ audit: Audit; merged: Merged }> {
  const { id, typed, marks } = input
  const opened = await openAudit(reference)
  const stored: StoredFile[] = []
  for (const file of input.files) {
    const about = { kind: 'audit', id: opened._id }
    stored.push(await storeFile(context, { ...file, about, sample: opened.sample }))
  }
  const added = stored.map(({ _id }) => _id)
  return again(async () => {
    const audit = await openAudit(reference)
    const before = audit[kind].find((one) => one.id === id)
    const merged = before ? merge(typed, textsOfRevisited(before), marks) : { values: typed, conflicts: [] }
    const kept = before && merged.conflicts.length > 0 ? before : revisitedOfTexts(merged.values)
    const item: Revisited = { ...kept, id, files: [...(before?.files ?? []), ...added] }
    const isNew = !before || item.files.length > before.files.length || textsDiffer(before, item)
    if (!isNew) return { audit, merged }
    const moved = await moveAudit(
      context,
      audit,
      { [kind]: withRevisited(audit, kind, item) },
      {
        event: `audit.${before ? 'changed' : 'added'}-to-${kind}`,
        facts: {
          item: id,
          on: item.on,
          about: item.reference,
          files: item.files,
          count: audit[kind].length + (before ? 0 : 1),
        },
        personal: { before: before && textsOfRevisited(before), after: textsOfRevisited(item) },
      },
    )
    return { audit: moved, merged }
  })
}

/** One gone already is gone. */
export async function removeRevisited(
  context: Context,
  reference: string,
  kind: RevisitedKind,
  id: string,
): Promise<Audit> {
  return again(async () => {
    const audit = await openAudit(reference)
    const item = audit[kind].find((one) => one.id === id)
    if (!item) return audit
    return moveAudit(
      context,
      audit,
      { [kind]: withoutRevisited(audit, kind, id) },
      {
        event: `audit.removed-from-${kind}`,
        facts: { item: id, count: audit[kind].length - 1 },
        personal: { before: textsOfRevisited(item) },
      },
    )
  })
}

export async function filesOfAudit(audit: Audit): Promise<ReadonlyMap<string, StoredFile>> {
  return new Map((await filesByIds(namedBy(audit))).map((file) => [file._id, file]))
}

/** Only those of the audit, or of the edition it corrects. Throws `NotFound`. */
export async function auditFile(audit: Audit, file: string): Promise<string> {
  const found = await fileById(file)
  if (found?.about.kind !== 'audit' || (found.about.id !== audit._id && !namedBy(audit).includes(file)))
    throw new NotFound()
  return found._id
}

function namedBy({ risks, threats, incidents }: Pick<Audit, RevisitedKind>): string[] {
  return [...risks, ...threats, ...incidents].flatMap(({ files }) => files)
}

function textsDiffer(before: Revisited, after: Revisited): boolean {
  const [one, other] = [textsOfRevisited(before), textsOfRevisited(after)]
  return Object.keys(one).some((name) => one[name] !== other[name])
}
