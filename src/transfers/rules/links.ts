import type { Day } from '../../base/day.js'
import { isEea, type CountryCode } from '../countries.js'
import { basisProblems, isDead, type BasisProblem, type ImporterRole, type Transfer } from './bases.js'

/** What a customer has instructed in its agreement (seed 002: C.6). */
export type TransferInstruction = {
  kind: 'scc-only' | 'any-valid' | 'countries' | 'none'
  countries: CountryCode[]
}
export const instructionKinds = ['scc-only', 'any-valid', 'countries', 'none'] as const

/** Countries of storage or access outside the EEA: each needs a basis. Seeing data from there is a transfer too (EDPB 05/2021). */
export function transfersNeeded(
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
): CountryCode[] {
  return [...new Set([...storage, ...access])].filter((code) => !isEea(code))
}

/** One country that needs a basis, and how it stands on the day. */
export type Link = {
  country: CountryCode
  state: 'lawful' | 'unlawful' | 'undocumented'
  transfers: { transfer: Transfer; problems: BasisProblem[] }[]
}

/** Each non-EEA country on its own: one basis that holds is enough, a second is the fallback. */
export function judgeLinks(
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  transfers: readonly Transfer[],
  day: Day,
  role: ImporterRole = 'sub-processor',
): Link[] {
  return transfersNeeded(storage, access).map((country) => {
    const judged = transfers
      .filter((transfer) => transfer.country === country)
      .map((transfer) => ({ transfer, problems: basisProblems(transfer, day, role) }))
    const holds = judged.some(({ problems }) => problems.every(({ severity }) => severity === 'warning'))
    return {
      country,
      state: judged.length === 0 ? 'undocumented' : holds ? 'lawful' : 'unlawful',
      transfers: judged,
    }
  })
}

/** Whether the customer's documented instruction reaches this transfer, lawful or not. No instruction, no transfer (8.3). */
export function instructionCovers(transfer: Transfer, instruction: TransferInstruction): boolean {
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
