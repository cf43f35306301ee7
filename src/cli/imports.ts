import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Context } from '../base/context.js'
import {
  applyImport,
  differencesIn,
  discardImport,
  dryRun,
  importById,
  sheetsOf,
  startImport,
} from '../imports/actions.js'
import { textIn } from '../i18n/texts.js'
import { Told } from './terminal.js'
import { messageInWords } from '../imports/page.js'
import { matchesOf } from '../imports/page/run.js'
import {
  countRows,
  headingOf,
  headingsOf,
  type Counts,
  type Difference,
  type Message,
  type Register,
} from '../imports/rules.js'

export type ImportReport = {
  id: string | null
  applied: boolean
  counts: Counts
  columns: Record<string, string>
  notes: string[]
  rows: {
    row: number
    name: string
    part: string
    verdict: string
    matched: string[]
    changes: string[]
    /** What stands in each column that changes now, and what would stand there. */
    differences: Difference[]
  }[]
  messages: { row: number; cell: string; column: string; severity: string; message: string }[]
}

/** Reads the file, and applies it where every row can be read and it is no dry run. */
export async function importFile(
  context: Context,
  register: Register,
  path: string,
  dry: boolean,
): Promise<ImportReport> {
  const upload = { name: basename(path), bytes: await bytesOf(path) }
  const started = await startImport(context, register, upload)
  const { sheets, notes } = await sheetsOf(started)
  const { mapping } = started
  let applied = false
  try {
    const plan = await dryRun(context, started, sheets)
    const counts = countRows(plan.rows)
    // Before anything is written: what stands there now.
    const differences = await differencesIn(plan, context.locale)
    if (!dry && counts.problem === 0) {
      await applyImport(context, started._id)
      applied = true
    }
    const sheet = sheets.find(({ name }) => name === mapping.sheet)
    const headings = sheet ? headingsOf(sheet, mapping) : []
    const columns = headings.flatMap((heading, place): [string, string][] => [
      [heading, mapping.columns[place] ?? ''],
    ])
    return {
      id: applied ? started._id : null,
      applied,
      counts,
      columns: Object.fromEntries(columns),
      notes: notes.map(({ text, facts }) => textIn(context.locale)(`imports:note.${text}`, facts)),
      rows: plan.rows.map((row) => ({
        row: row.number,
        name: row.name,
        part: row.part,
        verdict: row.verdict,
        matched: matchesOf(row, register, context.locale),
        changes: row.changes,
        differences: differences(row),
      })),
      messages: plan.messages.map((message: Message) => ({
        row: message.row,
        cell: message.letter === '' ? '' : `${message.letter}${Math.trunc(message.row)}`,
        column: message.column,
        severity: message.severity,
        message: messageInWords(message, register, context.locale),
      })),
    }
  } finally {
    // A dry run, or a file that has to be corrected first, leaves nothing behind.
    if (!applied && !(await isBegun(started._id))) await discardImport(context, started._id)
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Told(
      `${path}: ${(error as { code?: string }).code === 'ENOENT' ? 'there is no such file' : 'cannot be read'}`,
    )
  }
}

async function isBegun(id: string): Promise<boolean> {
  return (await importById(id)).state !== 'ready'
}

function inLine(text: string): string {
  return text === '' ? '(empty)' : text.replaceAll('\n', '; ')
}

export function reportInWords(
  { applied, counts, columns, notes, rows, messages }: ImportReport,
  register: Register,
): string {
  const unread = Object.entries(columns).flatMap(([heading, field]) =>
    field === '' && heading !== '' ? [heading] : [],
  )
  const read = Object.entries(columns).flatMap(([heading, field]) =>
    field === '' ? [] : [`${heading.replace(/\s+/g, ' ')}: ${headingOf(register, field, 'en')}`],
  )
  return [
    `Columns as they are read: ${read.join(', ')}`,
    ...rows
      .filter(({ verdict }) => verdict !== 'problem' && verdict !== 'out')
      .map(({ row, name, part, matched, differences }) =>
        [
          `row ${row}: ${[name, part].filter(Boolean).join(', ')}: ${matched.join('; ')}`,
          ...differences.map(
            ({ field, before, after }) =>
              `  ${headingOf(register, field, 'en')}: ${inLine(before)} -> ${inLine(after)}`,
          ),
        ].join('\n'),
      ),
    ...messages.map(
      ({ row, cell, column, severity, message }) =>
        `row ${row}${cell ? `, ${cell} ${column.replace(/\s+/g, ' ')}` : ''}: ${severity}: ${message}`,
    ),
    ...notes,
    ...(unread.length > 0 ? [`Columns left out: ${unread.join(', ')}`] : []),
    `${counts.create} new, ${counts.change} changed, ${counts.same} unchanged, ${counts.problem} with problems.`,
    applied ? 'Done.' : counts.problem > 0 ? 'Nothing was done.' : 'Dry run: nothing was done.',
  ].join('\n')
}
