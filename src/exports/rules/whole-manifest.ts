/** Whether a manifest is one of ours, and the file holds what it says. The sentences are for the person at the terminal. */
import {
  collectionOfPath,
  isContentPath,
  largestContent,
  manifestPath,
  readmePath,
  unpacksTooFar,
  wholeFormat,
  type WholeManifest,
} from './whole-data.js'

/** Null where it can be read, else why not. `own`: the version of this Tilsyn. */
export function manifestProblem(value: unknown, own: string): string | null {
  if (!isRecord(value)) return 'its manifest is no JSON object'
  const { format } = value
  if (typeof format !== 'string' || !format.startsWith('tilsyn-whole-data-'))
    return 'its manifest is not one of the whole data of a Tilsyn'
  if (format !== wholeFormat)
    return `it is in the format ${format.slice(0, 60)}, and this Tilsyn reads ${wholeFormat} only; use the Tilsyn that matches`
  const { log, collections, files, members, read, made } = value
  const whole =
    isRecord(log) &&
    isCount(log['sequence']) &&
    isCount(log['later']) &&
    typeof log['hash'] === 'string' &&
    isRecord(read) &&
    isRecord(made) &&
    typeof made['version'] === 'string' &&
    isRecord(collections) &&
    Object.values(collections).every(isCount) &&
    isRecord(files) &&
    isCount(files['count']) &&
    Array.isArray(files['lost']) &&
    Array.isArray(members) &&
    members.every(isMember)
  if (!whole) return 'its manifest is incomplete'
  // What a later release writes in the same collections this one might read wrong without noticing.
  const { version } = made as { version: string }
  return isLater(version, own)
    ? `it was made by Tilsyn ${version.slice(0, 40)}, and this is Tilsyn ${own}: import it with that version or a later one`
    : null
}

/** Of two versions such as '1.4.0', by their numbers. */
export function isLater(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[-+]/)[0]!.split('.').map(Number)
  const own = numbers(than)
  for (const [place, number] of numbers(version).entries()) {
    const known = own[place] ?? 0
    if (number !== known) return !(number < known)
  }
  return false
}

/**
 * `paths`: of all members as the ZIP names them, in its order. `known`: the collections this Tilsyn has and takes. `packed`: the
 * size of the file.
 */
export function membersProblem(
  manifest: WholeManifest,
  paths: readonly string[],
  { known, packed }: { known: ReadonlySet<string>; packed: number },
): string | null {
  const found = new Set<string>()
  for (const path of paths) {
    if (found.has(path)) return `${shown(path)} is in it twice`
    found.add(path)
  }
  const listed = new Map(manifest.members.map((member) => [member.path, member]))
  for (const path of found)
    if (path !== manifestPath && !listed.has(path)) return `${shown(path)} is not in its manifest`
  let unpacked = 0
  const counted = new Set<string>()
  for (const { path, size } of manifest.members) {
    if (!found.has(path)) return `${shown(path)} is missing`
    unpacked += size
    const name = collectionOfPath(path)
    if (path === readmePath) continue
    if (name === null && !isContentPath(path)) return `${shown(path)} does not belong in it`
    if (name === null && size > largestContent) return `${shown(path)} is too large`
    if (name !== null && !known.has(name))
      return `it holds "${name}", which this Tilsyn does not take: it was made by another release, or was changed`
    if (name !== null) counted.add(name)
  }
  for (const name of Object.keys(manifest.collections))
    if (!counted.has(name)) return `the records of "${shown(name)}" are missing`
  if (counted.size !== Object.keys(manifest.collections).length)
    return 'its manifest does not count all of its records'
  return unpacksTooFar(packed, unpacked) ? 'it would unpack to far more than such a file ever does' : null
}

function isMember(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    isCount(value['size']) &&
    /^[0-9a-f]{64}$/.test(String(value['sha256']))
  )
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names come from outside: no control characters on a terminal. */
function shown(path: string): string {
  return JSON.stringify(path.slice(0, 120))
}
