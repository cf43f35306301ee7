import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { dayOf, instantAt } from '../../base/day.js'
import { newId } from '../../base/ids.js'
import { engagementByReference, vendorsByIds } from '../../register/actions.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { receiveUpstream, upstreamToList } from '../actions.js'
import { readReceived } from '../form.js'
import { listRow, urlOf } from '../page.js'

const shows = ['open', 'closed', 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/upstream', may('notices:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const q = queried(req, 'q').slice(0, 200)
    const show = shows.find((each) => each === queried(req, 'show')) ?? 'open'
    const page = await upstreamToList({ q, show }, queried(req, 'page') || undefined, today)
    const at = (cursor: string | null) =>
      cursor && `/upstream?${new URLSearchParams({ q, show, page: cursor }).toString()}`
    await renderPage(req, res, 'upstream/list', {
      rows: page.rows.map((listed) => listRow(listed, today, locale)),
      q,
      show,
      shows,
      narrowed: q !== '' || show !== 'open',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/upstream/new', may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'upstream/new', await newValues(req))
  })

  router.post(
    '/upstream/new',
    may('notices:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      const { zone } = req.house.config
      const [file] = uploaded(req, 'file')
      const read = readReceived(req.body, { today: context.today, files: file ? 1 : 0 })
      const again = { view: 'upstream/new', values: () => newValues(req) }
      await answerOn(req, res, read, again, async ({ on, ...input }) => {
        const receivedAt = on === context.today ? context.now : instantAt(on, '12:00', zone)
        const received = await receiveUpstream(context, { ...input, file: file ?? null, receivedAt, zone })
        redirectWith(
          req,
          res,
          received.again ? urlOf(received.notice) : `${urlOf(received.notice)}/edit`,
          `upstream:flash.${received.again ? 'again' : 'received'}`,
          { reference: received.notice.reference },
        )
      })
    },
  )
}

/** From an engagement's page its vendor's address stands there already, so that the mail is matched. */
async function newValues(req: Request): Promise<PageValues> {
  const engagement = await engagementByReference(queried(req, 'engagement'))
  const [vendor] = engagement ? await vendorsByIds([engagement.vendor]) : []
  const from = vendor?.contacts.find(({ email }) => email)?.email ?? ''
  const { zone } = req.house.config
  return {
    once: typedText(req, 'once') || newId(),
    vendorName: vendor?.name ?? null,
    stored: { from, receivedOn: dayOf(req.house.clock(), zone) },
  }
}
