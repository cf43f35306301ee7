import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { lawNow } from '../../transfers/actions.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import {
  allServices,
  approvalCounts,
  changesByVendorEdit,
  createVendor,
  editVendor,
  endVendor,
  vendorByReference,
} from '../actions.js'
import { isAddingRow, readChangeReason, readEnd, readVendor } from '../form.js'
import {
  changesInWords,
  rowCount,
  vendorChoicesIn,
  vendorEngagementRows,
  vendorFactsInWords,
  vendorFields,
  vendorVersionRows,
} from '../page.js'
import { withProposed } from '../form/proposed.js'
import { engagementsOf, isAnyApproved } from '../records.js'
import { mappedEngagements } from '../page/map.js'
import type { Vendor } from '../rules.js'
import { recordMap } from './map.js'
import { parameter, showForm, showWithRow, which, type FormPage, type Ports } from './ports.js'

export function vendorRoutes(router: Router, ports: Ports = {}): void {
  router.get('/vendors/new', may('register:write'), async (req, res) => {
    await showForm(req, res, newPage(req))
  })

  router.post('/vendors', may('register:write'), async (req, res) => {
    if (isAddingRow(req.body)) return showWithRow(req, res, newPage(req, true))
    await answer(
      readVendor(req.body),
      (wrong) => showForm(req, res, newPage(req), wrong),
      async (input) => {
        const { reference } = await createVendor(contextOf(req), input)
        redirectWith(req, res, `/vendors/${reference}`, 'register:vendor.added')
      },
    )
  })

  router.get('/vendors/:reference', may('register:read'), async (req, res) => {
    await showVendor(req, res, ports)
  })

  router.get('/vendors/:reference/edit', may('register:write'), async (req, res) => {
    await showForm(req, res, await editPage(req))
  })

  router.post('/vendors/:reference/edit', may('register:write'), async (req, res) => {
    await takeEdit(req, res)
  })

  router.get('/vendors/:reference/end', may('register:write'), async (req, res) => {
    await showForm(req, res, await endPage(req))
  })

  router.post('/vendors/:reference/end', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readEnd(req.body, context.today),
      async (wrong) => showForm(req, res, await endPage(req), wrong),
      async (input) => {
        const { reference } = await endVendor(context, which(req), input)
        redirectWith(req, res, `/vendors/${reference}`, 'register:vendor.ended')
      },
    )
  })
}

async function takeEdit(req: Request, res: Response): Promise<void> {
  const context = contextOf(req)
  const reference = parameter(req, 'reference')
  if (isAddingRow(req.body)) return showWithRow(req, res, await editPage(req, true))
  const read = readVendor(req.body)
  const changes = read.problems ? [] : await changesByVendorEdit(reference, read.input, context.today)
  const reason = readChangeReason(req.body, changes)
  const changed = changesInWords(changes, context.locale)
  await answer(
    read.problems
      ? read
      : reason.problems
        ? reason
        : { input: { vendor: read.input, because: reason.input } },
    async (wrong) => showForm(req, res, await editPage(req), { ...wrong, changed }),
    async ({ vendor, because }) => {
      await editVendor(context, which(req), vendor, because)
      redirectWith(req, res, `/vendors/${reference}`, 'register:vendor.saved')
    },
  )
}

async function showVendor(req: Request, res: Response, ports: Ports): Promise<void> {
  const context = contextOf(req)
  const { today, locale } = context
  const vendor = await vendorAsked(req)
  const [engagements, services, history, panels] = await Promise.all([
    engagementsOf(vendor._id),
    allServices(),
    historyOf('vendor', vendor._id),
    Promise.all((ports.vendorPanels ?? []).map((panel) => panel(vendor, context))),
  ])
  const counts = await approvalCounts(
    today,
    engagements.map(({ _id }) => _id),
  )
  const running = engagements.filter(({ endedOn }) => endedOn === null)
  const law = await lawNow()
  await renderPage(req, res, 'register/vendor', {
    vendor,
    words: vendorFactsInWords(vendor, locale),
    versions: vendorVersionRows(vendor, locale),
    engagements: vendorEngagementRows(law, vendor, engagements, services, counts, today, locale),
    map: await recordMap(req, law, mappedEngagements(running, locale), 'engagements'),
    history,
    panels: panels.filter((panel) => panel !== null),
  })
}

async function vendorAsked(req: Request): Promise<Vendor> {
  const vendor = await vendorByReference(parameter(req, 'reference'))
  if (!vendor) throw new NotFound()
  return vendor
}

function newPage(req: Request, adding = false): FormPage {
  return {
    view: 'register/vendor-form',
    values: { vendor: null, approved: false, ...formValues(req, null, adding) },
  }
}

async function editPage(req: Request, adding = false): Promise<FormPage> {
  const vendor = await vendorAsked(req)
  const engagements = await engagementsOf(vendor._id)
  const approved = await isAnyApproved(
    engagements.map(({ _id }) => _id),
    contextOf(req).today,
  )
  return {
    view: 'register/vendor-form',
    record: vendor,
    values: { vendor, approved, ...formValues(req, vendor, adding) },
  }
}

function formValues(req: Request, vendor: Vendor | null, adding: boolean) {
  const fields = withProposed(vendorFields(vendor), req.method === 'GET' ? req.query : {})
  const typed = (req.body as { contacts?: unknown } | undefined)?.contacts
  return {
    fields,
    choices: vendorChoicesIn(req.locale),
    contactRows: rowCount(typed, fields.contacts.length, adding),
  }
}

async function endPage(req: Request): Promise<FormPage> {
  const vendor = await vendorAsked(req)
  const values = {
    title: 'register:vendor.end-title',
    name: vendor.name,
    back: `/vendors/${vendor.reference}`,
    lead: 'register:vendor.end-lead',
    on: contextOf(req).today,
  }
  return { view: 'register/end', record: vendor, values }
}
