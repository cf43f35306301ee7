import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { customersToTell } from '../../customers/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { transfersNeeded } from '../../transfers/rules.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  allServices,
  chainAround,
  changesByEngagementEdit,
  countApproved,
  createEngagement,
  editEngagement,
  endEngagement,
  registerUse,
} from '../actions.js'
import { isAddingRow, readChangeReason, readEnd, readEngagement, readUse } from '../form.js'
import {
  centresOfInWords,
  chainAroundInWords,
  changesInWords,
  contractsInWords,
  engagementInWords,
  instructionInWords,
  lookedOverInWords,
  versionRows,
} from '../page.js'
import { baselineCount, vendorChoices } from '../records.js'
import { paperNames } from './contract-pages.js'
import {
  editPage,
  endPage,
  engagementAsked,
  newPage,
  usePage,
  vendorAsked,
  vendorOf,
} from './engagement-pages.js'
import { mappedEngagements } from '../page/map.js'
import { recordMap } from './map.js'
import { answer, parameter, queried, showForm, showWithRow, which, type Ports } from './ports.js'
import { keepTiaFiles, tiaUploads } from './tia-files.js'

const contractFile = upload([{ name: 'contractFile', maxCount: 1 }, ...tiaUploads])

export function engagementRoutes(router: Router, ports: Ports): void {
  router.get('/engagements/new', may('register:write'), async (req, res) => {
    await showNew(req, res)
  })

  router.post('/engagements', may('register:write'), contractFile, async (req, res) => {
    const context = contextOf(req)
    const vendor = await vendorAsked(req)
    const refusal = await keepTiaFiles(req, vendor)
    if (refusal) return showForm(req, res, await newPage(req, vendor), { refusal })
    if (isAddingRow(req.body)) return showWithRow(req, res, await newPage(req, vendor))
    await answer(
      readEngagement(req.body, { ...context, law: await lawNow() }),
      async (wrong) => showForm(req, res, await newPage(req, vendor), wrong),
      async (input) => {
        const file = uploaded(req, 'contractFile')[0]
        const { reference } = await createEngagement(context, { ...input, vendor: vendor._id }, file)
        redirectWith(req, res, `/engagements/${reference}`, 'register:engagement.added')
      },
    )
  })

  router.get('/engagements/:reference', may('register:read'), async (req, res) => {
    await showEngagement(req, res, ports)
  })

  router.get('/engagements/:reference/edit', may('register:write'), async (req, res) => {
    await showForm(req, res, await editPage(req))
  })

  router.post('/engagements/:reference/edit', may('register:write'), contractFile, async (req, res) => {
    await takeEdit(req, res)
  })

  router.get('/engagements/:reference/end', may('register:write'), async (req, res) => {
    await showForm(req, res, await endPage(req))
  })

  router.post('/engagements/:reference/end', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readEnd(req.body, context.today),
      async (wrong) => showForm(req, res, await endPage(req), wrong),
      async (input) => {
        const { reference } = await endEngagement(context, which(req), input)
        redirectWith(req, res, `/engagements/${reference}`, 'register:engagement.ended')
      },
    )
  })

  router.get('/engagements/:reference/use', may('register:write'), async (req, res) => {
    await showForm(req, res, await usePage(req))
  })

  router.post('/engagements/:reference/use', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const reference = parameter(req, 'reference')
    await answer(
      readUse(req.body, context.today),
      async (wrong) => showForm(req, res, await usePage(req), wrong),
      async ({ since }) => {
        await registerUse(context, reference, since)
        redirectWith(req, res, `/engagements/${reference}`, 'register:engagement.use-saved')
      },
    )
  })
}

async function takeEdit(req: Request, res: Response): Promise<void> {
  const context = contextOf(req)
  const engagement = await engagementAsked(req)
  const refusal = await keepTiaFiles(req, await vendorOf(engagement))
  if (refusal) return showForm(req, res, await editPage(req), { refusal })
  if (isAddingRow(req.body)) return showWithRow(req, res, await editPage(req))
  const read = readEngagement(req.body, { ...context, law: await lawNow() }, engagement.transfers)
  const changes = read.problems ? [] : await changesByEngagementEdit(engagement, read.input, context.today)
  const reason = readChangeReason(req.body, changes)
  const changed = changesInWords(changes, context.locale)
  await answer(
    read.problems ? read : reason.problems ? reason : { input: { input: read.input, because: reason.input } },
    async (wrong) => showForm(req, res, await editPage(req), { ...wrong, changed }),
    async ({ input, because }) => {
      const file = uploaded(req, 'contractFile')[0]
      const { reference } = await editEngagement(context, which(req), input, { because, upload: file })
      redirectWith(req, res, `/engagements/${reference}`, 'register:engagement.saved')
    },
  )
}

/** Without a vendor yet: first it is chosen. */
async function showNew(req: Request, res: Response): Promise<void> {
  const reference = queried(req, 'vendor')
  if (reference) return showForm(req, res, await newPage(req, await vendorAsked(req)))
  const vendors = (await vendorChoices()).map(({ reference: value, name }) => ({
    value,
    text: `${name} (${value})`,
  }))
  await renderPage(req, res, 'register/engagement-vendor', { vendors })
}

async function showEngagement(req: Request, res: Response, ports: Ports): Promise<void> {
  const context = contextOf(req)
  const { today, locale } = context
  const engagement = await engagementAsked(req)
  const [law, vendor, services, approvedBy, baseline, history, around, papers, panels] = await Promise.all([
    lawNow(),
    vendorOf(engagement),
    allServices(),
    countApproved(engagement._id, today),
    baselineCount(engagement._id, today),
    historyOf('engagement', engagement._id),
    chainAround(engagement._id, today),
    paperNames(engagement),
    Promise.all((ports.panels ?? []).map((panel) => panel(engagement, context))),
  ])
  // Asked only where there is something to instruct: it reads the agreements of every customer concerned.
  const outside = transfersNeeded(engagement.storageCountries, engagement.accessCountries).length > 0
  const concerned = outside ? await customersToTell(engagement.services, today) : []
  const affected = concerned.filter((customer) => customer.affected)
  await renderPage(req, res, 'register/engagement', {
    engagement,
    vendor,
    approvedBy,
    mayRegisterUse: engagement.role === 'sub-processor' ? baseline > 0 : true,
    words: engagementInWords(law, engagement, vendor, services, approvedBy, today, locale),
    instruction:
      outside && engagement.role === 'sub-processor'
        ? instructionInWords(engagement, affected, locale)
        : null,
    lookedOver: lookedOverInWords(engagement.moves, { today, zone: req.house.config.zone, locale }),
    versions: versionRows(engagement, vendor, locale),
    chain: chainAroundInWords(around, locale),
    contracts: contractsInWords(engagement, papers, today, locale),
    centres: centresOfInWords(engagement, today, locale),
    history,
    panels,
    map: await recordMap(req, law, mappedEngagements([engagement], locale), 'one'),
  })
}
