import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import type { Read } from '../../base/form.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { engagementsToPick } from '../../register/actions.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import {
  casesToList,
  engagementAsked,
  findingsToShow,
  findUnpermitted,
  openCase,
  unpermittedUseIn,
} from '../actions.js'
import { readOpening, readProposed, type OpenInput } from '../form.js'
import { caseRow, findingRow, urlOf } from '../page.js'

const shows = ['open', 'closed', 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/unpermitted-use', may('notices:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const q = queried(req, 'q').slice(0, 200)
    const show = shows.find((each) => each === queried(req, 'show')) ?? 'all'
    const [page, findings, year] = await Promise.all([
      casesToList({ q, show }, queried(req, 'page') || undefined),
      findingsToShow(),
      unpermittedUseIn(Number(today.slice(0, 4))),
    ])
    const at = (cursor: string | null) =>
      cursor && `/unpermitted-use?${new URLSearchParams({ q, show, page: cursor }).toString()}`
    await renderPage(req, res, 'unpermitted-use/list', {
      rows: page.rows.map((listed) => caseRow(listed, locale)),
      findings: findings.map((finding) => findingRow(finding, locale)),
      year,
      q,
      show,
      shows,
      narrowed: q !== '' || show !== 'all',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.post('/unpermitted-use/look', may('notices:write'), async (req, res) => {
    const { found, customers } = await findUnpermitted(contextOf(req))
    redirectWith(req, res, '/unpermitted-use', `unpermitted:flash.${found > 0 ? 'found' : 'found-none'}`, {
      count: found,
      customers,
    })
  })

  router.get('/unpermitted-use/new', may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'unpermitted-use/new', await newValues(req))
  })

  router.post('/unpermitted-use/new', may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [engagementBox(req)])
    const again = { view: 'unpermitted-use/new', values: () => newValues(req, picks) }
    const read: Read<OpenInput> = withPicks(readOpening(picks.body, context.today), picks)
    await answerOn(req, res, read, again, async (input) => {
      const useCase = await openCase(context, input)
      redirectWith(req, res, urlOf(useCase), 'unpermitted:flash.opened', { reference: useCase.reference })
    })
  })
}

/** What a link from an engagement, a refused confirmation of use or a finding knows already stands in the form. */
async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { today } = contextOf(req)
  const proposed = readProposed(req.query)
  const asked = await engagementAsked(proposed.engagement)
  const stored = asked?.engagement.reference ?? null
  return {
    once: typedText(req, 'once') || newId(),
    pickers: await pickersFor([{ ...engagementBox(req), stored }], picks),
    back: stored === null ? null : `/engagements/${stored}`,
    stored: {
      since: proposed.since ?? asked?.engagement.inUse.since ?? '',
      discoveredOn: today,
    },
    today,
  }
}

function engagementBox(req: Request): PickField {
  return {
    field: 'engagement',
    source: engagementsToPick(contextOf(req), 'reference', { role: 'sub-processor' }),
  }
}
