import { Router, type Request } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { locales, type Locale } from '../../base/context.js'
import { fileById, type Upload } from '../../files/actions.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { candidateNow, publishCorrection } from '../actions/publish.js'
import { publicListNow, setLook, switchOff, switchOn } from '../actions/settings.js'
import { countOfSubscribers, removeAddress } from '../actions/subscribers.js'
import { readAddress, readCorrection, readFilter, readLook } from '../form.js'
import { editionShown } from '../page/archive.js'
import { listPage } from '../page/list.js'
import { countEditions, editionsPage, latestEdition } from '../records/editions.js'
import { publicListId } from '../records/settings.js'
import { choiceRoutes } from './choices.js'

export const publicListRoutes: Router = Router()

const view = 'public-list/settings'

publicListRoutes.get('/public-list', may('public-list:write'), async (req, res) => {
  await renderPage(req, res, view, await settingsShown(req))
})

publicListRoutes.post('/public-list/on', may('public-list:write'), async (req, res) => {
  const read = { input: null }
  await answerOn(req, res, read, { view, values: () => settingsShown(req) }, async () => {
    await switchOn(contextOf(req))
    redirectWith(req, res, '/public-list', 'public-list:switched-on')
  })
})

publicListRoutes.post('/public-list/off', may('public-list:write'), async (req, res) => {
  const read = { input: null }
  await answerOn(req, res, read, { view, values: () => settingsShown(req) }, async () => {
    await switchOff(contextOf(req))
    redirectWith(req, res, '/public-list', 'public-list:switched-off')
  })
})

const files = upload(locales.map((locale) => ({ name: `agreement-${locale}`, maxCount: 1 })))

publicListRoutes.post('/public-list/look', may('public-list:write'), files, async (req, res) => {
  await answerOn(req, res, readLook(req.body), { view, values: () => settingsShown(req) }, async (input) => {
    const given = locales.flatMap((locale): [Locale, Upload][] =>
      uploaded(req, `agreement-${locale}`).map((file) => [locale, file]),
    )
    await setLook(contextOf(req), { ...input, files: Object.fromEntries(given) })
    redirectWith(req, res, '/public-list', 'public-list:saved')
  })
})

publicListRoutes.post('/public-list/correction', may('public-list:write'), async (req, res) => {
  const page = { view, values: () => settingsShown(req) }
  await answerOn(req, res, readCorrection(req.body), page, async ({ edition, note }) => {
    await publishCorrection(contextOf(req), edition, note)
    redirectWith(req, res, '/public-list', 'public-list:corrected')
  })
})

publicListRoutes.post('/public-list/subscribers/remove', may('public-list:write'), async (req, res) => {
  const page = { view, values: () => settingsShown(req) }
  await answerOn(req, res, readAddress(req.body), page, async ({ email }) => {
    const removed = await removeAddress(contextOf(req), email)
    redirectWith(req, res, '/public-list', removed ? 'public-list:removed' : 'public-list:not-subscribed')
  })
})

publicListRoutes.get('/public-list/preview', may('public-list:write'), async (req, res) => {
  const { candidate } = await candidateNow(contextOf(req), await latestEdition())
  const { page, ...filter } = readFilter(req.query)
  await renderPage(req, res, 'public-list/preview', {
    list: listPage(candidate.entries, filter, page, req.locale),
  })
})

choiceRoutes(publicListRoutes)

async function settingsShown(req: Request) {
  const { locale } = req
  const context = contextOf(req)
  const [settings, last, subscribers, count, recent, history] = await Promise.all([
    publicListNow(),
    latestEdition(),
    countOfSubscribers(),
    countEditions(10_000),
    editionsPage(undefined, 12),
    historyOf('public-list', publicListId),
  ])
  const { candidate } = await candidateNow(context, last)
  const agreements = await Promise.all(
    locales.map(async (each) => {
      const id = settings.agreement[each]
      return { locale: each, file: id === null ? null : await fileById(id) }
    }),
  )
  const { zone, baseUrl, smtpUrl } = req.house.config
  return {
    settings,
    mails: smtpUrl !== undefined,
    baseUrl,
    agreements,
    subscribers,
    count,
    last: last && editionShown(last, locale, zone),
    editions: recent.rows.map((edition) => editionShown(edition, locale, zone)),
    entries: candidate.entries.length,
    unnamed: candidate.entries.filter(({ named }) => !named).length,
    history,
  }
}
