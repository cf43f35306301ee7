import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { inWords, readFile, readFolder, setsFolder, type SetFile } from '../question-sets/reading/files.js'
import { keyOf } from '../question-sets/rules/versions.js'
import { print, printJson } from './terminal.js'

export type CheckedSets = {
  whole: boolean
  sets: { set: string; questions: number }[]
  faults: string[]
}

/** `[FILE…] [--json]`; exit code 1 where there is a fault. */
export function checkQuestionnaires(words: string[]): Promise<number> {
  const files = words.filter((word) => word !== '--json')
  const checked = checkSets(files)
  if (files.length < words.length) printJson(checked)
  else print(setsInWords(checked))
  return Promise.resolve(checked.whole ? 0 : 1)
}

/** The files named, or all sets of the house. Asks no database: a set can be checked where there is none. */
export function checkSets(files: string[]): CheckedSets {
  const read = files.length > 0 ? files.map(readNamed) : readFolder(setsFolder).map(fromHere)
  const faults = inWords(read)
  return {
    whole: faults.length === 0,
    sets: read.flatMap(({ set }) => (set ? [{ set: keyOf(set), questions: set.questions.length }] : [])),
    faults,
  }
}

export function setsInWords({ whole, sets, faults }: CheckedSets): string {
  return (whole ? sets.map(({ set, questions }) => `${set}: ${questions} questions, no fault`) : faults).join(
    '\n',
  )
}

function readNamed(file: string): SetFile {
  if (existsSync(file)) return readFile(file)
  return { file, set: null, faults: [{ line: 1, reason: 'there is no such file' }] }
}

function fromHere(read: SetFile): SetFile {
  return { ...read, file: relative(process.cwd(), read.file) }
}
