import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { countries } from '../../transfers/rules.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { instructionsToList } from '../actions.js'
import { instructionRow } from '../page.js'
import { instructionStates, instructionSubjects } from '../rules.js'

const shows = ['holding', ...instructionStates, 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/instructions', may('requests:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const t = textIn(locale)
    const q = queried(req, 'q').slice(0, 200)
    const show = shows.find((each) => each === queried(req, 'state')) ?? 'holding'
    const subject = instructionSubjects.find((each) => each === queried(req, 'subject')) ?? ''
    const country = countries(locale).find(({ code }) => code === queried(req, 'country'))?.code ?? ''
    const [customer, engagement] = [queried(req, 'customer'), queried(req, 'engagement')]
    const asked = queried(req, 'on')
    const on = isDay(asked) ? asked : today
    const page = await instructionsToList(
      {
        q,
        state: show === 'holding' || show === 'all' ? '' : show,
        subject,
        customer,
        engagement,
        country,
        on: show === 'holding' ? on : null,
      },
      queried(req, 'page') || undefined,
    )
    const query = { q, state: show, subject, country, customer, engagement, on }
    const at = (cursor: string | null) =>
      cursor && `/instructions?${new URLSearchParams({ ...query, page: cursor }).toString()}`
    await renderPage(req, res, 'instructions/list', {
      rows: page.rows.map((instruction) => instructionRow(instruction, { on, locale })),
      ...query,
      show,
      of: page.customer
        ? { text: page.customer.name, url: `/customers/${page.customer.reference}` }
        : page.engagement && {
            text: page.engagement.reference,
            url: `/engagements/${page.engagement.reference}`,
          },
      shows: shows.map((value) => ({ value, text: t(`instructions:show.${value}`) })),
      subjects: instructionSubjects.map((value) => ({ value, text: t(`instructions:subject.${value}`) })),
      countries: countries(locale),
      narrowed: q !== '' || subject !== '' || country !== '' || show !== 'holding' || on !== today,
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })
}
