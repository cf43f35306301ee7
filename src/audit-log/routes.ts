import { Router, type Request, type Response } from 'express'
import { staffMembers } from '../auth/actions/people.js'
import { may } from '../auth/guards.js'
import { contextOf, redirectWith, renderPage } from '../web/page.js'
import { personalOf } from './actions.js'
import { checkLogNow, lastCheck } from './check.js'
import { readLogQuery } from './form.js'
import { byChoices, chainState, filterOf, kindName, logRow, logUrl, type LogQuery } from './page.js'
import { countUnsealed, entriesPage, entryKinds } from './records/entries.js'

export const auditLogRoutes = Router()

auditLogRoutes.get('/log', may('log:read'), async (req, res) => {
  const read = readLogQuery(req.query)
  if (read.problems) return showLog(req, res, {}, { problems: read.problems, typed: req.query }, 422)
  await showLog(req, res, read.input, {}, 200)
})

auditLogRoutes.post('/log/check', may('log:read'), async (req, res) => {
  await checkLogNow(contextOf(req))
  redirectWith(req, res, '/log', 'audit-log:chain.checked')
})

async function showLog(
  req: Request,
  res: Response,
  query: LogQuery & { page?: string | undefined },
  wrong: Parameters<typeof renderPage>[3],
  status: number,
): Promise<void> {
  const { locale } = req
  const [{ rows, next, previous }, people, kinds, check, waiting] = await Promise.all([
    entriesPage(filterOf(query, req.house.config.zone), query.page),
    staffMembers(),
    entryKinds(),
    lastCheck(),
    countUnsealed(),
  ])
  const personal = await personalOf(rows)
  const shown = rows.map((entry) => logRow(entry, personal.get(entry._id) ?? null, locale))
  await renderPage(
    req,
    res,
    'log/list',
    {
      rows: shown,
      actors: shown.map(({ by }) => by),
      query,
      narrowed: logUrl(query) !== '/log',
      kinds: kinds.map((kind) => ({ value: kind, text: kindName(kind, locale) })),
      people: byChoices(people, locale),
      chain: chainState(check, locale),
      waiting,
      paging: { next: next && logUrl(query, next), previous: previous && logUrl(query, previous) },
      ...wrong,
    },
    status,
  )
}
