import type { ControlSet } from '../../audits/rules/controls.js'
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { packAreas, partsOf } from '../rules.js'

/** The areas a pack can be made of, with what each holds. */
export function areaListPage(set: ControlSet, locale: Locale) {
  const t = textIn(locale)
  return packAreas.flatMap((area) => {
    const control = set.controls.find(({ id }) => id === area)
    return control
      ? [
          {
            area,
            text: control.text[locale],
            holds: partsOf(area).map((part) => t(`area-packs:part.${part}`)),
          },
        ]
      : []
  })
}
