/** What stands in an area's pack: tables, files beside them, and the records whose log goes along. */
import { addDays, earlierOf } from '../../base/day.js'
import { figuresFor } from '../../audits/rules/figures-for.js'
import { figureTable } from '../../audits/page/figures.js'
import { listTurns } from '../../audits/actions/figures-sub-processors.js'
import { fileById, openFile } from '../../files/actions.js'
import { allSites, engagementsByIds, listForAll } from '../../register/actions.js'
import { contractsOf } from '../../register/rules/contract.js'
import { approvalsTable, contractsTable, registerTable, sitesTable } from '../page/area-tables.js'
import { csvLine, csvStart } from '../page/tables.js'
import { approvalsThrough } from '../records/area.js'
import { statementByReference } from '../../statements/actions.js'
import { filePath, partsOf, type AreaPart } from '../rules.js'
import { addNoticeTables, addObjections } from './area-notices.js'
import { csv, note, type Area } from './area-part.js'
import { inJson } from './parts.js'

type Adding = (area: Area) => AsyncGenerator<Buffer>

/** Approvals of one engagement after the other; so many engagements' own records at a time. */
const together = 50

const adding: Record<AreaPart, Adding> = {
  register: addRegister,
  sites: async function* ({ archive, logged }) {
    const sites = await allSites()
    note(
      logged,
      'site',
      sites.map(({ _id }) => _id),
    )
    yield* archive.add('sites.csv', csv(sitesTable.headings, sites.map(sitesTable.row)))
  },
  approvals: async function* (area) {
    yield* area.archive.add('approvals.csv', approvalLines(area))
  },
  contracts: addContracts,
  notices: addNoticeTables,
  objections: addObjections,
  unpermitted: (area) => addFigures(area, ['unpermitted-use']),
  supervision: (area) => addFigures(area, ['supervision', 'findings']),
  statements: (area) => addFigures(area, ['statements']),
  questionnaires: (area) => addFigures(area, ['questionnaires']),
  transfers: (area) => addFigures(area, ['transfers', 'sub-processors']),
  instructions: (area) => addFigures(area, ['instructions']),
}

export async function* addArea(area: Area): AsyncGenerator<Buffer> {
  const { archive, asked, whole } = area
  const control = whole.set.controls.find(({ id }) => id === asked.area)
  if (control) {
    yield* archive.add('control.json', inJson(control))
    yield* archive.add('figures.json', inJson(figuresFor(control, whole.figures)))
  }
  for (const part of partsOf(asked.area)) yield* adding[part](area)
}

async function* addRegister({ archive, context, period, logged }: Area): AsyncGenerator<Buffer> {
  const end = earlierOf(period.to, context.today)
  for (const [name, day] of [
    ['register-start.csv', addDays(period.from, -1)],
    ['register-end.csv', end],
  ] as const) {
    const rows = await listForAll(day)
    const table = registerTable(context.locale)
    note(
      logged,
      'engagement',
      rows.map(({ engagement }) => engagement),
    )
    yield* archive.add(name, csv(table.headings, rows.map(table.row)))
  }
}

async function* approvalLines({ context, period, logged }: Area): AsyncGenerator<string> {
  const end = earlierOf(period.to, context.today)
  const { start, added } = await listTurns(period.from, end)
  const ids = [...start, ...added.map(({ engagement }) => engagement)]
  note(logged, 'engagement', ids)
  const references = new Map((await engagementsByIds(ids)).map(({ _id, reference }) => [_id, reference]))
  yield csvStart + csvLine(approvalsTable.headings)
  for (const engagement of ids)
    for await (const rows of approvalsThrough(engagement, period.from, end))
      yield rows
        .map((row) => approvalsTable.row({ ...row, engagement: references.get(engagement) ?? engagement }))
        .map(csvLine)
        .join('')
}

/** The contracts with sub-processors on the list, with their papers and what was found in them (Art. 28(4)). */
async function* addContracts({ archive, context, period, logged }: Area): AsyncGenerator<Buffer> {
  const rows = await listForAll(earlierOf(period.to, context.today))
  const ids = rows.map(({ engagement }) => engagement)
  note(logged, 'engagement', ids)
  const names = new Map(rows.map(({ engagement, content }) => [engagement, content.vendorName]))
  const lines: string[] = []
  for (let at = 0; at < ids.length; at += together)
    for (const engagement of await engagementsByIds(ids.slice(at, at + together))) {
      lines.push(csvLine(contractsTable.row({ engagement, name: names.get(engagement._id) ?? '' })))
      const files = [...new Set(contractsOf(engagement).flatMap(({ file }) => file ?? []))]
      for (const [place, id] of files.entries()) {
        const file = await fileById(id)
        if (file)
          yield* archive.add(
            filePath(`contracts/${engagement.reference}`, place + 1, file.name),
            openFile(id),
          )
      }
    }
  yield* archive.add('contracts.csv', csvStart + csvLine(contractsTable.headings) + lines.join(''))
}

/** What the year's figures list, as tables in the reader's language; of statements the papers themselves, too. */
async function* addFigures(area: Area, sections: readonly string[]): AsyncGenerator<Buffer> {
  const { archive, whole, context } = area
  for (const section of whole.figures.sections.filter(({ key }) => sections.includes(key)))
    for (const each of section.tables) {
      const table = figureTable(each, context.locale)
      const rows = table.rows.map(({ reference, cells }) => [reference, ...cells.map(({ text }) => text)])
      yield* archive.add(`${each.key.replace('.', '-')}.csv`, csv(['reference', ...table.headings], rows))
    }
  if (sections.includes('statements')) yield* addStatementFiles(area)
  if (sections.includes('transfers')) yield* addAssessments(area)
}

async function* addStatementFiles({ archive, whole, logged }: Area): AsyncGenerator<Buffer> {
  const read = whole.figures.sections
    .flatMap(({ tables }) => tables)
    .find(({ key }) => key === 'statements.read-list')
  for (const { reference } of read?.rows ?? []) {
    const statement = await statementByReference(reference)
    if (!statement) continue
    note(logged, 'statement', [statement._id])
    const file = statement.file === null ? null : await fileById(statement.file)
    if (file) yield* archive.add(filePath(`statements/${reference}`, 1, file.name), openFile(file._id))
  }
}

/** Assessments of the importer's law (TIA), beside the transfers they carry. */
async function* addAssessments({ archive, context, period, logged }: Area): AsyncGenerator<Buffer> {
  const rows = await listForAll(earlierOf(period.to, context.today))
  const lines: string[] = []
  for (const { engagement, reference, content } of rows) {
    if (content.transfers.length > 0) note(logged, 'engagement', [engagement])
    for (const { country, basis, way = 'both', signedOn, tia, exporter = 'us' } of content.transfers) {
      const file = tia?.file === undefined ? null : await fileById(tia.file)
      lines.push(
        csvLine([
          reference,
          content.vendorName,
          country,
          basis,
          way,
          exporter,
          signedOn ?? null,
          tia?.concludedOn ?? null,
          tia?.conclusion ?? null,
          tia?.reviewOn ?? null,
          tia?.laws ?? null,
        ]),
      )
      if (file)
        yield* archive.add(filePath(`assessments/${reference}-${country}`, 1, file.name), openFile(file._id))
    }
  }
  const headings = 'engagement name country basis way exporter signed assessed conclusion review laws'.split(
    ' ',
  )
  yield* archive.add('transfers.csv', csvStart + csvLine(headings) + lines.join(''))
}
