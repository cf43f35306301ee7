import { isDeepStrictEqual } from 'node:util'
import { NotFound } from '../../base/errors.js'
import { byVersion, keyOf } from '../../question-sets/rules/versions.js'
import { BrokenControls, controlFaults, controlsFolder, readControlFolder } from '../reading/files.js'
import { allKeptControls, keepControls } from '../records/control-sets.js'
import type { ControlSet } from '../rules/controls.js'

/** The set an audit of ours follows. */
const ours = 'internal-audit'

/** Read once: controls change with the program, not while it runs. */
let shipped: ReadonlyMap<string, ControlSet> | null = null
/** Those an audit has begun with, as they were then. */
const kept = new Map<string, ControlSet>()

/**
 * At start. Returns the versions in use whose file has changed: their audits go on with what they began with.
 * @throws BrokenControls with every fault, file and line.
 */
export async function openControls(folder = controlsFolder): Promise<{ changed: string[] }> {
  shipped = readShipped(folder)
  kept.clear()
  for (const { _id, set } of await allKeptControls()) kept.set(_id, set)
  const changed = [...kept].flatMap(([key, set]) => {
    const file = shippedControls().get(key)
    return file && !isDeepStrictEqual(file, set) ? [key] : []
  })
  return { changed }
}

/** The controls as an audit began with them, else as they are shipped. */
export function controlSet(id: string, version: string): ControlSet {
  const key = keyOf({ id, version })
  const set = kept.get(key) ?? shippedControls().get(key)
  if (!set) throw new NotFound()
  return set
}

/** What an audit that begins today follows: the newest version. */
export function currentControlSet(): ControlSet {
  const all = [...new Map([...shippedControls(), ...kept]).values()]
  const [newest] = all.filter(({ id }) => id === ours).toSorted((a, b) => byVersion(b, a))
  if (!newest) throw new BrokenControls(`There is no version of the controls ${ours}.`)
  return newest
}

/** Before the first audit with it begins, and harmless after: from then on its controls are what they were. */
export async function keepSet(set: ControlSet): Promise<ControlSet> {
  const key = keyOf(set)
  const known = kept.get(key)
  if (known) return known
  const { set: same } = await keepControls({ _id: key, set })
  kept.set(key, same)
  return same
}

function shippedControls(): ReadonlyMap<string, ControlSet> {
  shipped ??= readShipped(controlsFolder)
  return shipped
}

function readShipped(folder: string): ReadonlyMap<string, ControlSet> {
  const files = readControlFolder(folder)
  const faults = controlFaults(files)
  if (faults.length > 0)
    throw new BrokenControls(
      ['The controls of the yearly audit cannot be used:', ...faults.map((one) => `  ${one}`)].join('\n'),
    )
  return new Map(files.flatMap(({ set }) => (set ? [[keyOf(set), set] as const] : [])))
}
