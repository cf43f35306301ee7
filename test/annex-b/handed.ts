import { expect } from 'chai'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import request from 'supertest'
import { addCustomer } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  editVendor,
  endApprovals,
} from '../../src/register/actions.js'
import { aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import type { Tilsyn } from '../support/app.js'
import type { Agent } from '../support/people.js'

/** Signed with Datto alone; Datto is renamed in 2025, Curanet comes by a notice in May 2026, and Datto goes in June. */
export async function aSignedCustomer(tilsyn: Tilsyn): Promise<Customer> {
  const at = (day: string) => {
    tilsyn.moveTo(day)
    return tilsyn.context()
  }
  const service = await createService(at('2024-01-01'), {
    name: { da: 'Hosting', en: 'Hosting' },
    order: 1,
  })
  const { registration: _, ...withoutNumber } = vendorInput({
    name: 'Datto, Inc.',
    address: 'Xxxxxxxx 701, Xxxxx',
    country: 'US',
    contacts: [],
  })
  const datto = await createVendor(at('2024-01-01'), { ...withoutNumber, registration: null })
  const engage = (vendor: string, changes = {}) =>
    createEngagement(tilsyn.context(), {
      ...engagementInput({ services: [service._id], ...changes }),
      vendor,
    })
  const old = await engage(datto._id, {
    activity: { da: 'Backup af MS365', en: 'Backup of MS365' },
    accessCountries: ['DK', 'US'],
  })
  const customer = await addCustomer(
    at('2024-01-01'),
    aCustomer({
      name: 'Møllegården & Søn A/S',
      registration: { kind: 'CVR', number: '29403473' },
      from: '2024-01-01',
      agreement: { ...aCustomer().agreement, dpaVersion: '2.1', signedOn: '2024-01-01' },
      services: [service._id],
    }),
  )
  const row = { customer: customer._id, notice: null }
  await approve(tilsyn.context(), [{ ...row, engagement: old._id, from: '2024-01-01', kind: 'baseline' }])
  await editVendor(
    at('2025-03-01'),
    datto,
    { ...withoutNumber, registration: null, name: 'Kaseya' },
    'Nyt navn',
  )
  const curanet = await createVendor(at('2026-03-01'), vendorInput())
  const fresh = await engage(curanet._id)
  const notice = 'CN-2026-001'
  await approve(at('2026-05-01'), [
    { customer: customer._id, engagement: fresh._id, from: '2026-05-01', kind: 'no-objection', notice },
  ])
  await endApprovals(at('2026-06-01'), { engagement: old._id, to: '2026-06-01', notice })
  tilsyn.moveTo('2026-11-23')
  return customer
}

export const path = (order: Record<string, string>) =>
  `/customers/C-0001/annex-b?${new URLSearchParams(order).toString()}`

export async function download(agent: Agent, url: string) {
  const answer = await agent.get(url).buffer(true).parse(asBytes)
  expect(answer.status, url).to.equal(200)
  return { headers: answer.headers, bytes: answer.body as Buffer }
}

function asBytes(answer: request.Response, done: (error: Error | null, bytes: Buffer) => void) {
  const parts: Buffer[] = []
  const stream = answer as unknown as NodeJS.ReadableStream
  stream.on('data', (part: Buffer) => parts.push(part))
  stream.on('end', () => done(null, Buffer.concat(parts)))
}

export async function readPdf(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const content = await (await pdf.getPage(index + 1)).getTextContent()
      return content.items.map((item) => ('str' in item ? item.str : '')).join(' ')
    }),
  )
  const { info } = await pdf.getMetadata()
  return { text: pages.join(' ').replace(/\s+/g, ' '), info: info as Record<string, unknown> }
}
