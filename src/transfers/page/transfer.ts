import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { countryName, tiaReviewDay, type Transfer } from '../rules.js'

export type Fact = { label: string; value: string }

/** What is on record about one transfer, as label and value; nothing is printed that was not entered. */
export function transferFacts(transfer: Transfer, locale: Locale): Fact[] {
  const t = textIn(locale)
  const day = (value: Day | null | undefined) => (value ? formatDay(value, locale) : '')
  const rows: [string, string | undefined][] = [
    [t('transfers:field.way'), transfer.way && t(`transfers:way.${transfer.way}`)],
    [t('transfers:field.exporter'), transfer.exporter === 'vendor' ? exporterOf(transfer, t) : ''],
    [t('transfers:field.module-reason'), transfer.moduleReason],
    [t('transfers:field.signed-on'), day(transfer.signedOn)],
    ...clauseRows(transfer, t, locale),
    ...listingRows(transfer, t, day),
    ...groupRulesRows(transfer, t, day),
    [
      t('transfers:field.derogation'),
      transfer.derogation && t(`transfers:derogation.${transfer.derogation}`),
    ],
    [t('transfers:field.within-scope'), withinScopeOf(transfer, day)],
    ...tiaRows(transfer, t, day),
    [t('transfers:field.supplementary'), transfer.supplementary],
    [t('transfers:field.note'), transfer.note],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

type Row = [string, string | undefined]
type Written = (value: Day | null | undefined) => string

function exporterOf({ parties }: Transfer, t: Text): string {
  const { exporter, importer } = parties ?? {}
  if (exporter && importer) return t('transfers:parties', { exporter, importer })
  return [t('transfers:exporter.vendor'), exporter ?? importer ?? ''].filter(Boolean).join(': ')
}

function clauseRows({ clauses = {} }: Transfer, t: Text, locale: Locale): Row[] {
  const yesNo = (value: boolean | undefined) =>
    value === undefined ? '' : t(`transfers:yes-no.${value ? 'yes' : 'no'}`)
  const days = clauses.clause9Days
  return [
    [t('transfers:field.docking'), yesNo(clauses.docking)],
    [
      t('transfers:field.clause9'),
      clauses.clause9 &&
        (clauses.clause9 === 'general' && days !== undefined
          ? t('transfers:clause9.general-days', { count: days })
          : t(`transfers:clause9.${clauses.clause9}`)),
    ],
    [t('transfers:field.authority'), clauses.authority],
    [t('transfers:field.law'), clauses.law && countryName(clauses.law, locale)],
    [t('transfers:field.forum'), clauses.forum && countryName(clauses.forum, locale)],
    [t('transfers:field.annexes'), yesNo(clauses.annexes)],
  ]
}

function listingRows({ listing, listingCheckedOn }: Transfer, t: Text, day: Written): Row[] {
  return [
    [t('transfers:field.entity'), listing?.entity],
    [t('transfers:field.status'), listing?.status && t(`transfers:status.${listing.status}`)],
    [t('transfers:field.covers'), listing?.covers?.map((each) => t(`transfers:covers.${each}`)).join(', ')],
    [t('transfers:field.listing-checked'), day(listingCheckedOn)],
  ]
}

function groupRulesRows({ groupRules }: Transfer, t: Text, day: Written): Row[] {
  return [
    [t('transfers:field.group'), groupRules?.group],
    [t('transfers:field.approved-by'), groupRules?.authority],
    [t('transfers:field.approved-on'), day(groupRules?.approvedOn)],
  ]
}

function tiaRows({ tia }: Transfer, t: Text, day: Written): Row[] {
  return [
    [t('transfers:field.tia-concluded'), day(tia?.concludedOn)],
    [t('transfers:field.tia-conclusion'), tia?.conclusion && t(`transfers:conclusion.${tia.conclusion}`)],
    [t('transfers:field.tia-laws'), tia?.laws],
    [t('transfers:field.tia-review'), day(tiaReviewDay(tia))],
  ]
}

function withinScopeOf({ withinScope }: Transfer, day: Written): string {
  return [day(withinScope?.checkedOn), withinScope?.how ?? ''].filter(Boolean).join(': ')
}
