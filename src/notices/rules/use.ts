import type { Day } from '../../base/day.js'
import { contractStanding, type Engagement } from '../../register/rules.js'
import { isHeld, judgeLinks, needsTia, type Law } from '../../transfers/rules.js'
import type { Change } from './delivery.js'
import { stateAfter } from './permission.js'
import { isEnded, type Recipient } from './recipient.js'

export type UseFacts = Pick<
  Engagement,
  | 'contract'
  | 'contracts'
  | 'dueDiligence'
  | 'storageCountries'
  | 'accessCountries'
  | 'transfers'
  | 'role'
  | 'parent'
>

export type UseBlock = 'contract' | 'contract-later' | 'due-diligence' | 'tia' | 'basis'

/**
 * What our own side still owes before the sub-processor is used; none of it keeps a notice from being issued.
 *
 * - contract: clause 7.4, the same duties by contract before it processes anything; one that takes effect later binds to nothing yet.
 *   A link further down signs with the one above it, which answers to us for that (Art. 28(4)): no contract of ours is missing.
 * - due diligence: GDPR art. 28(1), sufficient guarantees.
 * - TIA: clauses and group rules need an assessment of the importer's law (EDPB 01/2020).
 * - basis: clause 8.1, chapter V.
 */
export function useBlocksOf(law: Law, engagement: UseFacts, day: Day): UseBlock[] {
  const { dueDiligence } = engagement
  const blocks: UseBlock[] = [...contractBlocksOf(engagement, day)]
  const accepted =
    dueDiligence?.conclusion === 'accepted' || dueDiligence?.conclusion === 'accepted-with-conditions'
  if (!accepted || !dueDiligence?.concludedOn || dueDiligence.concludedOn > day) blocks.push('due-diligence')
  if (!linksHold(law, engagement, day, 'with-tia'))
    blocks.push(linksHold(law, engagement, day, 'tia-aside') ? 'tia' : 'basis')
  return blocks
}

/** What of these the contract is, on the day that use begins. */
export function contractBlocksOf(
  engagement: Pick<UseFacts, 'contract' | 'contracts' | 'parent'>,
  day: Day,
): UseBlock[] {
  if (engagement.parent !== null) return []
  const standing = contractStanding(engagement, day)
  return standing === 'binds' ? [] : [standing === 'later' ? 'contract-later' : 'contract']
}

/** Whether each country outside the EEA has a basis in law; a TIA that is not concluded yet is another matter. */
export function basisHolds(
  law: Law,
  engagement: Omit<UseFacts, 'contract' | 'contracts' | 'dueDiligence' | 'parent'>,
  day: Day,
): boolean {
  return linksHold(law, engagement, day, 'tia-aside')
}

function linksHold(
  law: Law,
  engagement: Omit<UseFacts, 'contract' | 'contracts' | 'dueDiligence' | 'parent'>,
  day: Day,
  tia: 'with-tia' | 'tia-aside',
): boolean {
  const { storageCountries, accessCountries, transfers, role } = engagement
  return judgeLinks(law, storageCountries, accessCountries, transfers, day, role).every(
    ({ uses, transfers: judged }) =>
      isHeld(
        uses,
        judged,
        (transfer, { text }) => tia === 'tia-aside' && needsTia(transfer) && text === 'tia-missing',
      ),
  )
}

/** Whether use of the line can be confirmed for this customer from that day. */
export function mayBeUsed(
  recipient: Pick<Recipient, 'state' | 'held' | 'lines'>,
  line: string,
  day: Day,
): boolean {
  if (recipient.held || isEnded(recipient.state)) return false
  const part = recipient.lines.find(({ line: id }) => id === line)
  return part?.permittedFrom != null && part.permittedFrom <= day && part.inUseSince === null
}

/**
 * The line is in use for this customer from that day. Where the notice is still on its way to the customer (a consent came first, or it is
 * newly asked about another line), it goes on being on its way: what is left to be decided has no period before it has come.
 */
export function used(recipient: Recipient, line: string, day: Day): Change {
  const lines = recipient.lines.map((part) => (part.line === line ? { ...part, inUseSince: day } : part))
  const after = stateAfter(lines)
  return { lines, state: after === 'in-use' || recipient.lastDay !== null ? after : recipient.state }
}
