import { model, Schema } from 'mongoose'

/** A piece of what was read from the file of an import, packed; together they are the whole, in the order of `place`. */
type Piece = { _id: string; import: string; place: number; bytes: Buffer; keptAt?: Date }

const schema = new Schema<Piece>(
  {
    _id: { type: String, required: true },
    import: { type: String, required: true },
    place: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
    keptAt: Date,
  },
  { versionKey: false },
)
schema.index({ import: 1, place: 1 })
const Pieces = model<Piece>('import-rows', schema)

/** Well below the 16 MB a document may hold. */
const pieceSize = 8 * 1024 * 1024

export async function keepPacked(id: string, bytes: Buffer): Promise<void> {
  const keptAt = new Date()
  for (let place = 0; place * pieceSize < bytes.length; place += 1)
    await Pieces.create({
      _id: `${id}/${place}`,
      import: id,
      place,
      bytes: bytes.subarray(place * pieceSize, (place + 1) * pieceSize),
      keptAt,
    })
}

/** Null where nothing is kept for the import any more. */
export async function packedOf(id: string): Promise<Buffer | null> {
  const pieces = await Pieces.find({ import: id })
    .sort({ place: 1 })
    .lean<{ bytes: { buffer: Uint8Array } }[]>()
  return pieces.length === 0 ? null : Buffer.concat(pieces.map(({ bytes }) => bytes.buffer))
}

/** What is gone is gone: a repeat finds nothing to do. */
export async function dropPacked(id: string): Promise<void> {
  await Pieces.deleteMany({ import: id })
}

/** Under what anything is kept. */
export async function packedIds(): Promise<string[]> {
  return Pieces.distinct('import')
}

/** Whether it has been there since before then. */
export async function isKeptSince(id: string, before: Date): Promise<boolean> {
  return (await Pieces.exists({ import: id, place: 0, keptAt: { $not: { $gte: before } } })) !== null
}
