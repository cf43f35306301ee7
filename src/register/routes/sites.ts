import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { fileById } from '../../files/actions.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  allServices,
  createSite,
  editSite,
  endSite,
  keepSite,
  noteSiteAssurance,
  vendorsByIds,
  vendorsToPick,
} from '../actions.js'
import { readAssurance, readSite, readSiteEnd } from '../form.js'
import {
  assuranceChoices,
  assuranceFields,
  dataCentresInWords,
  lackingFirst,
  shownCentres,
  siteChoices,
  siteFields,
  siteInWords,
  siteRows,
} from '../page.js'
import { allSites, engagementsInDataCentres, engagementsOf, siteByReference } from '../records.js'
import { dataCentres, isDataCentre, siteAsItStands, type Site } from '../rules.js'
import { centresJudged, parameter, showForm, which, type FormPage, type Ports } from './ports.js'

const paper = upload([{ name: 'assuranceFile', maxCount: 1 }])

export function siteRoutes(router: Router, ports: Ports): void {
  router.get('/sites', may('register:read'), async (req, res) => {
    await showSites(req, res, ports, false)
  })

  router.get('/sites/data-centres', may('register:read'), async (req, res) => {
    await showSites(req, res, ports, true)
  })

  router.get('/sites/new', may('register:write'), async (req, res) => {
    await showForm(req, res, await sitePage(req, null))
  })

  router.post('/sites', may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [operatorBox(req)])
    await answer(
      withPicks(readSite(picks.body, null), picks),
      async (wrong) => showForm(req, res, await sitePage(req, null, picks), { ...wrong, ...lost(req) }),
      async (input) => {
        const { reference } = await createSite(context, input, uploaded(req, 'assuranceFile')[0])
        redirectWith(req, res, `/sites/${reference}`, 'sites:flash.added')
      },
    )
  })

  router.get('/sites/:reference', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const site = await siteAsked(req)
    const [services, vendors, engagements, history, judged] = await Promise.all([
      allServices(),
      vendorsByIds(site.operator === null ? [] : [site.operator]),
      site.operator === null ? [] : engagementsOf(site.operator),
      historyOf('site', site._id),
      centresJudged(ports, { sites: [site], engagements: [] }, context),
    ])
    const running = engagements.filter(({ endedOn }) => endedOn === null)
    const words = siteInWords(site, vendors, services, today, locale, { engagements: running, judged })
    await renderPage(req, res, 'register/site', { site, words, history })
  })

  router.get('/sites/:reference/edit', may('register:write'), async (req, res) => {
    await showForm(req, res, await sitePage(req, await siteAsked(req)))
  })

  router.post('/sites/:reference/edit', may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    const site = await siteAsked(req)
    const picks = await pickIn(req.body, [operatorBox(req)])
    await answer(
      withPicks(readSite(picks.body, site), picks),
      async (wrong) => showForm(req, res, await sitePage(req, site, picks), { ...wrong, ...lost(req) }),
      async (input) => {
        await editSite(context, which(req), input, uploaded(req, 'assuranceFile')[0])
        redirectWith(req, res, `/sites/${site.reference}`, 'sites:flash.saved')
      },
    )
  })

  router.get('/sites/:reference/assurance', may('register:write'), async (req, res) => {
    await showForm(req, res, await assurancePage(req))
  })

  router.post('/sites/:reference/assurance', may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    await answer(
      readAssurance(req.body),
      async (wrong) => showForm(req, res, await assurancePage(req), { ...wrong, ...lost(req) }),
      async (input) => {
        await noteSiteAssurance(context, which(req), input, uploaded(req, 'assuranceFile')[0])
        redirectWith(req, res, `/sites/${parameter(req, 'reference')}`, 'sites:flash.assurance')
      },
    )
  })

  router.get('/sites/:reference/end', may('register:write'), async (req, res) => {
    await showForm(req, res, await endPage(req))
  })

  router.post('/sites/:reference/end', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readSiteEnd(req.body),
      async (wrong) => showForm(req, res, await endPage(req), wrong),
      async (input) => {
        const { reference } = await endSite(context, which(req), input)
        redirectWith(req, res, `/sites/${reference}`, 'sites:flash.ended')
      },
    )
  })

  router.post('/sites/:reference/keep', may('register:write'), async (req, res) => {
    const { reference } = await keepSite(contextOf(req), which(req))
    redirectWith(req, res, `/sites/${reference}`, 'sites:flash.kept')
  })
}

async function showSites(req: Request, res: Response, ports: Ports, all: boolean): Promise<void> {
  const context = contextOf(req)
  const { today, locale } = context
  const [sites, services, engagements, judged] = await Promise.all([
    allSites(),
    allServices(),
    engagementsInDataCentres(),
    centresJudged(ports, 'all', context),
  ])
  const centres = lackingFirst(dataCentres(sites, engagements, today), judged)
  const named = [
    ...sites.map(({ operator }) => operator),
    ...shownCentres(centres, all).map(({ vendor }) => vendor),
  ].filter((id) => id !== null)
  const vendors = await vendorsByIds([...new Set(named)])
  await renderPage(req, res, all ? 'register/data-centres' : 'register/sites', {
    rows: siteRows(sites, vendors, services, today, locale),
    centres: dataCentresInWords(centres, judged, vendors, today, locale, all),
  })
}

/** A browser sends no file a second time. */
function lost(req: Request) {
  return { fileLost: uploaded(req, 'assuranceFile').length > 0 }
}

async function siteAsked(req: Request): Promise<Site> {
  const site = await siteByReference(parameter(req, 'reference'))
  if (!site) throw new NotFound()
  return site
}

/** Who runs the place: one of the vendors. */
function operatorBox(req: Request): PickField {
  return { field: 'operator', source: vendorsToPick(contextOf(req), 'id') }
}

async function sitePage(req: Request, site: Site | null, picks?: Picks): Promise<FormPage> {
  const { today, locale } = contextOf(req)
  const fields = siteFields(site, today)
  const [services, pickers, file] = await Promise.all([
    allServices(),
    pickersFor([{ ...operatorBox(req), stored: fields.operator }], picks),
    fields.assuranceFile === '' ? null : fileById(fields.assuranceFile),
  ])
  const values = { site, fields, file, pickers, choices: siteChoices(locale, services, site) }
  return { view: 'register/site-form', ...(site ? { record: site } : {}), values }
}

/** Of the site as it stands today; where a move is entered, the form of the site itself is about what comes. */
async function assurancePage(req: Request): Promise<FormPage> {
  const { today, locale } = contextOf(req)
  const site = await siteAsked(req)
  const facts = siteAsItStands(site, today)
  if (!isDataCentre(facts)) throw new NotFound()
  const fields = assuranceFields(facts.assurance)
  const words = siteInWords(site, [], [], today, locale)
  return {
    view: 'register/site-assurance',
    record: site,
    values: {
      site,
      name: words.name,
      place: words.address,
      fields,
      file: fields.assuranceFile === '' ? null : await fileById(fields.assuranceFile),
      choices: { assurances: assuranceChoices(locale) },
    },
  }
}

async function endPage(req: Request): Promise<FormPage> {
  const { today, locale } = contextOf(req)
  const site = await siteAsked(req)
  const values = {
    title: 'sites:end-title',
    name: siteInWords(site, [], [], today, locale).name,
    back: `/sites/${site.reference}`,
    lead: 'sites:end-lead',
    on: site.until ?? today,
  }
  return { view: 'register/end', record: site, values }
}
