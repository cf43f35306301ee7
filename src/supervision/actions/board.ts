import type { Context } from '../../base/context.js'
import { allServices } from '../../register/actions.js'
import {
  pageOfRows,
  selectRows,
  summaryOf,
  type BoardPage,
  type BoardQuery,
  type BoardSummary,
  type VendorYear,
} from '../rules.js'
import { yearOf } from './year.js'

export type Board = BoardPage & {
  /** Of the whole year, whatever is searched for. */
  summary: BoardSummary
  count: number
  services: Awaited<ReturnType<typeof allServices>>
}

/** One page of the year's board. */
export async function boardToShow(context: Context, query: BoardQuery): Promise<Board> {
  const [rows, services] = await Promise.all([yearOf(context, query.year), allServices()])
  const found = selectRows(rows, query)
  return { ...pageOfRows(found, query), summary: summaryOf(rows, query.year), count: found.length, services }
}

/** All that match, for the export. */
export async function boardRows(context: Context, query: BoardQuery): Promise<VendorYear[]> {
  return selectRows(await yearOf(context, query.year), query)
}
