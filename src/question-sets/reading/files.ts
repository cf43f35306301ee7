import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSet } from '../rules/check.js'
import type { QuestionSet } from '../rules/set.js'
import type { Fault } from '../rules/tree.js'
import { fileNameOf, keyOf } from '../rules/versions.js'
import { treeOf } from './yaml.js'

/** Where the sets of the house lie. */
export const setsFolder = fileURLToPath(new URL('../../../questionnaires/', import.meta.url))

export type SetFile = { file: string; set: QuestionSet | null; faults: Fault[] }

/** For the person at the terminal: every fault with file and line. */
export class BrokenQuestionSets extends Error {
  override name = 'BrokenQuestionSets'
}

/** Every set in the folder, by name of file. */
export function readFolder(folder: string): SetFile[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => readFile(join(folder, name)))
  const seen = new Map<string, string>()
  for (const { file, set, faults } of files) {
    const before = set && seen.get(keyOf(set))
    if (before) faults.push({ line: 1, reason: `${keyOf(set)} is already in ${before}` })
    else if (set) seen.set(keyOf(set), file)
  }
  return files
}

export function readFile(file: string): SetFile {
  const { set, faults } = readText(readFileSync(file, 'utf8'))
  const name = set && fileNameOf(set)
  if (name !== null && basename(file) !== name)
    faults.push({ line: 1, reason: `the file must be named ${name}, after its id and version` })
  return { file, set, faults }
}

export function readText(text: string): { set: QuestionSet | null; faults: Fault[] } {
  const { tree, faults } = treeOf(text)
  return tree === null || faults.length > 0 ? { set: null, faults } : readSet(tree)
}

/** One line each: `questionnaires/a.2026.1.yaml:12: reason`. */
export function inWords(files: readonly SetFile[]): string[] {
  return files.flatMap(({ file, faults }) => faults.map(({ line, reason }) => `${file}:${line}: ${reason}`))
}

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
