import { model, Schema } from 'mongoose'
import { record, registerMoved } from '../../src/audit-log/actions.js'
import type { Context } from '../../src/base/context.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../../src/db/moves.js'

/** A record such as any room has one: it moves, and some of what moves is personal. */
type Thing = { _id: string; name: string } & Moved

const schema = new Schema<Thing>(
  { _id: { type: String, required: true }, name: { type: String, required: true }, ...movedFields },
  { collection: 'test-things', versionKey: false, minimize: false },
)
export const Things = model<Thing>('thing', schema)
registerMoved(Things)

const noon = new Date('2026-12-01T11:00:00Z')

export const context: Context = {
  now: noon,
  today: '2026-12-01',
  actor: { kind: 'staff', id: 'person1' },
  locale: 'da',
}

const move = (event: string, second = 0, personal?: Record<string, unknown>): Omit<Move, 'version'> => ({
  at: new Date(noon.getTime() + second * 1000),
  by: context.actor,
  event,
  facts: { second, day: '2026-12-01', nested: { b: [1, null], a: noon } },
  ...(personal ? { personal } : {}),
})

/** As a crash leaves it: moved, and not recorded. */
export async function addUnlogged(id: string, personal?: Record<string, unknown>): Promise<Thing> {
  const thing = { _id: id, name: 'a', ...firstMove(move('thing.added', 0, personal)) }
  await Things.create(thing)
  return (await Things.findById(id).lean<Thing>())!
}

export async function renameUnlogged(id: string, second = 1): Promise<Thing> {
  const personal = { name: { before: 'a', after: 'b' } }
  return (await moveOne(
    Things,
    { _id: id },
    { $set: { name: 'b' } },
    move('thing.renamed', second, personal),
  ))!
}

export async function addThings(count: number): Promise<Thing[]> {
  const things = Array.from({ length: count }, (_, number) => ({
    _id: `thing${number}`,
    name: 'a',
    ...firstMove(move('thing.added', number, { name: `Åse ${number}` })),
  }))
  await Things.insertMany(things)
  await record(Things, things)
  return things
}
