import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { notConfirmed } from '../../auth/confirming.js'
import { NotFound } from '../../base/errors.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { paperStateOf } from '../actions/papers.js'
import { auditOf } from '../actions/read.js'
import { holdersOf } from '../actions/send.js'
import { sign } from '../actions/sign.js'
import { readSigning } from '../form/declaration.js'
import { declarationPaper } from '../page/paper.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { signsAs, type SignAs } from '../rules/sign.js'
import { topOf } from './around.js'

/** Whoever signs sees all of it first, gives password and code once more, and signs what they saw: its hash comes with the form. */
export function signingRoutes(router: Router): void {
  router.get('/audits/:reference/sign', may('audits:read'), async (req, res) => {
    await renderPage(req, res, 'audits/sign', await signingValues(req))
  })

  router.post('/audits/:reference/sign/dpo', may('audits:sign-as-dpo'), (req, res) => take(req, res, 'dpo'))

  router.post('/audits/:reference/sign/management', may('audits:sign-as-management'), (req, res) =>
    take(req, res, 'management'),
  )
}

async function take(req: Request, res: Response, as: SignAs): Promise<void> {
  const { person } = req
  if (!person) throw new Error('a page behind may() without a person')
  const again = { view: 'audits/sign', values: () => signingValues(req) }
  await answerOn(req, res, readSigning(req.body, person), again, async (input) => {
    const { account } = req.house.limits
    // Taken before the password is looked at, given back where it was right.
    await account.check(person.email)
    await account.take(person.email)
    const reference = pathPart(req, 'reference')
    const key = req.house.keys.secondFactors
    const audit = await sign(contextOf(req), reference, { as, person, key, ...input }).catch(refusalOf)
    if (audit instanceof Error) {
      if (audit.reason !== 'password-wrong') throw audit
      const values = { ...(await again.values()), problems: notConfirmed(person), typed: req.body as unknown }
      return renderPage(req, res, again.view, values, 422)
    }
    await account.forget(person.email)
    const flash = audit.state === 'to-sign' ? 'signature-given' : 'signed'
    redirectWith(req, res, `/audits/${reference}/review`, `declaration:flash.${flash}`)
  })
}

async function signingValues(req: Request): Promise<PageValues> {
  const audit = await auditOf(pathPart(req, 'reference'))
  const { frozen } = audit
  if (!frozen) throw new NotFound()
  const { locale, now } = contextOf(req)
  const facts = frozen.facts as DeclarationFacts
  const as = signsAs(audit, { _id: req.person?._id ?? '', role: req.person?.role ?? '' })
  const state = paperStateOf(audit, { madeAt: now, replacedBy: null })
  const otherLocale = locale === 'da' ? 'en' : 'da'
  return {
    top: topOf(req, audit),
    paper: declarationPaper(facts, state, locale),
    // The hash is of both languages: whoever signs can read both here.
    other: { locale: otherLocale, paper: declarationPaper(facts, state, otherLocale) },
    hash: frozen.hash,
    as,
    stored: { title: as ? textIn(locale)(`auth:role.${as}`) : '' },
    holders: as ? await holdersOf(audit) : 0,
  }
}
