import type { Locale } from '../../base/context.js'
import type { WholeAudit } from '../rules/audit.js'
import { mayBeLeftOut } from '../rules/several.js'
import { areaTitle } from './words.js'

/** The controls without a result by area, and of the chosen those that will be set and those that have a result by now. */
export function leavingOutPage(
  { set, tests }: Pick<WholeAudit, 'set' | 'tests'>,
  chosen: readonly string[],
  locale: Locale,
) {
  const open = new Set(tests.filter(mayBeLeftOut).map(({ control }) => control))
  const row = ({ id, text }: (typeof set.controls)[number]) => ({ id, text: text[locale] })
  const wanted = set.controls.filter(({ id }) => chosen.includes(id))
  return {
    groups: set.areas.flatMap(({ id }) => {
      const rows = set.controls.filter(({ id: control, area }) => area === id && open.has(control)).map(row)
      return rows.length > 0 ? [{ id, title: areaTitle(set, id, locale), rows }] : []
    }),
    setting: wanted.filter(({ id }) => open.has(id)).map(row),
    skipped: wanted.filter(({ id }) => !open.has(id)).map(row),
  }
}
