import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import {
  bases,
  countriesOn,
  derogations,
  listingCovers,
  listingStatuses,
  tiaConclusions,
  transferWays,
  type Basis,
  type LawOn,
  type Transfer,
} from '../../transfers/rules.js'

/** A stored transfer as the form names its fields. */
export function transferFields(transfer: Transfer): Record<string, unknown> {
  const { clauses, tia, listing, groupRules, withinScope, parties } = transfer
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no')
  return {
    country: transfer.country,
    basis: transfer.basis,
    way: transfer.way,
    module: transfer.module,
    moduleReason: transfer.moduleReason,
    signedOn: transfer.signedOn,
    docking: yesNo(clauses?.docking),
    clause9: clauses?.clause9,
    clause9Days: clauses?.clause9Days,
    authority: clauses?.authority,
    law: clauses?.law,
    forum: clauses?.forum,
    annexes: yesNo(clauses?.annexes),
    tiaConcludedOn: tia?.concludedOn,
    tiaReviewOn: tia?.reviewOn,
    tiaLaws: tia?.laws,
    tiaConclusion: tia?.conclusion,
    tiaFile: tia?.file,
    listingEntity: listing?.entity,
    listingStatus: listing?.status,
    listingCovers: listing?.covers,
    listingCheckedOn: transfer.listingCheckedOn,
    group: groupRules?.group,
    groupAuthority: groupRules?.authority,
    groupApprovedOn: groupRules?.approvedOn,
    derogation: transfer.derogation,
    scopeCheckedOn: withinScope?.checkedOn,
    scopeHow: withinScope?.how,
    exporter: transfer.exporter ?? 'us',
    partyExporter: parties?.exporter,
    partyImporter: parties?.importer,
    supplementary: transfer.supplementary,
    note: transfer.note,
  }
}

/** Which parts of a row each basis asks for; the others stay closed, and a script hides them. */
export const partsOf: Record<string, readonly Basis[]> = {
  scope: ['adequacy'],
  listing: ['adequacy-dpf'],
  clauses: ['scc-2021'],
  group: ['bcr-p'],
  derogation: ['art-49'],
  tia: ['scc-2021', 'bcr-p'],
}

/** `kept`: on record already, of which one may be to a country that has come into the EEA since. */
export function transferChoices(at: LawOn, locale: Locale, kept: readonly Transfer[] = []) {
  const t = textIn(locale)
  const all = countriesOn(at, locale)
  const worded = <Value extends string>(values: readonly Value[], key: string) =>
    values.map((value) => ({ value, text: t(`transfers:${key}.${value}`) }))
  return {
    outside: all
      .filter(({ eea, code }) => !eea || kept.some(({ country }) => country === code))
      .map(({ code, name }) => ({ value: code, text: name })),
    within: all.filter(({ eea }) => eea).map(({ code, name }) => ({ value: code, text: name })),
    bases: worded(bases, 'basis'),
    ways: worded(transferWays, 'way'),
    modules: worded(['1', '2', '3', '4'], 'module'),
    clause9: worded(['specific', 'general'], 'clause9'),
    yesNo: worded(['yes', 'no'], 'yes-no'),
    conclusions: worded(tiaConclusions, 'conclusion'),
    statuses: worded(listingStatuses, 'status'),
    covers: worded(listingCovers, 'covers'),
    derogations: worded(derogations, 'derogation'),
    exporters: worded(['us', 'vendor'], 'exporter'),
  }
}
