import { Router, type Request, type Response } from 'express'
import { byLink, may } from '../auth/guards.js'
import { visitorBy } from '../customer-page/actions.js'
import { speak } from '../web/language.js'
import { contextOf, pathPart } from '../web/page.js'
import { packPieces } from './actions.js'
import { sendPieces } from '../web/send-pieces.js'
import { packName, type Asked } from './rules.js'

/** A pack is made by a form, and not by opening an address: the log is told of each. */
export const evidenceRoutes: Router = Router()

evidenceRoutes.post('/notices/:reference/evidence', may('evidence:make'), async (req, res) => {
  await send(req, res, { kind: 'notice', notice: pathPart(req, 'reference') }, nameOf(req))
})

evidenceRoutes.post(
  '/notices/:reference/recipients/:customer/evidence',
  may('evidence:make'),
  async (req, res) => {
    const asked = { notice: pathPart(req, 'reference'), customer: pathPart(req, 'customer') }
    await send(req, res, { kind: 'part', ...asked }, nameOf(req))
  },
)

evidenceRoutes.post('/customers/:reference/evidence', may('evidence:make'), async (req, res) => {
  await send(req, res, { kind: 'customer', customer: pathPart(req, 'reference') }, nameOf(req))
})

evidenceRoutes.post('/c/:link/evidence', byLink(), async (req, res) => {
  const { customer, contact } = await visitorOf(req)
  await send(req, res, { kind: 'customer', customer: customer.reference }, contact.name)
})

evidenceRoutes.post('/c/:link/notices/:reference/evidence', byLink(), async (req, res) => {
  const { customer, contact } = await visitorOf(req)
  const asked = { notice: pathPart(req, 'reference'), customer: customer.reference }
  await send(req, res, { kind: 'part', ...asked }, contact.name)
})

/** The customer's own contact, in that person's language: no other customer can be named in the address. */
async function visitorOf(req: Request) {
  const { link } = req
  if (!link) throw new Error('a customer page without byLink()')
  const visitor = await visitorBy(link, contextOf(req).today)
  speak(req, visitor.contact.locale)
  return visitor
}

function nameOf(req: Request): string {
  return req.person?.name ?? ''
}

async function send(req: Request, res: Response, asked: Asked, name: string): Promise<void> {
  const context = contextOf(req)
  const pieces = packPieces(context, asked, { name, zone: req.house.config.zone })
  await sendPieces(req, res, { pieces, name: packName(asked, context.today), of: asked.kind })
}
