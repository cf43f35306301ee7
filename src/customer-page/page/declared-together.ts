/** A declaration for all the customers one person answers for. */
import type { SignedDeclaration } from '../../audits/rules/declaration.js'
import type { Copy } from '../../audits/rules/sending.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Reader } from './notice.js'

type DeclaredView = {
  customer: { _id: string; reference: string; name: string; caseNumber?: string | null }
  copy: Pick<Copy, 'receipt'>
}

/** `card`: the declaration itself with its files, as on the customer's own page. */
export function declaredTogetherPage<Card extends { files: unknown }>(
  {
    declaration,
    card,
    those,
  }: { declaration: SignedDeclaration; card: Card; those: readonly DeclaredView[] },
  chosen: ReadonlySet<string> | null,
  { locale, base }: Reader,
  zone: string,
) {
  const t = textIn(locale)
  const rows = those.map(({ customer, copy }, place) => ({
    id: customer._id,
    name: customer.name,
    caseNumber: customer.caseNumber ?? null,
    url:
      place === 0
        ? `${base}/declarations`
        : `${base}/others/${encodeURIComponent(customer.reference)}?to=declarations`,
    receipt: copy.receipt
      ? t('declaration:customer.confirmed', { at: formatInstant(copy.receipt.at, locale, zone) })
      : null,
    // One that no longer holds need not be confirmed.
    acts: copy.receipt === null && declaration.state === 'signed',
    chosen: chosen === null || chosen.has(customer._id),
  }))
  return {
    title: t('declaration:together.title', { year: declaration.year }),
    lead: t('declaration:together.lead', { count: rows.length }),
    reference: declaration.reference,
    url: `${base}/declarations/${declaration.reference}/together`,
    backUrl: `${base}/declarations`,
    card,
    rows,
    mayConfirm: rows.some(({ acts }) => acts),
  }
}
