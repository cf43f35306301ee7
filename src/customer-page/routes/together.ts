import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { confirmTogether, objectTogether, together, type Member } from '../actions/together.js'
import { askToAnswerTogether } from '../actions/codes.js'
import { readTogether, readTogetherAnswer } from '../form.js'
import { offersOf, togetherPage } from '../page/together.js'
import { visiting, type Visited } from './visiting.js'

const path = '/c/:link/together/:reference'

/** For a person who answers for several customers: one page, acting for all or for some. */
export function togetherRoutes(router: Router): void {
  router.get(
    path,
    byLink(),
    visiting(async (req, res, visited) => {
      await show(req, res, visited)
    }),
  )

  router.post(
    `${path}/receipt`,
    byLink(),
    visiting(async (req, res, visited) => {
      await actFor(req, res, visited, 'receipt', async (members) => {
        await confirmTogether(contextOf(req), members)
        return 'shared:page.confirmed'
      })
    }),
  )

  router.post(
    `${path}/object`,
    byLink(),
    visiting(async (req, res, visited) => {
      await actFor(req, res, visited, 'objection', async (members, reasons) => {
        await objectTogether(contextOf(req), members, reasons)
        return 'shared:page.objected'
      })
    }),
  )

  router.post(
    `${path}/answer`,
    byLink(),
    visiting(async (req, res, visited) => answerFor(req, res, visited)),
  )
}

/** Approving, refusing or instructing for several: what is said first, then one code that makes it count for each. */
async function answerFor(req: Request, res: Response, visited: Visited): Promise<void> {
  const { visitor, reader } = visited
  const reference = pathPart(req, 'reference')
  const { notice, members } = await together(req.house, visitor, reference, reader.today)
  const asked = togetherPage(notice, members, null, reader).answering?.approve ?? false
  const read = readTogetherAnswer(req.body, asked)
  const { customers = [] } = readTogether(req.body).input ?? {}
  const again = (values: PageValues, status: number) =>
    show(req, res, visited, { ...values, typed: req.body as unknown }, status, new Set(customers))
  if (read.problems) return again({ problems: read.problems }, 422)
  const code = await askToAnswerTogether(contextOf(req), visitor, reference, read.input).catch(refusalOf)
  if (code instanceof Error) return again({ refusal: code }, 409)
  redirectWith(req, res, `${reader.base}/codes/${code._id}`)
}

/** What no longer can be done for a customer is left out, so that a second click changes nothing. */
async function actFor(
  req: Request,
  res: Response,
  visited: Visited,
  what: 'receipt' | 'objection',
  act: (members: Member[], reasons: string | null) => Promise<string>,
): Promise<void> {
  const { visitor, reader } = visited
  const reference = pathPart(req, 'reference')
  const { notice, members } = await together(req.house, visitor, reference, reader.today)
  const read = readTogether(req.body)
  if (read.problems)
    return show(req, res, visited, { problems: read.problems, typed: req.body as unknown }, 422, new Set())
  const chosen = new Set(read.input.customers)
  const those = members.filter(
    (member) => chosen.has(member.customer._id) && offersOf(member, notice, reader.today)[what],
  )
  const text = await act(those, read.input.reasons ?? null)
  redirectWith(req, res, `${reader.base}/together/${reference}`, text, { count: those.length })
}

async function show(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  values: PageValues = {},
  status = 200,
  chosen: ReadonlySet<string> | null = null,
): Promise<void> {
  const { notice, members } = await together(req.house, visitor, pathPart(req, 'reference'), reader.today)
  await renderPage(
    req,
    res,
    'customer-page/together',
    { ...togetherPage(notice, members, chosen, reader), ...values },
    status,
  )
}
