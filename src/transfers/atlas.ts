/** The shapes of countries, read once per process when the first map is asked for, each drawn when it is first shown. */
import type { ExtendedFeature, GeoPermissibleObjects, GeoProjection, GeoStream } from 'd3-geo'
import type { MultiPoint, MultiPolygon, Polygon, Position } from 'geojson'
import type { GeometryObject } from 'topojson-specification'
import { countriesAt, type Countries } from './atlas-files.js'
import type { CountryCode } from './countries.js'
import type { Area, Frame, Point } from './rules/map.js'
import { pointsWithoutShape } from './rules/points.js'

type Named = ExtendedFeature<Polygon | MultiPolygon>

const width = 960
/** Two points closer than this, in the drawing's units, are one to the eye. */
const least = 1

/** The corners of what is shown. Antarctica has nobody to store anything; Svalbard goes with Norway in words. */
const corners: Record<Area, Position[]> = {
  world: [
    [-168.9, 0],
    [190.9, 0],
    [-70, -56],
    [0, 79],
  ],
  europe: [
    [-24, 65],
    [25, 71.3],
    [-10, 36],
    [14.4, 35.5],
    [24.5, 34.6],
    [34.5, 34.2],
    [41, 48],
  ],
}

export async function readFrame(area: Area): Promise<Frame> {
  return (frames[area] ??= draw(area))
}

const frames: Partial<Record<Area, Promise<Frame>>> = {}

async function draw(area: Area): Promise<Frame> {
  const [geo, topo, fine, coarse] = await Promise.all([
    import('d3-geo'),
    import('topojson-client'),
    countriesAt('50m'),
    area === 'world' ? countriesAt('110m') : null,
  ])
  const { topology, byCode, version } = coarse ?? fine
  const projection = framed(
    area === 'world'
      ? geo.geoNaturalEarth1().rotate([-11, 0])
      : geo.geoAzimuthalEqualArea().rotate([-11, -53]),
    area,
    geo.geoPath,
  )
  const height = Math.round(bottomOf(projection, area))
  projection.clipExtent([
    [0, 0],
    [width, height],
  ])
  const path = geo.geoPath({ stream: (to: GeoStream) => projection.stream(thinned(to)) }).digits(1)
  const print = (object: GeoPermissibleObjects) => path(object) ?? ''
  const feature = (from: Countries, geometry: GeometryObject | undefined) =>
    geometry && (topo.feature(from, geometry) as Named)
  const point = remembered((code) => {
    const centre = feature(fine.topology, fine.byCode.get(code))
    const at = centre ? geo.geoCentroid(largest(centre, geo.geoArea)) : pointsWithoutShape[code]
    return pointOf(at && projection([at[0], at[1]]), height)
  })
  const { countries, land } = topology.objects
  return {
    area,
    width,
    height,
    version,
    base: remembered(() =>
      baseOf(
        height,
        print(topo.feature(topology, land)),
        print(topo.mesh(topology, countries, (one, other) => one !== other)),
      ),
    ).bind(null, ''),
    point,
    shape: remembered((code) => {
      const drawn = feature(topology, byCode.get(code))
      const d = drawn ? print(drawn) : ''
      return {
        d,
        size: drawn && d !== '' ? path.area(drawn) : 0,
        point: point(code),
        // Where only a corner of the country is within the frame, its name stands on that corner.
        corner: drawn && d !== '' ? pointOf(path.centroid(drawn), height) : null,
      }
    }),
  }
}

/** Reckoned when it is first asked for, and never again. */
function remembered<Result>(reckon: (code: CountryCode) => Result): (code: CountryCode) => Result {
  const known = new Map<CountryCode, Result>()
  return (code) => {
    const found = known.get(code)
    if (found !== undefined) return found
    const result = reckon(code)
    known.set(code, result)
    return result
  }
}

function cornersOf(area: Area): MultiPoint {
  return { type: 'MultiPoint', coordinates: corners[area] }
}

function framed(
  projection: GeoProjection,
  area: Area,
  geoPath: typeof import('d3-geo').geoPath,
): GeoProjection {
  projection.fitWidth(width, cornersOf(area))
  const [[left, top]] = geoPath(projection).bounds(cornersOf(area))
  const [x, y] = projection.translate()
  return projection.translate([x - left, y - top])
}

function bottomOf(projection: GeoProjection, area: Area): number {
  return Math.max(...corners[area].map((corner) => projection(corner as [number, number])?.[1] ?? 0))
}

/** The mainland: the middle of France and its islands overseas together lies in the sea. */
function largest({ geometry }: Named, area: (polygon: Polygon) => number): Polygon {
  if (geometry.type === 'Polygon') return geometry
  const parts = geometry.coordinates.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }))
  return parts.reduce((most, part) => (area(part) > area(most) ? part : most))
}

function pointOf(at: readonly [number, number] | null | undefined, height: number): Point | null {
  if (!at || at.some((number) => !Number.isFinite(number))) return null
  const [x, y] = [Math.round(at[0]), Math.round(at[1])]
  return x >= 0 && x <= width && y >= 0 && y <= height ? { x, y } : null
}

/** Leaves out points that lie on the one before: a coast of a thousand points is drawn with a hundred. */
function thinned(to: GeoStream): GeoStream {
  let last: [number, number] | null = null
  let left: [number, number] | null = null
  return {
    point(x, y) {
      left = null
      if (last && Math.hypot(x - last[0], y - last[1]) < least) left = [x, y]
      else {
        last = [x, y]
        to.point(x, y)
      }
    },
    lineStart() {
      last = null
      to.lineStart()
    },
    lineEnd() {
      if (left) to.point(...left)
      left = null
      to.lineEnd()
    },
    polygonStart: () => to.polygonStart(),
    polygonEnd: () => to.polygonEnd(),
    sphere: () => to.sphere?.(),
  }
}

/** Land and borders, the same on every map: a picture of its own that browsers keep. */
function baseOf(height: number, land: string, borders: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<path fill="#e3ddd1" d="${land}"/>` +
    `<path fill="none" stroke="#fffefc" stroke-width="1" stroke-linejoin="round" d="${borders}"/></svg>`
  )
}
