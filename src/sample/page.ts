import type { Locale } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import type { Removal } from './records.js'

/** Kinds a reader knows; papers, files and the like go with them and are not worth a line. */
const counted = [
  'customer',
  'service',
  'vendor',
  'engagement',
  'site',
  'notice',
  'objection',
  'mail',
] as const

export function removalRows({ removed }: Removal, locale: Locale): string[] {
  const t = textIn(locale)
  return counted.flatMap((kind) => {
    const count = removed[kind] ?? 0
    return count > 0 ? [t(`sample:count.${kind}`, { count })] : []
  })
}
