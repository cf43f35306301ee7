import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { customersToPick } from '../../customers/actions.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, refusalOf, type PageValues } from '../../web/page.js'
import {
  addCustomerTo,
  caseToShow,
  closeCase,
  lookAgain,
  stopUse,
  tellCustomers,
  writeWords,
} from '../actions.js'
import { readAdding, readLesson, readStop, readWords } from '../form.js'
import { casePage, toldStates, urlOf } from '../page.js'

const base = '/unpermitted-use/:reference'

export function caseRoutes(router: Router): void {
  const again = (req: Request, picks?: Picks) => ({
    view: 'unpermitted-use/case',
    values: () => caseValues(req, picks),
  })

  router.get(base, may('notices:read'), async (req, res) => {
    await renderPage(req, res, 'unpermitted-use/case', await caseValues(req))
  })

  router.post(`${base}/stop`, may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    await answerOn(
      req,
      res,
      readStop(req.body, context.today),
      again(req),
      async ({ stoppedOn, stoppedHow }) => {
        const useCase = await stopUse(context, pathPart(req, 'reference'), { on: stoppedOn, how: stoppedHow })
        redirectWith(req, res, urlOf(useCase), 'unpermitted:flash.stopped')
      },
    )
  })

  router.post(`${base}/words`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readWords(req.body), again(req), async (input) => {
      const useCase = await writeWords(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, `${urlOf(useCase)}#tell`, 'unpermitted:flash.words')
    })
  })

  router.post(`${base}/tell`, may('notices:issue'), async (req, res) => {
    const useCase = await tellCustomers(contextOf(req), pathPart(req, 'reference')).catch(refusalOf)
    if (useCase instanceof Error)
      return renderPage(
        req,
        res,
        'unpermitted-use/case',
        { ...(await caseValues(req)), refusal: useCase },
        409,
      )
    redirectWith(req, res, urlOf(useCase), 'unpermitted:flash.telling')
  })

  router.post(`${base}/customers`, may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [customerBox(req)])
    const read = withPicks(readAdding(picks.body, context.today), picks)
    await answerOn(req, res, read, again(req, picks), async ({ customer, from, because }) => {
      const reference = pathPart(req, 'reference')
      await addCustomerTo(context, reference, { customer, since: from, because })
      redirectWith(req, res, `/unpermitted-use/${reference}#customers`, 'unpermitted:flash.added')
    })
  })

  router.post(`${base}/close`, may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    await answerOn(req, res, readLesson(req.body), again(req), async ({ lesson }) => {
      const useCase = await closeCase(context, pathPart(req, 'reference'), lesson)
      await lookAgain(context, useCase.engagement)
      redirectWith(req, res, urlOf(useCase), 'unpermitted:flash.closed')
    })
  })
}

async function caseValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { locale, today } = contextOf(req)
  const reference = pathPart(req, 'reference')
  const q = queried(req, 'q').slice(0, 200)
  const told = toldStates.find((each) => each === queried(req, 'told')) ?? null
  const standing = told === null ? null : ('affected' as const)
  const shown = await caseToShow(reference, { q, told, standing }, queried(req, 'page') || undefined)
  const { useCase, customers } = shown
  const at = (cursor: string | null) =>
    cursor &&
    `${urlOf(useCase)}?${new URLSearchParams({ q, told: told ?? '', page: cursor }).toString()}#customers`
  return {
    ...casePage(shown, locale),
    q,
    chosen: told ?? '',
    narrowed: q !== '' || told !== null,
    today,
    pickers: await pickersFor([customerBox(req)], picks),
    paging: { count: null, next: at(customers.next), previous: at(customers.previous) },
    history: await historyOf('unpermitted-use', useCase._id),
  }
}

function customerBox(req: Request): PickField {
  return { field: 'customer', source: customersToPick(contextOf(req), 'reference') }
}
