import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { beginRequest, choicesFor, requestsOfCustomer, termsNow } from '../../requests/actions.js'
import { readAsked } from '../../requests/form.js'
import { askPage, kindCards, ownRequestRow, ownSection } from '../../requests/page.js'
import { visible } from '../../requests/page/own.js'
import { dueBy, kindRules, kindsToAsk, mayAsk, type CustomerRequest } from '../../requests/rules.js'
import { queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { ownRequestRoutes } from './own-request.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/requests'
const files = upload([{ name: 'files', maxCount: 5 }])

/** What a customer asks of us, and our answers. Opening any of it changes nothing: mail scanners open links. */
export function requestRoutes(router: Router): void {
  router.get(
    base,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const all = (await requestsOfCustomer(visitor.customer._id)).filter(visible)
      await renderPage(req, res, 'customer-page/requests', {
        base: reader.base,
        rows: all.map((request) => ownRequestRow(request, reader)),
        cards: kindCards(reader, visitor.contact.mayApprove),
      })
    }),
  )

  router.get(
    `${base}/new`,
    byLink(),
    visiting(async (req, res, visited) => showAsk(req, res, visited)),
  )

  router.post(
    `${base}/new`,
    byLink(),
    files,
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const { customer, contact } = visitor
      const context = contextOf(req)
      const again = (values: PageValues, status: number) =>
        showAsk(req, res, visited, { ...values, typed: req.body }, status)
      const kind = kindAsked(req)
      const offered = (await offeredFor(kind, visited)).map(({ value }) => value)
      const read = readAsked(req.body, kind, { today: context.today, offered })
      if (read.problems) return again({ problems: read.problems }, 422)
      const begun = await beginRequest(context, {
        ...read.input,
        kind,
        customer,
        by: { contact },
        channel: 'page',
        receivedAt: context.now,
        receivedOn: context.today,
        files: uploaded(req, 'files'),
      }).catch(refusalOf)
      if (begun instanceof Error) return again({ refusal: begun }, 409)
      redirectWith(req, res, `${reader.base}/requests/${begun.reference}`, 'requests:flash.asked')
    }),
  )

  ownRequestRoutes(router)
}

/** For the start page: what is open, and the way to ask. */
export async function ownRequestsSection({ visitor, reader }: Visited) {
  return ownSection(await requestsOfCustomer(visitor.customer._id), reader)
}

async function showAsk(
  req: Request,
  res: Response,
  visited: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { visitor, reader } = visited
  const kind = kindAsked(req)
  mayAsk(kind, visitor.contact)
  const dueOn = dueBy(kind, reader.today, { terms: (await termsNow()).terms })
  await renderPage(
    req,
    res,
    'customer-page/request-new',
    {
      ...askPage(kind, dueOn, reader),
      offered: await offeredFor(kind, visited),
      once: typedText(req, 'once') || newId(),
      ...values,
    },
    status,
  )
}

function kindAsked(req: Request) {
  const kind = kindsToAsk.find((each) => each === queried(req, 'kind'))
  if (!kind) throw new NotFound()
  return kind
}

async function offeredFor(kind: CustomerRequest['kind'], { visitor, reader }: Visited) {
  return kindRules[kind].details.includes('engagements') ? choicesFor(visitor.customer._id, reader.today) : []
}
