/**
 * Registers the records of every room without the rest of the application: what reads or writes all there is goes by what is
 * registered, and a process that loads views, papers and pages is some hundred megabytes larger.
 */
import { readdir } from 'node:fs/promises'

const house = new URL('../', import.meta.url)
// Only records define collections: test/house/floors.test.ts.
const holdsRecords = /^[\w-]+\/records(?:\/[\w-]+)?\.[tj]s$/

export async function registerEveryRecord(): Promise<void> {
  const files = (await readdir(house, { recursive: true })).map((file) => file.replaceAll('\\', '/'))
  for (const file of files.filter((each) => holdsRecords.test(each)).toSorted())
    await import(new URL(file, house).href)
}
