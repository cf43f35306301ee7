import type { Request, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { fileById } from '../../files/actions.js'
import { approvalsToShow, instructionsOfCustomer } from '../../instructions/actions.js'
import { groundsOfCustomer, ownApproval, ownInstruction } from '../../instructions/page.js'
import { queried } from '../../web/answer.js'
import { pathPart, renderPage } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/instructions'

/** What the customer has instructed and approved, on any day (4.1, C.6, 7.2): its own, as we have it on record. */
export function instructionRoutes(router: Router): void {
  router.get(
    base,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const { customer } = visitor
      const asked = queried(req, 'on')
      const on = isDay(asked) ? asked : reader.today
      const [instructions, shown] = await Promise.all([
        instructionsOfCustomer(customer._id),
        approvalsToShow({ customer: customer.reference, engagement: '', on }),
      ])
      const ids = instructions.flatMap(({ files }) => files)
      const stored = (await Promise.all(ids.map((id) => fileById(id)))).filter((file) => file !== null)
      const files = new Map(stored.map((file) => [file._id, file]))
      const page = { ...reader, zone: req.house.config.zone }
      const { agreement, given } = groundsOfCustomer(shown, page)
      await renderPage(req, res, 'customer-page/instructions', {
        base: reader.base,
        on,
        today: reader.today,
        agreement,
        given: given.map((each) => ({ ...each, url: `${reader.base}/notices/${each.notice}` })),
        instructions: instructions.map((each) => ownInstruction(each, files, page)),
        approvals: shown.rows.map((row) => ownApproval(row, page)),
        mayInstruct: visitor.contact.mayApprove,
      })
    }),
  )

  // The customer's own words: what it instructed, and the letter or mail an approval was taken down from.
  router.get(
    `${base}/files/:file`,
    byLink(),
    visiting(async (req, res, visited) => {
      await sendFile(res, await ownFile(req, visited))
    }),
  )
}

/** Only the customer's. Throws `NotFound`. */
async function ownFile(req: Request, { visitor, reader }: Visited): Promise<string> {
  const { _id, reference } = visitor.customer
  const file = pathPart(req, 'file')
  if ((await instructionsOfCustomer(_id)).some(({ files }) => files.includes(file))) return file
  const on = isDay(queried(req, 'on')) ? queried(req, 'on') : reader.today
  const { rows } = await approvalsToShow({ customer: reference, engagement: '', on })
  if (!rows.some(({ ground }) => ground.file === file)) throw new NotFound()
  return file
}
