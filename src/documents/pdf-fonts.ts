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
    return { regular: regular as Font, bold: bold as Font }
  })()
  return opened
}
