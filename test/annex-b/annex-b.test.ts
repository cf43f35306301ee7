import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { addCustomer } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  editVendor,
  endApprovals,
  listOn,
} from '../../src/register/actions.js'
import { aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { databaseUri } from '../support/database.js'
import { signedIn, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

describe('Annex B', function () {
  this.timeout(60_000)
  const tilsyn = useApp()
  let customer: Customer

  // Signed with Datto alone; Datto is renamed in 2025, Curanet comes by a notice in May 2026, and Datto goes in June.
  beforeEach(async () => {
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
    customer = await addCustomer(
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
  })

  const path = (order: Record<string, string>) =>
    `/customers/C-0001/annex-b?${new URLSearchParams(order).toString()}`

  async function download(agent: Agent, url: string) {
    const answer = await agent.get(url).buffer(true).parse(asBytes)
    expect(answer.status, url).to.equal(200)
    return { headers: answer.headers, bytes: answer.body as Buffer }
  }

  it('is a PDF in the four columns of the agreement, with parties, version and what changed', async () => {
    const { agent } = await signedIn(tilsyn)
    const { headers, bytes } = await download(
      agent,
      path({ on: '2026-11-23', lang: 'da', columns: 'b1', format: 'pdf' }),
    )
    expect(headers['content-type']).to.equal('application/pdf')
    expect(headers['content-disposition']).to.include('Bilag B C-0001 2026-11-23.pdf')
    const { text, info } = await readPdf(bytes)
    expect(info).to.include({ Language: 'da-DK', Title: 'Bilag B. Underdatabehandlere' })
    for (const said of [
      'NAVN CVR ADRESSE BESKRIVELSE AF BEHANDLING',
      'Curanet A/S 29412006 Højvangen 4, 8660 Skanderborg, Danmark Drift af webhoteller',
      'Møllegården & Søn A/S, CVR 29403473, C-0001',
      'Nordvang Drift A/S, CVR 35240136',
      'Version 2.1, underskrevet 1. januar 2024',
      '4, gældende fra 1. juni 2026 efter varsel CN-2026-001',
      'Kaseya er gået ud af listen.',
      'Navn: før »Datto, Inc.«, nu »Kaseya«.',
      'mindst 30 dage, før den nye behandling starter',
      'Parterne bekræfter, at version 4 af listen, som den er pr. 23. november 2026, er bilag B til databehandleraftalen, version 2.1.',
      'Databehandler Nordvang Drift A/S',
      'Side 1 af',
    ])
      expect(text).to.include(said)
    expect(text).not.to.include('Ufuldstændige oplysninger').and.not.to.include('OVERFØRSELSGRUNDLAG')
  })

  it('shows a past day as it was, and says plainly what is missing', async () => {
    const { agent } = await signedIn(tilsyn)
    const { bytes } = await download(
      agent,
      path({ on: '2024-02-01', lang: 'en', columns: 'complete', format: 'pdf' }),
    )
    const { text } = await readPdf(bytes)
    for (const said of [
      'Datto, Inc.',
      '1, in force from 1 January 2024',
      'This is the first version of the list.',
      '(struck out in the source)',
      'United States: Missing',
      'Contact: Missing',
      'Incomplete details',
      'Transfer basis for United States.',
      'On the list from: 1 January 2024 (Accepted at signing)',
    ])
      expect(text).to.include(said)
    expect(text).not.to.include('Kaseya').and.not.to.include('Curanet').and.not.to.include('Signed data')
  })

  it('is a Word document in the chosen language, the heading row of the list repeating', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor')
    const { headers, bytes } = await download(
      agent,
      path({ on: '2026-05-15', lang: 'en', columns: 'complete', format: 'docx' }),
    )
    expect(headers['content-disposition']).to.include('Appendix B C-0001 2026-05-15.docx')
    const parts = unzipSync(new Uint8Array(bytes))
    const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
    expect(strFromU8(parts['word/styles.xml'] ?? new Uint8Array())).to.match(/<w:lang [^>]*w:val="en-GB"/)
    expect(document).to.include('w:orient="landscape"').and.to.include('<w:tblHeader/>')
    for (const said of [
      'B.1. Approved sub-processors',
      'Møllegården &amp; Søn A/S',
      'WHERE AND ON WHAT BASIS',
      'Transfer basis: Within the EU/EEA only',
      'No objection, CN-2026-001',
    ])
      expect(document).to.include(said)
  })

  it('is a workbook with every detail in a column of its own', async () => {
    const { agent } = await signedIn(tilsyn)
    const { bytes } = await download(
      agent,
      path({ on: '2026-05-15', lang: 'da', columns: 'complete', format: 'xlsx' }),
    )
    const book = new exceljs.Workbook()
    await book.xlsx.load(bytes as never)
    const sheet = book.getWorksheet('Bilag B.1')
    const cells = (row: number) => [sheet?.getRow(row).values ?? []].flat()
    expect(cells(1)).to.deep.equal([
      'NAVN',
      'CVR',
      'ADRESSE',
      'KONTAKTPERSON',
      'BESKRIVELSE AF BEHANDLING',
      'YDELSER',
      'TYPER AF PERSONOPLYSNINGER',
      'REGISTREREDE',
      'OPBEVARINGSLANDE',
      'ADGANGSLANDE',
      'LOKALITETER',
      'OVERFØRSELSGRUNDLAG',
      'BRUGT GENNEM',
      'PÅ LISTEN FRA',
    ])
    expect(cells(2).slice(0, 4)).to.deep.equal([
      'Curanet A/S',
      '29412006',
      'Højvangen 4, 8660 Skanderborg, Danmark',
      'Dorthe Holm, dpo@curanet.example',
    ])
    expect(cells(3).slice(0, 2)).to.deep.equal(['Kaseya', 'Mangler'])
    expect(book.worksheets).to.have.length(2)
  })

  it('is chosen on a page, on the customer and below its list; what cannot be is said on the page', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/customers/C-0001/annex-b')).h1).to.include('Møllegården & Søn A/S')
    expect((await visit(agent, '/customers/C-0001')).html).to.include('action="/customers/C-0001/annex-b"')
    const list = await visit(agent, '/register?customer=C-0001&on=2026-05-15')
    expect(list.html)
      .to.include('action="/customers/C-0001/annex-b"')
      .and.to.include('name="on" value="2026-05-15"')
    expect((await visit(agent, '/register')).html).not.to.include('annex-b')
    const wrong = await agent.get(path({ on: '2026-13-01', lang: 'de', columns: 'x', format: 'odt' }))
    const page = inspect(wrong.text, wrong.status)
    expect(page.status).to.equal(422)
    expect(page.html).to.include('Enter a valid date.').and.to.include('value="2026-13-01"')
    expect((await agent.get('/customers/C-0099/annex-b?format=pdf')).status).to.equal(404)
    expect((await request(tilsyn.app).get(path({ format: 'pdf' }))).status).to.equal(303)
  })

  it('keeps who was handed which version in which form, with the hash by which the file can be known again', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/customers/C-0001/annex-b')).text).to.include(
      'No Annex B has been downloaded',
    )
    const { bytes } = await download(
      agent,
      path({ on: '2026-05-15', lang: 'en', columns: 'b1', format: 'pdf' }),
    )
    const page = await visit(agent, '/customers/C-0001/annex-b')
    expect(page.text)
      .to.include('15 May 2026 3 The four columns of B.1, English, PDF')
      .and.to.include('Anders officer')
      .and.to.include(createHash('sha256').update(bytes).digest('hex'))
    expect((await visit(agent, '/log?kind=annex-b')).text).to.include('Annex B handed out')
  })

  it('lists the links further down the chain with contact, country and basis where it is complete (EDPB 22/2024)', async () => {
    const { agent } = await signedIn(tilsyn)
    const [curanet] = (await listOn(customer._id, '2026-11-23')).filter(
      ({ content }) => content.parent === null,
    )
    let parent = curanet?.engagement ?? null
    for (const name of ['Stenvad Storage ApS', 'Deep Archive Ltd.']) {
      const { _id: vendor } = await createVendor(tilsyn.context(), vendorInput({ name }))
      const link = engagementInput({
        parent,
        services: [],
        storageCountries: ['IE'],
        accessCountries: ['IE'],
      })
      parent = (await createEngagement(tilsyn.context(), { ...link, vendor }))._id
    }
    const order = { on: '2026-11-23', lang: 'en', format: 'pdf' }
    const { text } = await readPdf((await download(agent, path({ ...order, columns: 'complete' }))).bytes)
    for (const said of [
      'Further links of the chain 2 sub-processors are used by those on the list',
      'Deep Archive Ltd.',
      'Curanet A/S › Stenvad Storage ApS',
      'Storage: Ireland',
    ])
      expect(text).to.include(said)
    expect(text.match(/Contact: Dorthe Holm, dpo@curanet.example/g)).to.have.length(3)
    const { bytes } = await download(agent, path({ ...order, columns: 'b1' }))
    expect((await readPdf(bytes)).text).not.to.include('Deep Archive')
  })

  it('names one above in the chain that the customer has not approved, and says so', async () => {
    const { agent } = await signedIn(tilsyn)
    const [own] = (await listOn(customer._id, '2026-11-23')).filter(({ content }) => content.parent === null)
    const links: string[] = []
    for (const [name, parent] of [
      ['Uden Aftale ApS', null],
      ['Under Ukendt ApS', 0],
      ['Under Kendt ApS', own?.engagement ?? null],
    ] as const) {
      const { _id: vendor } = await createVendor(tilsyn.context(), vendorInput({ name }))
      const above = parent === 0 ? (links[0] ?? null) : parent
      const facts = engagementInput({ parent: above, services: own?.content.services ?? [] })
      links.push((await createEngagement(tilsyn.context(), { ...facts, vendor }))._id)
    }
    await approve(
      tilsyn.context(),
      links.slice(1).map((engagement) => ({
        customer: customer._id,
        engagement,
        from: '2026-11-23',
        notice: null,
        kind: 'baseline' as const,
      })),
    )
    const order = { on: '2026-11-23', lang: 'en', format: 'pdf', columns: 'complete' }
    const { text } = await readPdf((await download(agent, path(order))).bytes)
    expect(text).to.include('Uden Aftale ApS (not approved on this list)')
    expect(text).to.include(`Used through: ${own?.content.vendorName}`)
    expect(text).not.to.include(`${own?.content.vendorName} (not approved`)
  })

  it("is on the customer's own page, for that customer alone, in its language", async () => {
    await signedIn(tilsyn)
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: customer.contacts[0]?.id ?? '',
      about: { kind: 'customer', id: customer._id },
      expiresOn: '2027-12-31',
    })
    const reader = request.agent(tilsyn.app)
    const { pathname } = new URL(linkUrl(link, linkMaker(tilsyn.house)))
    expect((await reader.get(pathname)).status).to.equal(303)
    const base = `/c/${link._id}/list`
    expect((await visit(reader, `${base}?on=2026-05-15`)).html).to.include(`action="${base}/annex-b"`)
    expect((await visit(reader, `${base}?on=2020-01-01`)).html).not.to.include('annex-b')
    const { headers, bytes } = await download(reader, `${base}/annex-b?on=2026-05-15`)
    expect(headers['content-disposition']).to.include('Bilag B C-0001 2026-05-15.pdf')
    expect((await readPdf(bytes)).text).to.include('Kaseya')
    const wrong = await reader.get(`${base}/annex-b?on=nu&format=pdf`)
    expect(inspect(wrong.text, wrong.status).status).to.equal(422)
    const english = await download(reader, `${base}/annex-b?on=2026-05-15&language=en&format=docx`)
    expect(english.headers['content-disposition']).to.include('Appendix B')
    expect((await visit(reader, base)).lang, 'the page keeps its language').to.equal('da')
  })

  it('says what changed between two days, and by which notice', async () => {
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/register/differences?customer=C-0001&from=2024-06-01&to=2026-11-23')
    expect(page.h1).to.equal('What changed on the list of Møllegården & Søn A/S')
    expect(page.text)
      .to.include('Curanet A/S has come on the list: Operation of web hosting.')
      .and.to.include('Datto, Inc. has gone from the list.')
    expect(page.links).to.include('/notices/CN-2026-001/recipients/C-0001')
    const renamed = await visit(agent, '/register/differences?from=2026-01-01&to=2025-01-01')
    expect(renamed.text)
      .to.include('Name: before “Datto, Inc.”, now “Kaseya”.')
      .and.to.include('No notice: corrected in the register')
    expect((await visit(agent, '/register/differences?from=2026-01-01&to=2026-01-02')).text).to.include(
      'The list was the same',
    )
    expect((await visit(agent, '/register/differences?from=snart', 422)).text).to.include(
      'Enter a valid date.',
    )
    const all = await visit(agent, '/register/differences?from=2026-04-01&to=2026-11-23')
    expect(all.links).to.include('/notices/CN-2026-001')
    await visit(agent, '/register/differences?customer=nobody')
  })

  it('is written by the command line', async () => {
    await signedIn(tilsyn)
    const folder = await mkdtemp(join(tmpdir(), 'tilsyn-annex-b-'))
    try {
      const file = join(folder, 'bilag.docx')
      const words = [
        'annex-b',
        '--customer',
        'c-0001',
        '--day',
        '2026-05-15',
        '--lang',
        'da',
        '--format',
        'docx',
      ]
      const done = await run([...words, '--out', file, '--json'])
      expect([done.code, done.error]).to.deep.equal([0, ''])
      const bytes = await readFile(file)
      expect(JSON.parse(done.out)).to.include({ file, bytes: bytes.length })
      const document = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array())
      expect(document).to.include('Bilag B. Underdatabehandlere').and.to.include('Kaseya')
      const wrong = await run(['annex-b', '--customer', 'C-0001', '--day', 'i går', '--known', 'now'])
      expect(wrong.code).to.equal(1)
      expect(wrong.error).to.include('--day: Enter a valid date.').and.to.include('--known: ')
      expect((await run(['annex-b', '--customer', 'C-0042'])).error).to.include('there is no customer C-0042')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  async function run(words: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words], {
      cwd: new URL('../../', import.meta.url).pathname,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MONGODB_URI: await databaseUri(),
        SESSION_SECRET: 'a secret for tests, of sufficient length',
        LOG_LEVEL: 'error',
      },
    })
    const said = { out: '', error: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, ...said }
  }
})

function asBytes(answer: request.Response, done: (error: Error | null, bytes: Buffer) => void) {
  const parts: Buffer[] = []
  const stream = answer as unknown as NodeJS.ReadableStream
  stream.on('data', (part: Buffer) => parts.push(part))
  stream.on('end', () => done(null, Buffer.concat(parts)))
}

async function readPdf(bytes: Buffer) {
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
