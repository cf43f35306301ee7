/** Rows of what the registers' own export leaves out: papers, readings, copies, corrections, approvals, files. */
import type { Locale } from '../../base/context.js'
import type { StoredFile } from '../../files/actions.js'
import { textIn } from '../../i18n/texts.js'
import {
  contractsOf,
  type Approval,
  type ContractCopy,
  type CorrectionGround,
  type Engagement,
  type Vendor,
} from '../../register/rules.js'
import { defused } from './defused.js'

export const keptSheets = ['contracts', 'readings', 'copies', 'corrections', 'approvals', 'files'] as const
export type KeptSheet = (typeof keptSheets)[number]

const columns: Record<KeptSheet, readonly string[]> = {
  contracts: [
    'engagement',
    'vendor',
    'number',
    'version',
    'template',
    'signedOn',
    'from',
    'until',
    'file',
    'redacted',
    'note',
    'mistake',
  ],
  readings: ['engagement', 'vendor', 'number', 'on', 'by', 'point', 'result', 'clause', 'note'],
  copies: ['engagement', 'number', 'customer', 'askedOn', 'askedBy', 'sentOn', 'sentBy', 'file', 'note'],
  corrections: ['record', 'what', 'from', 'until', 'values', 'because', 'file', 'recordedOn', 'by'],
  approvals: [
    'customer',
    'engagement',
    'from',
    'until',
    'kind',
    'notice',
    'endedBy',
    'recordedOn',
    'earlier',
  ],
  files: ['id', 'name', 'type', 'size', 'sha256', 'about', 'storedAt', 'by'],
}

export function keptHeadings(sheet: KeptSheet, locale: Locale): string[] {
  const t = textIn(locale)
  return columns[sheet].map((column) => t(`kept:column.${column}`))
}

type Owner = Pick<Vendor, 'name'>

/** Each version of each contract; a file is named by its id, which stands in the list of files with its hash. */
export function contractRows(engagement: Engagement, { name }: Owner, locale: Locale): string[][] {
  const t = textIn(locale)
  return contractsOf(engagement).map((version) =>
    cells([
      engagement.reference,
      name,
      version.id,
      version.dpaVersion,
      t(`register:template.${version.template}`),
      version.signedOn,
      version.from,
      version.until,
      version.file,
      version.redacted.map(({ file, madeOn }) => `${file} (${madeOn})`).join('; '),
      version.note,
      version.mistake && `${version.mistake.on}: ${version.mistake.because}`,
    ]),
  )
}

/** Each point of each reading against Art. 28(3)-(4). */
export function readingRows(engagement: Engagement, { name }: Owner, locale: Locale): string[][] {
  const t = textIn(locale)
  return contractsOf(engagement).flatMap(({ id, checks }) =>
    checks.flatMap(({ on, by, answers }) =>
      answers.map(({ point, result, clause, note }) =>
        cells([
          engagement.reference,
          name,
          id,
          on,
          by,
          t(`contracts:point.${point}`),
          t(`contracts:result.${result}`),
          clause,
          note,
        ]),
      ),
    ),
  )
}

export function copyRow(copy: ContractCopy, engagement: string, customer: string): string[] {
  const { contract, askedOn, askedBy, sentOn, sentBy, file, note } = copy
  return cells([engagement, contract, customer, askedOn, askedBy, sentOn, sentBy, file, note])
}

type Corrected = CorrectionGround & { from: string; to: string; values: object }

export function correctionRows(
  reference: string,
  what: string,
  corrections: readonly Corrected[],
): string[][] {
  return corrections.map(({ from, to, values, because, file, recordedOn, by }) =>
    cells([reference, what, from, to, JSON.stringify(values), because, file, recordedOn, by.id]),
  )
}

/** `earlier`: what the register said of it before, oldest first. */
export function approvalRow(
  approval: Approval,
  engagement: string,
  customer: string,
  locale: Locale,
): string[] {
  const { from, to, kind, notice, endedBy, recordedOn, earlier = [], corrections = [] } = approval
  const t = textIn(locale)
  const before = [
    ...earlier.map((each) => JSON.stringify(each)),
    ...corrections.map(({ fault, because, recordedOn: on }) => `${on} ${fault}: ${because}`),
  ]
  const word = t(`past:kind.${kind}`)
  return cells([customer, engagement, from, to, word, notice, endedBy, recordedOn, before.join('\n')])
}

export function fileRow({ _id, name, type, size, sha256, about, storedAt, storedBy }: StoredFile): string[] {
  const told = `${about.kind}/${about.id}`
  return cells([_id, name, type, String(size), sha256, told, storedAt.toISOString(), storedBy.id])
}

/** As the registers' export writes them: nothing a spreadsheet would run. */
function cells(values: readonly (string | null | undefined)[]): string[] {
  return values.map((value) => defused(value ?? ''))
}
