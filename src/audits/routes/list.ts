import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { beginAudit, lastBefore, leads } from '../actions/begin.js'
import { currentControlSet } from '../actions/controls.js'
import { findingsFor } from '../actions/findings.js'
import { namesIn } from '../actions/names.js'
import { auditsList } from '../actions/read.js'
import { testsOf } from '../records/tests.js'
import { readBeginning } from '../form/audit.js'
import { auditRow } from '../page/list.js'
import { auditUrl } from '../page/words.js'
import { proposedPeriod, referenceOf } from '../rules/begin.js'

export function listRoutes(router: Router): void {
  router.get('/audits', may('audits:read'), async (req, res) => {
    const audits = await auditsList()
    const names = await namesIn(audits)
    const rows = await Promise.all(
      audits.map(async (audit) => auditRow(audit, await testsOf(audit._id), names, req.locale)),
    )
    await renderPage(req, res, 'audits/list', { rows })
  })

  router.get('/audits/new', may('audits:write'), async (req, res) => {
    await renderPage(req, res, 'audits/new', await newValues(req))
  })

  router.post('/audits/new', may('audits:write'), async (req, res) => {
    const people = await leads()
    const read = readBeginning(
      req.body,
      people.map(({ _id }) => _id),
    )
    await answerOn(req, res, read, { view: 'audits/new', values: () => newValues(req) }, async (input) => {
      const audit = await beginAudit(contextOf(req), input)
      redirectWith(req, res, auditUrl(audit), 'audits:flash.begun', { year: audit.year })
    })
  })
}

async function newValues(req: Request): Promise<PageValues> {
  const { today } = contextOf(req)
  const [people, audits] = await Promise.all([leads(), auditsList()])
  const taken = new Set(audits.map(({ year }) => year))
  const now = Number(today.slice(0, 4))
  // In the first months it is often last year's that has still to be made; a year that has one is not offered.
  const early = today.slice(5, 7) <= '03' ? [now - 1] : []
  const year = [...early, now, now + 1, now - 1].find((one) => !taken.has(one)) ?? now
  const last = await lastBefore(year)
  const follow = last && (await findingsFor(last.audit))
  const set = currentControlSet()
  return {
    people: people.map(({ _id, name }) => ({ value: _id, text: name })),
    stored: {
      year,
      ...proposedPeriod(year, last?.audit ?? null),
      lead: last?.audit.lead ?? people[0]?._id ?? '',
    },
    set: { id: set.id, version: set.version, controls: set.controls.length, areas: set.areas.length },
    last: last && {
      reference: last.audit.reference,
      year: last.audit.year,
      url: auditUrl(last.audit),
      sameControls: last.audit.controlSet.version === set.version,
      open: [...(follow?.own ?? []), ...(follow?.carried ?? [])].filter(({ running }) => running).length,
    },
    references: { example: referenceOf(year) },
  }
}
