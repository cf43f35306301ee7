import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { allServices } from '../../register/actions.js'
import { servicesOn } from '../../register/rules.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { acceptedWithList, toldAbout, toldCustomer, toldOn } from '../actions.js'
import { papersByThen, signingRows, toldNotices, toldRows, toldToCustomer } from '../page.js'
import { textOf, type Ports } from './ports.js'

/** Who was told what about an engagement, and what one customer had been told by a day. */
export function toldRoutes(router: Router, ports: Ports): void {
  const {
    objections = async () => new Map(),
    published = async () => null,
    publishedOn = async () => null,
  } = ports
  router.get('/engagements/:reference/told', may('notices:read'), async (req, res) => {
    if (textOf(req.query['how']) === 'signing') return showSigning(req, res, published)
    const context = contextOf(req)
    const { locale } = context
    const { q, page: cursor } = asked(req)
    const { engagement, name, notices, page, count, mails, papers } = await toldAbout(
      pathPart(req, 'reference'),
      q,
      cursor,
      req.house.config.zone,
    )
    const known = await objections(
      page.rows.map(({ _id }) => _id),
      locale,
    )
    await renderPage(req, res, 'notices/told', {
      ...frame(req, 'notices', { engagement, name, q }),
      notices: toldNotices(notices, engagement._id, locale),
      panel: await published(engagement, context),
      rows: toldRows(
        { recipients: page.rows, notices, mails, objections: known, papers, engagement: engagement._id },
        locale,
      ),
      paging: pagingOf(req, page, count),
    })
  })

  router.get('/customers/:reference/told', may('notices:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const day = textOf(req.query['on'])
    const on = isDay(day) && day <= today ? day : today
    const { zone } = req.house.config
    const [{ customer, parts, papers, rows, services }, panel] = await Promise.all([
      toldCustomer(pathPart(req, 'reference'), on, context, zone),
      publishedOn(on, context),
    ])
    const named = new Map(servicesOn(await allServices(), on).map(({ _id, name }) => [_id, name]))
    await renderPage(req, res, 'notices/told-customer', {
      customer,
      on,
      today,
      title: textIn(locale)('past:customer.title', { name: customer.name, day: formatDay(on, locale) }),
      notices: parts.map((part) =>
        toldToCustomer({ ...part, on }, toldOn(part), named.size > 0 ? named : services, locale),
      ),
      papers: papersByThen(papers, locale, zone),
      actors: papers.map(({ by }) => by),
      papersUrl: `/customers/${customer.reference}/annex-b#papers`,
      panel,
      list: rows.map(({ content, reference }) => ({
        name: content.vendorName,
        activity: content.activity[locale] || content.activity.da,
        url: `/engagements/${reference}`,
      })),
      listUrl: `/register?customer=${customer.reference}&on=${on}${on < today ? '&known=then' : ''}`,
      annexUrl: `/customers/${customer.reference}/annex-b?on=${on}&format=pdf${on < today ? '&known=then' : ''}`,
    })
  })
}

async function showSigning(
  req: Request,
  res: Response,
  published: NonNullable<Ports['published']>,
): Promise<void> {
  const context = contextOf(req)
  const { locale } = context
  const { q, page: cursor } = asked(req)
  const { engagement, name, notices, page, count, customers, papers } = await acceptedWithList(
    pathPart(req, 'reference'),
    q,
    cursor,
    req.house.config.zone,
  )
  await renderPage(req, res, 'notices/told', {
    ...frame(req, 'signing', { engagement, name, q }),
    notices: toldNotices(notices, engagement._id, locale),
    panel: await published(engagement, context),
    rows: signingRows({ approvals: page.rows, customers, papers }, locale),
    paging: pagingOf(req, page, count),
  })
}

function asked(req: Request) {
  return { q: textOf(req.query['q']).slice(0, 100), page: textOf(req.query['page']) || undefined }
}

function frame(
  req: Request,
  how: 'notices' | 'signing',
  { engagement, name, q }: { engagement: { reference: string }; name: string; q: string },
) {
  const t = textIn(req.locale)
  const base = `/engagements/${engagement.reference}/told`
  return {
    engagement,
    name,
    how,
    search: q,
    title: t('past:told.title', { name }),
    tabs: [
      { url: base, text: t('past:told.by-notice'), current: how === 'notices' },
      { url: `${base}?how=signing`, text: t('past:told.at-signing'), current: how === 'signing' },
    ],
  }
}

function pagingOf(
  req: Request,
  { next, previous }: { next: string | null; previous: string | null },
  count: { count: number; capped: boolean },
) {
  const address = (cursor: string | null) => {
    if (cursor === null) return null
    const query = new URLSearchParams({ page: cursor })
    for (const field of ['how', 'q']) {
      const value = textOf(req.query[field])
      if (value) query.set(field, value)
    }
    return `/engagements/${pathPart(req, 'reference')}/told?${query.toString()}`
  }
  return { count, next: address(next), previous: address(previous) }
}
