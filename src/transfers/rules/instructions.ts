import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'
import type { Law } from './decisions.js'
import { reaches, transfersNeeded, usesOf, type Use } from './links.js'
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

/**
 * Which instructions do not reach all of it: every one of these kinds, and of those by country any that leaves one of `countries`
 * out. The same as `notInstructed`, of all that can be instructed.
 */
export function instructionsLacking(
  law: Law,
  day: Day,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  transfers: readonly Transfer[],
): { kinds: TransferInstruction['kind'][]; countries: CountryCode[] } {
  const needed = transfersNeeded(law, storage, access, day)
  const lacks = (kind: TransferInstruction['kind']) =>
    notInstructed(law, day, storage, access, transfers, { kind, countries: needed }).length > 0
  const kinds = instructionKinds.filter(lacks)
  return { kinds, countries: kinds.includes('countries') ? [] : needed }
}

/**
 * Whether the instruction reaches each use of the country by a basis that is meant for it: clauses for storage alone leave remote
 * access on an adequacy decision outside "SCC only" (EDPB 05/2021: seeing is transferring).
 */
export function usesInstructed(
  uses: readonly Use[],
  transfers: readonly Pick<Transfer, 'country' | 'basis' | 'way'>[],
  instruction: TransferInstruction,
): boolean {
  const covering = transfers.filter((transfer) => instructionCovers(transfer, instruction))
  return uses.every((use) => covering.some((transfer) => reaches(transfer, use)))
}

/**
 * Countries that are stored in or seen from without any basis for it that the instruction reaches. Empty: all is instructed.
 */
export function notInstructed(
  law: Law,
  day: Day,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  transfers: readonly Transfer[],
  instruction: TransferInstruction,
): CountryCode[] {
  return transfersNeeded(law, storage, access, day).filter(
    (code) =>
      !usesInstructed(
        usesOf(code, storage, access),
        transfers.filter(({ country }) => country === code),
        instruction,
      ),
  )
}
