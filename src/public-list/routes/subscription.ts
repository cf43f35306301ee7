import express, { type Router } from 'express'
import { everyone } from '../../auth/guards.js'
import { addressOf } from '../../auth/limits.js'
import { contextOf, pathPart } from '../../web/page.js'
import { openList } from '../actions/read.js'
import { askToSubscribe, confirmSubscription, subscriptionBy, unsubscribe } from '../actions/subscribers.js'
import { readSubscribing } from '../form.js'
import { renderOpenPage, visitOpenPage } from './open.js'

const form = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 })

/**
 * Courtesy mails. There is no session that a foreign page could ride on: whoever may confirm or end a subscription holds the seal in its
 * address, and a mail program that ends one by its own button (RFC 8058) sends no token of a page of ours.
 */
export function subscriptionRoutes(router: Router): void {
  router.get('/sub-processors/subscribe', everyone(), visitOpenPage, async (req, res) => {
    await openList()
    await renderOpenPage(req, res, 'public-list/public/subscribe')
  })

  router.post('/sub-processors/subscribe', everyone(), visitOpenPage, form, async (req, res) => {
    await openList()
    // The page says so instead of a form.
    if (!req.house.config.smtpUrl) return renderOpenPage(req, res, 'public-list/public/subscribe', {}, 409)
    await req.house.limits.subscription.take(addressOf(req))
    const read = readSubscribing(req.body)
    if (read.problems) {
      const typed = req.body as unknown
      return renderOpenPage(req, res, 'public-list/public/subscribe', { problems: read.problems, typed }, 422)
    }
    await askToSubscribe(contextOf(req), read.input)
    res.redirect(303, `/sub-processors/subscribed?lang=${req.locale}`)
  })

  router.get('/sub-processors/subscribed', everyone(), visitOpenPage, async (req, res) => {
    await openList()
    await renderOpenPage(req, res, 'public-list/public/subscribed')
  })

  // Looking changes nothing: mail scanners open links, too. It works while the list is off: whoever wants to leave may.
  router.get('/sub-processors/subscription/:token', everyone(), visitOpenPage, async (req, res) => {
    const token = pathPart(req, 'token')
    const subscriber = await subscriptionBy(req.house, token)
    if (subscriber && !req.query['lang']) req.locale = subscriber.locale
    res.set('Cache-Control', 'no-store')
    res.set('X-Robots-Tag', 'noindex')
    await renderOpenPage(req, res, 'public-list/public/subscription', {
      state: subscriber?.state ?? 'none',
      email: subscriber?.email ?? '',
      action: `/sub-processors/subscription/${token}`,
    })
  })

  router.post('/sub-processors/subscription/:token', everyone(), visitOpenPage, async (req, res) => {
    const subscriber = await subscriptionBy(req.house, pathPart(req, 'token'))
    if (subscriber) {
      await unsubscribe(contextOf(req), subscriber)
      if (!req.query['lang']) req.locale = subscriber.locale
    }
    res.set('Cache-Control', 'no-store')
    await renderOpenPage(req, res, 'public-list/public/done', { done: 'ended', path: '/sub-processors' })
  })

  router.post('/sub-processors/subscription/:token/confirm', everyone(), visitOpenPage, async (req, res) => {
    const subscriber = await subscriptionBy(req.house, pathPart(req, 'token'))
    if (subscriber) {
      await confirmSubscription(contextOf(req), subscriber)
      if (!req.query['lang']) req.locale = subscriber.locale
    }
    res.set('Cache-Control', 'no-store')
    const done = subscriber ? 'confirmed' : 'none'
    await renderOpenPage(req, res, 'public-list/public/done', { done, path: '/sub-processors' })
  })
}
