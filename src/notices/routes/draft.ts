import type { Request, Response, Router } from 'express'
import { isDay, type Day } from '../../base/day.js'
import type { Read } from '../../base/form.js'
import { may } from '../../auth/guards.js'
import { withPicks, type Picks } from '../../lists/picker.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import {
  discardDraft,
  draftNotice,
  editDraft,
  noticeByReference,
  reckonStart,
  suggestSafeguards,
} from '../actions.js'
import { correctionFields, kindProblems, sitesChosen } from '../actions/lines.js'
import { linesToPick, offeredAmong } from '../actions/offered.js'
import { referencesOf } from '../actions/show.js'
import { lineProblems, mayReplace, readDraft, type DraftInput, type LineInput } from '../form.js'
import { lineKinds } from '../rules/notice.js'
import { draftChoices, draftFields, lineRowsShown, startRows } from '../page.js'
import { lineChoicesRoutes, linePickers, pickedLines } from './line-boxes.js'
import { textOf, versionIn } from './ports.js'

export function draftRoutes(router: Router): void {
  lineChoicesRoutes(router)

  router.get('/notices/new', may('notices:write'), async (req, res) => {
    const lines: LineInput[] = [lineAsked(req)]
    await renderPage(
      req,
      res,
      'notices/form',
      await formValues(req, {
        action: '/notices/new',
        stored: await firstDraft(lines, contextOf(req).today),
      }),
    )
  })

  router.post('/notices/new', may('notices:write'), async (req, res) => {
    const target = { action: '/notices/new', stored: {} }
    const picks = await pickedLines(req)
    if (await showedStep(req, res, target, picks)) return
    const again = { view: 'notices/form', values: () => formValues(req, target, picks) }
    await answerOn(req, res, await readOffered(req, picks), again, async (input) => {
      const { reference } = await draftNotice(contextOf(req), input)
      redirectWith(req, res, `/notices/${reference}/preview`, 'notices:flash.drafted')
    })
  })

  router.get('/notices/:reference/edit', may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/form', await formValues(req, await editTarget(req)))
  })

  router.post('/notices/:reference/edit', may('notices:write'), async (req, res) => {
    const target = await editTarget(req)
    const picks = await pickedLines(req)
    if (await showedStep(req, res, target, picks)) return
    const again = { view: 'notices/form', values: () => formValues(req, target, picks) }
    await answerOn(req, res, await readOffered(req, picks), again, async (input) => {
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
    replaces: mayReplace(kind) ? textOf(query['replaces']) || null : null,
  }
}

type Target = { action: string; stored: Partial<DraftInput>; reference?: string; version?: number }

/** A draft begun from the register: its line is chosen and its safeguards are worded. */
async function firstDraft(lines: LineInput[], today: Day): Promise<Partial<DraftInput>> {
  const safeguards = await suggestSafeguards(lines)
  // What is put right holds from the day it is told.
  return lines.some(({ kind }) => kind === 'correction')
    ? { lines, safeguards, plannedStart: today }
    : { lines, safeguards }
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
async function showedStep(req: Request, res: Response, target: Target, picks: Picks): Promise<boolean> {
  const body = (req.body ?? {}) as Record<string, unknown>
  if (body['more'] === undefined && body['reckon'] === undefined) return false
  await renderPage(req, res, 'notices/form', {
    ...(await formValues(req, target, picks)),
    typed: req.body as unknown,
  })
  return true
}

async function readOffered(req: Request, picks: Picks): Promise<Read<DraftInput>> {
  const read = withPicks(readDraft(req.body), picks)
  if (read.problems) return read
  const { lines } = read.input
  const problems = lineProblems(lines, await offeredAmong(contextOf(req), lines.flatMap(namedIn)))
  if (problems.length > 0) return { problems }
  const wrong = await kindProblems(contextOf(req), read.input.lines)
  return wrong.length > 0 ? { problems: wrong } : read
}

async function formValues(
  req: Request,
  { action, stored, reference, version }: Target,
  picks?: Picks,
): Promise<PageValues> {
  const context = contextOf(req)
  const typed = req.method === 'POST' ? ((req.body ?? {}) as Record<string, unknown>) : undefined
  const typedLines =
    typed && Array.isArray(typed['lines']) ? (typed['lines'] as Partial<LineInput>[]) : undefined
  const lines = typedLines ?? stored.lines ?? []
  const corrections = await correctionFields(typedLines ? lines.map(notTyped) : lines)
  for (const [row, line] of (typedLines ?? []).entries()) showForCorrection(line, corrections[row])
  const offered = await offeredAmong(context, lines.flatMap(namedIn))
  const known = new Set([...offered.comes, ...offered.goes])
  const rows = lineRowsShown(lines, typed?.['more'] !== undefined)
  const nothingComes = (await linesToPick(context, 'comes').find('', 1)).length === 0
  const start = typed ? textOf(typed['plannedStart']) : stored.plannedStart
  const chosen = lines.flatMap(({ kind = 'addition', engagement = '', replaces }) =>
    kind !== 'correction' && known.has(engagement)
      ? [{ kind, engagement, replaces: known.has(replaces ?? '') ? (replaces ?? null) : null }]
      : [],
  )
  return {
    action,
    reference,
    version: typed ? versionIn(typed) : version,
    stored,
    rows,
    pickers: await linePickers(req, lines, rows, picks),
    nothingComes,
    sites: await sitesChosen(lines),
    choices: draftChoices(context.locale),
    corrections,
    starts: startRows(await reckonStart(context, chosen, isDay(start) ? start : null), context.locale),
  }
}

function namedIn({ engagement, replaces }: Partial<LineInput>): string[] {
  return [engagement, replaces].filter((each): each is string => typeof each === 'string' && each !== '')
}

function notTyped({ kind, engagement }: Partial<LineInput>): Partial<LineInput> {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(typeof engagement === 'string' ? { engagement } : {}),
  }
}

/** Typed fields are shown again as they are, unless they are of an engagement that is not chosen any more, or were not there yet. */
function showForCorrection(
  line: { corrected?: unknown },
  fields: Awaited<ReturnType<typeof correctionFields>>[number] | undefined,
): void {
  const typed = line.corrected as { of?: unknown } | undefined
  if (fields && typed?.of !== fields.of) line.corrected = fields
}
