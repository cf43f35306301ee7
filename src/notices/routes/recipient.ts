import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { announceAgain, recheckInstruction, registerApproval, registerDelivery } from '../actions.js'
import { recipientToShow } from '../actions/show.js'
import { readAnswer, readDelivery } from '../form.js'
import { dateRows, lineStates, mailViews, noticeHead, recipientHead, recipientSteps } from '../page.js'
import { channels, writtenChannels } from '../rules.js'
import { type Ports } from './ports.js'

const path = '/notices/:reference/recipients/:customer'

export function recipientRoutes(router: Router, ports: Ports): void {
  router.get(path, may('notices:read'), async (req, res) => {
    await renderPage(req, res, 'notices/recipient', await recipientValues(req, ports))
  })

  router.get(`${path}/delivery`, may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/delivery', await recipientValues(req))
  })

  router.get(`${path}/answer`, may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/answer', await recipientValues(req))
  })

  router.post(
    `${path}/delivery`,
    may('notices:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const read = readDelivery(req.body, { now: contextOf(req).now, zone: req.house.config.zone })
      await answerOn(req, res, read, page(req, 'notices/delivery'), async (input) => {
        await registerDelivery(contextOf(req), await idOf(req), input, uploaded(req, 'file')[0])
        back(req, res, 'notices:flash.delivery')
      })
    },
  )

  router.post(`${path}/again`, may('notices:write'), async (req, res) => {
    await announceAgain(contextOf(req), await idOf(req))
    back(req, res, 'notices:flash.again')
  })

  router.post(
    `${path}/answer`,
    may('notices:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const read = readAnswer(req.body, { now: contextOf(req).now, zone: req.house.config.zone })
      await answerOn(req, res, read, page(req, 'notices/answer'), async (input) => {
        await registerApproval(contextOf(req), await idOf(req), input, uploaded(req, 'file')[0])
        back(req, res, 'notices:flash.answer')
      })
    },
  )

  router.post(`${path}/instruction`, may('notices:write'), async (req, res) => {
    await recheckInstruction(contextOf(req), await idOf(req))
    back(req, res, 'notices:flash.instruction')
  })
}

function back(req: Request, res: Response, text: string): void {
  redirectWith(
    req,
    res,
    `/notices/${pathPart(req, 'reference')}/recipients/${pathPart(req, 'customer')}`,
    text,
  )
}

async function idOf(req: Request): Promise<string> {
  return (await recipientToShow(pathPart(req, 'reference'), pathPart(req, 'customer'))).recipient._id
}

function page(req: Request, view: string) {
  return { view, values: () => recipientValues(req) }
}

async function recipientValues(req: Request, { panels = [] }: Ports = {}): Promise<PageValues> {
  const context = contextOf(req)
  const { locale, today } = context
  const t = textIn(locale)
  const { notice, recipient, mails, history } = await recipientToShow(
    pathPart(req, 'reference'),
    pathPart(req, 'customer'),
  )
  const view = { notice, recipient, locale }
  return {
    notice,
    recipient,
    today,
    noticeTitle: noticeHead(notice, {}, t).title,
    head: recipientHead(view),
    dates: dateRows(view),
    lines: lineStates(view),
    steps: recipientSteps(view, today),
    mails: mailViews(mails, notice.rules.zone, locale),
    writtenChannels: writtenChannels.map((value) => ({ value, text: t(`notices:channel.${value}`) })),
    channels: channels.map((value) => ({ value, text: t(`notices:channel.${value}`) })),
    answers: (['approved', 'refused', 'no-answer'] as const).map((value) => ({
      value,
      text: t(`notices:answer-choice.${value}`),
    })),
    panels: (await Promise.all(panels.map((panel) => panel(recipient, context)))).filter(
      (panel) => panel !== null,
    ),
    history,
  }
}
