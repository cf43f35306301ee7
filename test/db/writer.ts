import { once } from 'node:events'
import mongoose from 'mongoose'
import { connectDatabase, openDatabase } from '../../src/db/connection.js'

/**
 * A small app for the tests of life and death: `writer.ts start|join FOLDER` opens the folder, says `ready`, and
 * from then on `wrote N` for each write acknowledged, until it is ended.
 */
const [way, dataDir = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const open = way === 'join' ? connectDatabase : openDatabase
  const database = await open({
    dataDir,
    log: (line) => say(`told ${line}`),
    onDead: () => {
      say('dead')
      process.exit(7)
    },
  })
  let ending = false
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => (ending = true))
  const writes = mongoose.connection.collection<{ _id: number }>('writes')
  const last = await writes.find().sort({ _id: -1 }).limit(1).next()
  say(`ready ${process.pid} ${last?._id ?? 0}`)

  for (let number = (last?._id ?? 0) + 1; way === 'start' && !ending;) {
    try {
      await writes.updateOne({ _id: number }, { $set: { at: new Date() } }, { upsert: true })
      say(`wrote ${number}`)
      number += 1
    } catch {
      say(`failed ${number}`)
    }
  }
  await ended
  await database.close()
  say('closed')
} catch (error) {
  say(`refused ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
  process.exitCode = 1
}
