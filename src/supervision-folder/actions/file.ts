import { organisation } from '../../auth/organisation.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { servicesOn, type Customer } from '../../customers/rules.js'
import { buildPdf } from '../../documents/pdf.js'
import { storeFile } from '../../files/actions.js'
import { allServices } from '../../register/actions.js'
import { presentModel } from '../../supervision/actions.js'
import { folderName, folderPaper } from '../page/paper.js'
import { folderById } from '../records.js'
import {
  folderId,
  missingToFile,
  refuseOtherYear,
  scoreOf,
  type Filing,
  type Folder,
  type FolderContent,
} from '../rules.js'
import { evidenceFor } from './evidence.js'
import { saveFolder, type Whose, type Writer } from './folder.js'
import { moveTo } from './move.js'

/** One paper with the score, our evidence as it is today, and the conclusion; earlier ones of the year stay beside it. */
export async function fileFolder(
  context: Context,
  customer: Whose,
  writer: Writer,
  content: FolderContent & { seen: number },
): Promise<Folder> {
  const folder = await saveFolder(context, customer, writer, content)
  refuseOtherYear(folder.year, context.today)
  const model = await presentModel()
  const score = scoreOf(folder.answers, model)
  const { concept, verdict } = folder
  if (!score || concept === null || verdict === null || missingToFile(folder, score).length > 0)
    throw new Refused('folder-not-finished')
  const [evidence, house, services] = await Promise.all([
    evidenceFor(customer, context),
    organisation(),
    allServices(),
  ])
  if (!house) throw new Refused('organisation-missing')
  const number = folder.filings.length + 1
  const bought = servicesOn(customer.services, context.today)
  const paper = folderPaper(
    { folder, score, model, evidence, house, customer, number },
    {
      locale: context.locale,
      today: context.today,
      madeAt: context.now,
      services: services
        .filter(({ _id }) => bought.includes(_id))
        .map(({ name }) => name[context.locale] || name.da),
    },
  )
  const stored = await storeFile(context, {
    name: folderName(folder, number, context.locale),
    bytes: await buildPdf(paper),
    about: { kind: 'supervision-folder', id: folder._id },
    sample: folder.sample,
  })
  const filing: Filing = {
    number,
    on: context.today,
    at: context.now,
    by: folder.name,
    file: stored._id,
    sha256: stored.sha256,
    locale: context.locale,
    total: score.total,
    band: score.band,
    concept,
    verdict,
    next: folder.next,
  }
  return moveTo(
    context,
    folder,
    { filings: [...folder.filings, filing], draft: false },
    {
      event: 'supervision-folder.filed',
      facts: {
        customer: customer.reference,
        year: folder.year,
        number,
        on: context.today,
        file: stored._id,
        sha256: stored.sha256,
      },
    },
  )
}

/** The filed paper. `staff`: only where the customer shares all of it. Throws `NotFound`. */
export async function filedPaper(
  customer: Pick<Customer, '_id'>,
  { year, number, staff }: { year: number; number: number; staff: boolean },
): Promise<string> {
  const folder = await folderById(folderId(customer._id, year))
  const filing = folder?.filings.find((each) => each.number === number)
  if (!folder || !filing || (staff && folder.shared !== 'all')) throw new NotFound()
  return filing.file
}
