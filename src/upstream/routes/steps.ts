import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { noticeByReference } from '../../notices/actions.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, refusalOf } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  answerObjection,
  assessUpstream,
  closeUpstream,
  draftFromUpstream,
  linkNotice,
  objectUpstream,
  reopenUpstream,
} from '../actions.js'
import { readAnswer, readAssessment, readLink, readNote, readObjection } from '../form.js'
import { urlOf } from '../page.js'
import { caseValues } from './case.js'

const base = '/upstream/:reference'

export function stepRoutes(router: Router): void {
  const again = (req: Parameters<typeof caseValues>[0]) => ({
    view: 'upstream/case',
    values: () => caseValues(req),
  })

  router.post(`${base}/assess`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readAssessment(req.body), again(req), async (input) => {
      const notice = await assessUpstream(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(notice), `upstream:flash.${input.verdict}`)
    })
  })

  router.post(`${base}/draft`, may('notices:write'), async (req, res) => {
    const drafted = await draftFromUpstream(
      contextOf(req),
      pathPart(req, 'reference'),
      Number(typedText(req, 'version')),
    ).catch(refusalOf)
    if (drafted instanceof Error)
      return renderPage(req, res, 'upstream/case', { ...(await caseValues(req)), refusal: drafted }, 409)
    const { notice, lines } = drafted
    redirectWith(
      req,
      res,
      `/notices/${notice.reference}/edit`,
      `upstream:flash.${lines > 0 ? 'drafted' : 'drafted-without-lines'}`,
      { reference: notice.reference },
    )
  })

  router.post(`${base}/link`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readLink(req.body), again(req), async (input) => {
      const reference = pathPart(req, 'reference')
      await linkNotice(contextOf(req), reference, await noticeByReference(input.notice))
      redirectWith(req, res, `/upstream/${reference}`, 'upstream:flash.linked')
    })
  })

  router.post(
    `${base}/object`,
    may('notices:issue'),
    upload([{ name: 'letter', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      await answerOn(req, res, readObjection(req.body, context.today), again(req), async (input) => {
        const { toName, toAddress, ...rest } = input
        const notice = await objectUpstream(context, pathPart(req, 'reference'), {
          ...rest,
          to: { name: toName, address: toAddress },
          file: uploaded(req, 'letter')[0] ?? null,
        })
        redirectWith(
          req,
          res,
          urlOf(notice),
          `upstream:flash.objected-${input.how === 'mail' ? 'mail' : 'noted'}`,
        )
      })
    },
  )

  router.post(
    `${base}/answer`,
    may('notices:write'),
    upload([{ name: 'answerFile', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      await answerOn(req, res, readAnswer(req.body, context.today), again(req), async (input) => {
        const notice = await answerObjection(context, pathPart(req, 'reference'), {
          ...input,
          file: uploaded(req, 'answerFile')[0] ?? null,
        })
        redirectWith(req, res, urlOf(notice), 'upstream:flash.answered')
      })
    },
  )

  router.post(`${base}/close`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readNote(req.body), again(req), async ({ note }) => {
      const notice = await closeUpstream(contextOf(req), pathPart(req, 'reference'), note)
      redirectWith(req, res, urlOf(notice), 'upstream:flash.closed')
    })
  })

  router.post(`${base}/reopen`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readNote(req.body), again(req), async ({ note }) => {
      const notice = await reopenUpstream(contextOf(req), pathPart(req, 'reference'), note)
      redirectWith(req, res, urlOf(notice), 'upstream:flash.reopened')
    })
  })
}
