import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { textIn } from '../../i18n/texts.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { allServices, engagementsToPick } from '../../register/actions.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { breachesToList, enterBreach } from '../actions.js'
import { readReport } from '../form.js'
import { breachRow, fieldsOf, roleChoices, urlOf } from '../page.js'
import { breachStates } from '../rules.js'
import { readingOf, wallOf } from './shared.js'

const shows = ['open', ...breachStates, 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/breaches', may('breaches:read'), async (req, res) => {
    const { now, locale } = contextOf(req)
    const t = textIn(locale)
    const q = queried(req, 'q').slice(0, 200)
    const show = shows.find((each) => each === queried(req, 'show')) ?? 'all'
    const page = await breachesToList({ q, show }, queried(req, 'page') || undefined)
    const at = (cursor: string | null) =>
      cursor && `/breaches?${new URLSearchParams({ q, show, page: cursor }).toString()}`
    await renderPage(req, res, 'breaches/list', {
      rows: page.rows.map((listed) => breachRow(listed, now, readingOf(req))),
      q,
      show,
      shows: shows.map((value) => ({ value, text: t(`breaches:show.${value}`) })),
      narrowed: q !== '' || show !== 'all',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/breaches/new', may('breaches:write'), async (req, res) => {
    await renderPage(req, res, 'breaches/new', await newValues(req))
  })

  router.post('/breaches/new', may('breaches:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [engagementBox(req)])
    const again = { view: 'breaches/new', values: () => newValues(req, picks) }
    const read = withPicks(readReport(picks.body, wallOf(req)), picks)
    await answerOn(req, res, read, again, async (input) => {
      const breach = await enterBreach(context, input)
      redirectWith(req, res, urlOf(breach), 'breaches:flash.entered', { reference: breach.reference })
    })
  })
}

async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { now, locale } = contextOf(req)
  const services = await allServices()
  const stored = queried(req, 'engagement').slice(0, 40) || null
  return {
    once: typedText(req, 'once') || newId(),
    pickers: await pickersFor([{ ...engagementBox(req), stored }], picks),
    roles: roleChoices(locale),
    services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    stored: { role: 'processor', ...fieldsOf('aware', now, req.house.config.zone) },
  }
}

function engagementBox(req: Request): PickField {
  return { field: 'engagement', source: engagementsToPick(contextOf(req), 'reference') }
}
