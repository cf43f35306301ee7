import { Router } from 'express'
import { may } from '../auth/guards.js'
import { NotFound } from '../base/errors.js'
import { customerByReference } from '../customers/actions.js'
import { pathPart } from '../web/page.js'
import { sendFile } from '../web/send.js'
import { filedPaper } from './actions.js'

export const supervisionFolderRoutes: Router = Router()

/** The paper, where the customer shares all of it with us. */
supervisionFolderRoutes.get(
  '/customers/:reference/supervision-folders/:year/files/:number',
  may('customers:read'),
  async (req, res) => {
    const customer = await customerByReference(pathPart(req, 'reference'))
    if (!customer) throw new NotFound()
    await sendFile(
      res,
      await filedPaper(customer, {
        year: Number(pathPart(req, 'year')),
        number: Number(pathPart(req, 'number')),
        staff: true,
      }),
    )
  },
)
