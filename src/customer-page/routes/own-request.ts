import type { Request, Response, Router } from 'express'
import { organisation } from '../../auth/organisation.js'
import { byLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import {
  choicesFor,
  confirmAnswer,
  requestOf,
  withdrawRequest,
  writeInRequest,
} from '../../requests/actions.js'
import { filesOf } from '../../requests/actions/show.js'
import { readOwnMessage } from '../../requests/form.js'
import { ownRequestPage } from '../../requests/page.js'
import { visible } from '../../requests/page/own.js'
import { filesForCustomer, kindRules, type CustomerRequest } from '../../requests/rules.js'
import { typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { askToOrder } from '../actions/orders.js'
import { readSigner } from '../form.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/requests'
const files = upload([{ name: 'files', maxCount: 5 }])

/** One request: our answer, what is said to and fro, and what the customer confirms. */
export function ownRequestRoutes(router: Router): void {
  router.get(
    `${base}/:reference`,
    byLink(),
    visiting(async (req, res, visited) => showRequest(req, res, visited)),
  )

  router.get(
    `${base}/:reference/files/:file`,
    byLink(),
    visiting(async (req, res, visited) => {
      const file = pathPart(req, 'file')
      if (!filesForCustomer(await ownRequest(req, visited)).includes(file)) throw new NotFound()
      await sendFile(res, file)
    }),
  )

  router.post(
    `${base}/:reference/messages`,
    byLink(),
    files,
    visiting(async (req, res, visited) => {
      const request = await ownRequest(req, visited)
      const read = readOwnMessage(req.body)
      if (read.problems)
        return showRequest(req, res, visited, { problems: read.problems, typed: req.body }, 422)
      const { id, name } = visited.visitor.contact
      await writeInRequest(contextOf(req), request, {
        once: read.input.once,
        by: { kind: 'contact', id, name },
        direction: 'from-customer',
        text: read.input.message,
        files: uploaded(req, 'files'),
      })
      back(req, res, visited, 'own-written')
    }),
  )

  router.post(
    `${base}/:reference/withdraw`,
    byLink(),
    visiting(async (req, res, visited) => {
      const { reference, begunBy } = await ownRequest(req, visited)
      if (begunBy === 'us') throw new NotFound()
      await withdrawRequest(contextOf(req), reference, null)
      back(req, res, visited, 'own-withdrawn')
    }),
  )

  // That it has arrived, or was passed on. What binds the customer (D.1) takes a code from the mailbox.
  router.post(
    `${base}/:reference/confirm`,
    byLink(),
    visiting(async (req, res, visited) => {
      const request = await ownRequest(req, visited)
      if (kindRules[request.kind].confirming !== 'order') {
        await confirmAnswer(contextOf(req), request, visited.visitor.contact)
        return back(req, res, visited, 'own-confirmed')
      }
      const again = (values: PageValues, status: number) =>
        showRequest(req, res, visited, { ...values, typed: req.body }, status)
      const read = readSigner(req.body, 'order')
      if (read.problems) return again({ problems: read.problems }, 422)
      const asked = await askToOrder(
        contextOf(req),
        visited.visitor,
        request,
        typedText(req, 'answer'),
        read.input,
      ).catch(refusalOf)
      if (asked instanceof Error) return again({ refusal: asked }, 409)
      redirectWith(req, res, `${visited.reader.base}/codes/${asked._id}`)
    }),
  )
}

async function showRequest(
  req: Request,
  res: Response,
  visited: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { visitor, reader } = visited
  const request = await ownRequest(req, visited)
  const [stored, house, offered] = await Promise.all([
    filesOf(request),
    organisation(),
    request.engagements.length === 0 ? [] : choicesFor(visitor.customer._id, reader.today),
  ])
  const about = offered
    .filter(({ value }) => request.engagements.includes(value))
    .map(({ text }) => ({ vendorName: text }))
  const { contact } = visitor
  const page = ownRequestPage(
    { request, files: stored, about },
    {
      ...reader,
      zone: req.house.config.zone,
      house: house?.name ?? '',
      mayInstruct: contact.mayApprove,
    },
  )
  await renderPage(
    req,
    res,
    'customer-page/request',
    { ...page, base: reader.base, once: newId(), contact, ...values },
    status,
  )
}

/** The customer's own, and nothing we have only prepared to tell it. Throws `NotFound`. */
async function ownRequest(req: Request, { visitor }: Visited): Promise<CustomerRequest> {
  const request = await requestOf(pathPart(req, 'reference'))
  if (request.customer !== visitor.customer._id || !visible(request)) throw new NotFound()
  return request
}

function back(req: Request, res: Response, { reader }: Visited, flash: string): void {
  redirectWith(req, res, `${reader.base}/requests/${pathPart(req, 'reference')}`, `requests:flash.${flash}`)
}
