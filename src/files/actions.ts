import { buffer } from 'node:stream/consumers'
import type { Context } from '../base/context.js'
import { NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { fileById, insertFile, openFile, type StoredFile } from './records.js'
import { cleanName, judgeFile, largestFile } from './rules.js'

export {
  everyFile,
  fileById,
  filesAbout,
  filesAboutAll,
  filesByIds,
  hasContent,
  insertContent,
  openFile,
  removeFile,
  removeFiles,
  type StoredFile,
} from './records.js'

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
  // Loaded with the first file: a start has none to look at.
  const { fileTypeFromBuffer } = await import('file-type')
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

/**
 * Keeps a mail as it came, whatever is in it: it is evidence before anybody has judged it, and is only ever handed out as a download.
 */
export async function storeMessage(
  context: Context,
  file: Upload & { about: { kind: string; id: string } },
): Promise<StoredFile> {
  const { name, bytes, about } = file
  return insertFile(
    {
      _id: newId(),
      name: cleanName(name),
      type: 'message/rfc822',
      about,
      storedAt: context.now,
      storedBy: context.actor,
      sample: false,
    },
    bytes,
  )
}

/** The whole content, for mail attachments and evidence packs. Throws `NotFound`. */
export async function readFileBytes(id: string): Promise<Buffer> {
  if (!(await fileById(id))) throw new NotFound()
  return buffer(openFile(id))
}
