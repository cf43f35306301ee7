import { expect } from 'chai'
import ExcelJS from 'exceljs'
import type request from 'supertest'
import { addCustomer } from '../../src/customers/actions.js'
import { workbookPieces, sheetsPieces } from '../../src/documents/workbook-stream.js'
import { storeFile } from '../../src/files/actions.js'
import { approve, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import { EngagementModel } from '../../src/register/records/engagements.js'
import { insertContractCopy } from '../../src/register/records/contract-copies.js'
import { aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'

describe('What the registers’ own export leaves out', () => {
  const tilsyn = useApp()

  async function sheets(): Promise<Map<string, string[][]>> {
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await visit(agent, '/imports')).links).to.include('/register/kept/export')
    const { body } = await agent.get('/register/kept/export').buffer(true).parse(asBytes).expect(200)
    return read(body as Buffer)
  }

  it('is a workbook with a sheet of each: contracts, readings, copies, corrections, approvals, files', async () => {
    const context = tilsyn.context()
    const { _id: service } = await createService(context, { name: { da: 'Drift', en: 'Hosting' }, order: 1 })
    const customer = await addCustomer(context, aCustomer({ services: [service] }))
    const { _id: vendor } = await createVendor(context, vendorInput({ name: '=Nordbackup ApS' }))
    const { _id, reference } = await createEngagement(context, {
      ...engagementInput({ services: [service] }),
      vendor,
    })
    const stored = await storeFile(context, {
      name: 'aftale.pdf',
      bytes: Buffer.from('%PDF-1.4 test'),
      about: { kind: 'engagement', id: _id },
    })
    const check = {
      on: '2026-02-01',
      by: 'Karen',
      answers: [
        { point: 'subject', result: 'met', clause: '1.1' },
        { point: 'a', result: 'partly', note: 'kun mundtligt' },
      ],
      theirs: {},
      owed: { breachHours: null, notice: null },
    }
    const by = { kind: 'staff', id: 'p1' }
    await EngagementModel.updateOne(
      { _id },
      {
        $set: {
          contracts: [
            {
              id: '1',
              template: 'theirs',
              dpaVersion: '2.0',
              signedOn: '2026-01-01',
              file: stored._id,
              redacted: [],
              checks: [check],
            },
          ],
          corrections: [
            {
              id: 'c1',
              from: '2026-01-01',
              to: '2026-02-01',
              values: { storageCountries: ['SE'] },
              without: [],
              because: 'Slåfejl',
              file: null,
              recordedOn: '2026-03-01',
              by,
              recordedAt: new Date(),
            },
          ],
        },
      },
    )
    await approve(context, [
      { customer: customer._id, engagement: _id, from: '2026-01-05', notice: null, kind: 'baseline' },
    ])
    await insertContractCopy(
      {
        _id: 'copy1',
        engagement: _id,
        contract: '1',
        customer: customer._id,
        askedOn: '2026-04-01',
        sentOn: null,
        sample: false,
      },
      { at: new Date(), by: { kind: 'staff', id: 'p1' }, event: 'contract-copy.asked', facts: {} },
    )

    const found = await sheets()
    expect([...found.keys()]).to.deep.equal([
      'Contracts',
      'Readings (Art. 28)',
      'Copies handed out',
      'Corrections',
      'Approvals',
      'Files',
    ])
    const [, contract] = found.get('Contracts') ?? []
    expect(contract).to.include.members([reference, "'=Nordbackup ApS", '2.0', '2026-01-01', stored._id])
    expect(found.get('Readings (Art. 28)')).to.have.length(3)
    expect(found.get('Readings (Art. 28)')?.[2]).to.include('kun mundtligt')
    expect(found.get('Copies handed out')?.[1]).to.include.members([
      reference,
      customer.reference,
      '2026-04-01',
    ])
    expect(found.get('Corrections')?.[1]).to.include.members([
      reference,
      'Slåfejl',
      '{"storageCountries":["SE"]}',
    ])
    expect(found.get('Approvals')?.[1]).to.include.members([customer.reference, reference, '2026-01-05'])
    expect(found.get('Files')?.[1]).to.include.members(['aftale.pdf', stored.sha256])
  })

  it('goes on in another sheet where one is full, under the same headings', async () => {
    const rows = async function* () {
      yield ['Nr.']
      for (let number = 1; number <= 5; number += 1) yield [String(number)]
    }
    const pieces: Buffer[] = []
    for await (const piece of sheetsPieces([{ name: 'Alt', rows }], 3)) pieces.push(piece)
    const found = await read(Buffer.concat(pieces))
    expect([...found]).to.deep.equal([
      ['Alt', [['Nr.'], ['1'], ['2']]],
      ['Alt 2', [['Nr.'], ['3'], ['4']]],
      ['Alt 3', [['Nr.'], ['5']]],
    ])
    const one: Buffer[] = []
    for await (const piece of workbookPieces('Ét', rows())) one.push(piece)
    expect((await read(Buffer.concat(one))).get('Ét')).to.have.length(6)
  })

  it('is for those who keep the register', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor', 'en')
    await agent.get('/register/kept/export').expect(403)
  })
})

async function read(bytes: Buffer): Promise<Map<string, string[][]>> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes as never)
  return new Map(
    workbook.worksheets.map((sheet) => [
      sheet.name,
      sheet.getRows(1, sheet.rowCount)?.map((row) => (row.values as string[]).slice(1)) ?? [],
    ]),
  )
}

function asBytes(answer: request.Response, done: (error: Error | null, bytes: Buffer) => void) {
  const parts: Buffer[] = []
  const stream = answer as unknown as NodeJS.ReadableStream
  stream.on('data', (part: Buffer) => parts.push(part))
  stream.on('end', () => done(null, Buffer.concat(parts)))
}
