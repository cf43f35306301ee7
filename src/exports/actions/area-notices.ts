import { noticesIssuedIn, objectionsReceivedIn } from '../../audits/records/figures.js'
import { noticeByReference } from '../../notices/actions.js'
import { papersOf } from '../../notices/records/papers.js'
import { recipientBatches } from '../../notices/records/recipients.js'
import { objectionById } from '../../objections/records.js'
import { openFile } from '../../files/actions.js'
import { noticesTable, objectionsTable, recipientsTable } from '../page/area-tables.js'
import { csvLine, csvStart } from '../page/tables.js'
import { noticeFolder, paperPath, shownNotice } from '../rules.js'
import { csv, note, type Area } from './area-part.js'
import { inJson } from './parts.js'

/** The period's notices, their papers, and every customer's part with its dates, some at a time. */
export async function* addNoticeTables(area: Area): AsyncGenerator<Buffer> {
  const { archive, period, logged } = area
  const issued = await noticesIssuedIn(period.from, period.to)
  const rows: (string | number | null)[][] = []
  note(
    logged,
    'notice',
    issued.map(({ _id }) => _id),
  )
  for (const { reference, _id } of issued) {
    const notice = await noticeByReference(reference)
    rows.push(noticesTable.row(notice))
    yield* archive.add(`${noticeFolder(reference)}/notice.json`, inJson(shownNotice(notice, 'house', null)))
    for (const [place, paper] of (await papersOf(_id)).entries())
      yield* archive.add(paperPath(reference, paper, place + 1, 'pdf'), openFile(paper.pdf))
  }
  yield* archive.add('notices.csv', csv(noticesTable.headings, rows))
  yield* archive.add('recipients.csv', recipientLines(area, issued))
}

async function* recipientLines(
  { asked, logged }: Area,
  issued: readonly { _id: string }[],
): AsyncGenerator<string> {
  const table = recipientsTable(asked.named)
  yield csvStart + csvLine(table.headings)
  for (const { _id } of issued)
    for await (const recipients of recipientBatches(_id)) {
      note(
        logged,
        'recipient',
        recipients.map((each) => each._id),
      )
      yield recipients.map(table.row).map(csvLine).join('')
    }
}

export async function* addObjections({ archive, period, asked, logged }: Area): AsyncGenerator<Buffer> {
  const table = objectionsTable(asked.named)
  const rows: (string | number | null)[][] = []
  for (const { _id } of await objectionsReceivedIn(period.from, period.to)) {
    const objection = await objectionById(_id)
    if (!objection) continue
    note(logged, 'objection', [_id])
    rows.push(table.row(objection))
  }
  yield* archive.add('objections.csv', csv(table.headings, rows))
}
