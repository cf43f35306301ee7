import { buffer } from 'node:stream/consumers'
import { fileTypeFromBuffer } from 'file-type'
import type { Context } from '../base/context.js'
import { NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { fileById, insertFile, openFile, type StoredFile } from './records.js'
import { cleanName, judgeFile, largestFile } from './rules.js'

export { fileById, filesAbout, openFile, removeFile, removeFiles, type StoredFile } from './records.js'

export type Upload = { name: string; bytes: Buffer }

/**
 * Keeps a file as evidence: its type as the bytes show it, its SHA-256.
 * Throws `Refused` with `file-empty`, `file-too-large` or `file-type-unknown`.
 */
export async function storeFile(
  context: Context,
  file: Upload & { about: { kind: string; id: string }; sample?: boolean },
): Promise<StoredFile> {
  const name = cleanName(file.name)
  const verdict = judgeFile(name, file.bytes, (await fileTypeFromBuffer(file.bytes))?.mime)
  if ('refused' in verdict)
    throw new Refused(verdict.refused, { name, most: `${Math.round(largestFile / 1024 / 1024)} MB` })
  return insertFile(
    {
      _id: newId(),
      name,
      type: verdict.type,
      about: file.about,
      storedAt: context.now,
      storedBy: context.actor,
      sample: file.sample ?? false,
    },
    file.bytes,
  )
}

/** The whole content, for mail attachments and evidence packs. Throws `NotFound`. */
export async function readFileBytes(id: string): Promise<Buffer> {
  if (!(await fileById(id))) throw new NotFound()
  return buffer(openFile(id))
}
