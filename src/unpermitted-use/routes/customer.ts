import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { customerToShow, fileOfCustomer, leaveOut, registerTold, wordsFor } from '../actions.js'
import { readReason, readTold } from '../form.js'
import { customerPage } from '../page.js'

const base = '/unpermitted-use/:reference/customers/:customer'

export function customerRoutes(router: Router): void {
  const again = (req: Request) => ({
    view: 'unpermitted-use/customer',
    values: () => customerValues(req),
  })

  router.get(base, may('notices:read'), async (req, res) => {
    await renderPage(req, res, 'unpermitted-use/customer', await customerValues(req))
  })

  router.get(`${base}/file`, may('files:read'), async (req, res) => {
    await sendFile(res, await fileOfCustomer(pathPart(req, 'reference'), pathPart(req, 'customer')))
  })

  router.post(
    `${base}/told`,
    may('notices:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      await answerOn(req, res, readTold(req.body, context.today), again(req), async (input) => {
        const [file] = uploaded(req, 'file')
        await registerTold(context, pathPart(req, 'reference'), pathPart(req, 'customer'), {
          ...input,
          file: file ?? null,
        })
        redirectWith(req, res, backFrom(req), 'unpermitted:flash.told')
      })
    },
  )

  router.post(`${base}/leave-out`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readReason(req.body), again(req), async ({ because }) => {
      await leaveOut(contextOf(req), pathPart(req, 'reference'), pathPart(req, 'customer'), because)
      redirectWith(req, res, backFrom(req), 'unpermitted:flash.left-out')
    })
  })
}

function backFrom(req: Request): string {
  return `/unpermitted-use/${pathPart(req, 'reference')}#customers`
}

async function customerValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const reference = pathPart(req, 'reference')
  const customer = pathPart(req, 'customer')
  const [shown, words] = await Promise.all([
    customerToShow(reference, customer),
    wordsFor(context, reference, customer),
  ])
  const { locale } = context
  return {
    ...customerPage(shown, { locale, zone: req.house.config.zone }),
    words,
    today: context.today,
    history: await historyOf('unpermitted-customer', shown.affected._id),
  }
}
