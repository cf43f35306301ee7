import { searchTokens } from '../../db/keys.js'
import type { Instruction } from './instruction.js'

/** What the list finds an instruction by; kept on its record, set with every move of it. */
export type InstructionListing = { tokens: string[]; keys: string[] }

export function instructionListing(instruction: Instruction): InstructionListing {
  const { reference, customerName, customerReference, text, by, state, subject } = instruction
  const { customer, engagement, service, countries, request } = instruction
  return {
    tokens: searchTokens(reference, customerName, customerReference, text, by.name, request),
    keys: [
      `state:${state}`,
      `subject:${subject}`,
      `customer:${customer}`,
      ...(engagement === null ? [] : [`engagement:${engagement}`]),
      ...(service === null ? [] : [`service:${service}`]),
      ...countries.map((country) => `country:${country}`),
    ],
  }
}
