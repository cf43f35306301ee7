import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import type { Customer } from '../../customers/rules.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { answer, queried } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  approvalFound,
  correctApproval,
  engagementByReference,
  engagementsToPick,
  type ApprovalFinding,
  type ToldOn,
} from '../actions.js'
import { readApprovalCorrection, type ApprovalCorrectionForm } from '../form.js'
import { approvalChoices, approvalFaultChoices, approvalKindChoices, daysInWords } from '../page.js'
import { approvalsBetween, vendorById } from '../records.js'
import { changesFromToday, type Engagement } from '../rules.js'
import { showForm, type FormPage, type Ports, type Wrong } from './ports.js'

const evidence = upload([{ name: 'evidence', maxCount: 1 }])

/** Which sub-processors a customer had approved on past days, put right: one that was missing, or one that stands wrong. */
export function approvalCorrectionRoutes(router: Router, { toldOn = async () => null }: Ports): void {
  router.get('/register/corrections', may('register:write'), async (req, res) => {
    await showForm(req, res, await page(req))
  })

  router.post('/register/corrections', may('register:write'), evidence, async (req, res) => {
    const context = contextOf(req)
    const customer = await customerByReference(queried(req, 'customer'))
    const picks = await pickIn(req.body, [engagementBox(req)])
    await answer(
      withPicks(readApprovalCorrection(picks.body, context.today), picks),
      async (wrong) =>
        showForm(
          req,
          res,
          await page(req, picks),
          wrong.refusal ? ({ ...wrong, again: true } as Wrong) : wrong,
        ),
      async (form) => {
        const finding = await findingOf(form, customer)
        if (!form.confirmed) return showPreview(req, res, finding, toldOn, picks)
        const { because, wronglyRecorded } = form
        const ground = { because, wronglyRecorded, evidence: uploaded(req, 'evidence')[0] }
        await correctApproval(context, finding, ground, toldOn)
        redirectWith(req, res, `/register?customer=${customer.reference}`, 'past:flash.approval')
      },
    )
  })
}

async function showPreview(
  req: Request,
  res: Parameters<typeof showForm>[1],
  finding: ApprovalFinding,
  toldOn: ToldOn,
  picks: Picks,
) {
  const { today, locale } = contextOf(req)
  const { before, right } = await approvalFound({ today }, finding, toldOn)
  const shown = await page(req, picks)
  await showForm(req, res, {
    ...shown,
    values: {
      ...shown.values,
      typed: req.body as unknown,
      preview: {
        before: daysInWords(before, locale),
        after: daysInWords(right, locale),
        beyond: changesFromToday(before, right, today),
      },
    },
  })
}

async function findingOf(
  form: ApprovalCorrectionForm,
  { _id: customer }: Customer,
): Promise<ApprovalFinding> {
  const { fault, from, to, kind, notice } = form
  if (fault === 'missing') {
    const engagement = await engagementByReference(form.engagement)
    if (!engagement) throw new NotFound()
    return { fault, customer, engagement: engagement._id, from, to, kind, notice }
  }
  const approval = form.approval ?? ''
  // Another customer's approval is none of this page's.
  if (!approval.startsWith(`${customer}/`)) throw new NotFound()
  switch (fault) {
    case 'never-given':
      return { fault, approval }
    case 'began':
      return { fault, approval, on: from }
    case 'ended':
      return { fault, approval, on: to }
  }
}

function engagementBox(req: Request): PickField {
  const source = engagementsToPick(contextOf(req), 'reference', { role: 'sub-processor' })
  return { field: 'engagement', source }
}

async function page(req: Request, picks?: Picks): Promise<FormPage> {
  const { locale } = contextOf(req)
  const customer = await customerByReference(queried(req, 'customer'))
  const asked = queried(req, 'engagement')
  const engagement = asked === '' ? null : await engagementByReference(asked)
  if (asked !== '' && !engagement) throw new NotFound()
  const [vendor, approvals, pickers] = await Promise.all([
    engagement ? vendorById(engagement.vendor) : null,
    engagement ? approvalsBetween(customer._id, engagement._id) : [],
    engagement ? {} : pickersFor([engagementBox(req)], picks),
  ])
  const choices = approvalChoices(approvals, locale)
  return {
    view: 'register/correct-approval',
    values: {
      customer,
      engagement,
      name: vendor?.name ?? '',
      action: addressOf(customer, engagement),
      back: `/register?customer=${customer.reference}`,
      approvals: choices,
      faults: approvalFaultChoices(choices.length > 0, locale),
      kinds: approvalKindChoices(locale),
      pickers,
      preview: null,
      again: false,
    },
  }
}

function addressOf(customer: Customer, engagement: Engagement | null): string {
  const query = new URLSearchParams({ customer: customer.reference })
  if (engagement) query.set('engagement', engagement.reference)
  return `/register/corrections?${query.toString()}`
}
