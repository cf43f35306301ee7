import type { CountryCode } from '../countries.js'

/**
 * Longitude and latitude of the places that Natural Earth (1:50 million) draws as part of their state or not at all: the
 * chief town, or the middle of the island. Everything else is taken from the shapes.
 */
export const pointsWithoutShape: Readonly<Record<CountryCode, readonly [number, number]>> = {
  BQ: [-68.27, 12.15],
  BV: [3.36, -54.42],
  CC: [96.83, -12.17],
  CX: [105.63, -10.49],
  GF: [-52.33, 4.93],
  GI: [-5.35, 36.14],
  GP: [-61.73, 16],
  MQ: [-61.06, 14.6],
  RE: [55.45, -20.88],
  SJ: [15.63, 78.22],
  TK: [-171.85, -9.2],
  TV: [179.2, -8.52],
  UM: [-160, -0.37],
  YT: [45.23, -12.78],
}
