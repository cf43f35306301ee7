import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { project } from '../support/project.js'

const root = pathToFileURL(project)

export type SourceFile = { path: string; text: string }

/** Every file below a folder of the project whose name ends so; paths from the project's root. */
export function filesBelow(folder: string, ...ends: string[]): SourceFile[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(root.pathname, '').replaceAll('//', '/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }))
}

/** What a file imports: as written, and for our own files as a path from the root ('src/base/day.ts'). */
export function importsOf({
  path,
  text,
}: SourceFile): { as: string; own: string | null; typeOnly: boolean }[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import\s+'([^']+)'/g,
  )
  return [...found].map(([, type, from, dynamic, bare]) => {
    const as = from ?? dynamic ?? bare ?? ''
    const own = as.startsWith('.')
      ? new URL(as, `file:///${path}`).pathname.slice(1).replace(/\.js$/, '.ts')
      : null
    return { as, own, typeOnly: type !== undefined }
  })
}

/** The room a file of src stands in: 'notices'; '' for those at the top ('app.ts'). */
export function roomOf(path: string): string {
  const [, room = '', ...rest] = path.split('/')
  return rest.length > 0 ? room : ''
}
