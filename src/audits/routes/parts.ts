import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Problem } from '../../base/form.js'
import { answer, type Wrong } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { leads } from '../actions/begin.js'
import { saveTexts } from '../actions/texts.js'
import { readPart } from '../form/audit.js'
import { conflictOf } from '../page/control.js'
import { fieldLabel, partPage, partValueInWords } from '../page/parts.js'
import type { Audit } from '../rules/audit.js'
import { marksOf, nested, type Merged } from '../rules/merge.js'
import { textsOfPart, type Part } from '../rules/parts.js'
import { around, atWork, topOf } from './around.js'

const views: Record<Part, string> = { scope: 'audits/scope', conclusion: 'audits/conclusion' }

export function partRoutes(router: Router): void {
  partRoute(router, 'scope')
  partRoute(router, 'conclusion')
}

function partRoute(router: Router, part: Part): void {
  const view = views[part]
  router.get(`/audits/:reference/${part}`, may('audits:read'), async (req, res) => {
    await renderPage(req, res, view, await partValues(req, part))
  })

  router.post(`/audits/:reference/${part}`, may('audits:write'), async (req, res) => {
    const again = async (wrong: Wrong) => {
      const values = { ...(await partValues(req, part)), ...wrong, typed: req.body as unknown }
      await renderPage(req, res, view, values, wrong.problems ? 422 : 409)
    }
    await answer(readPart(req.body, part), again, async (input) => {
      const reference = pathPart(req, 'reference')
      const { audit, problems, merged } = await saveTexts(contextOf(req), reference, part, input)
      if (problems.length > 0 || merged.conflicts.length > 0)
        return showAgain(req, res, part, { audit, problems, merged })
      redirectWith(req, res, `/audits/${reference}/${part}`, `audits:flash.${part}`)
    })
  })
}

async function showAgain(
  req: Request,
  res: Response,
  part: Part,
  { audit, problems, merged }: { audit: Audit; problems: Problem[]; merged: Merged },
): Promise<void> {
  const page = await partValues(req, part)
  const current = textsOfPart(audit, part)
  const words = partValueInWords(page['people'] as { value: string; text: string }[], req.locale)
  const values: PageValues = {
    ...page,
    problems,
    typed: nested(merged.values),
    marks: marksOf(current),
    conflicts: conflictOf(merged, current, words, fieldLabel(req.locale)),
  }
  await renderPage(req, res, views[part], values, merged.conflicts.length > 0 ? 409 : 422)
}

async function partValues(req: Request, part: Part): Promise<PageValues> {
  const whole = await atWork(req)
  const [near, people] = await Promise.all([around(req, whole), leads()])
  return { top: topOf(req, whole.audit), ...partPage(whole, part, people, near), conflicts: [] }
}
