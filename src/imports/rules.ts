export type { Exported } from './rules/export.js'
export { fieldsOf, headingOf, registers, type Register } from './rules/fields.js'
export { guessMapping, type Mapping } from './rules/headings.js'
export { countRows, type Counts, type Message, type PlannedRow } from './rules/plan.js'
