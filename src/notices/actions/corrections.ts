import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { editVendor, engagementContent, engagementsOfVendor, vendorsByIds } from '../../register/actions.js'
import type { EngagementContent } from '../../register/rules.js'
import { vendorFacts } from '../../register/rules.js'
import { beyondCorrection, correctedIn, vendorAsCorrected, withCorrection } from '../rules/correction.js'
import type { Line, Notice } from '../rules/notice.js'

/** A correction's line as the register has it now: before, after, and whose lists print it. */
export async function correctionContents(line: Line): Promise<Line> {
  const before = await engagementContent(line.engagement)
  if (!before) return { ...line, content: null, replacedContent: null }
  const corrected = correctedIn(before, line.corrected ?? {})
  return {
    ...line,
    corrected,
    content: withCorrection(before, corrected),
    replacedContent: before,
    otherServices: await servicesOfVendor(before),
  }
}

// A vendor's name or address stands on the lists of all its engagements.
async function servicesOfVendor({ vendor }: EngagementContent): Promise<string[]> {
  const running = (await engagementsOfVendor(vendor)).filter(
    ({ endedOn, role }) => endedOn === null && role === 'sub-processor',
  )
  return [...new Set(running.flatMap(({ services }) => services))]
}

const attempts = 10

/**
 * Puts right in the register what the notice tells to be put right: a version from that day. What reads so already stays, so a
 * repeat after a crash changes nothing.
 * Throws `Refused('correction-beyond')` where it would change what customers have approved.
 */
export async function applyCorrections(context: Context, notice: Notice): Promise<void> {
  for (const { kind, corrected, replacedContent } of notice.lines) {
    if (kind !== 'correction' || !corrected || !replacedContent) continue
    if (beyondCorrection(replacedContent, corrected).length > 0) throw new Refused('correction-beyond')
    const because = [notice.reference, corrected.sameEntityBecause].filter(Boolean).join(': ')
    for (let tried = 1; ; tried += 1) {
      const [vendor] = await vendorsByIds([replacedContent.vendor])
      if (!vendor) break
      const { reference, version } = vendor
      const facts = vendorAsCorrected(vendorFacts(vendor), corrected)
      try {
        await editVendor(context, { reference, version }, facts, because)
        break
      } catch (error) {
        // Somebody saved the vendor at this moment; what is put right is put right on top of that.
        if (!(error instanceof Refused) || error.reason !== 'changed-meanwhile' || tried >= attempts)
          throw error
      }
    }
  }
}
