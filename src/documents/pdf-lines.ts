/** From pieces of text at places on a page to lines as a person reads them. Pure. */

/** A piece of text; x from the left, y from below, in points. */
export type Placed = { text: string; x: number; y: number; width: number; size: number }

export type Cell = { x: number; end: number; text: string }

export type PageText = {
  /** From 1. */
  page: number
  /** In reading order: the left column before the right one. */
  lines: string[]
  /** As they stand side by side, from the top, parted where the space is too wide for one between words. */
  rows: Cell[][]
}

type Segment = Cell & { y: number; size: number }

/** Wider than this times the size of the letters is no space between words. */
const wideSpace = 1.15
/** Below this times the size it is no space at all. */
const narrowSpace = 0.12

export function pageText(page: number, items: readonly Placed[]): PageText {
  const rows = rowsOf(items)
  const cells = rows.map((row) => row.map(({ x, end, text }) => ({ x, end, text })))
  return { page, lines: inReadingOrder(rows), rows: cells }
}

function rowsOf(items: readonly Placed[]): Segment[][] {
  const shown = items.filter(({ text }) => text.trim() !== '')
  const sorted = shown.toSorted((a, b) => b.y - a.y || a.x - b.x)
  const rows: Placed[][] = []
  for (const item of sorted) {
    const row = rows.at(-1)
    const [head] = row ?? []
    if (row && head && Math.abs(head.y - item.y) <= 0.35 * Math.min(head.size, item.size)) row.push(item)
    else rows.push([item])
  }
  return rows.map((row) => segmentsOf(row)).filter((row) => row.length > 0)
}

function segmentsOf(row: readonly Placed[]): Segment[] {
  const segments: Segment[] = []
  for (const { text, x, y, width, size } of row.toSorted((a, b) => a.x - b.x)) {
    const open = segments.at(-1)
    const gap = open ? x - open.end : 0
    // Printed twice to look bold.
    if (open && gap < -0.5 * width && open.text.endsWith(text.trim())) continue
    if (open && gap <= spaceFor(open, text, size)) {
      open.text += gap > narrowSpace * size && !open.text.endsWith(' ') ? ` ${text}` : text
      open.end = Math.max(open.end, x + width)
    } else segments.push({ text, x, end: x + width, y, size })
  }
  return segments
    .map((segment) => ({ ...segment, text: plain(segment.text) }))
    .filter(({ text }) => text !== '')
}

// Headings with spaced letters have wide spaces everywhere.
function spaceFor(open: Segment, text: string, size: number): number {
  const spaced = /(?:^|\s)\S$/.test(open.text) && text.trim().length === 1
  return (spaced ? 2.5 : 1) * wideSpace * size
}

/** Ligatures taken apart, accents put together, all kinds of spaces made one, spaced letters moved together. */
export function plain(text: string): string {
  const even = text
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200d\ufeff\0-\x08\x0e-\x1f]/g, '')
    .replaceAll(/[\u2010\u2011]/g, '-')
    .trim()
  return together(even).replaceAll(/\s+/g, ' ')
}

// 'R E V I S O R S   E R K L Æ R I N G': two or more spaces part the words there.
function together(text: string): string {
  const parts = text.split(/\s+/)
  const single = parts.filter((part) => part.length === 1).length
  if (parts.length >= 6 && single >= 0.8 * parts.length)
    return text
      .split(/\s{2,}/)
      .map((word) => word.replaceAll(' ', ''))
      .join(' ')
  return text.replaceAll(/(?<!\S)(?:\p{L} ){2,}\p{L}(?!\S)/gu, (run) => run.replaceAll(' ', ''))
}

function inReadingOrder(rows: Segment[][]): string[] {
  const gutter = gutterOf(rows.flat())
  if (gutter === null) return rows.map((row) => row.map(({ text }) => text).join(' '))
  const lines: string[] = []
  let left: string[] = []
  let right: string[] = []
  const finish = () => {
    lines.push(...left, ...right)
    left = []
    right = []
  }
  for (const row of rows) {
    const crossing = row.some(({ x, end }) => x < gutter && end > gutter)
    if (crossing) {
      finish()
      lines.push(row.map(({ text }) => text).join(' '))
      continue
    }
    const before = row.filter(({ x }) => x < gutter)
    const after = row.filter(({ x }) => x >= gutter)
    if (before.length > 0) left.push(before.map(({ text }) => text).join(' '))
    if (after.length > 0) right.push(after.map(({ text }) => text).join(' '))
  }
  finish()
  return lines
}

/** As running text: lines put together to paragraphs, words parted at a line's end made whole. */
export function flowing(pages: readonly PageText[]): string {
  return pages
    .map(({ lines }) => {
      const long = Math.max(0, ...lines.map((line) => line.length))
      return lines.reduce((text, line, at) => {
        const before = lines[at - 1] ?? ''
        if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(line) && !/^(?:og|eller|and|or)\b/.test(line))
          return text.slice(0, -1) + line
        const goesOn = before.length > 0.6 * long && !/[.!?:]$/.test(before)
        return `${text}${at === 0 ? '' : goesOn ? ' ' : before.length > 0.6 * long ? '\n' : '\n\n'}${line}`
      }, '')
    })
    .join('\n\n')
}

/** Where the page is parted in two columns of running text; null where it is one, or a table. */
function gutterOf(segments: readonly Segment[]): number | null {
  if (segments.length < 16) return null
  const from = Math.min(...segments.map(({ x }) => x))
  const to = Math.max(...segments.map(({ end }) => end))
  const candidates = [...new Set(segments.map(({ x }) => Math.round(x)))].filter(
    (x) => x > from + 0.35 * (to - from) && x < from + 0.65 * (to - from),
  )
  const found = candidates
    .map((start) => ({ at: start - 3, ...sidesOf(segments, start - 3) }))
    .filter(({ left, right, crossing }) => {
      const many = left.length >= 8 && right.length >= 8
      return many && crossing < 0.25 * segments.length && isProse(left) && isProse(right)
    })
    .toSorted((a, b) => a.crossing - b.crossing)
  return found[0]?.at ?? null
}

function sidesOf(segments: readonly Segment[], at: number) {
  return {
    left: segments.filter(({ end }) => end <= at),
    right: segments.filter(({ x }) => x >= at),
    crossing: segments.filter(({ x, end }) => x < at && end > at).length,
  }
}

// Most lines of a column of running text fill it; those of a table's cells do not.
function isProse(side: readonly Segment[]): boolean {
  const from = Math.min(...side.map(({ x }) => x))
  const to = Math.max(...side.map(({ end }) => end))
  const full = side.filter(({ x, end }) => end - x > 0.75 * (to - from)).length
  return full >= 0.5 * side.length
}
