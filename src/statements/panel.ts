/** Sections of this room on the pages of rooms below: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import type { FindingSource } from '../findings/rules.js'
import { textIn } from '../i18n/texts.js'
import type { CentreJudgements } from '../register/page.js'
import type { Engagement, Vendor } from '../register/rules.js'
import {
  centresNow,
  centresOf,
  coverageOf,
  settingsNow,
  statementById,
  type CentresAsked,
} from './actions.js'
import { centresPage, nameOf, timelinePage, urlOf } from './page.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

export async function vendorStatementsPanel(vendor: Vendor, context: Context): Promise<Panel> {
  const lanes = await coverageOf({ vendor: vendor._id }, context.today)
  return {
    title: textIn(context.locale)('statements:title'),
    view: 'statements/panel',
    values: { timeline: timelinePage(lanes, context.today, context.locale), vendor: vendor.reference },
  }
}

/** What the engagement's vendor has; nothing where it is no sub-processor of ours. */
export async function engagementStatementsPanel(
  engagement: Engagement,
  context: Context,
): Promise<Panel | null> {
  if (engagement.role !== 'sub-processor') return null
  const lanes = await coverageOf(engagement, context.today)
  return {
    title: textIn(context.locale)('statements:title'),
    view: 'statements/panel',
    values: { timeline: timelinePage(lanes, context.today, context.locale), vendor: null },
  }
}

/** How data centres stand against C.2: handed to the register in `app.ts`, so that no page says otherwise than ours. */
export async function centresInStatements(
  of: 'all' | CentresAsked,
  { today, locale }: Context,
): Promise<CentreJudgements> {
  const judged = of === 'all' ? await centresNow(today) : await centresOf(of, today)
  const { terms } = await settingsNow()
  return new Map(
    centresPage(judged, today, locale, terms).rows.map(
      ({ key, ok, state, why, until, through, statement, action }) => [
        key,
        { ok, state, why: [until || why, through].filter(Boolean).join('. '), statement, action },
      ],
    ),
  )
}

/** Where a finding of a statement came from: handed to the findings room in `app.ts`. */
export async function statementFound(
  { id }: FindingSource,
  { locale }: Context,
): Promise<{ text: string; url: string } | null> {
  const statement = await statementById(id)
  if (!statement) return null
  const t = textIn(locale)
  return { text: `${statement.reference}: ${nameOf(statement, t)}`, url: urlOf(statement) }
}

/** Of a rule there is one so far: C.2, on data centres. */
export function ruleFound(
  { id }: FindingSource,
  { locale }: Context,
): Promise<{ text: string; url: string } | null> {
  return Promise.resolve(
    id.startsWith('C.2/')
      ? { text: textIn(locale)('statements:centre.title'), url: '/statements/data-centres' }
      : null,
  )
}
