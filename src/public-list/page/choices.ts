import type { Locale } from '../../base/context.js'
import type { ListRow } from '../../register/rules.js'

const rowsAPage = 200

/** `found`: of the sub-processors that would be on the list those with the words searched for. */
export function choicesPage(
  found: readonly ListRow[],
  unnamed: ReadonlySet<string>,
  { q, page }: { q: string; page: number },
  locale: Locale,
) {
  const pages = Math.max(1, Math.ceil(found.length / rowsAPage))
  const at = Math.min(page, pages)
  const address = (to: number) => `/public-list/choices?q=${encodeURIComponent(q)}&page=${to}`
  return {
    q,
    rows: found.slice((at - 1) * rowsAPage, at * rowsAPage).map((row) => ({
      id: row.engagement,
      reference: row.reference,
      name: row.content.vendorName,
      activity: row.content.activity[locale],
      unnamed: unnamed.has(row.engagement),
    })),
    paging: {
      count: found.length,
      next: at < pages ? address(at + 1) : null,
      previous: at > 1 ? address(at - 1) : null,
    },
  }
}
