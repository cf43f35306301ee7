import { expect } from 'chai'
import { messageInWords } from '../../src/imports/page.js'
import type { Workbook } from '../../src/imports/reading/limits.js'
import { readSheets } from '../../src/imports/reading/read.js'
import type { RowChoice } from '../../src/imports/rules/import.js'
import { planRegister, type RegisterPlan } from '../../src/imports/rules/register-plan.js'
import { rowsBelow } from '../../src/imports/rules/rows.js'
import { guessMapping, type Mapping, type Register } from '../../src/imports/rules.js'
import { shippedDecisions } from '../../src/transfers/rules.js'

export const today = '2026-11-23'
const law = { decisions: shippedDecisions }

/** Files in the shapes in which lists of sub-processors are published and kept; every name in them is invented. */
export async function planned(
  bytes: Buffer,
  name = 'liste.xlsx',
  choices: RowChoice[] = [],
): Promise<RegisterPlan & { workbook: Workbook; mapping: Mapping }> {
  const { workbook, rows, mapping } = await read(bytes, name, 'register', choices)
  const now = { law, services: [], vendors: [], engagements: [], approved: new Set<string>() }
  return { ...planRegister(rows, now, { today, locale: 'da' }, choices), workbook, mapping }
}

export async function read(bytes: Buffer, name: string, register: Register, choices: RowChoice[] = []) {
  const workbook = await readSheets(bytes, name)
  const mapping = guessMapping(register, workbook.sheets)
  const sheet = workbook.sheets.find((each) => each.name === mapping.sheet)
  if (!sheet) throw new Error('no sheet')
  return { workbook, mapping, rows: rowsBelow(sheet, mapping, choices) }
}

/** 'C4 warning country-unread Narnia': cell, severity and what it is about; both languages must have words for it. */
export function remarks({ messages }: Pick<RegisterPlan, 'messages'>): string[] {
  return messages.map((message) => {
    for (const locale of ['da', 'en'] as const) {
      const words = messageInWords(message, 'register', locale)
      expect(words, `${message.text} in ${locale}`).to.match(/ /)
      expect(words).not.to.include('{{')
    }
    const { letter, row, severity, text, facts } = message
    return [`${letter}${row}`, severity, text, facts['text'] ?? facts['country'] ?? ''].join(' ').trim()
  })
}

/** 'Name | activity | storage | bases' of each engagement. */
export function engagements({ engagements: all, vendors }: RegisterPlan): string[] {
  return all.map(({ input, vendorKey }) =>
    [
      vendors.find(({ key }) => key === vendorKey)?.input.name,
      input.activity.en,
      input.storageCountries.join(' '),
      input.transfers.map(({ country, basis, module }) => `${country} ${basis}${module ?? ''}`).join(', '),
    ].join(' | '),
  )
}
