import { z } from 'zod'
import { listOf, optionalDay, optionalText } from '../../base/form.js'
import {
  bases,
  countryOf,
  derogations,
  listingCovers,
  listingStatuses,
  tiaConclusions,
  tiaReviewDay,
  transferWays,
  type Clauses,
  type SccModule,
  type Tia,
  type Transfer,
} from '../../transfers/rules.js'
import { given } from './given.js'
import { listed, rowsOf } from './rows.js'
import { country } from './vendor.js'

const optionalChoice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(words, { error: 'choose-one' }).optional(),
  )
const optionalCountry = () =>
  optionalText(8).refine((code) => code === undefined || countryOf(code) !== null, 'choose-one')

const row = z.object({
  country: country.refine((code) => code !== null, 'choose-one'),
  basis: z.enum(bases, { error: 'choose-one' }),
  way: optionalChoice(transferWays),
  module: optionalChoice(['1', '2', '3', '4']),
  moduleReason: optionalText(1000),
  signedOn: optionalDay(),
  docking: optionalChoice(['yes', 'no']),
  clause9: optionalChoice(['specific', 'general']),
  clause9Days: optionalText(4).refine(
    (days) => days === undefined || /^[1-9]\d{0,2}$/.test(days),
    'not-in-range|least=1|most=999',
  ),
  authority: optionalText(200),
  law: optionalCountry(),
  forum: optionalCountry(),
  annexes: optionalChoice(['yes', 'no']),
  tiaConcludedOn: optionalDay(),
  tiaReviewOn: optionalDay(),
  tiaLaws: optionalText(500),
  tiaConclusion: optionalChoice(tiaConclusions),
  // The file itself comes beside the form and is kept at once; this is its id.
  tiaFile: optionalText(60),
  listingEntity: optionalText(300),
  listingStatus: optionalChoice(listingStatuses),
  listingCovers: listOf(z.enum(listingCovers, { error: 'choose-one' })),
  listingCheckedOn: optionalDay(),
  group: optionalText(300),
  groupAuthority: optionalText(200),
  groupApprovedOn: optionalDay(),
  derogation: optionalChoice(derogations),
  scopeCheckedOn: optionalDay(),
  scopeHow: optionalText(500),
  exporter: optionalChoice(['us', 'vendor']),
  partyExporter: optionalText(300),
  partyImporter: optionalText(300),
  supplementary: optionalText(2000),
  note: optionalText(2000),
})

/** What stands in a row by itself: the country the form proposes, how data go there, and who exports. */
const byItself = ['country', 'exporter', 'way']

const filledRows = rowsOf(
  row,
  Object.keys(row.shape).filter((field) => !byItself.includes(field)),
)

/**
 * A row with a country alone says that its basis is not known yet, which the register shows as missing: it is left out. The
 * form proposes such rows by itself. Anything else that was typed is not lost in silence: then the basis is asked for, unless the row is
 * ticked to be taken away.
 */
export const transferRows = z.preprocess(
  (value) => listed(value).map((each) => (isRemoved(each) ? {} : each)),
  filledRows,
)

function isRemoved(typed: unknown): boolean {
  const remove = typeof typed === 'object' && typed !== null && (typed as Record<string, unknown>)['remove']
  return typeof remove === 'string' && remove !== ''
}

type TransferRow = z.output<typeof row>

/** What is not asked for by a basis is not kept with it. */
export function transferOf(typed: TransferRow): Transfer {
  const { basis } = typed
  const contractual = basis === 'scc-2021' || basis === 'bcr-p'
  return {
    country: typed.country ?? '',
    basis,
    ...given({ way: typed.way }),
    ...(basis === 'scc-2021' ? clausesOf(typed) : {}),
    ...(contractual ? given({ signedOn: typed.signedOn ?? undefined, tia: tiaOf(typed) }) : {}),
    ...(basis === 'adequacy-dpf' ? listingOf(typed) : {}),
    ...(basis === 'bcr-p' ? { ...given({ groupRules: groupRulesOf(typed) }) } : {}),
    ...(basis === 'art-49' ? given({ derogation: typed.derogation }) : {}),
    ...(basis === 'adequacy' ? given({ withinScope: withinScopeOf(typed) }) : {}),
    ...(typed.exporter === 'vendor'
      ? { exporter: typed.exporter, ...given({ parties: partiesOf(typed) }) }
      : {}),
    ...given({ supplementary: typed.supplementary, note: typed.note }),
  }
}

function clausesOf(typed: TransferRow): Partial<Transfer> {
  const yesNo = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes')
  const clauses: Clauses = given({
    docking: yesNo(typed.docking),
    clause9: typed.clause9,
    clause9Days:
      typed.clause9 === 'general' && typed.clause9Days !== undefined ? Number(typed.clause9Days) : undefined,
    authority: typed.authority,
    law: typed.law,
    forum: typed.forum,
    annexes: yesNo(typed.annexes),
  })
  return given({
    module: typed.module === undefined ? undefined : (Number(typed.module) as SccModule),
    moduleReason: typed.moduleReason,
    clauses: filled(clauses),
  })
}

/** Left empty, the review is due two years after the conclusion. */
function tiaOf(typed: TransferRow): Tia | undefined {
  const tia: Tia = given({
    concludedOn: typed.tiaConcludedOn ?? undefined,
    reviewOn: typed.tiaReviewOn ?? undefined,
    laws: typed.tiaLaws,
    conclusion: typed.tiaConclusion,
    file: typed.tiaFile,
  })
  return filled({ ...tia, ...given({ reviewOn: tiaReviewDay(tia) ?? undefined }) })
}

function listingOf(typed: TransferRow): Partial<Transfer> {
  const listing = given({
    entity: typed.listingEntity,
    status: typed.listingStatus,
    covers: typed.listingCovers.length > 0 ? typed.listingCovers : undefined,
  })
  return given({ listingCheckedOn: typed.listingCheckedOn ?? undefined, listing: filled(listing) })
}

function groupRulesOf(typed: TransferRow): Transfer['groupRules'] {
  return filled(
    given({
      group: typed.group,
      authority: typed.groupAuthority,
      approvedOn: typed.groupApprovedOn ?? undefined,
    }),
  )
}

function withinScopeOf(typed: TransferRow): Transfer['withinScope'] {
  return filled(given({ checkedOn: typed.scopeCheckedOn ?? undefined, how: typed.scopeHow }))
}

function partiesOf(typed: TransferRow): Transfer['parties'] {
  return filled(given({ exporter: typed.partyExporter, importer: typed.partyImporter }))
}

function filled<T extends object>(values: T): T | undefined {
  return Object.keys(values).length > 0 ? values : undefined
}
