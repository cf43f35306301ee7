import { model, Schema } from 'mongoose'

/** What was chosen for a whole row of headings: the field of each column, null for one that is left out. */
type HeadingSet = { _id: string; columns: (string | null)[]; chosenAt: Date }

const schema = new Schema<HeadingSet>(
  { _id: { type: String, required: true }, columns: [String], chosenAt: Date },
  { versionKey: false },
)
const Sets = model<HeadingSet>('import-heading-set', schema)

/** The latest choice for one of the rows of headings; null where none of them was ever chosen for. */
export async function rememberedSet(
  keys: readonly string[],
): Promise<{ key: string; columns: (string | null)[] } | null> {
  const found = await Sets.find({ _id: { $in: [...keys] } }).lean<HeadingSet[]>()
  const latest = found.toSorted((a, b) => b.chosenAt.getTime() - a.chosenAt.getTime())[0]
  return latest ? { key: latest._id, columns: latest.columns } : null
}

export async function rememberSet(
  key: string,
  columns: readonly (string | null)[],
  chosenAt: Date,
): Promise<void> {
  await Sets.updateOne({ _id: key }, { $set: { columns: [...columns], chosenAt } }, { upsert: true })
}
