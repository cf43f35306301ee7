/** The same person's other customers, on the page of one of them. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { OtherFolder } from '../actions/others.js'
import { folderState } from './words.js'

/** `from`: whose folder the form begins with. */
export function othersShown(
  others: readonly OtherFolder[],
  own: string,
  from: string | null,
  locale: Locale,
) {
  const t = textIn(locale)
  const filed = others.filter(({ folder }) => folder !== null && folder.filings.length > 0).length
  return {
    summary: t('supervision-folder:others.summary', { count: others.length, filed }),
    takenFrom: others.find(({ customer }) => customer.reference === from)?.customer.name ?? null,
    rows: others.map(({ customer: { reference, name }, folder, opens }) => ({
      name,
      url: opens
        ? own.replace(/supervision$/, `others/${encodeURIComponent(reference)}?to=supervision`)
        : null,
      state: folderState(folder, t),
      takeUrl: folder && `${own}?from=${encodeURIComponent(reference)}`,
    })),
  }
}
