import type { Day } from '../../base/day.js'

/**
 * One number of the year. `made` is what it was counted from: references or ids, sorted, never a customer's name; of many only their
 * number and hash are kept, and whoever asks for them gets them counted anew.
 */
export type Figure = {
  /** Such as `notices.kept`: its text is `audit-figures:<key>`. */
  key: string
  value: number
  /** "n of n": how many it could have been. */
  of: number | null
  /** A number that is no count: hours, days. */
  unit: 'count' | 'days' | 'hours'
  /** Where in Tilsyn the evidence for it stands. */
  evidence: string
  made: { count: number; hash: string; ids: string[] | null }
}

/** A row of a table of the year, such as one sub-processor's supervision; cells are values, their words are texts by key. */
export type FigureTable = {
  key: string
  columns: string[]
  rows: { reference: string; evidence: string | null; cells: (string | number | null)[] }[]
}

export type FigureSection = {
  /** sub-processors, unpermitted-use, notices, objections, transfers, supervision, statements, questionnaires, breaches, requests, instructions, departures */
  key: string
  figures: Figure[]
  tables: FigureTable[]
}

/** What our own records say of a year (DPA C.7), as known at `asOf`. */
export type YearFigures = {
  year: number
  period: { from: Day; to: Day }
  asOf: string
  sections: FigureSection[]
}
