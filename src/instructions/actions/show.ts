import { NotFound } from '../../base/errors.js'
import type { Day } from '../../base/day.js'
import { customerByReference, customersByIds } from '../../customers/actions.js'
import type { Customer } from '../../customers/rules.js'
import type { Page } from '../../db/paging.js'
import { fileById, type StoredFile } from '../../files/actions.js'
import { allServices, engagementByReference, engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Service } from '../../register/rules.js'
import { pageOfInstructions } from '../records.js'
import type { Instruction } from '../rules.js'
import { instructionOf } from './give.js'

const pageSize = 50

export type InstructionsAsked = {
  q: string
  state: string
  subject: string
  /** References; '' for all. */
  customer: string
  engagement: string
  country: string
  on: Day | null
}

export type InstructionsShown = Page<Instruction> & {
  customer: Customer | null
  engagement: Engagement | null
}

/** Throws `NotFound` where the customer or the engagement asked for is none. */
export async function instructionsToList(
  asked: InstructionsAsked,
  cursor: string | undefined,
): Promise<InstructionsShown> {
  const [customer, engagement] = await Promise.all([
    asked.customer === '' ? null : customerByReference(asked.customer),
    asked.engagement === '' ? null : engagementByReference(asked.engagement),
  ])
  if (asked.engagement !== '' && !engagement) throw new NotFound()
  const keys = [
    asked.state && `state:${asked.state}`,
    asked.subject && `subject:${asked.subject}`,
    customer && `customer:${customer._id}`,
    engagement && `engagement:${engagement._id}`,
    asked.country && `country:${asked.country}`,
  ].filter((key): key is string => Boolean(key))
  const page = await pageOfInstructions({ q: asked.q, keys, on: asked.on }, cursor, pageSize)
  return { ...page, customer, engagement }
}

export type ShownInstruction = {
  instruction: Instruction
  customer: Customer | null
  engagement: Engagement | null
  vendor: string
  service: Service | null
  files: StoredFile[]
}

export async function instructionToShow(reference: string): Promise<ShownInstruction> {
  const instruction = await instructionOf(reference)
  const [[customer], [engagement], services, files] = await Promise.all([
    customersByIds([instruction.customer]),
    engagementsByIds(instruction.engagement === null ? [] : [instruction.engagement]),
    allServices(),
    Promise.all(instruction.files.map((file) => fileById(file))),
  ])
  const [vendor] = engagement ? await vendorsByIds([engagement.vendor]) : []
  return {
    instruction,
    customer: customer ?? null,
    engagement: engagement ?? null,
    vendor: vendor?.name ?? '',
    service: services.find(({ _id }) => _id === instruction.service) ?? null,
    files: files.filter((file) => file !== null),
  }
}

/** Only those of the instruction. Throws `NotFound`. */
export async function instructionFile(reference: string, file: string): Promise<string> {
  const { files } = await instructionOf(reference)
  if (!files.includes(file)) throw new NotFound()
  return file
}
