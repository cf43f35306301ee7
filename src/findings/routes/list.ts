import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { findingsToList } from '../actions/show.js'
import { findingRow } from '../page.js'
import { findingStates, severities } from '../rules.js'

const states = ['running', 'overdue', ...findingStates, 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/findings', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const t = textIn(locale)
    const q = queried(req, 'q').slice(0, 200)
    const show = states.find((each) => each === queried(req, 'state')) ?? 'running'
    const severity = severities.find((each) => each === queried(req, 'severity')) ?? ''
    const vendor = queried(req, 'vendor').slice(0, 40)
    const page = await findingsToList(
      {
        q,
        state: show === 'all' || show === 'overdue' ? '' : show,
        severity,
        vendor,
        overdueBy: show === 'overdue' ? today : null,
      },
      queried(req, 'page') || undefined,
    )
    const at = (cursor: string | null) =>
      cursor &&
      `/findings?${new URLSearchParams({ q, state: show, severity, vendor, page: cursor }).toString()}`
    await renderPage(req, res, 'findings/list', {
      rows: page.rows.map((finding) => findingRow(finding, page.names, { today, locale })),
      q,
      show,
      severity,
      vendor: page.vendor && { reference: page.vendor.reference, name: page.vendor.name },
      states: states.map((value) => ({ value, text: t(`findings:show.${value}`) })),
      severities: severities.map((value) => ({ value, text: t(`findings:severity.${value}`) })),
      narrowed: q !== '' || show !== 'running' || severity !== '' || vendor !== '',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })
}
