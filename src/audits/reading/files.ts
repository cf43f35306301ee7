import { fileURLToPath } from 'node:url'
import {
  faultLines,
  readTree,
  readVersion,
  readVersions,
  type VersionFile,
} from '../../question-sets/reading/folder.js'
import type { Fault } from '../../question-sets/rules/tree.js'
import { readControls } from '../rules/control-file.js'
import type { ControlSet } from '../rules/controls.js'

/** Where the controls of the house lie. */
export const controlsFolder = fileURLToPath(new URL('../controls/', import.meta.url))

export type ControlFile = VersionFile<ControlSet>

/** For the person at the terminal: every fault with file and line. */
export class BrokenControls extends Error {
  override name = 'BrokenControls'
}

/** Every version in the folder, by name of file. */
export function readControlFolder(folder: string): ControlFile[] {
  return readVersions(folder, readControlText)
}

export function readControlFile(file: string): ControlFile {
  return readVersion(file, readControlText)
}

export function readControlText(text: string): { set: ControlSet | null; faults: Fault[] } {
  return readTree(text, readControls)
}

export const controlFaults: (files: readonly ControlFile[]) => string[] = faultLines
