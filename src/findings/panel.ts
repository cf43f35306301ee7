/** Sections of this room on the pages of others: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import type { Engagement, Vendor } from '../register/rules.js'
import { findingsOfEngagement, findingsOfVendor } from './records.js'
import { findingItem } from './page.js'
import type { Finding } from './rules.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

export async function engagementFindingsPanel(engagement: Engagement, context: Context): Promise<Panel> {
  return panelOf(await findingsOfEngagement(engagement._id), context)
}

export async function vendorFindingsPanel(vendor: Vendor, context: Context): Promise<Panel> {
  return panelOf(await findingsOfVendor(vendor._id), context)
}

/** Those that run, and a few that are over. */
function panelOf(findings: readonly Finding[], { today, locale }: Context): Panel {
  const t = textIn(locale)
  return {
    title: t('findings:title'),
    view: 'partials/linked',
    values: {
      items: findings.slice(0, 20).map((finding) => findingItem(finding, { today, locale })),
      empty: t('findings:panel.empty'),
    },
  }
}
