import { unfinishedReadIn } from '../records/read-ins.js'

/** For the person who starts Tilsyn. */
class HalfReadIn extends Error {
  override name = 'HalfReadIn'
}

/** Throws where whole data were being read into this database and are not all there: nothing may work on them. */
export async function refuseHalfReadIn(): Promise<void> {
  const unfinished = await unfinishedReadIn()
  if (unfinished)
    throw new HalfReadIn(
      `An import of whole data into this database, begun ${unfinished.startedAt.toISOString()}, is at work or was broken off: ` +
        'what is there is not whole. Run "tilsyn import all FILE" again; it empties what is there and begins anew.',
    )
}
