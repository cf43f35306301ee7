import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { addDays } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, pathPart, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { findingFile, findingOf, findingToShow } from '../actions.js'
import { valueOf } from '../actions/show.js'
import { findingPage } from '../page.js'
import type { FindingPorts } from './ports.js'

export function caseRoutes(router: Router, ports: FindingPorts): void {
  router.get('/findings/:reference', may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'findings/case', await caseValues(req, ports))
  })

  router.get('/findings/:reference/files/:file', may('files:read'), async (req, res) => {
    const finding = await findingOf(pathPart(req, 'reference'))
    await sendFile(res, await findingFile(finding, pathPart(req, 'file')))
  })
}

/** Everything the page shows; its forms show what was typed when one of them is wrong. */
export async function caseValues(req: Request, { sources }: FindingPorts): Promise<PageValues> {
  const context = contextOf(req)
  const { today, locale } = context
  const shown = await findingToShow(pathPart(req, 'reference'))
  const { finding } = shown
  const { source } = finding
  const known = await sources[source.kind]?.(source, context)
  return {
    ...findingPage(shown, {
      today,
      locale,
      zone: req.house.config.zone,
      source: known ?? { text: textIn(locale)(`findings:source.${source.kind}`), url: null },
    }),
    stored: {
      owner: valueOf(finding.owner),
      dueOn: finding.dueOn,
      severity: finding.severity,
      again: addDays(today, 30),
    },
    history: await historyOf('finding', finding._id),
  }
}
