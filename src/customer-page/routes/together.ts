import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { confirmTogether, objectTogether, othersOn, together, type Member } from '../actions/together.js'
import type { Shown } from '../page.js'
import type { Notice } from '../../notices/rules/notice.js'
import { askToAnswerTogether } from '../actions/codes.js'
import { readTogether, readTogetherAnswer } from '../form.js'
import { offersOf, togetherPage } from '../page/together.js'
import { askWhose, maySeeTogether } from './mailbox.js'
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
  const seen = await seenTogether(req, visited)
  if (!seen) return ask(req, res, visited)
  const { notice, members } = seen
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
  const { reader } = visited
  const reference = pathPart(req, 'reference')
  const seen = await seenTogether(req, visited)
  if (!seen) return ask(req, res, visited)
  const { notice, members } = seen
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
  visited: Visited,
  values: PageValues = {},
  status = 200,
  chosen: ReadonlySet<string> | null = null,
): Promise<void> {
  const seen = await seenTogether(req, visited)
  if (!seen) return ask(req, res, visited)
  const { reader } = visited
  const { notice, members } = seen
  await renderPage(
    req,
    res,
    'customer-page/together',
    { ...togetherPage(notice, members, chosen, reader), ...values },
    status,
  )
}

/** For a notice's own page: how many more of the reader's customers it is about, or the way to see them. */
export async function othersHere(
  req: Request,
  visited: Visited,
  { notice, recipient }: Pick<Shown, 'notice' | 'recipient'>,
) {
  const { visitor, reader } = visited
  const others = await othersOn(visitor, notice, reader.today)
  const known = others === 0 || maySeeTogether(req, visited, { kind: 'recipient', id: recipient._id })
  return { others, several: !known && { base: reader.base, to: `together/${notice.reference}` } }
}

/** Null where there are others, and the reader has not shown to be the person who answers for them. */
async function seenTogether(
  req: Request,
  visited: Visited,
): Promise<{ notice: Notice; members: Member[] } | null> {
  const { visitor, reader } = visited
  const found = await together(visitor, pathPart(req, 'reference'), reader.today)
  const [own, ...others] = found.members
  const about = { kind: 'recipient', id: own?.recipient._id ?? '' }
  return others.length === 0 || maySeeTogether(req, visited, about) ? found : null
}

function ask(req: Request, res: Response, visited: Visited): Promise<void> {
  return askWhose(req, res, visited, `together/${pathPart(req, 'reference')}`)
}
