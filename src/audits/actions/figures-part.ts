import type { Context } from '../../base/context.js'
import type { YearFigures } from '../rules/figures.js'
import type { DrawnSection } from '../rules/figures-made.js'

/** Counts one section. Null where there is nothing that could tell: then the year says nothing of it, and not nought. */
export type Part = (context: Context, period: YearFigures['period']) => Promise<DrawnSection | null>
