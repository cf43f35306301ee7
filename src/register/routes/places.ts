import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { isDay } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { servicesOn } from '../../customers/rules.js'
import { buildPdf } from '../../documents/pdf.js'
import { fileById } from '../../files/actions.js'
import { answer, queried } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { allServices, listForAll, listOn, noteAssurance, sitesOn } from '../actions.js'
import { readAssurance } from '../form.js'
import { assuranceChoices, assuranceFields, placeName, placesInWords, placesPaper } from '../page.js'
import { isDataCentre } from '../rules.js'
import { engagementAsked, vendorOf } from './engagement-pages.js'
import { customerAsked } from './list.js'
import { parameter, showForm, which, type FormPage } from './ports.js'

const assurancePath = '/engagements/:reference/places/:place/assurance'
const paper = upload([{ name: 'assuranceFile', maxCount: 1 }])

/** Where data may be processed (C.5), and what is on record of the data centres among the places (C.2). */
export function placeRoutes(router: Router): void {
  router.get('/register/places', may('register:read'), async (req, res) => {
    const { places, asked } = await placesAsked(req)
    await renderPage(req, res, 'register/places', {
      ...asked,
      on: places.on,
      words: placesInWords(places, req.locale),
    })
  })

  router.get('/register/places/paper', may('register:read'), async (req, res) => {
    const { now, today } = contextOf(req)
    const { places } = await placesAsked(req)
    const house = await organisation()
    const reference = places.customer?.reference ?? 'all'
    sendBytes(res, {
      name: `places-of-processing-${reference}-${places.on}.pdf`,
      type: 'application/pdf',
      bytes: await buildPdf(
        placesPaper(places, { organisation: house?.name ?? '', today, madeAt: now, locale: req.locale }),
      ),
    })
  })

  router.get(assurancePath, may('register:write'), async (req, res) => {
    await showForm(req, res, await assurancePage(req))
  })

  router.post(assurancePath, may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    await answer(
      readAssurance(req.body),
      async (wrong) => {
        const fileLost = uploaded(req, 'assuranceFile').length > 0
        await showForm(req, res, await assurancePage(req), { ...wrong, fileLost })
      },
      async (input) => {
        const place = Number(parameter(req, 'place')) - 1
        await noteAssurance(context, { ...which(req), place }, input, uploaded(req, 'assuranceFile')[0])
        redirectWith(req, res, `/engagements/${parameter(req, 'reference')}#where`, 'sites:flash.assurance')
      },
    )
  })
}

async function placesAsked(req: Request) {
  const { today } = contextOf(req)
  const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
  const { customer, candidates, unknown } = await customerAsked(req)
  const [sites, rows, services] = await Promise.all([
    sitesOn(on),
    customer ? listOn(customer._id, on) : listForAll(on),
    allServices(),
  ])
  const bought = customer ? servicesOn(customer.services, on) : null
  return {
    places: { on, customer, sites, rows, services, bought },
    asked: { customer, candidates, unknown, today, asked: queried(req, 'customer') },
  }
}

async function assurancePage(req: Request): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  const place = engagement.places[Number(parameter(req, 'place')) - 1]
  if (!place || !isDataCentre(place)) throw new NotFound()
  const fields = assuranceFields(place.assurance)
  const [vendor, file] = await Promise.all([
    vendorOf(engagement),
    fields.assuranceFile === '' ? null : fileById(fields.assuranceFile),
  ])
  return {
    view: 'register/place-assurance',
    record: engagement,
    values: {
      engagement,
      vendor,
      number: parameter(req, 'place'),
      place: placeName(place, req.locale),
      fields,
      file,
      choices: { assurances: assuranceChoices(req.locale) },
    },
  }
}
