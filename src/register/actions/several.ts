import type { Context } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { refusedLine, type Outcome } from '../../lists/several.js'
import { engagementsByReferences, isApprovedFrom, vendorsByReferences } from '../records.js'
import type { Engagement, Vendor } from '../rules.js'
import {
  engagementVerdict,
  vendorVerdict,
  type EngagementChange,
  type Verdict,
  type VendorChange,
} from '../rules/several.js'
import { editEngagement } from './engagements.js'
import { editVendor } from './vendors.js'

/** What the change would do to each of these engagements. */
export async function planForEngagements(
  context: Context,
  references: readonly string[],
  change: EngagementChange,
): Promise<Outcome[]> {
  return eachEngagement(context, references, change, () => Promise.resolve('change'))
}

/** Each by itself: what cannot be changed is left with its reason and stops nothing else. */
export async function changeEngagements(
  context: Context,
  references: readonly string[],
  change: EngagementChange,
): Promise<Outcome[]> {
  return eachEngagement(context, references, change, async (engagement, after) => {
    await editEngagement(context, engagement, after)
    return 'changed'
  })
}

export async function planForVendors(
  context: Context,
  references: readonly string[],
  change: VendorChange,
): Promise<Outcome[]> {
  return eachVendor(context, references, change, () => Promise.resolve('change'))
}

export async function changeVendors(
  context: Context,
  references: readonly string[],
  change: VendorChange,
): Promise<Outcome[]> {
  return eachVendor(context, references, change, async (vendor, after) => {
    await editVendor(context, vendor, after)
    return 'changed'
  })
}

type Acting<Row, After> = (row: Row, after: After) => Promise<'change' | 'changed'>

async function eachEngagement(
  context: Context,
  references: readonly string[],
  change: EngagementChange,
  act: Acting<Engagement, Parameters<typeof editEngagement>[2]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { engagement, vendorName } of await engagementsByReferences(references)) {
    const approved = await isApprovedFrom(engagement._id, context.today)
    const verdict = engagementVerdict(engagement, change, approved)
    const outcome = await outcomeOf(context, verdict, (after) => act(engagement, after))
    outcomes.push({ reference: engagement.reference, name: vendorName, ...outcome })
  }
  return outcomes
}

async function eachVendor(
  context: Context,
  references: readonly string[],
  change: VendorChange,
  act: Acting<Vendor, Parameters<typeof editVendor>[2]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const vendor of await vendorsByReferences(references)) {
    const outcome = await outcomeOf(context, vendorVerdict(vendor, change), (after) => act(vendor, after))
    outcomes.push({ reference: vendor.reference, name: vendor.name, ...outcome })
  }
  return outcomes
}

async function outcomeOf<After>(
  { locale }: Context,
  verdict: Verdict<After>,
  act: (after: After) => Promise<'change' | 'changed'>,
): Promise<Pick<Outcome, 'outcome' | 'because'>> {
  if (verdict.outcome === 'already') return { outcome: 'already' }
  if (verdict.outcome === 'cannot')
    return { outcome: 'cannot', because: textIn(locale)(`lists:bulk.because.${verdict.because}`) }
  try {
    return { outcome: await act(verdict.after) }
  } catch (error) {
    return { outcome: 'cannot', because: refusedLine(error, locale) }
  }
}
