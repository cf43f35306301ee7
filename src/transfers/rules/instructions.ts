import type { CountryCode } from '../countries.js'
import { transfersNeeded } from './links.js'
import { isDead, type Transfer } from './transfer.js'

/** What a customer has instructed in its agreement (seed 002: C.6). */
export type TransferInstruction = {
  kind: 'scc-only' | 'any-valid' | 'countries' | 'none'
  countries: CountryCode[]
}
export const instructionKinds = ['scc-only', 'any-valid', 'countries', 'none'] as const

/** Whether the customer's documented instruction reaches this transfer, lawful or not. No instruction, no transfer (8.3). */
export function instructionCovers(
  transfer: Pick<Transfer, 'country' | 'basis'>,
  instruction: TransferInstruction,
): boolean {
  switch (instruction.kind) {
    case 'scc-only':
      // C.6 names the Commission's clauses alone: adequacy is lawful and still outside these words.
      return transfer.basis === 'scc-2021'
    case 'any-valid':
      return !isDead(transfer.basis)
    case 'countries':
      return !isDead(transfer.basis) && instruction.countries.includes(transfer.country)
    case 'none':
      return false
  }
}

/** Countries that are stored in or seen from without any basis the instruction reaches. Empty: all is instructed. */
export function notInstructed(
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  transfers: readonly Transfer[],
  instruction: TransferInstruction,
): CountryCode[] {
  return transfersNeeded(storage, access).filter(
    (code) =>
      !transfers.some((transfer) => transfer.country === code && instructionCovers(transfer, instruction)),
  )
}
