import { model, Schema } from 'mongoose'
import type { Register } from '../rules/fields.js'

/** How a file wrote the name of a record when a person said which one it is. `_id`: the register and the plain name. */
type Alias = { _id: string; register: Register; name: string; record: string }

const schema = new Schema<Alias>(
  {
    _id: { type: String, required: true },
    register: { type: String, required: true },
    name: { type: String, required: true },
    record: { type: String, required: true },
  },
  { versionKey: false },
)
schema.index({ register: 1 })
const Aliases = model<Alias>('import-alias', schema)

/** Plain name -> the record a person took it for in an earlier import. */
export async function aliasesOf(register: Register): Promise<Map<string, string>> {
  const rows = await Aliases.find({ register }).lean<Alias[]>()
  return new Map(rows.map(({ name, record }) => [name, record]))
}

/** The latest stands. */
export async function rememberAliases(
  register: Register,
  aliases: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, record] of aliases)
    await Aliases.updateOne(
      { _id: `${register}/${name}` },
      { $set: { register, name, record } },
      { upsert: true },
    )
}
