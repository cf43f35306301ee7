import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addDays, isDay, type Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { lawNow } from '../../transfers/actions.js'
import { answer, queried } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  allServices,
  correctEngagement,
  correctVendor,
  previewEngagementCorrection,
  previewVendorCorrection,
  vendorsAbove,
  type CorrectionPreview,
  type TellOfNotices,
} from '../actions.js'
import {
  isAddingRow,
  readCorrection,
  readEngagement,
  readVendor,
  readVersion,
  type CorrectionForm,
} from '../form.js'
import {
  basisChoices,
  correctionPreview,
  countryBoxes,
  engagementChoicesIn,
  engagementFields,
  rowCounts,
  vendorChoicesIn,
  vendorFields,
  withPapers,
} from '../page.js'
import { vendorByReference } from '../records.js'
import { knownOn, servicesOn, versionsAsKnown, type Engagement, type Vendor } from '../rules.js'
import { withAssurances } from '../rules/data-centres.js'
import { engagementAsked, vendorOf } from './engagement-pages.js'
import { parameter, showForm, showWithRow, type FormPage, type Ports, type Wrong } from './ports.js'

const evidence = upload([{ name: 'evidence', maxCount: 1 }])
const silent: TellOfNotices = async () => []

/** What the register says about a vendor or an engagement on past days, put right. */
export function correctionRoutes(router: Router, { told = silent }: Ports): void {
  router.get('/vendors/:reference/correct', may('register:write'), async (req, res) => {
    await showForm(req, res, vendorPage(req, await vendorAsked(req)))
  })

  router.post('/vendors/:reference/correct', may('register:write'), evidence, async (req, res) => {
    const context = contextOf(req)
    const vendor = await vendorAsked(req)
    const read = readCorrection(req.body, context.today)
    const from = read.input?.from ?? context.today
    const kept = knownOn(versionsAsKnown(vendor), from).content
    // Contacts are no part of this form: they stay as they were.
    const facts = readVendor({ ...(req.body as object), contacts: [] })
    await answer(
      both(read, facts),
      async (wrong) => showForm(req, res, vendorPage(req, vendor), refusedWith(wrong)),
      async ([form, typed]) => {
        const right = { ...typed, contacts: kept.contacts }
        if (!form.confirmed) {
          const preview = await previewVendorCorrection(context, vendor, right, form, told)
          return showPreview(req, res, vendorPage(req, vendor), preview, form)
        }
        await correctVendor(context, seen(req, vendor), right, form, ground(req, form), told)
        redirectWith(req, res, `/vendors/${vendor.reference}#corrected`, 'past:flash.corrected')
      },
    )
  })

  router.get('/engagements/:reference/correct', may('register:write'), async (req, res) => {
    await showForm(req, res, await engagementPage(req, await engagementAsked(req)))
  })

  router.post('/engagements/:reference/correct', may('register:write'), evidence, async (req, res) => {
    const context = contextOf(req)
    const engagement = await engagementAsked(req)
    if (isAddingRow(req.body)) return showWithRow(req, res, await engagementPage(req, engagement))
    const read = readCorrection(req.body, context.today)
    const from = read.input?.from ?? context.today
    const kept = knownOn(versionsAsKnown(engagement), from).content
    // Judged by the law of the day it is about: a basis that has died since was in force then.
    const law = { today: from, locale: context.locale, law: await lawNow() }
    const terms = { contractTemplate: 'none', noticeUnit: 'days' }
    const facts = readEngagement({ ...(req.body as object), ...terms }, law, kept)
    await answer(
      both(read, facts),
      async (wrong) => showForm(req, res, await engagementPage(req, engagement), refusedWith(wrong)),
      async ([form, typed]) => {
        const places = withAssurances(kept.places, typed.places)
        const transfers = withPapers(typed.transfers, kept.transfers)
        const right = { ...typed, places, transfers, parent: kept.parent }
        if (!form.confirmed) {
          const preview = await previewEngagementCorrection(context, engagement, right, form, told)
          return showPreview(req, res, await engagementPage(req, engagement), preview, form)
        }
        await correctEngagement(context, seen(req, engagement), right, form, ground(req, form), told)
        redirectWith(req, res, `/engagements/${engagement.reference}#versions`, 'past:flash.corrected')
      },
    )
  })
}

/** Both parts of the form, or the problems of both. */
function both<A, B>(
  left: { input: A; problems?: undefined } | { input?: undefined; problems: NonNullable<Wrong['problems']> },
  right: { input: B; problems?: undefined } | { input?: undefined; problems: NonNullable<Wrong['problems']> },
) {
  if (left.problems || right.problems)
    return { problems: [...(left.problems ?? []), ...(right.problems ?? [])] }
  return { input: [left.input, right.input] as const }
}

/** Of the version the person had before them: what has changed meanwhile is not overwritten. */
function seen<Record extends { version: number }>(req: Request, record: Record): Record {
  return { ...record, version: readVersion(req.body) }
}

function ground(req: Request, { because, wronglyRecorded }: CorrectionForm) {
  return { because, wronglyRecorded, evidence: uploaded(req, 'evidence')[0] }
}

/** What was refused had been confirmed: the part of the form that confirms is shown again. */
function refusedWith(wrong: Wrong): Wrong {
  return wrong.problems ? wrong : { ...wrong, again: true }
}

async function showPreview(
  req: Request,
  res: Response,
  page: FormPage,
  preview: CorrectionPreview | null,
  { from }: CorrectionForm,
): Promise<void> {
  const { locale } = contextOf(req)
  const contents = (preview?.stretches ?? []).flatMap(({ differences }) =>
    differences.flatMap((each) => (each.kind === 'changed' ? [each.before, each.after] : [])),
  )
  const known = {
    services: servicesOn(await allServices(), from),
    vendors: await vendorsAbove(contents, from),
  }
  await showForm(req, res, {
    ...page,
    values: {
      ...page.values,
      typed: req.body as unknown,
      preview: preview && correctionPreview(preview, known, locale),
      nothing: preview === null,
    },
  })
}

/** The days asked for in the address, as the form begins with them; from the first day on record to now. */
function asked(req: Request, first: Day | undefined) {
  const { today } = contextOf(req)
  const [from, until] = [queried(req, 'from'), queried(req, 'until')]
  const usual = first !== undefined && isDay(first) && first < today ? first : addDays(today, -1)
  return { from: isDay(from) ? from : usual, until: isDay(until) ? until : '' }
}

function vendorPage(req: Request, vendor: Vendor): FormPage {
  const days = asked(req, vendor.versions[0]?.from)
  const { content } = knownOn(versionsAsKnown(vendor), days.from)
  const values = {
    vendor,
    days,
    back: `/vendors/${vendor.reference}`,
    fields: vendorFields({ ...vendor, ...content }),
    choices: vendorChoicesIn(req.locale),
    preview: null,
    nothing: false,
    again: false,
  }
  return { view: 'register/correct-vendor', record: vendor, values }
}

async function engagementPage(req: Request, engagement: Engagement): Promise<FormPage> {
  const days = asked(req, engagement.versions[0]?.from)
  const { content } = knownOn(versionsAsKnown(engagement), days.from)
  const then = { ...engagement, ...content }
  const [vendor, services] = await Promise.all([vendorOf(engagement), allServices()])
  const at = { law: await lawNow(), day: days.from }
  const fields = engagementFields(then, at)
  const values = {
    engagement,
    vendor,
    days,
    back: `/engagements/${engagement.reference}`,
    fields,
    choices: engagementChoicesIn(at, req.locale, servicesOn(services, days.from), then),
    boxes: countryBoxes(req.body, fields, at, req.locale),
    transferChoices: basisChoices(at, req.locale),
    counts: rowCounts(req.body, fields, isAddingRow(req.body)),
    preview: null,
    nothing: false,
    again: false,
  }
  return { view: 'register/correct-engagement', record: engagement, values }
}

async function vendorAsked(req: Request): Promise<Vendor> {
  const vendor = await vendorByReference(parameter(req, 'reference'))
  if (!vendor) throw new NotFound()
  return vendor
}
