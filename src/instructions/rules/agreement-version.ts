import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

/** One line of the changelog of our own data processing agreement (version, change, published), as its front page has it. */
export type AgreementVersion = {
  /** The version itself, such as '1.1': there is one of each. */
  _id: string
  change: Bilingual
  publishedOn: Day
  file: string | null
  sample: boolean
} & Moved
