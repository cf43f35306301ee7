/** Natural Earth as world-atlas packs it: topologies in two scales, each read once per process. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification'
import type { CountryCode } from './countries.js'

export type Countries = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

const places = createRequire(import.meta.url)
/** Raised when land and borders are drawn in another way: browsers keep the picture under its old address. */
const drawing = 1

type Scale = '50m' | '110m'
type Atlas = { topology: Countries; byCode: Map<CountryCode, GeometryObject>; version: string }
const read: Partial<Record<Scale, Promise<Atlas>>> = {}

export async function countriesAt(scale: Scale): Promise<Atlas> {
  return (read[scale] ??= readAtlas(scale))
}

async function readAtlas(scale: Scale): Promise<Atlas> {
  const text = await readFile(places.resolve(`world-atlas/countries-${scale}.json`), 'utf8')
  const topology = withCrimea(JSON.parse(text) as Countries)
  const version = createHash('sha256').update(`${drawing} ${text}`).digest('hex').slice(0, 12)
  return { topology, byCode: byCodeIn(topology), version }
}

type Part = { id?: string; type: string; arcs: number[][][] }

/** Natural Earth draws who holds the ground; to the EU, and so to its law on transfers, Crimea is Ukraine. */
function withCrimea(topology: Countries): Countries {
  const parts = topology.objects.countries.geometries as unknown as Part[]
  const [russia, ukraine] = ['643', '804'].map((id) => parts.find((part) => part.id === id))
  if (!russia || !ukraine || russia.type !== 'MultiPolygon') return topology
  const own = ukraine.type === 'Polygon' ? [ukraine.arcs as unknown as number[][]] : ukraine.arcs
  const touched = new Set(own.flat(2).map((arc) => (arc < 0 ? ~arc : arc)))
  const length = (polygon: number[][]) => polygon.flat().length
  const mainland = russia.arcs.toSorted((a, b) => length(b) - length(a))[0]
  const crimea = russia.arcs.filter(
    (polygon) => polygon !== mainland && polygon.flat().some((arc) => touched.has(arc < 0 ? ~arc : arc)),
  )
  russia.arcs = russia.arcs.filter((polygon) => !crimea.includes(polygon))
  ukraine.type = 'MultiPolygon'
  ukraine.arcs = [...own, ...crimea]
  return topology
}

/** The ids of the atlas are ISO 3166 numbers; 'und-208' is written 'und-DK' in its canonical form (UTS 35). */
export function codeOf(id: string | number): string {
  return new Intl.Locale(`und-${String(id).padStart(3, '0')}`).region ?? ''
}

// The atlas has some countries in parts, such as Australia and its reefs: the larger part is the country.
function byCodeIn({ objects }: Countries): Map<CountryCode, GeometryObject> {
  const found = new Map<CountryCode, GeometryObject>()
  const weight = (geometry: GeometryObject) => JSON.stringify(geometry).length
  for (const geometry of objects.countries.geometries) {
    if (geometry.id === undefined) continue
    const code = codeOf(geometry.id)
    const other = found.get(code)
    if (!other || weight(geometry) > weight(other)) found.set(code, geometry)
  }
  return found
}
