import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { buildPdf } from '../../documents/pdf.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendBytes, sendFramed } from '../../web/send.js'
import { issueNotice, previewFor, previewNotice, replaceNotice, withdrawNotice } from '../actions.js'
import { noticeByReference } from '../actions/contents.js'
import { previewPaper, type Preview } from '../actions/preview.js'
import { forecastFor } from '../actions/sending.js'
import { readIssue, readWithdrawal } from '../form.js'
import { blockerGroups, exampleOptions, groupRows, noticeHead, sendingWords } from '../page.js'
import { keepsBack, type Tick } from '../rules.js'
import { textOf } from './ports.js'

export function issueRoutes(router: Router): void {
  router.get('/notices/:reference/preview', may('notices:read'), async (req, res) => {
    await renderPage(req, res, 'notices/preview', await previewValues(req))
  })

  router.get('/notices/:reference/preview/mail', may('notices:read'), async (req, res) => {
    const { html } = await previewFor(
      contextOf(req),
      pathPart(req, 'reference'),
      textOf(req.query['customer']),
    )
    sendFramed(res, html)
  })

  router.get('/notices/:reference/preview/paper', may('notices:read'), async (req, res) => {
    const { name, file } = await previewPaper(
      contextOf(req),
      pathPart(req, 'reference'),
      textOf(req.query['customer']),
    )
    sendBytes(res, { name, type: 'application/pdf', bytes: await buildPdf(file) })
  })

  router.get('/notices/:reference/issue', may('notices:issue'), async (req, res) => {
    await renderPage(req, res, 'notices/issue', await issueValues(req))
  })

  router.post('/notices/:reference/issue', may('notices:issue'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    const again = { view: 'notices/issue', values: () => issueValues(req) }
    await answerOn(req, res, readIssue(req.body), again, async ({ version, otherChannel, laterStart }) => {
      const ticks: Tick[] = [
        ...(otherChannel ? ['otherChannel' as const] : []),
        ...(laterStart ? ['laterStart' as const] : []),
      ]
      await issueNotice(contextOf(req), { reference, version }, ticks)
      redirectWith(req, res, `/notices/${reference}`, 'notices:flash.issued')
    })
  })

  router.post('/notices/:reference/replace', may('notices:issue'), async (req, res) => {
    const { reference } = await replaceNotice(contextOf(req), pathPart(req, 'reference'))
    redirectWith(req, res, `/notices/${reference}/edit`, 'notices:flash.replacing')
  })

  router.get('/notices/:reference/withdraw', may('notices:issue'), async (req, res) => {
    await renderPage(req, res, 'notices/withdraw', await headValues(req))
  })

  router.post('/notices/:reference/withdraw', may('notices:issue'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    const again = { view: 'notices/withdraw', values: () => headValues(req) }
    await answerOn(req, res, readWithdrawal(req.body), again, async ({ because }) => {
      await withdrawNotice(contextOf(req), reference, because)
      redirectWith(req, res, `/notices/${reference}`, 'notices:flash.withdrawn')
    })
  })
}

/** Null where mails do not leave the house. */
async function sendingValues(req: Request, preview: Pick<Preview, 'notice' | 'summary'>) {
  const { config } = req.house
  if (!config.smtpUrl || preview.notice.state !== 'draft') return null
  const { now, locale } = contextOf(req)
  const { zone } = preview.notice.rules
  return sendingWords(await forecastFor(preview, { limit: config.mailRate, now }), zone, locale)
}

async function headValues(req: Request): Promise<PageValues> {
  const { locale } = contextOf(req)
  const notice = await noticeByReference(pathPart(req, 'reference'))
  return { notice, ...noticeHead(notice, notice.counts ?? {}, textIn(locale)) }
}

async function issueValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { notice, blockers, summary } = await previewNotice(context, pathPart(req, 'reference'))
  return {
    notice,
    ...noticeHead(notice, {}, textIn(context.locale)),
    count: summary.count,
    sending: await sendingValues(req, { notice, summary }),
    groups: groupRows(summary, context.locale),
    blockers: blockerGroups(blockers, context.locale),
    stopped: keepsBack(blockers, ['otherChannel', 'laterStart']).length > 0,
  }
}

async function previewValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { locale } = context
  const reference = pathPart(req, 'reference')
  const { notice, blockers, summary, examples } = await previewNotice(context, reference)
  const customer = textOf(req.query['customer']) || examples[0]?.customerReference
  const shown = customer === undefined ? null : await previewFor(context, reference, customer)
  return {
    notice,
    ...noticeHead(notice, {}, textIn(locale)),
    summary,
    sending: await sendingValues(req, { notice, summary }),
    groups: groupRows(summary, locale),
    blockers: blockerGroups(blockers, locale),
    stopped: keepsBack(blockers, ['otherChannel', 'laterStart']).length > 0,
    examples: exampleOptions(examples, locale),
    shown: shown && { ...shown, to: shown.recipient.contacts[0] ?? null },
  }
}
