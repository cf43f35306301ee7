import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import { filesOf, type ContractVersion } from './contract.js'

/** A customer asked for a copy of the contract with a sub-processor, and what it was sent when (clause 7.5). */
export type ContractCopyBody = {
  engagement: string
  /** The version's id on the engagement. */
  contract: string
  customer: string
  askedOn: Day
  askedBy?: string
  /** Null while it has not been sent. */
  sentOn: Day | null
  sentBy?: string
  file?: string
  note?: string
  /** The request it answers: 'RQ-2026-001'. */
  request?: string
  sample: boolean
}
export type ContractCopy = ContractCopyBody & Moved & { _id: string }

/** Only a paper of that very version is a copy of it. */
export function isPaperOf(version: ContractVersion, file: string): boolean {
  return filesOf(version).includes(file)
}
