import type { Request, Response, Router } from 'express'
import { isDay } from '../../base/day.js'
import type { Read } from '../../base/form.js'
import { may } from '../../auth/guards.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import {
  discardDraft,
  draftNotice,
  editDraft,
  noticeByReference,
  reckonStart,
  suggestSafeguards,
} from '../actions.js'
import { offeredEngagements, referencesOf } from '../actions/show.js'
import { lineProblems, readDraft, type DraftInput, type LineInput } from '../form.js'
import { lineKinds } from '../rules/notice.js'
import { draftChoices, draftFields, lineRowsShown, startRows } from '../page.js'
import { answer, textOf, versionIn } from './ports.js'

export function draftRoutes(router: Router): void {
  router.get('/notices/new', may('notices:write'), async (req, res) => {
    const lines: LineInput[] = [lineAsked(req)]
    await renderPage(
      req,
      res,
      'notices/form',
      await formValues(req, { action: '/notices/new', stored: await firstDraft(lines) }),
    )
  })

  router.post('/notices/new', may('notices:write'), async (req, res) => {
    const target = { action: '/notices/new', stored: {} }
    if (await showedStep(req, res, target)) return
    const again = { view: 'notices/form', values: () => formValues(req, target) }
    await answer(req, res, await readOffered(req), again, async (input) => {
      const { reference } = await draftNotice(contextOf(req), input)
      redirectWith(req, res, `/notices/${reference}/preview`, 'notices:flash.drafted')
    })
  })

  router.get('/notices/:reference/edit', may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/form', await formValues(req, await editTarget(req)))
  })

  router.post('/notices/:reference/edit', may('notices:write'), async (req, res) => {
    const target = await editTarget(req)
    if (await showedStep(req, res, target)) return
    const again = { view: 'notices/form', values: () => formValues(req, target) }
    await answer(req, res, await readOffered(req), again, async (input) => {
      const reference = pathPart(req, 'reference')
      await editDraft(contextOf(req), { reference, version: versionIn(req.body) }, input)
      redirectWith(req, res, `/notices/${reference}/preview`, 'notices:flash.saved')
    })
  })

  router.post('/notices/:reference/discard', may('notices:write'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    await discardDraft(contextOf(req), { reference, version: versionIn(req.body) })
    redirectWith(req, res, '/notices', 'notices:flash.discarded', { reference })
  })
}

/** The line a link from the register asks for: what is added, or replaced, or removed. */
function lineAsked({ query }: Request): LineInput {
  const asked = textOf(query['kind'])
  const kind = lineKinds.find((each) => each === asked) ?? 'addition'
  return {
    kind,
    engagement: textOf(query['engagement']),
    replaces: kind === 'replacement' ? textOf(query['replaces']) || null : null,
  }
}

type Target = { action: string; stored: Partial<DraftInput>; reference?: string; version?: number }

/** A draft begun from the register: its line is chosen and its safeguards are worded. */
async function firstDraft(lines: LineInput[]): Promise<Partial<DraftInput>> {
  return { lines, safeguards: await suggestSafeguards(lines) }
}

async function editTarget(req: Request): Promise<Target> {
  const reference = pathPart(req, 'reference')
  const notice = await noticeByReference(reference)
  return {
    action: `/notices/${reference}/edit`,
    stored: draftFields(notice, await referencesOf(notice)),
    reference,
    version: notice.version,
  }
}

// "Another line" and "reckon" are steps on the way: the form comes back as typed, and nothing is judged yet.
async function showedStep(req: Request, res: Response, target: Target): Promise<boolean> {
  const body = (req.body ?? {}) as Record<string, unknown>
  if (body['more'] === undefined && body['reckon'] === undefined) return false
  await renderPage(req, res, 'notices/form', {
    ...(await formValues(req, target)),
    typed: req.body as unknown,
  })
  return true
}

async function readOffered(req: Request): Promise<Read<DraftInput>> {
  const read = readDraft(req.body)
  if (read.problems) return read
  const { comes, goes } = await offeredEngagements(contextOf(req))
  const problems = lineProblems(read.input.lines, {
    comes: new Set(comes.map(({ reference }) => reference)),
    goes: new Set(goes.map(({ reference }) => reference)),
  })
  return problems.length > 0 ? { problems } : read
}

async function formValues(req: Request, { action, stored, reference, version }: Target): Promise<PageValues> {
  const context = contextOf(req)
  const typed = req.method === 'POST' ? ((req.body ?? {}) as Record<string, unknown>) : undefined
  const offered = await offeredEngagements(context)
  const known = new Set([...offered.comes, ...offered.goes].map((row) => row.reference))
  const typedLines =
    typed && Array.isArray(typed['lines']) ? (typed['lines'] as Partial<LineInput>[]) : undefined
  const lines = typedLines ?? stored.lines ?? []
  const start = typed ? textOf(typed['plannedStart']) : stored.plannedStart
  const chosen = lines.flatMap(({ kind = 'addition', engagement = '', replaces }) =>
    known.has(engagement)
      ? [{ kind, engagement, replaces: known.has(replaces ?? '') ? (replaces ?? null) : null }]
      : [],
  )
  return {
    action,
    reference,
    version: typed ? versionIn(typed) : version,
    stored,
    rows: lineRowsShown(lines, typed?.['more'] !== undefined),
    choices: draftChoices(offered, context.locale),
    starts: startRows(await reckonStart(context, chosen, isDay(start) ? start : null), context.locale),
  }
}
