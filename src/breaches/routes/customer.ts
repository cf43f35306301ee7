import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { buildPdf } from '../../documents/pdf.js'
import { fileById } from '../../files/actions.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendBytes, sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  addCustomerTo,
  affectedOf,
  answerQuestion,
  customerToShow,
  leaveOut,
  paperFor,
  registerCall,
  registerTold,
  sendAgain,
  wordsFor,
} from '../actions.js'
import { readAdding, readBecause, readCall, readTold, readWords } from '../form.js'
import { affectedPage, noticeName, noticePaper } from '../page.js'
import { readingOf, wallOf } from './shared.js'

const base = '/breaches/:reference/customers/:customer'
const file = upload([{ name: 'file', maxCount: 1 }])

export function customerRoutes(router: Router): void {
  const again = (req: Request) => ({ view: 'breaches/customer', values: () => customerValues(req) })
  const whose = (req: Request) => [pathPart(req, 'reference'), pathPart(req, 'customer')] as const

  router.get(base, may('breaches:read'), async (req, res) => {
    await renderPage(req, res, 'breaches/customer', await customerValues(req))
  })

  router.get(`${base}/notice.pdf`, may('breaches:read'), async (req, res) => {
    const context = contextOf(req)
    const { breach, affected } = await affectedOf(...whose(req))
    const asked = queried(req, 'language')
    const locale = asked === 'da' || asked === 'en' ? asked : context.locale
    const number = Number(queried(req, 'phase')) || null
    const paper = await paperFor(context, { breach, affected }, number, locale)
    sendBytes(res, {
      name: noticeName(paper, locale),
      type: 'application/pdf',
      bytes: await buildPdf(noticePaper(paper, { ...readingOf(req), locale })),
    })
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    const { affected } = await affectedOf(...whose(req))
    const found = await fileById(pathPart(req, 'file'))
    if (found?.about.kind !== 'breach-customer' || found.about.id !== affected._id) throw new NotFound()
    await sendFile(res, found._id)
  })

  router.post(`${base}/calls`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readCall(req.body, wallOf(req)), again(req), async (input) => {
      await registerCall(contextOf(req), ...whose(req), input)
      const told = input.outcome === 'told'
      redirectWith(
        req,
        res,
        told ? `/breaches/${pathPart(req, 'reference')}/calls` : pathOf(req),
        `breaches:flash.${told ? 'told-by-call' : 'called'}`,
      )
    })
  })

  router.post(`${base}/told`, may('breaches:write'), file, async (req, res) => {
    await answerOn(req, res, readTold(req.body, wallOf(req)), again(req), async (input) => {
      const [given] = uploaded(req, 'file')
      await registerTold(contextOf(req), ...whose(req), { ...input, file: given ?? null })
      redirectWith(req, res, pathOf(req), 'breaches:flash.told')
    })
  })

  router.post(`${base}/leave-out`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), again(req), async ({ because }) => {
      await leaveOut(contextOf(req), ...whose(req), because)
      redirectWith(req, res, pathOf(req), 'breaches:flash.left-out')
    })
  })

  router.post(`${base}/take-in`, may('breaches:write'), async (req, res) => {
    const [reference, customer] = whose(req)
    const read = readAdding({ ...(req.body as object), customer }, wallOf(req))
    await answerOn(req, res, read, again(req), async (input) => {
      await addCustomerTo(contextOf(req), reference, input)
      redirectWith(req, res, pathOf(req), 'breaches:flash.added')
    })
  })

  router.post(`${base}/send-again`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, { input: {} }, again(req), async () => {
      await sendAgain(contextOf(req), ...whose(req))
      redirectWith(req, res, pathOf(req), 'breaches:flash.sent-again')
    })
  })

  router.post(`${base}/questions/:question`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readWords(req.body), again(req), async ({ text }) => {
      await answerQuestion(contextOf(req), ...whose(req), { question: pathPart(req, 'question'), text })
      redirectWith(req, res, `${pathOf(req)}#questions`, 'breaches:flash.answered')
    })
  })
}

function pathOf(req: Request): string {
  return `/breaches/${pathPart(req, 'reference')}/customers/${pathPart(req, 'customer')}`
}

async function customerValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const [reference, customer] = [pathPart(req, 'reference'), pathPart(req, 'customer')]
  const [shown, words] = await Promise.all([
    customerToShow(context, reference, customer),
    wordsFor(context, reference, customer),
  ])
  return {
    ...affectedPage(shown, context.now, readingOf(req)),
    words,
    history: await historyOf('breach-customer', shown.affected._id),
  }
}
