/** Listens to what is asked of the database, and asks it how it would answer. */
import { AsyncLocalStorage } from 'node:async_hooks'
import mongoose from 'mongoose'
import type { CommandStartedEvent, Document } from 'mongodb'
import { databaseUri } from './database.js'

/** One kind of question: the same but for its values. `places`: the functions that ask it, with their files. */
export type Question = {
  collection: string
  command: Document
  /** Of the command, values left out. */
  shape: string
  places: Set<string>
}

export type Listening = { questions: () => Question[]; stop: () => Promise<void> }

const explained = ['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify']
const ofTheTrip = ['lsid', 'txnNumber', '$clusterTime', '$db', '$readPreference', 'writeConcern', 'ordered']
const asking = new AsyncLocalStorage<string>()

/**
 * Every question from now on, each shape once. The connection is made anew, since a driver tells of its commands only where it
 * was asked to at the beginning.
 */
export async function listenToQueries(): Promise<Listening> {
  const uri = await databaseUri()
  await reconnect(uri, true)
  const restore = notePlaces()
  const heard = new Map<string, Question>()
  mongoose.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (!explained.includes(commandName)) return
    const place = asking.getStore() ?? placeIn(new Error().stack) ?? 'unknown place'
    for (const one of singly(commandName, command)) {
      const collection = String(one[commandName])
      const shape = `${commandName} ${collection} ${shapeOf(one, commandName)}`
      const known = heard.get(shape) ?? { collection, command: one, shape, places: new Set() }
      heard.set(shape, known)
      known.places.add(place)
    }
  })
  return {
    questions: () => [...heard.values()],
    stop: async () => {
      restore()
      await reconnect(uri, false)
    },
  }
}

async function reconnect(uri: string, monitorCommands: boolean): Promise<void> {
  const { writeConcern } = mongoose.connection.getClient().options
  await mongoose.disconnect()
  await mongoose.connect(uri, {
    monitorCommands,
    autoIndex: false,
    autoCreate: false,
    ...(writeConcern ? { writeConcern } : {}),
  })
}

/** An update or deletion of many kinds is explained one kind at a time, a union one collection at a time. */
function singly(name: string, command: Document): Document[] {
  const plain = Object.fromEntries(Object.entries(command).filter(([key]) => !ofTheTrip.includes(key)))
  if (name === 'aggregate') {
    const of = (coll: unknown, pipeline: Document[]): Document[] => {
      const unions = pipeline.flatMap(({ $unionWith }) => ($unionWith ? [$unionWith as Document] : []))
      const own = pipeline.filter(({ $unionWith }) => !$unionWith)
      return [
        { ...plain, aggregate: coll, pipeline: own },
        ...unions.flatMap((union) => of(union['coll'], union['pipeline'] as Document[])),
      ]
    }
    return of(plain[name], plain['pipeline'] as Document[])
  }
  const [many] = (['updates', 'deletes'] as const).filter((key) => Array.isArray(plain[key]))
  if (!many) return [{ [name]: plain[name], ...plain }]
  const each = new Map((plain[many] as Document[]).map((one) => [JSON.stringify(skeleton(one['q'])), one]))
  return [...each.values()].map((one) => ({ [name]: plain[name], [many]: [one] }))
}

function shapeOf(command: Document, name: string): string {
  const { sort, key, projection: _projection, ...rest } = command
  const asked = Object.entries(rest).flatMap(([field, value]) => {
    if (field === name) return []
    if (field === 'updates' || field === 'deletes') return [(value as Document[]).map(({ q }) => skeleton(q))]
    return ['filter', 'query', 'pipeline', 'limit'].includes(field) ? [{ [field]: skeleton(value) }] : []
  })
  return JSON.stringify([
    ...asked,
    ...(sort ? [{ sort: sort as unknown }] : []),
    ...(key ? [{ key: key as unknown }] : []),
  ])
}

/** The value with its fields and operators and without what they are compared to. */
function skeleton(value: unknown): unknown {
  if (Array.isArray(value)) {
    const each = value.map((one) => JSON.stringify(skeleton(one)))
    return [...new Set(each)].map((one) => JSON.parse(one) as unknown)
  }
  if (value instanceof Map) return skeleton(Object.fromEntries(value))
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, skeleton(inner)]))
  return value === null ? null : '…'
}

/** A query is asked long after the function that wrote it down has returned: each keeps where that was. */
function notePlaces(): () => void {
  const reading = 'find findOne findById exists countDocuments distinct aggregate'
  const writing = 'findOneAndUpdate updateOne updateMany deleteOne deleteMany bulkWrite insertMany create'
  const names = `${reading} ${writing}`.split(' ')
  const model = mongoose.Model as unknown as Record<string, (...given: unknown[]) => unknown>
  const originals = names.map((name) => [name, model[name]!] as const)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  for (const [name, original] of originals)
    model[name] = function (this: unknown, ...given: unknown[]) {
      const place = placeIn(new Error().stack)
      if (place === undefined) return original.apply(this, given)
      const made = asking.run(place, () => original.apply(this, given)) as {
        exec?: (...all: unknown[]) => unknown
      }
      const { exec } = made
      if (typeof exec === 'function')
        made.exec = function (this: unknown, ...all: unknown[]) {
          return asking.run(place, () => exec.apply(this, all))
        }
      return made
    }
  return () => {
    Error.stackTraceLimit = limit
    for (const [name, original] of originals) model[name] = original
  }
}

/** The first function of a room on the stack, with its file: 'findNotice (notices/records/notices.ts:62)'. */
function placeIn(stack = ''): string | undefined {
  const ours = stack.split('\n').filter((each) => each.includes('/src/') && !each.includes('/node_modules/'))
  const line = ours.find((each) => !each.includes('/src/db/')) ?? ours[0]
  const [, name = 'somewhere', file] =
    /at (?:async )?(?:(\S+) )?.*\/src\/(\S+?):\d+\)?$/.exec(line ?? '') ?? []
  return file && `${name} (${file})`
}

export type Plan = {
  /** Reads every document, or the whole of an index, and nothing says where to stop. */
  whole: boolean
  /** Sorts in memory what no index gives in that order. */
  sorts: boolean
  stages: string
}

/**
 * The best way there is to answer it. Among few documents the database may take another that is as good there, so that what it
 * would do is no measure: what it could do is.
 */
export async function planFor({ command }: Question): Promise<Plan> {
  const answer = await mongoose.connection.db!.command({ explain: command, verbosity: 'queryPlanner' })
  const weight = ({ whole, sorts }: Plan) => (whole ? 2 : 0) + (sorts ? 1 : 0)
  const [best] = plansIn(answer)
    .map(judged)
    .toSorted((a, b) => weight(a) - weight(b))
  if (!best) throw new Error('the database explains nothing')
  return best
}

function judged(plan: Document): Plan {
  const stages = stagesIn(plan)
  const limited = stages.some(({ stage }) => stage === 'LIMIT')
  const all = stages.filter(({ stage, filter, indexBounds }) => {
    if (stage === 'COLLSCAN') return !limited || filter !== undefined
    return stage === 'IXSCAN' && !limited && isOpen(indexBounds as Record<string, string[]> | undefined)
  })
  return {
    whole: all.length > 0,
    sorts: stages.some(({ stage }) => stage === 'SORT'),
    stages: stages
      .map(({ stage, indexName }) => (indexName ? `${String(stage)} ${String(indexName)}` : String(stage)))
      .join(' < '),
  }
}

function isOpen(bounds: Record<string, string[]> = {}): boolean {
  return Object.values(bounds).every(([only]) => only === '[MinKey, MaxKey]' || only === '[MaxKey, MinKey]')
}

function plansIn(answer: Document): Document[] {
  const [first] = (answer['stages'] ?? []) as { $cursor?: Document }[]
  const planner = (first?.$cursor ?? answer)['queryPlanner'] as
    { winningPlan: Document; rejectedPlans?: Document[] } | undefined
  return planner ? [planner.winningPlan, ...(planner.rejectedPlans ?? [])] : []
}

function stagesIn(plan: unknown): Document[] {
  if (plan === null || typeof plan !== 'object') return []
  if (Array.isArray(plan)) return plan.flatMap(stagesIn)
  const { inputStage, inputStages, queryPlan, ...stage } = plan as Document
  const own = stage['stage'] ? [stage] : []
  return [...own, ...[inputStage, inputStages, queryPlan].flatMap(stagesIn)]
}
