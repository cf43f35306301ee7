import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { confirmDeletion, confirmUse } from '../actions.js'
import { noticeToShow } from '../actions/show.js'
import { readDay } from '../form.js'
import {
  lineView,
  noticeFacts,
  noticeHead,
  paperRows,
  phaseState,
  recipientRow,
  timelineOf,
} from '../page.js'
import { phases, type Notice } from '../rules.js'
import { textOf, type Ports } from './ports.js'

export function noticeRoutes(router: Router, ports: Ports = {}): void {
  router.get('/notices/:reference', may('notices:read'), async (req, res) => {
    const values = await showValues(req)
    await renderPage(req, res, 'notices/show', { ...values, panels: await panelsOf(req, values, ports) })
  })

  router.get(`${linePath}/use`, may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/use', await lineValues(req))
  })

  router.post(`${linePath}/use`, may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    const reference = pathPart(req, 'reference')
    const again = { view: 'notices/use', values: () => lineValues(req) }
    await answerOn(req, res, readDay(req.body, context.today), again, async ({ on }) => {
      const count = await confirmUse(context, reference, pathPart(req, 'line'), on)
      redirectWith(req, res, `/notices/${reference}`, 'notices:flash.in-use', { count })
    })
  })

  router.get(`${linePath}/deletion`, may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'notices/deletion', await lineValues(req))
  })

  router.post(`${linePath}/deletion`, may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    const reference = pathPart(req, 'reference')
    const again = { view: 'notices/deletion', values: () => lineValues(req) }
    await answerOn(req, res, readDay(req.body, context.today), again, async ({ on }) => {
      await confirmDeletion(context, reference, pathPart(req, 'line'), on)
      redirectWith(req, res, `/notices/${reference}`, 'notices:flash.deleted')
    })
  })
}

const linePath = '/notices/:reference/lines/:line'

/** What rooms above have to say of it. */
async function panelsOf(req: Request, values: PageValues, { noticePanels = [] }: Ports) {
  const notice = values['notice'] as Notice
  const panels = await Promise.all(noticePanels.map((panel) => panel(notice, contextOf(req))))
  return panels.filter((panel) => panel !== null)
}

async function lineValues(req: Request): Promise<PageValues> {
  const values = await showValues(req)
  const line = (values['lines'] as { id: string }[]).find(({ id }) => id === pathPart(req, 'line'))
  if (!line) throw new NotFound()
  return { ...values, line }
}

async function showValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { locale, today } = context
  const t = textIn(locale)
  const reference = pathPart(req, 'reference')
  const filter = {
    phase: phases.find((phase) => phase === textOf(req.query['phase'])) ?? null,
    q: textOf(req.query['q']).slice(0, 200),
  }
  const shown = await noticeToShow(reference, filter, textOf(req.query['page']) || undefined, context)
  const { notice, counts, recipients, standings } = shown
  const none = { ready: 0, inUse: 0, blocks: [] }
  const page = (cursor: string | null) =>
    cursor &&
    `/notices/${reference}?${new URLSearchParams({ phase: filter.phase ?? '', q: filter.q, page: cursor }).toString()}#recipients`
  return {
    notice,
    today,
    filter,
    ...noticeHead(notice, counts, t),
    facts: noticeFacts(notice, locale, (on) => formatDay(on, locale)),
    timeline: timelineOf(notice, shown.lastDay, shown.dueOn, today, t),
    lines: notice.lines.map((line) =>
      lineView(notice, line, standings.get(line.id) ?? none, shown.services, locale),
    ),
    phases: phases.map((phase) => ({ value: phase, text: phaseState(phase, t).word })),
    recipients: recipients.rows.map((recipient) => recipientRow(recipient, t)),
    paging: { count: shown.total, next: page(recipients.next), previous: page(recipients.previous) },
    papers: paperRows(shown.papers, locale),
    history: shown.history,
  }
}
