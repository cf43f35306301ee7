import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import mongoose, { model, Schema } from 'mongoose'
import { inOrderOfId } from '../db/in-order-of-id.js'

export type StoredFile = {
  _id: string
  name: string
  type: string
  /** Bytes. */
  size: number
  sha256: string
  about: { kind: string; id: string }
  storedAt: Date
  storedBy: { kind: string; id: string }
  sample: boolean
}

const schema = new Schema<StoredFile>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    size: { type: Number, required: true },
    sha256: { type: String, required: true },
    about: { type: new Schema({ kind: String, id: String }, { _id: false }), required: true },
    storedAt: { type: Date, required: true },
    storedBy: { type: new Schema({ kind: String, id: String }, { _id: false }), required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false },
)
schema.index({ 'about.kind': 1, 'about.id': 1, storedAt: 1 })
schema.index({ sample: 1 })
const File = model<StoredFile>('file', schema)

// The driver's GridFS types want ObjectIds; our ids are strings, which the server stores as well.
type GridId = mongoose.mongo.ObjectId
const bucket = () => {
  const { db } = mongoose.connection
  if (!db) throw new Error('the database is not connected')
  return new mongoose.mongo.GridFSBucket(db, { bucketName: 'filecontents' })
}

/** Content first, then the record: a crash between them leaves unreachable bytes, never a record without content. */
export async function insertFile(
  file: Omit<StoredFile, 'size' | 'sha256'>,
  bytes: Buffer,
): Promise<StoredFile> {
  const stored = { ...file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  await pipeline(
    Readable.from([bytes]),
    bucket().openUploadStreamWithId(file._id as unknown as GridId, file.name),
  )
  await File.create(stored)
  return stored
}

export async function fileById(id: string): Promise<StoredFile | null> {
  return File.findById(id).lean<StoredFile>()
}

/** All of them, some at a time, without what is in them. */
export function everyFile(): AsyncGenerator<StoredFile[]> {
  return inOrderOfId(File, {})
}

export async function filesByIds(ids: readonly string[]): Promise<StoredFile[]> {
  return File.find({ _id: { $in: [...ids] } }).lean<StoredFile[]>()
}

export async function filesAbout(kind: string, id: string): Promise<StoredFile[]> {
  return File.find({ 'about.kind': kind, 'about.id': id }).sort({ storedAt: 1 }).lean<StoredFile[]>()
}

/** As `filesAbout`, for some records at a time. */
export async function filesAboutAll(kind: string, ids: readonly string[]): Promise<StoredFile[]> {
  return File.find({ 'about.kind': kind, 'about.id': { $in: [...ids] } }).lean<StoredFile[]>()
}

export function openFile(id: string): Readable {
  return bucket().openDownloadStream(id as unknown as GridId)
}

/** False for a record whose content was lost, or never arrived. */
export async function hasContent(id: string): Promise<boolean> {
  return (
    (
      await bucket()
        .find({ _id: id as unknown as GridId })
        .limit(1)
        .toArray()
    ).length > 0
  )
}

/** The content of a file whose record comes in from another house; whatever was there under its id stays out. */
export async function insertContent(
  { _id, name }: StoredFile,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  await pipeline(Readable.from(content), bucket().openUploadStreamWithId(_id as unknown as GridId, name))
}

export async function removeFiles(filter: { sample: true }): Promise<number> {
  let removed = 0
  for await (const file of File.find(filter, { _id: 1 }).lean<{ _id: string }[]>().cursor()) {
    await File.deleteOne({ _id: file._id })
    await bucket().delete(file._id as unknown as GridId)
    removed += 1
  }
  return removed
}

/** One that was kept for a while only; a repeat finds nothing to do. */
export async function removeFile(id: string): Promise<void> {
  const { deletedCount } = await File.deleteOne({ _id: id })
  if (deletedCount > 0) await bucket().delete(id as unknown as GridId)
}
