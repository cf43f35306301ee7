import type { Agreement } from '../../customers/rules/agreement.js'
import type { LineKind } from './notice.js'
import type { Mode, Recipient, RecipientLine } from './recipient.js'

/**
 * How a customer is asked about a line. `affected`: it buys a service the line is about; others are told where their list is
 * common to all.
 *
 * GDPR art. 28(2): under general authorisation the processor informs and the controller may object; under specific
 * authorisation nothing happens without approval (EDPB 07/2020, paras 151-157: silence is refusal).
 */
export function modeFor(kind: LineKind, agreement: Agreement, affected: boolean): Mode {
  if (!affected) return 'information'
  switch (kind) {
    // Clause 7.3 asks for notice of "tilføjelse eller udskiftning"; what merely goes takes nothing from the customer.
    case 'removal':
      return 'information'
    case 'addition':
      return agreement.authorisation === 'specific' ? 'approval' : 'notice'
    // B.1, last paragraph, can be read as asking for approval of another sub-processor for the same activity.
    case 'replacement':
      return agreement.authorisation === 'specific' || agreement.replacementNeedsApproval
        ? 'approval'
        : 'notice'
    // B.1, last paragraph: no other activity than the one described without written approval. C.5: no other place without it.
    case 'new-activity':
    case 'new-place':
      return 'approval'
    // C.6: the instruction says which bases will do. What it covers is told as any change of the sub-processor (7.3), also where
    // sub-processors are authorised one by one; what it does not cover waits for a fresh instruction: see `blocksFor`.
    case 'new-basis':
      return 'notice'
    // Nothing of what was approved changes: what would is refused as a correction.
    case 'correction':
      return 'information'
  }
}

const weight: Record<Mode, number> = { information: 0, notice: 1, approval: 2 }

/** The mode that decides what the customer's mail asks for: the heaviest of its lines. */
function heaviestMode(modes: readonly Mode[]): Mode {
  return modes.reduce<Mode>(
    (heaviest, mode) => (weight[mode] > weight[heaviest] ? mode : heaviest),
    'information',
  )
}

export function modeOf(recipient: { lines: readonly Pick<RecipientLine, 'mode'>[] }): Mode {
  return heaviestMode(recipient.lines.map(({ mode }) => mode))
}

/** What the reader is asked first: under notice nothing, unless the customer's instruction does not reach the transfer (C.6). */
export function askOf(recipient: Pick<Recipient, 'lines' | 'blockedBy'>): Mode | 'instruction' {
  const mode = modeOf(recipient)
  return mode === 'notice' && recipient.blockedBy.includes('instruction') ? 'instruction' : mode
}
