import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { NotFound, type Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { pickersFor, pickIn, type PickField, type Picks } from '../../lists/picker.js'
import { queried } from '../../web/answer.js'
import { contextOf, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import {
  branchesBelow,
  chainAround,
  chainBelow,
  chainOn,
  engagementsToPick,
  foundInChain,
  knownNodes,
  listOn,
  moveBranch,
  previewMove,
} from '../actions.js'
import { readMove, toTop } from '../form/chain.js'
import {
  chainAroundInWords,
  chainPage,
  movePreviewInWords,
  namedIn,
  pagesOfTrees,
  type ChainAsked,
} from '../page.js'
import { engagementByReference } from '../records.js'
import { treesOf, type Engagement } from '../rules.js'
import { engagementAsked, vendorOf } from './engagement-pages.js'
import { customerAsked } from './list.js'
import { which } from './ports.js'

export function chainRoutes(router: Router): void {
  router.get('/register/chain', may('register:read'), async (req, res) => {
    await showChain(req, res)
  })

  router.get('/engagements/:reference/move', may('register:write'), async (req, res) => {
    if (queried(req, 'to') === toTop) return showMove(req, res, toTop)
    const picks = await pickIn(req.query, [await aboveBox(req)])
    const { chosen } = picks.found.get('to') ?? {}
    if (chosen || picks.problems.length === 0) return showMove(req, res, chosen?.reference ?? '')
    await showMove(req, res, '', { problems: picks.problems }, 422, picks)
  })

  router.post('/engagements/:reference/move', may('register:write'), async (req, res) => {
    const read = readMove(req.body)
    const typed = { typed: req.body as unknown }
    const to = (req.body as { to?: unknown }).to
    const asked = typeof to === 'string' ? to : ''
    if (read.problems) return showMove(req, res, asked, { problems: read.problems, ...typed }, 422)
    const moved = await moveBranch(contextOf(req), which(req), read.input).catch(refusalOf)
    // Whoever was a moment late sees the same move again, with the reason as typed; any other refusal asks for another place.
    if (moved instanceof Error) {
      const kept = moved.reason === 'changed-meanwhile' ? asked : ''
      return showMove(req, res, kept, { refusal: moved, ...typed }, 409)
    }
    redirectWith(req, res, `/engagements/${moved.reference}#chain`, 'chain:move.saved')
  })
}

async function showChain(req: Request, res: Response): Promise<void> {
  const { today, locale } = contextOf(req)
  const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
  const { customer, candidates, unknown } = await customerAsked(req)
  const only = queried(req, 'only') === 'faults' ? 'faults' : ''
  const asked: ChainAsked = {
    on,
    customer: customer?.reference ?? '',
    as: queried(req, 'as') === 'table' ? 'table' : 'tree',
    only,
    q: queried(req, 'q').trim().slice(0, 100),
  }
  const approved = customer ? (await listOn(customer._id, on)).map(({ engagement }) => engagement) : []
  const all = customer ? treesOf(await chainBelow(approved, on)) : await chainOn(on, today)
  const found = await foundInChain(asked.q, on, today)
  const chosen = all
    .filter((tree) => !only || tree.some(({ fault }) => fault !== null))
    .filter((tree) => found === null || tree.some(({ link }) => found.has(link._id)))
  const pages = pagesOfTrees(chosen)
  const page = Math.min(Math.max(1, Math.trunc(Number(queried(req, 'page'))) || 1), Math.max(1, pages.length))
  const nodes = await knownNodes(pages[page - 1] ?? [], on)
  await renderPage(req, res, 'register/chain', {
    ...chainPage(all, nodes, { ...asked, page, pages: pages.length, chosen, found }, locale),
    on,
    q: asked.q,
    today,
    customer,
    candidates,
    unknown,
    only,
    asked: queried(req, 'customer'),
  })
}

/** First where to; then what that would do, with the reason to be given. */
async function showMove(
  req: Request,
  res: Response,
  to: string,
  values: PageValues = {},
  status = 200,
  picks?: Picks,
): Promise<void> {
  const { today, locale } = contextOf(req)
  const engagement = await engagementAsked(req)
  const [vendor, around] = await Promise.all([vendorOf(engagement), chainAround(engagement._id, today)])
  const [previewed, pickers] = await Promise.all([
    to === '' ? null : previewedMove(engagement, to, today),
    aboveBox(req).then((box) => pickersFor([box], picks)),
  ])
  const refusal = previewed instanceof Error ? { refusal: previewed } : {}
  const names = new Map(
    previewed && !(previewed instanceof Error)
      ? (await customersByIds(namedIn(previewed))).map((customer) => [customer._id, customer])
      : [],
  )
  await renderPage(
    req,
    res,
    'register/move',
    {
      engagement,
      vendor,
      version: engagement.version,
      to,
      pickers,
      chain: chainAroundInWords(around, locale),
      preview:
        previewed && !(previewed instanceof Error) ? movePreviewInWords(previewed, names, locale) : null,
      mayTop: engagement.parent !== null,
      top: toTop,
      ...refusal,
      ...values,
    },
    previewed instanceof Error && status === 200 ? 409 : status,
  )
}

/** The sub-processor it is to hang below: not itself, nor where it hangs already, nor anything below it. */
async function aboveBox(req: Request): Promise<PickField> {
  const context = contextOf(req)
  const engagement = await engagementAsked(req)
  const source = engagementsToPick(context, 'reference', {
    role: 'sub-processor',
    offered: async (found) => {
      const branch = await branchesBelow([engagement._id], context.today)
      const below = new Set(branch.map(({ link }) => link._id))
      const ids = found.map(({ engagement: { _id } }) => _id)
      return new Set(ids.filter((id) => !below.has(id) && id !== engagement.parent))
    },
  })
  return { field: 'to', source }
}

async function previewedMove(engagement: Engagement, to: string, today: string) {
  const above = to === toTop ? null : await engagementByReference(to)
  if (to !== toTop && !above) throw new NotFound()
  return previewMove(engagement, above, today).catch((error: unknown): Refused => refusalOf(error))
}
