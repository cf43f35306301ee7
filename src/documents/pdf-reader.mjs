// Runs in a thread of its own, started and stopped by pdf-text.ts: reading a PDF somebody else made may take seconds, or for ever.
// It is plain JavaScript so that it needs no translating when it starts.
import { parentPort, workerData } from 'node:worker_threads'

const { bytes, first, last, mostItems, mostLetters } = workerData

// What drawing would need; only text is read here, and the library asks for these when it is loaded.
globalThis.DOMMatrix ??= class {}
globalThis.ImageData ??= class {}
globalThis.Path2D ??= class {}

parentPort.postMessage(await read())

async function read() {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  let pdf
  try {
    pdf = await getDocument({
      data: bytes,
      verbosity: 0,
      isEvalSupported: false,
      useSystemFonts: false,
      disableFontFace: true,
      useWorkerFetch: false,
      maxImageSize: 1,
    }).promise
  } catch (error) {
    return { outcome: error?.name === 'PasswordException' ? 'encrypted' : 'broken' }
  }
  const pages = []
  const left = { items: mostItems, letters: mostLetters }
  for (const number of numbers(pdf.numPages)) {
    if (left.items <= 0 || left.letters <= 0) break
    try {
      const page = await pdf.getPage(number)
      const items = await itemsOf(page, left)
      pages.push({ page: number, items })
      page.cleanup()
    } catch {
      pages.push({ page: number, items: null })
    }
  }
  if (!pages.some(({ items }) => items !== null)) return { outcome: 'broken' }
  return { outcome: 'read', count: pdf.numPages, pages }
}

// The opinion stands in front, the tests and the auditor's name may stand at the end.
function numbers(count) {
  const all = Array.from({ length: Math.min(count, first) }, (_, at) => at + 1)
  for (let at = Math.max(first, count - last) + 1; at <= count; at += 1) all.push(at)
  return all
}

async function itemsOf(page, left) {
  // A page that is shown turned has its text turned too.
  const shown = page.getViewport({ scale: 1 })
  const reader = page.streamTextContent({ disableNormalization: false }).getReader()
  const items = []
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return items
    for (const item of value.items) {
      if (!item.str || item.str.length > 4000) continue
      const [a, b, c, d, x, y] = both(shown.transform, item.transform)
      // Written across the page, such as the signing service's mark in the margin: no part of any line.
      if (Math.abs(b) > Math.abs(a)) continue
      items.push({ text: item.str, x, y: shown.height - y, width: item.width, size: Math.hypot(c, d) })
      left.items -= 1
      left.letters -= item.str.length
      if (left.items <= 0 || left.letters <= 0) {
        await reader.cancel(new Error('enough'))
        return items
      }
    }
  }
}

function both([a, b, c, d, e, f], [g, h, i, j, k, l]) {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}
