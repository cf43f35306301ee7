import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { Refused } from '../../base/errors.js'
import { servicesOn } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { allServices } from '../../register/actions.js'
import {
  evidenceFor,
  filedPaper,
  fileFolder,
  folderOfYear,
  foldersOfCustomer,
  foldersOfOthers,
  folderToShow,
  saveFolder,
  shareFolder,
} from '../../supervision-folder/actions.js'
import { readFolder, readSharing } from '../../supervision-folder/form.js'
import {
  conflictShown,
  earlierFolderPage,
  folderAnswer,
  folderCard,
  folderPage,
  othersShown,
  recordsTexts,
} from '../../supervision-folder/page.js'
import {
  differingFields,
  missingToFile,
  scoreOf,
  takenOver,
  type FolderContent,
} from '../../supervision-folder/rules.js'
import { presentModel } from '../../supervision/actions.js'
import { queried, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { isThePerson } from './mailbox.js'
import { visiting, type Visited } from './visiting.js'

const path = '/c/:link/supervision'

/** The customer's own supervision of us: it scores, looks, concludes and files. Opening any of it makes nothing. */
export function supervisionRoutes(router: Router): void {
  router.get(path, byLink(), visiting(show))

  router.post(
    path,
    byLink(),
    visiting(async (req, res, visited) => {
      const read = readFolder(req.body)
      if (read.problems) return refuse(req, res, visited, { problems: read.problems }, 422)
      const { visitor, reader } = visited
      const saved = await saveFolder(contextOf(req), visitor.customer, visitor.contact, read.input).catch(
        refusalOf,
      )
      if (saved instanceof Error) return conflict(req, res, visited, read.input, saved)
      if (wantsJson(req)) {
        const at = { ...reader, zone: req.house.config.zone }
        return void res.json(folderAnswer(saved, await presentModel(), at))
      }
      redirectWith(req, res, `${reader.base}/supervision`, 'supervision-folder:flash.saved')
    }),
  )

  router.post(
    `${path}/file`,
    byLink(),
    visiting(async (req, res, visited) => {
      const read = readFolder(req.body)
      if (read.problems) return refuse(req, res, visited, { problems: read.problems }, 422)
      const { visitor, reader } = visited
      const missing = missingToFile(read.input, scoreOf(read.input.answers, await presentModel()))
      if (missing.length > 0) return refuse(req, res, visited, { problems: missing }, 422)
      const filed = await fileFolder(contextOf(req), visitor.customer, visitor.contact, read.input).catch(
        refusalOf,
      )
      if (filed instanceof Error) return conflict(req, res, visited, read.input, filed)
      redirectWith(req, res, `${reader.base}/supervision`, 'supervision-folder:flash.filed')
    }),
  )

  router.post(
    `${path}/share`,
    byLink(),
    visiting(async (req, res, visited) => {
      const read = readSharing(req.body)
      if (read.problems) return show(req, res, visited, { problems: read.problems }, 422)
      const { visitor, reader } = visited
      const year = Number(reader.today.slice(0, 4))
      await shareFolder(contextOf(req), visitor.customer, year, read.input.shared)
      redirectWith(req, res, `${reader.base}/supervision`, 'supervision-folder:flash.shared')
    }),
  )

  router.get(
    `${path}/texts`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const [house, services, da, en] = await Promise.all([
        organisation(),
        allServices(),
        evidenceFor(visitor.customer, { today: reader.today, locale: 'da' }),
        evidenceFor(visitor.customer, { today: reader.today, locale: 'en' }),
      ])
      if (!house) throw new Refused('organisation-missing')
      const bought = servicesOn(visitor.customer.services, reader.today)
      const texts = (
        [
          ['da', da],
          ['en', en],
        ] as const
      ).map(([language, evidence]) => ({
        language,
        texts: recordsTexts(
          {
            house,
            evidence,
            services: services.filter(({ _id }) => bought.includes(_id)).map(({ name }) => name[language]),
          },
          language,
        ),
      }))
      await renderPage(req, res, 'customer-page/supervision-texts', {
        title: textIn(reader.locale)('supervision-folder:text.title'),
        startUrl: `${reader.base}/supervision`,
        texts,
      })
    }),
  )

  router.get(
    `${path}/:year`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const { folder, model } = await folderOfYear(visitor.customer, Number(pathPart(req, 'year')))
      await renderPage(req, res, 'customer-page/supervision-year', earlierFolderPage(folder, model, reader))
    }),
  )

  router.get(
    `${path}/:year/files/:number`,
    byLink(),
    visiting(async (req, res, { visitor }) => {
      const year = Number(pathPart(req, 'year'))
      const number = Number(pathPart(req, 'number'))
      await sendFile(res, await filedPaper(visitor.customer, { year, number, staff: false }))
    }),
  )
}

/** For the customer's first page. */
export async function supervisionCard({ visitor, reader }: Visited) {
  const [latest] = await foldersOfCustomer(visitor.customer._id)
  const ours = latest?.year === Number(reader.today.slice(0, 4)) ? latest : null
  return folderCard(ours, reader)
}

async function show(
  req: Request,
  res: Response,
  visited: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { visitor, reader } = visited
  const [shown, found] = await Promise.all([
    folderToShow(visitor.customer, contextOf(req)),
    foldersOfOthers(req.house, visitor, reader.today),
  ])
  // What others wrote is for the person who answers for them, not for whoever was forwarded a link.
  const known = found.length === 0 || isThePerson(req, visited)
  const all = known ? found : []
  // Another customer's of the same person fills the form; nothing is kept before it is saved here.
  const from = all.find(({ customer }) => customer.reference === queried(req, 'from'))
  const content = from?.folder ? takenOver(from.folder) : shown.content
  const page = folderPage({ ...shown, content }, { ...reader, zone: req.house.config.zone })
  const others = othersShown(all, page.own, from?.customer.reference ?? null, reader.locale)
  await renderPage(
    req,
    res,
    'customer-page/supervision',
    {
      conflict: null,
      ...page,
      others,
      several: !known && { base: reader.base, to: 'supervision' },
      ...values,
    },
    status,
  )
}

async function refuse(
  req: Request,
  res: Response,
  visited: Visited,
  wrong: PageValues,
  status: number,
): Promise<void> {
  if (wantsJson(req)) return void res.status(status).json({})
  // On the version it was typed on: what somebody else has saved since is not saved over unseen.
  const seen = typedText(req, 'seen')
  await show(req, res, visited, { ...wrong, ...(seen && { seen }), typed: req.body as unknown }, status)
}

/** Somebody else saved first: what one wrote stays in the form, what is kept stands beside it, and saving again decides. */
async function conflict(
  req: Request,
  res: Response,
  visited: Visited,
  mine: FolderContent,
  refusal: Refused,
): Promise<void> {
  if (wantsJson(req)) {
    const said = textIn(req.locale)(`refusals:${refusal.reason}`, refusal.facts)
    return void res.status(409).json({ said })
  }
  const { content } = await folderToShow(visited.visitor.customer, contextOf(req))
  const differing = conflictShown(differingFields(mine, content), content, req.locale)
  await show(req, res, visited, { refusal, typed: req.body as unknown, conflict: differing }, 409)
}

function wantsJson(req: Request): boolean {
  return req.get('accept') === 'application/json'
}
