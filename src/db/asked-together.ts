/** Small questions that nearly every page asks: those asked at the same moment go to the database as one. */
import type { Document } from 'mongodb'
import type { Model } from 'mongoose'

type Collection = Pick<Model<never>, 'collection'>
/** `stages`: of an aggregation over the collection. They are no more than read. */
export type SmallQuestion = { of: Collection; stages: readonly Document[] }
type Waiting = {
  question: SmallQuestion
  found: (rows: Document[]) => void
  failed: (error: unknown) => void
}

let waiting: Waiting[] = []

/**
 * What the stages give. It is asked once everybody who asks just now has done so, so never of a database as it was before.
 * Questions are answered one after the other, and so are the parts of one that is a union.
 */
export async function askedTogether(question: SmallQuestion): Promise<Document[]> {
  return new Promise((found, failed) => {
    if (waiting.length === 0) process.nextTick(askAll)
    waiting.push({ question, found, failed })
  })
}

function askAll(): void {
  const those = waiting
  waiting = []
  const questions = [...new Set(those.map(({ question }) => question))]
  rowsOf(questions).then(
    (rows) => those.forEach(({ question, found }) => found(rows[questions.indexOf(question)] ?? [])),
    (error: unknown) => those.forEach(({ failed }) => failed(error)),
  )
}

async function rowsOf(questions: readonly SmallQuestion[]): Promise<Document[][]> {
  const [first, ...others] = questions.map(({ of, stages }, place) => ({
    coll: of.collection.collectionName,
    pipeline: [...stages, { $group: { _id: place, rows: { $push: '$$ROOT' } } }],
  }))
  const base = questions[0]
  if (!first || !base) return []
  const pipeline = [...first.pipeline, ...others.map(($unionWith) => ({ $unionWith }))]
  const rows = questions.map((): Document[] => [])
  for (const { _id, rows: found } of await base.of.collection.aggregate(pipeline).toArray())
    rows[_id as number] = found as Document[]
  return rows
}
