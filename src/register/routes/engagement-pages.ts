import type { Request } from 'express'
import { NotFound } from '../../base/errors.js'
import { fileById } from '../../files/actions.js'
import { pickersFor, pickIn, type PickField, type Picks } from '../../lists/picker.js'
import { lawNow } from '../../transfers/actions.js'
import { queried } from '../../web/answer.js'
import { contextOf } from '../../web/page.js'
import { allServices, engagementsToPick } from '../actions.js'
import { isAddingRow } from '../form.js'
import { countryBoxes, engagementChoicesIn, engagementFields, rowCounts } from '../page.js'
import { partsOf } from '../page/transfer-fields.js'
import { engagementByReference, isApprovedFrom, vendorById, vendorByReference } from '../records.js'
import type { Engagement, Vendor } from '../rules.js'
import { parameter, type FormPage } from './ports.js'
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

/** What stands in the form's boxes to choose from. */
export function engagementPicksIn(req: Request, engagement: Engagement | null = null): Promise<Picks> {
  return pickIn(req.body, [parentBox(req, engagement)])
}

function parentBox(req: Request, engagement: Engagement | null): PickField {
  const source = engagementsToPick(contextOf(req), 'id', { except: engagement?._id })
  return { field: 'parent', source }
}

export async function newPage(req: Request, vendor: Vendor, picks?: Picks): Promise<FormPage> {
  const values = {
    engagement: null,
    vendor,
    approved: false,
    file: null,
    ...(await formValues(req, null, picks)),
  }
  return { view: 'register/engagement-form', values }
}

export async function editPage(req: Request, picks?: Picks): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  const [vendor, approved, file, values] = await Promise.all([
    vendorOf(engagement),
    isApprovedFrom(engagement._id, contextOf(req).today),
    engagement.contract?.file === undefined ? null : fileById(engagement.contract.file),
    formValues(req, engagement, picks),
  ])
  return {
    view: 'register/engagement-form',
    record: engagement,
    values: { engagement, vendor, approved, file, ...values },
  }
}

async function formValues(req: Request, engagement: Engagement | null, picks?: Picks) {
  const stored = engagement?.parent ?? null
  const [law, services, pickers] = await Promise.all([
    lawNow(),
    allServices(),
    pickersFor([{ ...parentBox(req, engagement), stored }], picks),
  ])
  const at = { law, day: contextOf(req).today }
  const fields = engagementFields(engagement, at, services.length === 1 ? services[0]?._id : undefined)
  return {
    fields,
    pickers,
    choices: engagementChoicesIn(at, req.locale, services, engagement),
    boxes: countryBoxes(req.body, fields, at, req.locale),
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
