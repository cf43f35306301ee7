import { Zip, ZipDeflate } from 'fflate'
import { measuring, mostBytes, mostFiles, type PackFile } from '../rules.js'

export type Content = string | Buffer | AsyncIterable<string | Buffer>

/** A ZIP that leaves as it is made: what has been handed on is not kept. */
export type Archive = {
  /** The archive's next pieces: this file. Each path once. */
  add: (path: string, content: Content) => AsyncGenerator<Buffer>
  /** Its last pieces. */
  end: () => Generator<Buffer>
  /** What has been added so far, with sizes and hashes. */
  files: readonly PackFile[]
}

/** `at` is the time its files carry. */
export function openArchive(at: Date): Archive {
  const files: PackFile[] = []
  const waiting: Buffer[] = []
  let bytes = 0
  const zip = new Zip((error, piece) => {
    if (error) throw error
    bytes += piece.length
    waiting.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length))
  })

  return {
    files,
    async *add(path, content) {
      if (files.length >= mostFiles || bytes >= mostBytes)
        throw new Error('an archive larger than its format')
      const measure = measuring()
      const entry = new ZipDeflate(path, { level: 6 })
      entry.mtime = at
      zip.add(entry)
      const whole = typeof content === 'string' || Buffer.isBuffer(content)
      for await (const piece of whole ? [content] : content) {
        const part = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
        measure.add(part)
        entry.push(part)
        yield* waiting.splice(0)
      }
      entry.push(new Uint8Array(0), true)
      files.push({ path, ...measure.end() })
      yield* waiting.splice(0)
    },
    *end() {
      zip.end()
      yield* waiting.splice(0)
    },
  }
}
