/**
 * Where lines of a narrow column end. A library that finds a word too wide begins it where it is and cuts it anywhere, and takes the
 * stroke of 'A/S' for the end of a word.
 */

/** A word is never wider than this times the size of its letters and their number. */
const widestLetter = 0.9

/** The library counts a new line as a letter, of this times the size. */
const newLine = 0.7

const letter = new Intl.Segmenter('da', { granularity: 'grapheme' })

/** A company's form, which stays in one piece. */
const form = /(?:^|\s)(?:A|I|K|P)\/S(?!\p{L})/u

/**
 * The text with a new line wherever its own words would not end one rightly; as it is where they do. `widthOf`: of a piece of it, in
 * points as `column` is.
 */
export function inLines(
  text: string,
  column: number,
  size: number,
  widthOf: (text: string) => number,
): string {
  const wide = column - newLine * size
  return text
    .split('\n')
    .map((line) => {
      const words = line.split(/(?<= )/)
      const tooWide = (word: string) =>
        word.trimEnd().length * size * widestLetter > wide && widthOf(word.trimEnd()) > wide
      if (!form.test(line) && !words.some(tooWide)) return line
      const pieces = words.flatMap((word) => (tooWide(word) ? piecesOf(word, wide, widthOf) : wordsIn(word)))
      return filled(pieces, wide, widthOf).join('\n')
    })
    .join('\n')
}

/** A hyphen that is written ends a line where it has to. */
function wordsIn(word: string): string[] {
  return word.split(/(?<=\p{L}-)(?=\p{L}{3})/u)
}

/** Of an address after its signs, of any other word between letters, with a hyphen. */
function piecesOf(word: string, wide: number, widthOf: (text: string) => number): string[] {
  const natural = word.trimEnd().split(/(?<=[@._/-])(?=[\p{L}\d])/u)
  const parts = filled(natural, wide, widthOf).flatMap((part) => cut(part, wide, widthOf))
  return word.endsWith(' ') ? [...parts.slice(0, -1), `${parts.at(-1)} `] : parts
}

function cut(word: string, wide: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word.trimEnd()) <= wide) return [word]
  const letters = [...letter.segment(word)].map(({ segment }) => segment)
  const hyphened = (end: number) =>
    `${letters.slice(0, end).join('')}${isLetter(letters[end - 1]) ? '-' : ''}`
  let end = letters.length - 1
  while (end > 1 && widthOf(hyphened(end)) > wide) end -= 1
  // Of what is left no letter stands alone.
  end = Math.max(1, Math.min(end, letters.length - 3))
  return [`${hyphened(end)}\n`, ...cut(letters.slice(end).join(''), wide, widthOf)]
}

function isLetter(sign = ''): boolean {
  return /\p{L}/u.test(sign)
}

/** As many pieces to a line as it holds; a piece that ends with a new line ends its own. */
function filled(pieces: readonly string[], wide: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let open = ''
  for (const piece of pieces) {
    if (open !== '' && widthOf(`${open}${piece}`.trimEnd()) > wide) {
      lines.push(open.trimEnd())
      open = ''
    }
    open += piece
    if (!piece.endsWith('\n')) continue
    lines.push(open.trimEnd())
    open = ''
  }
  return open === '' ? lines : [...lines, open.trimEnd()]
}
