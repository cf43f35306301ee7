import type { MongoClient } from 'mongodb'
import type { Note } from './failures.js'

type Monitor = { close: () => void; connect: () => void }
type Inside = { topology?: { s: { servers: Map<string, { monitor?: Monitor | null }> } } }

/** Longer than the driver itself waits for an answer. */
const longest = 35_000

/**
 * The driver asks the server every few seconds whether it is there. Where all connections are cut at once, it may ask on one that
 * is just being closed (`socket.write` on a destroyed socket answers false, and the `drain` it then waits for never comes: mongodb
 * 7.8.0, `Connection.writeCommand`). From then on it asks no more, and takes a database that has come back for one that is away
 * until the process is started again. A question that nothing came of is therefore asked anew.
 */
export function watchHeartbeat(client: MongoClient, note: Note, patience = longest): void {
  const waiting = new Map<string, NodeJS.Timeout>()
  const answered = ({ connectionId }: { connectionId: string }) => {
    clearTimeout(waiting.get(connectionId))
    waiting.delete(connectionId)
  }
  const askAnew = (server: string) => {
    note('The database driver has stopped asking for the database; it is made to ask again.')
    const { topology } = client as unknown as Inside
    const monitor = topology?.s.servers.get(server)?.monitor
    monitor?.close()
    monitor?.connect()
  }
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    answered({ connectionId })
    // One that waits for news is always on its way, and is heard of when its connection closes.
    if (!awaited) waiting.set(connectionId, setTimeout(() => askAnew(connectionId), patience).unref())
  })
  client.on('serverHeartbeatSucceeded', answered)
  client.on('serverHeartbeatFailed', answered)
  client.on('serverClosed', ({ address }) => answered({ connectionId: address }))
}
