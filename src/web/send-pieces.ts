import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'

/** Hands a file out while it is made. `of`: what it is, for the process' log; `begun`: done once something has come. */
export async function sendPieces(
  req: Request,
  res: Response,
  {
    pieces,
    name,
    of,
    type = 'application/zip',
    begun,
  }: {
    pieces: AsyncGenerator<Buffer>
    name: string
    of: string
    type?: string
    begun?: () => Promise<unknown>
  },
): Promise<void> {
  // What fails before the first piece is told on a page as any other failure.
  const first = await pieces.next()
  await begun?.()
  res.attachment(name)
  res.setHeader('Content-Type', type)
  if (first.value) res.write(first.value)
  try {
    if (res.writableNeedDrain) await once(res, 'drain')
    await pipeline(Readable.from(pieces, { highWaterMark: 4 }), res)
  } catch (error) {
    // The answer is broken off, so that nobody takes it for whole. One who goes away in the middle is no failure.
    const left = (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE' && !res.errored
    if (!left) req.house.log.error({ error: Object(error).name, of }, 'file broken off')
    res.destroy()
  }
}
