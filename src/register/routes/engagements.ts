import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import type { Context, Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { pickersFor, pickIn, withPicks } from '../../lists/picker.js'
import { lawNow } from '../../transfers/actions.js'
import { transfersNeeded, type LawOn } from '../../transfers/rules.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  allServices,
  chainAround,
  changesByEngagementEdit,
  approvalCounts,
  createEngagement,
  editEngagement,
  endEngagement,
  instructionsFor,
  nobodyInstructed,
  nobodyLeftOut,
  registerUse,
  vendorsToPick,
} from '../actions.js'
import { isAddingRow, readChangeReason, readEnd, readEngagement, readUse, unsaidStanding } from '../form.js'
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
import { isInBaseline, vendorByReference } from '../records.js'
import { paperNames } from './contract-pages.js'
import {
  editPage,
  endPage,
  engagementAsked,
  engagementPicksIn,
  newPage,
  usePage,
  vendorAsked,
  vendorOf,
} from './engagement-pages.js'
import { mappedEngagements } from '../page/map.js'
import { recordMap } from './map.js'
import { isDataCentre, type Engagement } from '../rules.js'
import { centresJudged, parameter, showForm, showWithRow, which, type FormPage, type Ports } from './ports.js'
import { keepTiaFiles, tiaUploads } from './tia-files.js'

const contractFile = upload([{ name: 'contractFile', maxCount: 1 }, ...tiaUploads])

export function engagementRoutes(router: Router, ports: Ports): void {
  router.get('/engagements/new', may('register:write'), async (req, res) => {
    await showNew(req, res, ports)
  })

  router.post('/engagements', may('register:write'), contractFile, async (req, res) => {
    const context = contextOf(req)
    const vendor = await vendorAsked(req)
    const refusal = await keepTiaFiles(req, vendor)
    if (refusal) return showForm(req, res, await newPage(req, vendor), { refusal })
    const picks = await engagementPicksIn(req)
    if (isAddingRow(req.body)) return showWithRow(req, res, await newPage(req, vendor, picks))
    const read = readEngagement(picks.body, { ...context, law: await lawNow() })
    const unsaid = unsaidStanding(read)
    await answer(
      withPicks(unsaid.length > 0 ? { problems: unsaid } : read, picks),
      async (wrong) => showForm(req, res, await newPage(req, vendor, picks), wrong),
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
    await showForm(req, res, await withGap(req, ports, await editPage(req), await engagementAsked(req)))
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

/** What is to be asked for in the contract, before it is signed; of a new one for all services it might serve. */
async function withGap(req: Request, { gap }: Ports, page: FormPage, known?: Engagement): Promise<FormPage> {
  if (!gap) return page
  const services = known ? [] : (await allServices()).map(({ _id }) => _id)
  const engagement = known ?? { services, role: 'sub-processor' as const, parent: null }
  return { ...page, values: { ...page.values, gap: await gap(engagement, contextOf(req)) } }
}

async function takeEdit(req: Request, res: Response): Promise<void> {
  const context = contextOf(req)
  const engagement = await engagementAsked(req)
  const refusal = await keepTiaFiles(req, await vendorOf(engagement))
  if (refusal) return showForm(req, res, await editPage(req), { refusal })
  const picks = await engagementPicksIn(req, engagement)
  if (isAddingRow(req.body)) return showWithRow(req, res, await editPage(req, picks))
  const law = { ...context, law: await lawNow() }
  const read = withPicks(readEngagement(picks.body, law, engagement), picks)
  const changes = read.problems ? [] : await changesByEngagementEdit(engagement, read.input, context.today)
  const reason = readChangeReason(req.body, changes)
  const changed = changesInWords(changes, context.locale)
  await answer(
    read.problems ? read : reason.problems ? reason : { input: { input: read.input, because: reason.input } },
    async (wrong) => showForm(req, res, await editPage(req, picks), { ...wrong, changed }),
    async ({ input, because }) => {
      const file = uploaded(req, 'contractFile')[0]
      const { reference } = await editEngagement(context, which(req), input, { because, upload: file })
      redirectWith(req, res, `/engagements/${reference}`, 'register:engagement.saved')
    },
  )
}

/** Without a vendor yet: first it is chosen. */
async function showNew(req: Request, res: Response, ports: Ports): Promise<void> {
  const box = { field: 'vendor', source: vendorsToPick(contextOf(req), 'reference') }
  const picks = await pickIn(req.query, [box])
  const { chosen } = picks.found.get('vendor') ?? {}
  const vendor = chosen && (await vendorByReference(chosen.value))
  if (vendor) return showForm(req, res, await withGap(req, ports, await newPage(req, vendor)))
  const [pickers, first] = await Promise.all([pickersFor([box], picks), box.source.find('', 1)])
  const none = first.length === 0
  const problems = none ? [] : picks.problems
  const values = { pickers, none, problems }
  await renderPage(req, res, 'register/engagement-vendor', values, problems.length > 0 ? 422 : 200)
}

async function showEngagement(req: Request, res: Response, ports: Ports): Promise<void> {
  const context = contextOf(req)
  const { today, locale } = context
  const engagement = await engagementAsked(req)
  const [law, vendor, services, approved, baseline, history, around, papers, panels] = await Promise.all([
    lawNow(),
    vendorOf(engagement),
    allServices(),
    approvalCounts(today, [engagement._id]),
    isInBaseline(engagement._id, today),
    historyOf('engagement', engagement._id),
    chainAround(engagement._id, today),
    paperNames(engagement),
    Promise.all((ports.panels ?? []).map((panel) => panel(engagement, context))),
  ])
  const { customers: approvedBy, capped } = approved.get(engagement._id) ?? { customers: 0, capped: false }
  await renderPage(req, res, 'register/engagement', {
    engagement,
    vendor,
    approvedBy,
    approvedShown: `${formatNumber(approvedBy, locale)}${capped ? '+' : ''}`,
    mayRegisterUse: engagement.role === 'sub-processor' ? baseline : true,
    words: engagementInWords(law, engagement, vendor, services, approvedBy, today, locale),
    instruction: await instructionSection({ law, day: today }, engagement, ports, locale),
    lookedOver: lookedOverInWords(engagement.moves, { today, zone: req.house.config.zone, locale }),
    versions: versionRows(engagement, vendor, locale),
    chain: chainAroundInWords(around, locale),
    contracts: contractsInWords(engagement, papers, today, locale),
    centres: centresOfInWords(engagement, await judgedPlaces(ports, engagement, context), today, locale),
    history,
    panels: panels.filter((panel) => panel !== null),
    map: await recordMap(req, law, mappedEngagements([engagement], locale), 'one'),
  })
}

/** Most engagements have no data centre: nothing is asked then. */
async function judgedPlaces(ports: Ports, engagement: Engagement, context: Context) {
  const any = engagement.role === 'sub-processor' && engagement.places.some(isDataCentre)
  return any ? centresJudged(ports, { sites: [], engagements: [engagement] }, context) : new Map()
}

const mostNamed = 10

/** Null where there is nothing to instruct. */
async function instructionSection(
  at: LawOn,
  engagement: Engagement,
  { instructedFor = nobodyInstructed, leftOutOf = nobodyLeftOut }: Ports,
  locale: Locale,
) {
  const { storageCountries, accessCountries, role } = engagement
  const outside = transfersNeeded(at.law, storageCountries, accessCountries, at.day).length > 0
  if (!outside || role !== 'sub-processor') return null
  const found = await instructionsFor(at, engagement, { instructedFor, leftOutOf }, mostNamed)
  return instructionInWords(at, engagement, found, locale)
}
