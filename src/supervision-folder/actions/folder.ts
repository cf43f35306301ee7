import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { firstMove } from '../../db/moves.js'
import type { Contact, Customer } from '../../customers/rules.js'
import { models, presentModel } from '../../supervision/actions.js'
import type { Model } from '../../supervision/rules.js'
import { folderById, Folders, foldersOfCustomer, insertFolder } from '../records.js'
import { begunFrom, folderId, type Evidence, type Folder, type FolderContent, type Shared } from '../rules.js'
import { evidenceFor } from './evidence.js'
import { moveTo } from './move.js'

export type Whose = Pick<Customer, '_id' | 'reference' | 'name' | 'sample' | 'services' | 'registration'>
export type Writer = Pick<Contact, 'id' | 'name'>

export type ShownFolder = {
  folder: Folder | null
  /** What the form shows: kept, or begun from last year's. */
  content: FolderContent
  version: number
  year: number
  model: Model
  evidence: Evidence
  earlier: Folder[]
}

/** This year's, with what we can show today. Opening it makes nothing. */
export async function folderToShow(customer: Whose, { today, locale }: Context): Promise<ShownFolder> {
  const year = Number(today.slice(0, 4))
  const [folders, model, evidence] = await Promise.all([
    foldersOfCustomer(customer._id),
    presentModel(),
    evidenceFor(customer, { today, locale }),
  ])
  const folder = folders.find((each) => each.year === year) ?? null
  const earlier = folders.filter((each) => each.year < year)
  return {
    folder,
    content: folder ?? begunFrom(earlier.find(({ filings }) => filings.length > 0) ?? null),
    version: folder?.version ?? 0,
    year,
    model,
    evidence,
    earlier,
  }
}

/** One of an earlier year, or this year's as it is kept. Throws `NotFound`. */
export async function folderOfYear(
  customer: Pick<Customer, '_id'>,
  year: number,
): Promise<{ folder: Folder; model: Model }> {
  const folder = await folderById(folderId(customer._id, year))
  if (!folder) throw new NotFound()
  const all = await models()
  const model = all.find(({ number }) => number === folder.model) ?? all.at(-1)
  if (!model) throw new NotFound()
  return { folder, model }
}

/**
 * Keeps what is written so far. `seen`: the version it was written on; where somebody saved another in the meantime nothing is
 * overwritten: throws `Refused('folder-changed-meanwhile')`.
 */
export async function saveFolder(
  context: Context,
  customer: Whose,
  writer: Writer,
  { seen, ...content }: FolderContent & { seen: number },
): Promise<Folder> {
  const year = Number(context.today.slice(0, 4))
  const model = await presentModel()
  const id = folderId(customer._id, year)
  const known = await folderById(id)
  const saved = {
    ...content,
    model: model.number,
    draft: true,
    savedAt: context.now,
    savedBy: { contact: writer.id, name: writer.name },
  }
  const move = {
    at: context.now,
    by: context.actor,
    event: 'supervision-folder.saved',
    // The assessment is the customer's own: the log has that it was saved, and by which contact.
    facts: { customer: customer.reference, year, model: model.number },
  }
  if (!known) {
    if (seen !== 0) throw new Refused('folder-changed-meanwhile')
    const folder: Folder = {
      _id: id,
      customer: customer._id,
      customerReference: customer.reference,
      customerName: customer.name,
      year,
      shared: 'state',
      filings: [],
      sample: customer.sample,
      ...saved,
      ...firstMove(move),
    }
    if (!(await insertFolder(folder))) return sameMeanwhile(id, content)
    await record(Folders, folder)
    return folder
  }
  // Nothing new is no move, whoever saved it: a form may be sent twice.
  if (sameContent(known, content)) return known
  if (known.version !== seen) throw new Refused('folder-changed-meanwhile')
  return moveTo(context, known, saved, move).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
    return sameMeanwhile(id, content)
  })
}

/** The same words may come twice at one moment: from a page that is left, and from the one that takes its place. */
async function sameMeanwhile(id: string, content: FolderContent): Promise<Folder> {
  const folder = await folderById(id)
  if (!folder || !sameContent(folder, content)) throw new Refused('folder-changed-meanwhile')
  return folder
}

/** What of it staff may see; taken back as freely as it is given. */
export async function shareFolder(
  context: Context,
  customer: Pick<Customer, '_id' | 'reference'>,
  year: number,
  shared: Shared,
): Promise<Folder> {
  const folder = await folderById(folderId(customer._id, year))
  if (!folder) throw new NotFound()
  if (folder.shared === shared) return folder
  return moveTo(
    context,
    folder,
    { shared },
    {
      event: 'supervision-folder.shared',
      facts: { year, before: { shared: folder.shared }, after: { shared } },
    },
  )
}

function sameContent(folder: Folder, content: FolderContent): boolean {
  return (Object.keys(content) as (keyof FolderContent)[]).every(
    (field) => JSON.stringify(folder[field]) === JSON.stringify(content[field]),
  )
}
