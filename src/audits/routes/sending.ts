import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFramed } from '../../web/send.js'
import { auditOf } from '../actions/read.js'
import { declarationToSend, sendAgain, sendDeclaration } from '../actions/send.js'
import { customersFound, idsOf, previewOfMail, previewSending } from '../actions/sending-preview.js'
import { sentToShow } from '../actions/sent.js'
import { readChosen, readSending } from '../form/declaration.js'
import { sendingPage } from '../page/sending.js'
import { copyStates } from '../rules/sending.js'
import { topOf } from './around.js'

const base = '/audits/:reference/sending'
const mostFound = 50

/** Who has which edition, and sending it to one, some or all. Nothing is sent before it was looked at. */
export function sendingRoutes(router: Router): void {
  router.get(base, may('audits:read'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    const q = queried(req, 'q').slice(0, 200)
    const state = copyStates.find((each) => each === queried(req, 'state')) ?? ''
    const shown = await sentToShow(reference, { q, state }, queried(req, 'page') || undefined)
    const { audit, page, ...values } = shown
    const at = (cursor: string | null) =>
      cursor && `/audits/${reference}/sending?${new URLSearchParams({ q, state, page: cursor }).toString()}`
    await renderPage(req, res, 'audits/sending', {
      top: topOf(req, audit),
      ...sendingPage({ ...values, rows: page.rows }, { locale: req.locale, zone: req.house.config.zone }),
      q,
      state,
      narrowed: q !== '' || state !== '',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get(`${base}/new`, may('audits:conclude'), async (req, res) => {
    await renderPage(req, res, 'audits/send', await chooseValues(req))
  })

  router.get(`${base}/preview`, may('audits:conclude'), async (req, res) => {
    const read = readChosen(req.query)
    if (read.problems)
      return renderPage(
        req,
        res,
        'audits/send',
        { ...(await chooseValues(req)), problems: read.problems, typed: req.query },
        422,
      )
    const reference = pathPart(req, 'reference')
    const declaration = await declarationToSend(reference)
    await renderPage(req, res, 'audits/send-preview', {
      top: topOf(req, await auditOf(reference)),
      declaration,
      preview: await previewSending(contextOf(req), declaration.audit, read.input),
      chosen: read.input,
      once: newId(),
    })
  })

  router.get(`${base}/preview/mail`, may('audits:conclude'), async (req, res) => {
    const declaration = await declarationToSend(pathPart(req, 'reference'))
    const locale = queried(req, 'language') === 'en' ? 'en' : 'da'
    const [first] = await customersFound(contextOf(req), queried(req, 'customer'), 1)
    const mail = await previewOfMail(contextOf(req), declaration.audit, locale, first?._id ?? null)
    sendFramed(res, mail.html)
  })

  router.post(base, may('audits:conclude'), async (req, res) => {
    const context = contextOf(req)
    const reference = pathPart(req, 'reference')
    const read = readSending(req.body)
    if (read.problems) return redirectWith(req, res, `/audits/${reference}/sending/new`)
    const { once, ...chosen } = read.input
    const sending = await sendDeclaration(context, reference, {
      once,
      to: chosen.to === 'all' ? 'all' : 'chosen',
      customers: await idsOf(context, chosen),
    })
    const flash = sending.done ? 'declaration:flash.sent' : 'declaration:flash.sending'
    redirectWith(req, res, `/audits/${reference}/sending`, flash, { copies: sending.copies })
  })

  router.post(`${base}/:customer/again`, may('audits:conclude'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    await sendAgain(contextOf(req), reference, pathPart(req, 'customer'))
    redirectWith(req, res, `/audits/${reference}/sending`, 'declaration:flash.again')
  })
}

async function chooseValues(req: Request): Promise<PageValues> {
  const reference = pathPart(req, 'reference')
  const declaration = await declarationToSend(reference)
  const q = queried(req, 'q').slice(0, 200)
  const found = q === '' ? [] : await customersFound(contextOf(req), q, mostFound + 1)
  return {
    top: topOf(req, await auditOf(reference)),
    declaration,
    q,
    found: found.slice(0, mostFound).map((customer) => ({
      reference: customer.reference,
      name: customer.name,
    })),
    more: found.length > mostFound,
    most: mostFound,
  }
}
