import type { Request } from 'express'
import { NotFound } from '../../base/errors.js'
import { fileById } from '../../files/actions.js'
import { contextOf } from '../../web/page.js'
import { allServices, runningEngagements } from '../actions.js'
import { isAddingRow } from '../form.js'
import { countryBoxes, engagementChoicesIn, engagementFields, rowCounts } from '../page.js'
import { partsOf } from '../page/transfer-fields.js'
import { engagementByReference, isApprovedFrom, vendorById, vendorByReference } from '../records.js'
import type { Engagement, Vendor } from '../rules.js'
import { parameter, queried, type FormPage } from './ports.js'
import { tiaFilesOf } from './tia-files.js'

export async function engagementAsked(req: Request): Promise<Engagement> {
  const engagement = await engagementByReference(parameter(req, 'reference'))
  if (!engagement) throw new NotFound()
  return engagement
}

export async function vendorOf(engagement: Engagement): Promise<Vendor> {
  const vendor = await vendorById(engagement.vendor)
  if (!vendor) throw new NotFound()
  return vendor
}

export async function vendorAsked(req: Request): Promise<Vendor> {
  const typed = (req.body as { vendor?: unknown } | undefined)?.vendor
  const vendor = await vendorByReference(typeof typed === 'string' ? typed : queried(req, 'vendor'))
  if (!vendor) throw new NotFound()
  return vendor
}

export async function newPage(req: Request, vendor: Vendor): Promise<FormPage> {
  const values = { engagement: null, vendor, approved: false, file: null, ...(await formValues(req, null)) }
  return { view: 'register/engagement-form', values }
}

export async function editPage(req: Request): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  const [vendor, approved, file, values] = await Promise.all([
    vendorOf(engagement),
    isApprovedFrom(engagement._id, contextOf(req).today),
    engagement.contract?.file === undefined ? null : fileById(engagement.contract.file),
    formValues(req, engagement),
  ])
  return {
    view: 'register/engagement-form',
    record: engagement,
    values: { engagement, vendor, approved, file, ...values },
  }
}

async function formValues(req: Request, engagement: Engagement | null) {
  const [services, running] = await Promise.all([allServices(), runningEngagements()])
  const fields = engagementFields(engagement, services.length === 1 ? services[0]?._id : undefined)
  return {
    fields,
    choices: engagementChoicesIn(req.locale, services, running, engagement),
    boxes: countryBoxes(req.body, fields, req.locale),
    counts: rowCounts(req.body, fields, isAddingRow(req.body)),
    transferParts: partsOf,
    tiaFiles: await tiaFilesOf(req, fields.transfers),
  }
}

export async function endPage(req: Request): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  const vendor = await vendorOf(engagement)
  const values = {
    title: 'register:engagement.end-title',
    name: vendor.name,
    back: `/engagements/${engagement.reference}`,
    lead: 'register:engagement.end-lead',
    on: contextOf(req).today,
  }
  return { view: 'register/end', record: engagement, values }
}

export async function usePage(req: Request): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  const vendor = await vendorOf(engagement)
  return {
    view: 'register/use',
    record: engagement,
    values: { engagement, vendor, since: contextOf(req).today },
  }
}
