import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { addressOf, readListQuery } from '../../lists/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { mapOf } from '../../transfers/map.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { engagementsMatching } from '../actions.js'
import { addressWith, mappedEntry } from '../page/map.js'
import { engagementList } from '../rules/lists.js'

/** The engagements a list has found, on the map instead of in rows. */
export function engagementMapRoutes(router: Router): void {
  router.get('/engagements/map', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const query = readListQuery(engagementList, req.query)
    const records = []
    for await (const entry of engagementsMatching(context, query)) records.push(mappedEntry(entry))
    const map = await mapOf(
      {
        law: await lawNow(),
        records,
        day: today,
        locale,
        judged: true,
        of: 'engagements',
        areaUrl: (area) => addressWith('/engagements/map', req.query, { area }),
        countryUrl: (country) => addressWith('/engagements', req.query, { country, area: '', page: '' }),
      },
      queried(req, 'area'),
    )
    await renderPage(req, res, 'register/engagement-map', {
      map,
      count: records.length,
      back: addressOf(engagementList, query),
    })
  })
}
