import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import {
  controlFaults,
  controlsFolder,
  readControlFile,
  readControlFolder,
  type ControlFile,
} from '../audits/reading/files.js'
import { keyOf } from '../question-sets/rules/versions.js'
import { checkQuestionnaires } from './questionnaires.js'
import { print, printJson } from './terminal.js'

/** The files of the house that are written by hand, each told by line. */
export const checks = { 'questionnaires check': checkQuestionnaires, 'controls check': checkControls }

/** `[FILE…] [--json]`; exit code 1 where there is a fault. Asks no database. */
function checkControls(words: string[]): Promise<number> {
  const files = words.filter((word) => word !== '--json')
  const read = files.length > 0 ? files.map(readNamed) : readControlFolder(controlsFolder).map(fromHere)
  const faults = controlFaults(read)
  const whole = faults.length === 0
  const sets = read.flatMap(({ set }) => (set ? [{ set: keyOf(set), controls: set.controls.length }] : []))
  if (files.length < words.length) printJson({ whole, sets, faults })
  else
    print(
      (whole ? sets.map(({ set, controls }) => `${set}: ${controls} controls, no fault`) : faults).join('\n'),
    )
  return Promise.resolve(whole ? 0 : 1)
}

function readNamed(file: string): ControlFile {
  if (existsSync(file)) return readControlFile(file)
  return { file, set: null, faults: [{ line: 1, reason: 'there is no such file' }] }
}

function fromHere(read: ControlFile): ControlFile {
  return { ...read, file: relative(process.cwd(), read.file) }
}
