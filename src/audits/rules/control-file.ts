import {
  bilingual,
  fieldsOf,
  items,
  oneOf,
  text,
  texts,
  unlikeEachOther,
  type Fields,
} from '../../question-sets/rules/check/fields.js'
import type { Fault, Tree } from '../../question-sets/rules/tree.js'
import { methods, type Method } from './audit.js'
import type { Area, Control, ControlSet } from './controls.js'

const keys = ['id', 'version', 'title', 'areas', 'controls']
const controlKeys = ['id', 'area', 'text', 'sources', 'methods', 'evidence', 'records']
const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** What of ours can fill in a control. */
const recordKinds = [
  'register',
  'unpermitted-uses',
  'notices',
  'objections',
  'transfers',
  'supervision',
  'questionnaires',
  'statements',
  'findings',
  'breaches',
  'requests',
  'instructions',
  'departures',
] as const

type At<Thing> = { thing: Thing; line: number }

/** The controls, or every fault that keeps them from being used, by line. */
export function readControls(tree: Tree): { set: ControlSet; faults: [] } | { set: null; faults: Fault[] } {
  const faults: Fault[] = []
  const fields = fieldsOf(tree, 'the set', keys, faults)
  const set = fields && readFields(fields, faults)
  if (set && faults.length === 0) return { set, faults: [] }
  return { set: null, faults: faults.toSorted((a, b) => a.line - b.line) }
}

function readFields(fields: Fields, faults: Fault[]): ControlSet {
  const areas = items(fields, 'areas').flatMap((tree, at) => readArea(tree, at, faults))
  const controls = items(fields, 'controls').flatMap((tree, at) => readControl(tree, at, faults))
  if (controls.length === 0) fields.fault('controls', 'the set has no controls')
  unlikeEachOther(
    areas.map(({ thing: { id }, line }) => ({ id, line })),
    'area',
    faults,
  )
  unlikeEachOther(
    controls.map(({ thing: { id }, line }) => ({ id, line })),
    'control',
    faults,
  )
  for (const { thing, line } of controls)
    if (!areas.some((area) => area.thing.id === thing.area))
      faults.push({ line, reason: `unknown area "${thing.area}" in control ${thing.id}` })
  for (const { thing, line } of areas)
    if (!controls.some((control) => control.thing.area === thing.id))
      faults.push({ line, reason: `area ${thing.id} has no controls` })
  return {
    id: text(fields, 'id', { shape: idShape }),
    version: text(fields, 'version', { shape: idShape }),
    title: bilingual(fields, 'title') ?? { da: '', en: '' },
    areas: areas.map(({ thing }) => thing),
    controls: controls.map(({ thing }) => thing),
  }
}

function readArea(tree: Tree, at: number, faults: Fault[]): At<Area>[] {
  const fields = fieldsOf(tree, `area no. ${at + 1}`, ['id', 'title'], faults)
  if (!fields) return []
  const id = text(fields, 'id', { shape: idShape })
  return [{ thing: { id, title: bilingual(fields, 'title') ?? { da: '', en: '' } }, line: tree.line }]
}

function readControl(tree: Tree, at: number, faults: Fault[]): At<Control>[] {
  const fields = fieldsOf(tree, `control ${idIn(tree) ?? `no. ${at + 1}`}`, controlKeys, faults)
  if (!fields) return []
  const id = text(fields, 'id', { shape: idShape })
  const area = text(fields, 'area', { shape: idShape })
  if (id !== '' && area !== '' && !id.startsWith(`${area}.`))
    fields.fault('id', `the id of control ${id} must begin with its area: ${area}.`)
  const sources = texts(fields, 'sources')
  if (sources.length === 0) fields.fault(null, `${fields.what} has no sources: say which law or clause`)
  const ways = words(fields, 'methods', methods)
  if (items(fields, 'methods').length === 0) fields.fault(null, `${fields.what} has no methods`)
  const records = words(fields, 'records', recordKinds)
  const thing: Control = {
    id,
    area,
    text: bilingual(fields, 'text') ?? { da: '', en: '' },
    sources,
    methods: ways as Method[],
    evidence: bilingual(fields, 'evidence') ?? { da: '', en: '' },
    ...(records.length > 0 ? { records } : {}),
  }
  return [{ thing, line: tree.line }]
}

/** A list of which each must be one of the known. */
function words(fields: Fields, key: string, known: readonly string[]): string[] {
  return items(fields, key).flatMap((tree) => {
    const one = oneOf({ ...fields, get: () => tree }, key, known)
    return one === null ? [] : [one]
  })
}

function idIn(tree: Tree): string | null {
  const value = tree.kind === 'map' ? tree.entries.find(({ key }) => key === 'id')?.value : undefined
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : null
}
