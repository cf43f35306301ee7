import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { readSet } from '../rules/check.js'
import type { QuestionSet } from '../rules/set.js'
import type { Fault } from '../rules/tree.js'
import { faultLines, readTree, readVersion, readVersions, type VersionFile } from './folder.js'

/** Where the sets of the house lie. */
export const setsFolder = fileURLToPath(new URL('../../../questionnaires/', import.meta.url))

export type SetFile = VersionFile<QuestionSet>

/** For the person at the terminal: every fault with file and line. */
export class BrokenQuestionSets extends Error {
  override name = 'BrokenQuestionSets'
}

/** Every set in the folder, by name of file. */
export function readFolder(folder: string): SetFile[] {
  return readVersions(folder, readText)
}

export function readFile(file: string): SetFile {
  return readVersion(file, readText)
}

export function readText(text: string): { set: QuestionSet | null; faults: Fault[] } {
  return readTree(text, readSet)
}

export const inWords: (files: readonly SetFile[]) => string[] = faultLines

/** Of what is asked, not of how the file is written: a comment changes nothing. */
export function hashOf(set: QuestionSet): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(set)))
    .digest('hex')
}

// A set comes back from the database with its keys in another order at times.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
