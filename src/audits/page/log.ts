import type { WholeAudit } from '../rules/audit.js'
import { controlUrl } from './words.js'

const most = 100

/** The last moves on the controls, the newest first; how each control began is left out. */
export function latestOnControls({ audit, tests }: Pick<WholeAudit, 'audit' | 'tests'>) {
  return tests
    .flatMap(({ control, moves }) =>
      moves
        .filter(({ version }) => version > 1)
        .map(({ at, by, event }) => ({ at, by, event, control, url: controlUrl(audit, control) })),
    )
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, most)
}
