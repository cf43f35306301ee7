import { Worker } from 'node:worker_threads'
import { pageText, type PageText, type Placed } from './pdf-lines.js'

export { flowing } from './pdf-lines.js'

/**
 * read: what its pages say, `count` being all there are. encrypted: opens with a password only. broken: no PDF, or damaged.
 * scanned: pictures without text. too-much: took longer, or more memory, than one file may.
 */
export type PdfText =
  { outcome: 'read'; count: number; pages: PageText[] } | { outcome: PdfTrouble; count: number | null }
export type PdfTrouble = 'encrypted' | 'broken' | 'scanned' | 'too-much'

type Answer =
  | { outcome: 'encrypted' | 'broken' | 'too-much' }
  | { outcome: 'read'; count: number; pages: { page: number; items: Placed[] | null }[] }

const limits = {
  /** Of a long report, what is read: the first and the last pages. */
  first: 40,
  last: 10,
  /** Pieces of text in all pages together, and the letters in them; a full page has some hundreds, and 5,000. */
  mostItems: 30_000,
  mostLetters: 400_000,
  milliseconds: 20_000,
  /** Of the thread's own heap. */
  heapMegabytes: 256,
  /** By how much the whole process may grow meanwhile: what a compressed stream unpacks to lies outside that heap. */
  growth: 768 * 1024 * 1024,
}

/** Files read at a time; the rest wait. */
const atOnce = 2

/** A page with fewer letters than this, in the mean, is a picture with a stamp on it. */
const leastLetters = 20

let running = 0
const waiting: (() => void)[] = []

/** The text of a PDF, page by page. Never throws for what is in it, and never holds up the process. */
export async function pagesOf(pdf: Uint8Array, change: Partial<typeof limits> = {}): Promise<PdfText> {
  if (!startsAsPdf(pdf)) return { outcome: 'broken', count: null }
  if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
  running += 1
  try {
    return textOf(await answerOf(pdf, { ...limits, ...change }))
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

function textOf(answer: Answer): PdfText {
  if (answer.outcome !== 'read') return { outcome: answer.outcome, count: null }
  const { count } = answer
  const pages = answer.pages.map(({ page, items }) => pageText(page, items ?? []))
  const letters = pages.reduce((sum, { lines }) => sum + lines.join('').length, 0)
  return letters < leastLetters * pages.length
    ? { outcome: 'scanned', count }
    : { outcome: 'read', count, pages }
}

function answerOf(
  pdf: Uint8Array,
  { first, last, mostItems, mostLetters, ...most }: typeof limits,
): Promise<Answer> {
  const bytes = Uint8Array.from(pdf)
  const worker = new Worker(new URL('./pdf-reader.mjs', import.meta.url), {
    workerData: { bytes, first, last, mostItems, mostLetters },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: most.heapMegabytes },
    // Not those of the process: the thread needs no translator.
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  const before = process.memoryUsage.rss()
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      clearTimeout(late)
      clearInterval(watch)
      resolve(answer)
      void worker.terminate()
    }
    const late = setTimeout(() => end({ outcome: 'too-much' }), most.milliseconds)
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > most.growth) end({ outcome: 'too-much' })
    }, 50)
    worker.once('message', end)
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end({ outcome: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much' : 'broken' }),
    )
    worker.once('exit', () => end({ outcome: 'broken' }))
  })
}

// Some writers put a few bytes before it, and readers allow them.
function startsAsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-')
}
