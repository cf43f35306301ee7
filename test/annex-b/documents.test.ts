import { expect } from 'chai'
import exceljs from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { aSignedCustomer, download, path, readPdf } from './handed.js'

describe('Annex B', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  beforeEach(async () => {
    await aSignedCustomer(tilsyn)
  })

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
})
