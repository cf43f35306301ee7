import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Customer } from '../../customers/rules.js'
import { contractCopyById, ContractCopyModel, insertContractCopy } from '../records.js'
import {
  contractsOf,
  isPaperOf,
  type ContractCopy,
  type ContractCopyBody,
  type Engagement,
} from '../rules.js'
import { apart } from '../rules/trail.js'

export type CopyAsked = { askedOn: Day; askedBy?: string; note?: string }
export type CopySent = { sentOn: Day; sentBy: string; file: string; note?: string }

const personal = ['askedBy', 'sentBy', 'note']

/**
 * A customer asked for a copy of the contract (7.5); `sent` where it has been answered already. Of one `request` each version is
 * registered once, however often this is called.
 */
export async function registerCopy(
  context: Context,
  engagement: Engagement,
  contract: string,
  customer: Pick<Customer, '_id' | 'sample'>,
  { asked, sent, request }: { asked: CopyAsked; sent: CopySent | null; request?: string },
): Promise<void> {
  const _id = request === undefined ? newId() : [request, engagement._id, contract].join('/')
  if (request !== undefined && (await contractCopyById(_id))) return
  if (sent) refuseOther(engagement, contract, sent.file)
  const body: ContractCopyBody = {
    engagement: engagement._id,
    contract,
    customer: customer._id,
    sentOn: null,
    ...asked,
    ...sent,
    ...(request === undefined ? {} : { request }),
    sample: engagement.sample && customer.sample,
  }
  const { facts, personal: free } = apart(body, personal)
  const move = { at: context.now, by: context.actor, event: 'contract-copy.registered' }
  const copy = await insertContractCopy({ _id, ...body }, { ...move, facts, personal: free })
  await record(ContractCopyModel, copy)
}

/** What the customer was sent in the end. Refused where that is on record already. */
export async function registerSending(
  context: Context,
  engagement: Engagement,
  copy: ContractCopy,
  sent: CopySent,
): Promise<void> {
  if (copy.sentOn !== null) throw new Refused('copy-already-sent')
  refuseOther(engagement, copy.contract, sent.file)
  const { facts, personal: free } = apart(sent, personal)
  await mustMove(context, ContractCopyModel, copy, sent, {
    event: 'contract-copy.sent',
    facts,
    personal: free,
  })
}

function refuseOther(engagement: Engagement, contract: string, file: string): void {
  const version = contractsOf(engagement).find(({ id }) => id === contract)
  if (!version) throw new NotFound()
  if (!isPaperOf(version, file)) throw new Refused('copy-of-another-contract')
}
