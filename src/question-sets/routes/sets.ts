import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { locales, type Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { queried } from '../../web/answer.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { allSets, isFrozen, questionSet } from '../actions.js'
import { draftsToList } from '../actions/drafts.js'
import { setsToList, setToCompare, type UsesOf } from '../actions/show.js'
import { differencesPage } from '../page/differences.js'
import { draftRow, listRow, urlOf } from '../page/list.js'
import { readingPage } from '../page/reading.js'
import { keyOf } from '../rules/versions.js'

export function setRoutes(router: Router, usesOf: UsesOf): void {
  router.get('/question-sets', may('supervision:read'), async (req, res) => {
    const { locale } = contextOf(req)
    const [sets, drafts] = await Promise.all([setsToList(usesOf), draftsToList()])
    await renderPage(req, res, 'question-sets/list', {
      rows: sets.map((listed) => listRow(listed, locale)),
      drafts: drafts.map((draft) => draftRow(draft, locale)),
    })
  })

  router.get('/question-sets/:id/:version', may('supervision:read'), async (req, res) => {
    const set = questionSet(pathPart(req, 'id'), pathPart(req, 'version'))
    const shown = languageOf(req)
    await renderPage(req, res, 'question-sets/set', {
      page: readingPage(set, shown),
      // In the language of the set as it is read, whatever that of the pages.
      own: textIn(shown),
      shown,
      others: locales.filter((locale) => locale !== shown),
      key: keyOf(set),
      url: urlOf(set),
      inUse: isFrozen(set),
      comparable: setToCompare(set, '') !== null,
    })
  })

  router.get('/question-sets/:id/:version/differences', may('supervision:read'), async (req, res) => {
    const { locale } = contextOf(req)
    const set = questionSet(pathPart(req, 'id'), pathPart(req, 'version'))
    const before = setToCompare(set, queried(req, 'from'))
    await renderPage(req, res, 'question-sets/differences', {
      url: urlOf(set),
      key: keyOf(set),
      title: set.title[locale],
      from: before && keyOf(before),
      choices: allSets()
        .map((other) => ({ key: keyOf(other), title: other.title[locale], version: other.version }))
        .filter(({ key }) => key !== keyOf(set)),
      found: before && differencesPage(before, set, locale),
    })
  })
}

/** A set may be read in the other language without the whole of the pages following. */
function languageOf(req: Request): Locale {
  return locales.find((locale) => locale === queried(req, 'in')) ?? req.locale
}
