import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { queried } from '../../web/answer.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { auditOf } from '../actions/read.js'
import { figuresAsked, itemsOfFigure } from '../actions/figures.js'
import { figurePage, figuresIn, figuresPage } from '../page/figures.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { topOf } from './around.js'

/** What our own records say of the year, and each number's evidence. */
export function figureRoutes(router: Router): void {
  router.get('/audits/:reference/figures', may('audits:read'), async (req, res) => {
    const context = contextOf(req)
    const audit = await auditOf(pathPart(req, 'reference'))
    const live = await figuresAsked(context, audit, { fresh: queried(req, 'fresh') === '1' })
    const frozen = audit.frozen ? (audit.frozen.facts as DeclarationFacts).figures : null
    const below = `/audits/${audit.reference}`
    const at = { locale: context.locale, zone: req.house.config.zone }
    await renderPage(req, res, 'audits/figures', {
      audit,
      below,
      top: topOf(req, audit),
      ...figuresPage({ figures: frozen ?? live, live: frozen && live, below }, at),
    })
  })

  router.get('/audits/:reference/figures/:key', may('audits:read'), async (req, res) => {
    const context = contextOf(req)
    const audit = await auditOf(pathPart(req, 'reference'))
    const key = pathPart(req, 'key')
    const found = figuresIn(await figuresAsked(context, audit)).find((each) => each.key === key) ?? null
    const kept = audit.frozen ? figuresIn((audit.frozen.facts as DeclarationFacts).figures) : []
    const frozen = kept.find((each) => each.key === key) ?? null
    const cursor = queried(req, 'page').slice(0, 120)
    const { items, next } = found
      ? await itemsOfFigure(context, audit, key, cursor)
      : { items: [], next: null }
    const page = figurePage({ frozen, live: found, items }, context.locale)
    if (!page) throw new NotFound()
    const below = `/audits/${audit.reference}`
    const at = `${below}/figures/${key}`
    await renderPage(req, res, 'audits/figures-one', {
      audit,
      below,
      page,
      paging: {
        count: found?.made.count ?? 0,
        next: next && `${at}?${new URLSearchParams({ page: next }).toString()}`,
        previous: cursor === '' ? null : at,
      },
    })
  })
}
