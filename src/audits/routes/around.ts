import type { Request } from 'express'
import { contextOf, pathPart } from '../../web/page.js'
import { auditReferences, namesIn } from '../actions/names.js'
import { auditAtWork, type AuditAtWork } from '../actions/read.js'
import type { Around } from '../page/overview.js'
import { auditUrl, stateOf } from '../page/words.js'
import type { Audit } from '../rules/audit.js'
import { textIn } from '../../i18n/texts.js'

/** The audit of the address. Throws `NotFound`. */
export async function atWork(req: Request): Promise<AuditAtWork> {
  return auditAtWork(pathPart(req, 'reference'))
}

export async function around(req: Request, whole: AuditAtWork): Promise<Around & { zone: string }> {
  const { today, locale } = contextOf(req)
  const [names, references] = await Promise.all([namesIn([whole.audit], whole.tests), auditReferences()])
  return { today, locale, names, references, me: req.person?._id ?? '', zone: req.house.config.zone }
}

/** What every page of an audit shows on top: see views/audits/_top.ejs. */
export function topOf(req: Request, audit: Audit) {
  const t = textIn(req.locale)
  return {
    reference: audit.reference,
    year: audit.year,
    url: auditUrl(audit),
    state: stateOf(audit, t),
    name: t('audits:title-of', { year: audit.year }),
    open: audit.state === 'open',
  }
}
