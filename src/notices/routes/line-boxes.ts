/** The boxes of a draft's lines in which engagements are searched for. */
import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { pickersFor, pickIn, pickRoute, type PickField, type Picker, type Picks } from '../../lists/picker.js'
import { contextOf } from '../../web/page.js'
import { linesToPick, sideOf } from '../actions/offered.js'
import type { LineInput } from '../form.js'
import { lineKinds, type LineKind } from '../rules/notice.js'
import { isSiteReference } from '../rules/own-site.js'

export function lineChoicesRoutes(router: Router): void {
  pickRoute(router, '/choices/notice-lines', may('notices:write'), (req) => {
    const side = req.query['side'] === 'goes' ? 'goes' : sideOf(kindIn(req.query['with']))
    return linesToPick(contextOf(req), side)
  })
}

/** What is meant in each line's boxes. From here on the body names engagements by their references. */
export async function pickedLines(req: Request): Promise<Picks> {
  const context = contextOf(req)
  const goes = linesToPick(context, 'goes')
  const fields = typedLines(req).flatMap((line, row): PickField[] =>
    // A place of our own is named by the page it was begun from, and not searched for.
    isSiteReference(line?.['engagement'])
      ? []
      : [
          { field: `lines.${row}.engagement`, source: linesToPick(context, sideOf(kindIn(line?.['kind']))) },
          { field: `lines.${row}.replaces`, source: goes },
        ],
  )
  const picks = await pickIn(req.body, fields)
  req.body = picks.body
  return picks
}

export async function linePickers(
  req: Request,
  lines: readonly Partial<LineInput>[],
  rows: readonly number[],
  picks: Picks | undefined,
): Promise<Record<string, Picker>> {
  const context = contextOf(req)
  // Which of the two sides is asked follows from the kind, which may yet be changed on the page.
  const [either, goes] = [linesToPick(context, 'either'), linesToPick(context, 'goes')]
  const fields = rows
    .filter((row) => !isSiteReference(lines[row]?.engagement))
    .flatMap((row) => [
      { field: `lines.${row}.engagement`, source: either, stored: lines[row]?.engagement },
      { field: `lines.${row}.replaces`, source: goes, stored: lines[row]?.replaces },
    ])
  return pickersFor(fields, picks)
}

function typedLines({ body }: Request): (Record<string, unknown> | undefined)[] {
  const { lines } = (body ?? {}) as { lines?: unknown }
  return Array.isArray(lines) ? (lines as (Record<string, unknown> | undefined)[]) : []
}

function kindIn(value: unknown): LineKind | undefined {
  return lineKinds.find((each) => each === value)
}
