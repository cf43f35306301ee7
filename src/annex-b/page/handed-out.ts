/** The papers that were handed out, as the log has them. */
import type { HistoryEntry } from '../../audit-log/actions.js'
import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Order } from '../rules.js'

const shown = 50

export function handedOut(history: readonly HistoryEntry[], locale: Locale) {
  const t = textIn(locale)
  return history.slice(0, shown).map(({ at, by, facts }) => {
    const made = facts['after'] as Order & { version: number; sha256: string }
    return {
      at,
      by,
      on: formatShortDay(made.on, locale),
      version: made.version === 0 ? '–' : String(made.version),
      what: [
        t(`annex-b:columns.${made.columns}`),
        t(`register:language.${made.language}`),
        t(`annex-b:format.${made.format}`),
        ...(made.known === 'then' ? [t('annex-b:papers.then')] : []),
      ].join(', '),
      sha256: made.sha256,
    }
  })
}
