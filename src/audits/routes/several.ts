import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { testers } from '../actions/begin.js'
import { assignArea, leaveOutSeveral } from '../actions/several.js'
import { readAssignment, readLeavingOut } from '../form/testing.js'
import { controlsPage } from '../page/controls.js'
import { leavingOutPage } from '../page/several.js'
import { around, atWork, topOf } from './around.js'

const path = '/audits/:reference/controls'
const all = { area: '', tester: '', result: '', q: '' }

export function severalRoutes(router: Router): void {
  router.post(`${path}/assign`, may('audits:write'), async (req, res) => {
    const [whole, people] = await Promise.all([atWork(req), testers()])
    const url = `/audits/${whole.audit.reference}/controls`
    const read = readAssignment(req.body, {
      testers: people.map(({ _id }) => _id),
      areas: whole.set.areas.map(({ id }) => id),
    })
    const values = async (): Promise<PageValues> => ({
      top: topOf(req, whole.audit),
      ...controlsPage(whole, all, await around(req, whole)),
      people: people.map(({ _id, name }) => ({ value: _id, text: name })),
    })
    await answerOn(req, res, read, { view: 'audits/controls', values }, async (input) => {
      const count = await assignArea(contextOf(req), whole.audit.reference, input)
      const to = input.area ? `${url}?area=${encodeURIComponent(input.area)}` : url
      redirectWith(req, res, to, 'audits:flash.assigned', { count })
    })
  })

  router.get(`${path}/leave-out`, may('audits:write'), async (req, res) => {
    await renderPage(req, res, 'audits/leave-out', await leavingOut(req))
  })

  router.post(`${path}/leave-out`, may('audits:write'), async (req, res) => {
    const read = readLeavingOut(req.body)
    const values = () => leavingOut(req)
    await answerOn(req, res, read, { view: 'audits/leave-out', values }, async (input) => {
      const reference = pathPart(req, 'reference')
      if (typedText(req, 'step') !== 'confirm') {
        const page = await leavingOut(req, input.controls)
        return renderPage(req, res, 'audits/leave-out-preview', { ...page, reason: input.reason })
      }
      const tester = req.person?._id ?? ''
      const count = await leaveOutSeveral(contextOf(req), reference, { ...input, tester })
      redirectWith(req, res, `/audits/${reference}/controls?result=not-applicable`, 'audits:flash.left-out', {
        count,
      })
    })
  })
}

async function leavingOut(req: Request, chosen: readonly string[] = []): Promise<PageValues> {
  const whole = await atWork(req)
  return { top: topOf(req, whole.audit), ...leavingOutPage(whole, chosen, req.locale) }
}
