import type { Request, Response, Router } from 'express'
import {
  calendarSince,
  makeCalendar,
  personByCalendar,
  revokeCalendar,
} from '../../auth/actions/calendars.js'
import { everyone, staff } from '../../auth/guards.js'
import { addressOf, limitLinks } from '../../auth/limits.js'
import { NotFound } from '../../base/errors.js'
import { calendarFeed } from '../../documents/calendar-feed.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { dueDates } from '../actions/calendar.js'
import { calendarEntries } from '../page/calendar.js'

/** A person's due dates in their own calendar program: by an address that nobody else has, and that can be ended. */
export function calendarRoutes(router: Router): void {
  router.get('/calendar', staff(), (req, res) => showCalendar(req, res, null))

  router.post('/calendar', staff(), async (req, res) => {
    const token = await makeCalendar(contextOf(req), personOf(req))
    await showCalendar(req, res, `${req.house.config.baseUrl}/calendar/${token}.ics`)
  })

  router.post('/calendar/revoke', staff(), async (req, res) => {
    await revokeCalendar(contextOf(req), personOf(req))
    redirectWith(req, res, '/calendar', 'dashboard:calendar.revoked')
  })

  // Calendar programs sign in nowhere: the address itself is the key.
  router.get('/calendar/:token.ics', everyone(), limitLinks, async (req, res) => {
    const person = await personByCalendar(pathPart(req, 'token'))
    if (!person) {
      await req.house.limits.unknownLink.take(addressOf(req))
      throw new NotFound()
    }
    const context = { ...contextOf(req), locale: person.locale }
    const { baseUrl } = req.house.config
    const entries = calendarEntries(await dueDates(context, person.role), baseUrl, context.now, person.locale)
    res.type('text/calendar; charset=utf-8')
    res.send(calendarFeed(textIn(person.locale)('dashboard:calendar.name'), entries))
  })
}

/** `address`: just made, shown this once. */
async function showCalendar(req: Request, res: Response, address: string | null): Promise<void> {
  await renderPage(req, res, 'dashboard/calendar', { since: await calendarSince(personOf(req)), address })
}

function personOf({ person }: Request): string {
  if (!person) throw new Error('a page behind staff() without a person')
  return person._id
}
