import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Fault, Tree } from '../rules/tree.js'
import { fileNameOf, keyOf } from '../rules/versions.js'
import { treeOf } from './yaml.js'

/** A version of something that is kept as a YAML file named after its id and version. `set` is null where it has faults. */
export type VersionFile<Set> = { file: string; set: Set | null; faults: Fault[] }

type Read<Set> = Omit<VersionFile<Set>, 'file'>
type Named = { id: string; version: string }

/** Every version in the folder, by name of file; the second of two with one key is at fault. */
export function readVersions<Set extends Named>(
  folder: string,
  read: (text: string) => Read<Set>,
): VersionFile<Set>[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => readVersion(join(folder, name), read))
  const seen = new Map<string, string>()
  for (const { file, set, faults } of files) {
    const before = set && seen.get(keyOf(set))
    if (before) faults.push({ line: 1, reason: `${keyOf(set)} is already in ${before}` })
    else if (set) seen.set(keyOf(set), file)
  }
  return files
}

export function readVersion<Set extends Named>(
  file: string,
  read: (text: string) => Read<Set>,
): VersionFile<Set> {
  const { set, faults } = read(readFileSync(file, 'utf8'))
  const name = set && fileNameOf(set)
  if (name !== null && basename(file) !== name)
    faults.push({ line: 1, reason: `the file must be named ${name}, after its id and version` })
  return { file, set, faults }
}

export function readTree<Set>(text: string, read: (tree: Tree) => Read<Set>): Read<Set> {
  const { tree, faults } = treeOf(text)
  return tree === null || faults.length > 0 ? { set: null, faults } : read(tree)
}

/** One line each: `questionnaires/a.2026.1.yaml:12: reason`. */
export function faultLines(files: readonly VersionFile<unknown>[]): string[] {
  return files.flatMap(({ file, faults }) => faults.map(({ line, reason }) => `${file}:${line}: ${reason}`))
}
