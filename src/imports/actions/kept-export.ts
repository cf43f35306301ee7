import { recordEvent } from '../../audit-log/actions.js'
import type { Context, Locale } from '../../base/context.js'
import { customerReferences } from '../../customers/records.js'
import { sheetsPieces } from '../../documents/workbook-stream.js'
import { everyFile } from '../../files/actions.js'
import { textIn } from '../../i18n/texts.js'
import { engagementReferences, engagementsOfAll, vendorsInOrder } from '../../register/records.js'
import { everyApproval } from '../../register/records/approved-by.js'
import { everyContractCopy } from '../../register/records/contract-copies.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import {
  approvalRow,
  contractRows,
  copyRow,
  correctionRows,
  fileRow,
  keptHeadings,
  keptSheets,
  readingRows,
  type KeptSheet,
} from '../rules/kept-rows.js'

/**
 * What the registers' own export leaves out, as one workbook: whoever leaves Tilsyn takes it along. Files stand in it as a list
 * with their hashes; the files themselves are in a dump. The log is told that it was taken.
 */
export async function* keptPieces(context: Context): AsyncGenerator<Buffer> {
  const facts = { format: 'xlsx', whole: true }
  await recordEvent(context, 'register.exported', { kind: 'register', id: 'kept' }, facts)
  const t = textIn(context.locale)
  yield* sheetsPieces(
    keptSheets.map((sheet) => ({
      name: t(`kept:sheet.${sheet}`),
      rows: () => rowsWithHeadings(sheet, context.locale),
    })),
  )
}

async function* rowsWithHeadings(sheet: KeptSheet, locale: Locale): AsyncGenerator<string[]> {
  yield keptHeadings(sheet, locale)
  yield* rowsOf[sheet](locale)
}

const rowsOf: Record<KeptSheet, (locale: Locale) => AsyncGenerator<string[]>> = {
  contracts: (locale) => ofEngagements((engagement, vendor) => contractRows(engagement, vendor, locale)),
  readings: (locale) => ofEngagements((engagement, vendor) => readingRows(engagement, vendor, locale)),
  corrections: async function* () {
    for await (const vendors of vendorsInOrder()) {
      for (const { reference, name, corrections = [] } of vendors)
        yield* correctionRows(reference, name, corrections)
      for (const { reference, activity, corrections = [] } of await engagementsOfAll(idsOf(vendors)))
        yield* correctionRows(reference, activity.da, corrections)
    }
  },
  copies: async function* () {
    for await (const copies of everyContractCopy()) {
      const { engagements, customers } = await namesOf(copies)
      for (const copy of copies)
        yield copyRow(
          copy,
          engagements.get(copy.engagement) ?? copy.engagement,
          customers.get(copy.customer) ?? copy.customer,
        )
    }
  },
  approvals: async function* (locale) {
    for await (const approvals of everyApproval()) {
      const { engagements, customers } = await namesOf(approvals)
      for (const each of approvals)
        yield approvalRow(
          each,
          engagements.get(each.engagement) ?? each.engagement,
          customers.get(each.customer) ?? each.customer,
          locale,
        )
    }
  },
  files: async function* () {
    for await (const files of everyFile()) for (const file of files) yield fileRow(file)
  },
}

async function* ofEngagements(
  rows: (engagement: Engagement, vendor: Vendor) => string[][],
): AsyncGenerator<string[]> {
  for await (const vendors of vendorsInOrder()) {
    const byId = new Map(vendors.map((vendor) => [vendor._id, vendor]))
    for (const engagement of await engagementsOfAll(idsOf(vendors))) {
      const vendor = byId.get(engagement.vendor)
      if (vendor) yield* rows(engagement, vendor)
    }
  }
}

async function namesOf(rows: readonly { engagement: string; customer: string }[]) {
  const [engagements, customers] = await Promise.all([
    engagementReferences([...new Set(rows.map(({ engagement }) => engagement))]),
    customerReferences([...new Set(rows.map(({ customer }) => customer))]),
  ])
  return { engagements, customers }
}

function idsOf(records: readonly { _id: string }[]): string[] {
  return records.map(({ _id }) => _id)
}
