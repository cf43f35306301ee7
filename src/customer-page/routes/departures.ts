import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import {
  confirmationFile,
  departureForCustomer,
  departuresForCustomer,
  noteReceipt,
} from '../../departures/actions.js'
import { readChoice } from '../../departures/form.js'
import { customerDeparturePage, departureCard } from '../../departures/page.js'
import { answer } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { askToChoose } from '../actions/handling.js'
import { visiting, type Visited } from './visiting.js'

const path = '/c/:link/departures/:reference'

/** What becomes of the customer's data when a service has ended: also after it has left, until all is confirmed and beyond. */
export function departureRoutes(router: Router): void {
  router.get(path, byLink(), visiting(show))

  router.post(
    `${path}/choice`,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const reference = pathPart(req, 'reference')
      await departureForCustomer(visitor.customer._id, reference)
      await answer(
        readChoice(req.body),
        (wrong) =>
          show(req, res, visited, { ...wrong, typed: req.body as unknown }, wrong.problems ? 422 : 409),
        async ({ handling, ...by }) => {
          const code = await askToChoose(contextOf(req), visitor, reference, handling, by)
          redirectWith(req, res, `${reader.base}/codes/${code._id}`)
        },
      )
    }),
  )

  router.post(
    `${path}/receipt`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const reference = pathPart(req, 'reference')
      await departureForCustomer(visitor.customer._id, reference)
      await noteReceipt(contextOf(req), reference, visitor.contact)
      redirectWith(req, res, `${reader.base}/departures/${reference}`, 'departures:flash.receipt')
    }),
  )

  router.get(
    `${path}/confirmations/:number`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const departure = await departureForCustomer(visitor.customer._id, pathPart(req, 'reference'))
      await sendFile(res, confirmationFile(departure, Number(pathPart(req, 'number')), reader.locale))
    }),
  )
}

/** For the customer's first page. */
export async function departureCards({ visitor, reader }: Visited) {
  const departures = await departuresForCustomer(visitor.customer._id)
  return departures.map((departure) => departureCard(departure, reader))
}

async function show(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const departure = await departureForCustomer(visitor.customer._id, pathPart(req, 'reference'))
  const approvers = reader.approvers.map(({ id, name }) => ({ id, name }))
  const page = customerDeparturePage(departure, {
    ...reader,
    mayApprove: approvers.some(({ id }) => id === visitor.contact.id),
    approvers: approvers.map(({ name }) => name),
  })
  const { name, title = '' } = visitor.contact
  await renderPage(
    req,
    res,
    'customer-page/departure',
    { ...page, signer: { name, title }, ...values },
    status,
  )
}
