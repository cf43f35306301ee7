/** A section of this room on an engagement's page: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import type { Engagement, Vendor } from '../register/rules.js'
import { supervisionToShow, yearOf } from './actions.js'
import { boardRow, dutyWords, scoreShown, weakWords } from './page.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

/** The score, how it is supervised, and what it owes this year; nothing for others than our own sub-processors. */
export async function engagementSupervisionPanel(
  engagement: Engagement,
  context: Context,
): Promise<Panel | null> {
  if (engagement.role !== 'sub-processor' || engagement.parent !== null) return null
  const { locale, today } = context
  const t = textIn(locale)
  const year = Number(today.slice(0, 4))
  const shown = await supervisionToShow(context, engagement.reference, year)
  return {
    title: t('supervision:panel.title', { year }),
    view: 'supervision/panel',
    values: {
      base: `/supervision/engagements/${engagement.reference}`,
      running: engagement.endedOn === null,
      score: scoreShown(shown, t),
      weak: shown.year ? weakWords(shown.year.weak, t) : null,
      duties: (shown.year?.duties ?? []).map((duty) =>
        dutyWords(duty, { engagement: engagement.reference, vendor: shown.vendor.reference }, locale),
      ),
    },
  }
}

/** On a vendor's page: its riskiest engagement, and how far its year has come. Nothing where it owes nothing this year. */
export async function vendorSupervisionPanel(
  vendor: Pick<Vendor, '_id'>,
  context: Context,
): Promise<Panel | null> {
  const { locale, today } = context
  const t = textIn(locale)
  const year = Number(today.slice(0, 4))
  const [row] = await yearOf(context, year, { vendor: vendor._id })
  if (!row) return null
  return {
    title: t('supervision:panel.title', { year }),
    view: 'supervision/vendor-panel',
    values: { row: boardRow(row, locale), boardUrl: `/supervision?q=${row.vendor.reference}` },
  }
}
