import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Font } from 'fontkit'

const folder = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json'),
)
const files = {
  regular: join(folder, '400Regular', 'SourceSans3_400Regular.ttf'),
  bold: join(folder, '600SemiBold', 'SourceSans3_600SemiBold.ttf'),
}

let opened: Promise<Record<keyof typeof files, Font>> | null = null

/**
 * The fonts of papers, opened once: read anew for each paper, their tables take longer than the paper itself. What a paper uses of
 * them is kept in the paper.
 */
export function paperFonts(): Promise<Record<keyof typeof files, Font>> {
  opened ??= (async () => {
    // When the first paper is built: it would make every start longer.
    const { open } = await import('fontkit')
    const [regular, bold] = await Promise.all([open(files.regular), open(files.bold)])
    return { regular: lettered(regular as Font), bold: lettered(bold as Font) }
  })()
  return opened
}

/** Ligatures with a code of their own: in a text they stand for the letters they are made of. */
const ligatures = { from: 0xfb00, to: 0xfb4f }

/**
 * Each letter is taken up as what it is. A font that is kept knows a letter by how it came to it first: '›' as a part of '»' in an
 * earlier paper would be printed in a later one, and nobody could select or hear it.
 */
function lettered(font: Font): Font {
  const codes = font.characterSet.filter((code) => code < ligatures.from || code > ligatures.to)
  for (const code of codes.toSorted((a, b) => a - b)) font.glyphForCodePoint(code)
  return font
}
