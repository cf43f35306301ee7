import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { treeOf } from '../../question-sets/reading/yaml.js'
import type { Fault } from '../../question-sets/rules/tree.js'
import { fileNameOf, keyOf } from '../../question-sets/rules/versions.js'
import { readControls } from '../rules/control-file.js'
import type { ControlSet } from '../rules/controls.js'

/** Where the controls of the house lie. */
export const controlsFolder = fileURLToPath(new URL('../controls/', import.meta.url))

export type ControlFile = { file: string; set: ControlSet | null; faults: Fault[] }

/** For the person at the terminal: every fault with file and line. */
export class BrokenControls extends Error {
  override name = 'BrokenControls'
}

/** Every version in the folder, by name of file. */
export function readControlFolder(folder: string): ControlFile[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => readControlFile(join(folder, name)))
  const seen = new Map<string, string>()
  for (const { file, set, faults } of files) {
    const before = set && seen.get(keyOf(set))
    if (before) faults.push({ line: 1, reason: `${keyOf(set)} is already in ${before}` })
    else if (set) seen.set(keyOf(set), file)
  }
  return files
}

export function readControlFile(file: string): ControlFile {
  const { set, faults } = readControlText(readFileSync(file, 'utf8'))
  const name = set && fileNameOf(set)
  if (name !== null && basename(file) !== name)
    faults.push({ line: 1, reason: `the file must be named ${name}, after its id and version` })
  return { file, set, faults }
}

export function readControlText(text: string): { set: ControlSet | null; faults: Fault[] } {
  const { tree, faults } = treeOf(text)
  return tree === null || faults.length > 0 ? { set: null, faults } : readControls(tree)
}

/** One line each: `controls/internal-audit.2026.1.yaml:12: reason`. */
export function controlFaults(files: readonly ControlFile[]): string[] {
  return files.flatMap(({ file, faults }) => faults.map(({ line, reason }) => `${file}:${line}: ${reason}`))
}
