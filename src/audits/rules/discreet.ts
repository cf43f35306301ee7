import { isDay } from '../../base/day.js'
import type { FigureSection, FigureTable } from './figures.js'

/** A case that concerned fewer customers than this may tell which they were to whoever knows its day, from the press for example. */
const fewest = 3

/** Cases that went wrong for some customers only; every other table is about sub-processors, or about all customers. */
const ofCases = ['unpermitted-use.list', 'breaches.list']

/**
 * The year's figures as the declaration tells them, which goes to every customer (DPA C.7): of a case that concerned one or two
 * customers the months stand in place of the days. Numbers stay as they are counted: by themselves they tell of nobody.
 */
export function discreet(section: FigureSection): { section: FigureSection; coarse: boolean } {
  const tables = section.tables.map((table) => (ofCases.includes(table.key) ? inMonths(table) : table))
  return { section: { ...section, tables }, coarse: tables.some((table, at) => table !== section.tables[at]) }
}

function inMonths(table: FigureTable): FigureTable {
  const customers = table.columns.indexOf('customers')
  const isFew = (count: FigureTable['rows'][number]['cells'][number] | undefined) =>
    typeof count === 'number' && count > 0 && count < fewest
  if (!table.rows.some(({ cells }) => isFew(cells[customers]))) return table
  const rows = table.rows.map((row) =>
    isFew(row.cells[customers])
      ? { ...row, cells: row.cells.map((cell) => (isDay(cell) ? cell.slice(0, 7) : cell)) }
      : row,
  )
  return { ...table, rows }
}
