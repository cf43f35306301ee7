import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import type { Context } from '../base/context.js'
import { writeExport, type Format } from '../imports/actions.js'
import type { Exported } from '../imports/rules.js'

export const exportFormats = ['xlsx', 'csv'] as const satisfies readonly Format[]

/** As the file's name ends, where nothing else is said; null where neither says it. */
export function formatOf(path: string, said: string | undefined): Format | null {
  const wanted = said ?? (path.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx')
  return exportFormats.find((format) => format === wanted) ?? null
}

/** The whole register in a file, which is there under its name only when all of it is. Returns its size in bytes. */
export async function exportFile(
  context: Context,
  of: Exported,
  path: string,
  format: Format,
): Promise<number> {
  const unfinished = `${path}.part`
  try {
    await writeExport(context, { of }, format, createWriteStream(unfinished))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return (await stat(path)).size
}
