import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { contextOf, pathPart, redirectWith, refusalOf, type PageValues } from '../../web/page.js'
import { askToEnd } from '../actions/codes.js'
import { readSigner } from '../form.js'
import { visiting, type Visited } from './visiting.js'

type Show = (
  req: Request,
  res: Response,
  visited: Visited,
  values: PageValues,
  status: number,
) => Promise<void>

/** How a customer ends its own objection: it takes it back, or says that what we did meets it. Both count by a code. */
export function endingRoutes(router: Router, show: Show): void {
  for (const kind of ['withdraw', 'remedied'] as const)
    router.post(
      `/c/:link/objections/:reference/${kind}`,
      byLink(),
      visiting(async (req, res, visited) => {
        const { visitor, reader } = visited
        const read = readSigner(req.body, kind)
        if (read.problems) return show(req, res, visited, { problems: read.problems, typed: req.body }, 422)
        const reference = pathPart(req, 'reference')
        const asked = await askToEnd(contextOf(req), visitor, reference, kind, read.input).catch(refusalOf)
        if (asked instanceof Error) return show(req, res, visited, { refusal: asked, typed: req.body }, 409)
        redirectWith(req, res, `${reader.base}/codes/${asked._id}`)
      }),
    )
}
