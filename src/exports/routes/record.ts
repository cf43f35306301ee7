import { Router, type Request, type Response } from 'express'
import { byLink, may } from '../../auth/guards.js'
import { visitorBy } from '../../customer-page/actions.js'
import { customerByReference, readCustomerQuery } from '../../customers/actions.js'
import { countAsked, customersAsked } from '../../customers/records.js'
import type { Customer } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { allServices } from '../../register/actions.js'
import { speak } from '../../web/language.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import {
  measures,
  recordFile,
  recordPaperOfAll,
  recordTypes,
  recordWorkbook,
  writeMeasures,
} from '../actions.js'
import { asksForRecord, readMeasuresForm, readRecordOrder } from '../form.js'
import { recordName, recordListPage, recordOffer, measuresPage } from '../page.js'
import { sendPieces } from '../../web/send-pieces.js'

export const recordRoutes: Router = Router()

const pageSize = 50

recordRoutes.get('/record', may('customers:read'), async (req, res) => {
  const context = contextOf(req)
  const read = readRecordOrder(req.query, context)
  const on = read.input?.on ?? context.today
  const query = readCustomerQuery(req.query)
  const [services, page, count, described] = await Promise.all([
    allServices(),
    customersAsked(query, on, query.page || undefined, pageSize),
    countAsked(query, on),
    measures(),
  ])
  const shown = recordListPage({
    query,
    page: { ...page, count },
    on,
    services,
    described,
    locale: context.locale,
  })
  const wrong = read.problems ? { problems: read.problems, typed: req.query } : {}
  await renderPage(req, res, 'exports/record', { ...shown, ...wrong }, read.problems ? 422 : 200)
})

recordRoutes.get('/record/file', may('customers:read'), async (req, res) => {
  const context = contextOf(req)
  const read = readRecordOrder(req.query, context)
  if (read.problems) return res.redirect(303, '/record')
  const query = readCustomerQuery(req.query)
  if (read.input.format === 'pdf') return sendBytes(res, await recordPaperOfAll(context, read.input, query))
  await sendPieces(req, res, {
    pieces: recordWorkbook(context, read.input, query),
    name: recordName(null, read.input, 'xlsx'),
    type: recordTypes.xlsx,
    of: 'record',
  })
})

recordRoutes.get('/record/measures', may('settings:write'), async (req, res) => showMeasures(req, res))

recordRoutes.post('/record/measures', may('settings:write'), async (req, res) => {
  const read = readMeasuresForm(req.body)
  if (read.problems)
    return showMeasures(req, res, { problems: read.problems, typed: req.body as unknown }, 422)
  await writeMeasures(contextOf(req), read.input.text, read.input.version)
  redirectWith(req, res, '/record/measures', 'record:flash.measures')
})

recordRoutes.get('/customers/:reference/record', may('customers:read'), async (req, res) => {
  const customer = await customerByReference(pathPart(req, 'reference'))
  const t = textIn(req.locale)
  const back = {
    url: `/customers/${customer.reference}`,
    text: t('record:back-customer', { customer: customer.name }),
  }
  await one(req, res, { customer, url: `/customers/${customer.reference}/record`, back })
})

/** The customer's own: its part of our record, for its own file. */
recordRoutes.get('/c/:link/record', byLink(), async (req, res) => {
  const { link } = req
  if (!link) throw new Error('a customer page without byLink()')
  const { customer, contact } = await visitorBy(link, contextOf(req).today)
  speak(req, contact.locale)
  const base = `/c/${link._id}`
  await one(req, res, {
    customer,
    url: `${base}/record`,
    back: { url: base, text: textIn(req.locale)('customer-page:back') },
  })
})

type One = { customer: Customer; url: string; back: { url: string; text: string } }

async function one(req: Request, res: Response, { customer, url, back }: One): Promise<void> {
  const context = contextOf(req)
  const read = readRecordOrder(req.query, context)
  if (read.input && asksForRecord(req.query))
    return sendBytes(res, await recordFile(context, customer, read.input))
  await renderPage(
    req,
    res,
    'exports/record-of-one',
    {
      name: customer.name,
      back,
      offer: recordOffer(url, read.input?.on ?? context.today, context.locale),
      ...(read.problems ? { problems: read.problems, typed: req.query } : {}),
    },
    read.problems ? 422 : 200,
  )
}

async function showMeasures(req: Request, res: Response, more: object = {}, status = 200): Promise<void> {
  const { versions, version } = await measures()
  const shown = measuresPage(versions, version, contextOf(req).locale)
  await renderPage(req, res, 'exports/measures', { ...shown, ...more }, status)
}
