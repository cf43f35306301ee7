import { readFrame } from './atlas.js'
import { mapPage, type MapInput, type WorldMap } from './page/map.js'
import { areas, usualArea, type Area } from './rules/map.js'

export type { WorldMap } from './page/map.js'
export type { Mapped } from './rules/map.js'

/** `asked`: the part of the world in the address; where none is, the one that shows everything largest. */
export async function mapOf(input: MapInput, asked: unknown): Promise<WorldMap> {
  return mapPage(input, await readFrame(areas.find((area) => area === asked) ?? (await usual(input))))
}

async function usual({ records }: MapInput): Promise<Area> {
  const countries = records.flatMap(({ storage, access }) => [...storage, ...access])
  return usualArea(countries, await readFrame('europe'))
}
