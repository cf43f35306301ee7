import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { answer, answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  acceptAnswers,
  askSubProcessors,
  callOffDeparture,
  changePoints,
  chooseHandling,
  closeDeparture,
  confirmToCustomer,
  departureSettingsNow,
  leaveOut,
  registerAnswer,
  sendBack,
  takeUpAgain,
  tellCustomer,
} from '../actions.js'
import { readAnswer, readBecause, readChoiceOfStaff, readDay, readPoints, readReason } from '../form.js'
import { caseValues } from './case.js'

const base = '/departures/:reference'
const write = 'departures:write'
const files = upload([{ name: 'files', maxCount: 5 }])
const letter = upload([{ name: 'letter', maxCount: 1 }])

export function stepRoutes(router: Router): void {
  router.post(`${base}/tell`, may(write), async (req, res) => {
    await press(req, res, () => tellCustomer(contextOf(req), pathPart(req, 'reference')), 'told')
  })

  router.post(`${base}/ask`, may(write), async (req, res) => {
    const reference = pathPart(req, 'reference')
    const again = { view: 'departures/case', values: () => caseValues(req) }
    await answerOn(req, res, { input: null }, again, async () => {
      const { asked, unreachable } = await askSubProcessors(contextOf(req), reference)
      const flash = unreachable.length > 0 ? 'asked-some' : 'asked'
      redirectWith(req, res, `/departures/${reference}`, `departures:flash.${flash}`, {
        count: asked,
        names: unreachable.join(', '),
      })
    })
  })

  router.post(`${base}/choice`, may(write), letter, async (req, res) => {
    const [file = null] = uploaded(req, 'letter')
    await take(req, res, readChoiceOfStaff(req.body), {
      act: (reference, input) => chooseHandling(contextOf(req), reference, { ...input, by: 'staff', file }),
      flash: 'chosen',
    })
  })

  router.post(`${base}/answers`, may(write), files, async (req, res) => {
    const read = readAnswer(req.body, await departureSettingsNow(), req.locale)
    await take(req, res, read, {
      act: (reference, { outcome: _outcome, ...input }) =>
        registerAnswer(contextOf(req), reference, { ...input, files: uploaded(req, 'files') }),
      flash: 'registered',
    })
  })

  router.post(`${base}/accept`, may(write), async (req, res) => {
    await take(req, res, readPoints(req.body), {
      act: (reference, { points }) => acceptAnswers(contextOf(req), reference, points),
      flash: 'accepted',
    })
  })

  router.post(`${base}/send-back`, may(write), async (req, res) => {
    await take(req, res, readBecause(req.body), {
      act: (reference, { points, because }) => sendBack(contextOf(req), reference, points, because),
      flash: 'sent-back',
    })
  })

  router.post(`${base}/leave-out`, may(write), async (req, res) => {
    await take(req, res, readBecause(req.body), {
      act: (reference, { points, because }) => leaveOut(contextOf(req), reference, points, because),
      flash: 'left-out',
    })
  })

  router.post(`${base}/take-up`, may(write), async (req, res) => {
    await take(req, res, readPoints(req.body), {
      act: (reference, { points }) => takeUpAgain(contextOf(req), reference, points),
      flash: 'taken-up',
    })
  })

  router.post(`${base}/day`, may(write), async (req, res) => {
    await take(req, res, readDay(req.body), {
      act: (reference, { points, ...input }) => changePoints(contextOf(req), reference, points, input),
      flash: 'day',
    })
  })

  router.post(`${base}/confirm`, may(write), async (req, res) => {
    const by = req.person?.name ?? ''
    await press(
      req,
      res,
      () => confirmToCustomer(contextOf(req), pathPart(req, 'reference'), by),
      'confirmed',
    )
  })

  router.post(`${base}/close`, may(write), async (req, res) => {
    await press(req, res, () => closeDeparture(contextOf(req), pathPart(req, 'reference')), 'closed')
  })

  router.post(`${base}/call-off`, may(write), async (req, res) => {
    await take(req, res, readReason(req.body), {
      act: (reference, { reason }) => callOffDeparture(contextOf(req), reference, reason),
      flash: 'called-off',
    })
  })
}

/** A form on the departure's page: taken, or shown again there. */
async function take<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  { act, flash }: { act: (reference: string, input: Input) => Promise<unknown>; flash: string },
): Promise<void> {
  const reference = pathPart(req, 'reference')
  const again = { view: 'departures/case', values: () => caseValues(req) }
  await answerOn(req, res, read, again, async (input) => {
    await act(reference, input)
    redirectWith(req, res, `/departures/${reference}`, `departures:flash.${flash}`)
  })
}

/** A button: nothing is typed. */
async function press(req: Request, res: Response, act: () => Promise<unknown>, flash: string): Promise<void> {
  await answer(
    { input: null },
    async (wrong) => renderPage(req, res, 'departures/case', { ...(await caseValues(req)), ...wrong }, 409),
    async () => {
      await act()
      redirectWith(req, res, `/departures/${pathPart(req, 'reference')}`, `departures:flash.${flash}`)
    },
  )
}
