import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { answer, typedText, type Wrong } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { filesOfAudit, removeRevisited, saveRevisited } from '../actions/revisited.js'
import { readRevisited } from '../form/audit.js'
import { conflictOf } from '../page/control.js'
import { fieldLabel } from '../page/parts.js'
import { revisitedEditPage, revisitedPage } from '../page/revisited.js'
import { marksOf, nested } from '../rules/merge.js'
import { revisitedKinds, textsOfRevisited, type RevisitedKind } from '../rules/revisited.js'
import { proposedIncidents } from '../actions/incidents.js'
import { around, atWork, topOf } from './around.js'

const path = '/audits/:reference/risks'
const view = 'audits/revisited'

export function revisitedRoutes(router: Router): void {
  router.get(path, may('audits:read'), async (req, res) => {
    const whole = await atWork(req)
    const [near, files, proposed] = await Promise.all([
      around(req, whole),
      filesOfAudit(whole.audit),
      proposedIncidents(whole.audit),
    ])
    await renderPage(req, res, 'audits/risks', {
      top: topOf(req, whole.audit),
      ...revisitedPage(whole.audit, files, proposed, near),
    })
  })

  // 'new' with what a proposal has to say (`?about=`), or the one to be changed.
  router.get(`${path}/:kind/:id`, may('audits:write'), async (req, res) => {
    await renderPage(req, res, view, await editValues(req))
  })

  router.post(
    `${path}/:kind/:id`,
    may('audits:write'),
    upload([{ name: 'files', maxCount: 5 }]),
    async (req, res) => {
      const again = async (wrong: Wrong) => {
        const values = { ...(await editValues(req)), ...wrong, typed: req.body as unknown }
        await renderPage(req, res, view, values, wrong.problems ? 422 : 409)
      }
      await answer(readRevisited(req.body, contextOf(req).today), again, async ({ id, typed, marks }) => {
        const [reference, kind] = [pathPart(req, 'reference'), kindOf(req)]
        const input = { id, typed, marks, files: uploaded(req, 'files') }
        const { audit, merged } = await saveRevisited(contextOf(req), reference, kind, input)
        const item = audit[kind].find((one) => one.id === id)
        if (merged.conflicts.length > 0 && item) return showConflict(req, res, textsOfRevisited(item), merged)
        redirectWith(req, res, `/audits/${reference}/risks#${kind}`, `audits:flash.${kind}`)
      })
    },
  )

  router.post(`${path}/:kind/:id/remove`, may('audits:write'), async (req, res) => {
    const [reference, kind] = [pathPart(req, 'reference'), kindOf(req)]
    await removeRevisited(contextOf(req), reference, kind, pathPart(req, 'id'))
    redirectWith(req, res, `/audits/${reference}/risks#${kind}`, 'audits:flash.removed')
  })
}

async function showConflict(
  req: Request,
  res: Response,
  current: Record<string, string>,
  merged: Parameters<typeof conflictOf>[0],
): Promise<void> {
  const values: PageValues = {
    ...(await editValues(req)),
    typed: { ...nested(merged.values), id: typedText(req, 'id') },
    marks: marksOf(current),
    conflicts: conflictOf(merged, current, (_field, value) => value, fieldLabel(req.locale)),
  }
  await renderPage(req, res, view, values, 409)
}

async function editValues(req: Request): Promise<PageValues> {
  const { audit } = await atWork(req)
  const kind = kindOf(req)
  const id = pathPart(req, 'id')
  const item = audit[kind].find((one) => one.id === id)
  if (!item && id !== 'new') throw new NotFound()
  const [files, proposed] = await Promise.all([
    filesOfAudit(audit),
    kind === 'incidents' ? proposedIncidents(audit) : [],
  ])
  const about = (req.query as Record<string, unknown>)['about']
  const context = contextOf(req)
  return {
    top: topOf(req, audit),
    id: item?.id ?? (typedText(req, 'id') || newId()),
    ...revisitedEditPage(audit, kind, item ?? null, {
      files,
      proposal: proposed.find(({ reference }) => reference === about) ?? null,
      today: context.today,
      locale: context.locale,
    }),
    conflicts: [],
  }
}

function kindOf(req: Request): RevisitedKind {
  const kind = revisitedKinds.find((one) => one === pathPart(req, 'kind'))
  if (!kind) throw new NotFound()
  return kind
}
