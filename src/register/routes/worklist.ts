import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { queried } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import {
  allServices,
  completenessNow,
  lookOver,
  staleWork,
  worklist,
  workOfField,
  workPage,
  type Worklist,
} from '../actions.js'
import {
  mostPerField,
  staleRows,
  workGroup,
  worklistPage,
  worklistPageSize,
  worklistPaging,
  workRecords,
  type WorklistAsked,
} from '../page.js'
import { missingFields, roles, type Service } from '../rules.js'
import { which } from './ports.js'

export function worklistRoutes(router: Router): void {
  router.get('/register/worklist', may('register:read'), async (req, res) => {
    await showWorklist(req, res)
  })

  router.post('/engagements/:reference/looked-over', may('register:write'), async (req, res) => {
    const { reference } = await lookOver(contextOf(req), which(req))
    redirectWith(req, res, `/engagements/${reference}#missing`, 'worklist:stale.said', { reference })
  })
}

async function showWorklist(req: Request, res: Response): Promise<void> {
  const { today, locale } = contextOf(req)
  const services = await allServices()
  const wanted = asked(req, services)
  // First, since it brings what the rest is found by up to date.
  const tally = await completenessNow(today)
  const list = await worklist(wanted.filter, today)
  const shown = await rowsFor(req, wanted, list, services)
  await renderPage(req, res, 'register/worklist', {
    ...worklistPage(tally, list, services, wanted, locale),
    ...shown,
    empty: shown.count > 0 ? null : emptyFor(wanted, tally.records),
  })
}

async function rowsFor(req: Request, wanted: WorklistAsked, list: Worklist, services: readonly Service[]) {
  const { today, locale } = contextOf(req)
  const { by, filter, page } = wanted
  const skip = (page - 1) * worklistPageSize
  if (by === 'stale') {
    const { count, rows } = await staleWork(req.house.config.zone, today, skip, worklistPageSize)
    return { count, stale: staleRows(rows, services, locale), paging: worklistPaging(count, wanted) }
  }
  if (by === 'record') {
    const records = await workPage(filter, today, skip, worklistPageSize)
    return {
      count: list.count,
      records: workRecords(records, services, filter.field, locale),
      paging: worklistPaging(list.count, wanted),
    }
  }
  const fields = missingFields.filter((field) =>
    filter.field === null ? (list.byField.get(field) ?? 0) > 0 : field === filter.field,
  )
  const groups = await Promise.all(
    fields.map((field) =>
      filter.field === null
        ? workOfField(filter, field, today, 0, mostPerField)
        : workOfField(filter, field, today, skip, worklistPageSize),
    ),
  )
  const [only] = groups
  return {
    count: groups.reduce((sum, group) => sum + group.count, 0),
    groups: groups.filter(({ count }) => count > 0).map((group) => workGroup(group, wanted, locale)),
    paging: filter.field === null || !only ? null : worklistPaging(only.count, wanted),
  }
}

function emptyFor({ by, filter }: WorklistAsked, records: number): 'register' | 'stale' | 'filter' | 'all' {
  if (records === 0) return 'register'
  if (by === 'stale') return 'stale'
  return filter.field === null && filter.service === null && filter.role === null ? 'all' : 'filter'
}

function asked(req: Request, services: readonly Service[]): WorklistAsked {
  const by = queried(req, 'by')
  const service = services.find(({ reference }) => reference === queried(req, 'service'))
  const page = Number(queried(req, 'page'))
  return {
    by: by === 'field' || by === 'stale' ? by : 'record',
    filter: {
      field: missingFields.find((field) => field === queried(req, 'field')) ?? null,
      service: service?._id ?? null,
      role: roles.find((role) => role === queried(req, 'role')) ?? null,
    },
    service: service?.reference ?? '',
    page: Number.isSafeInteger(page) && page > 0 && page <= mostPages ? page : 1,
  }
}

const mostPages = 1000
