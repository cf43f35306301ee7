import { expect } from 'chai'
import { readForm } from '../../src/base/form.js'
import {
  createEngagement,
  createService,
  createVendor,
  engagementByReference,
} from '../../src/register/actions.js'
import { transferOf, transferRows } from '../../src/register/form/transfer-row.js'
import { filesAbout } from '../../src/files/actions.js'
import type { Transfer } from '../../src/transfers/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

function read(row: Record<string, string | string[]>): Transfer | undefined {
  const form = readForm(transferRows, [row])
  if (form.problems) throw new Error(JSON.stringify(form.problems))
  return form.input.map(transferOf)[0]
}

describe('A transfer as typed', () => {
  const everything = {
    country: 'US',
    way: 'both',
    module: '3',
    moduleReason: 'P to P',
    signedOn: '2025-01-01',
    docking: 'yes',
    clause9: 'general',
    clause9Days: '30',
    authority: 'Datatilsynet',
    law: 'DK',
    forum: 'DK',
    annexes: 'yes',
    tiaConcludedOn: '2025-01-31',
    tiaLaws: 'FISA 702',
    tiaConclusion: 'equivalent',
    tiaFile: 'f1',
    listingEntity: 'Datto, LLC',
    listingStatus: 'active',
    listingCovers: 'non-hr',
    listingCheckedOn: '2026-10-01',
    group: 'Datto',
    groupAuthority: 'CNIL',
    groupApprovedOn: '2020-01-01',
    derogation: 'b',
    scopeCheckedOn: '2026-01-01',
    scopeHow: 'Register',
    exporter: 'vendor',
    partyExporter: 'Datto Ireland',
    partyImporter: 'Datto, LLC',
    supplementary: 'Keys',
    note: 'A note',
  }
  const tia = {
    concludedOn: '2025-01-31',
    reviewOn: '2027-01-31',
    laws: 'FISA 702',
    conclusion: 'equivalent',
    file: 'f1',
  }
  const always = {
    country: 'US',
    way: 'both',
    exporter: 'vendor',
    parties: { exporter: 'Datto Ireland', importer: 'Datto, LLC' },
    supplementary: 'Keys',
    note: 'A note',
  }
  const kept: [string, Record<string, unknown>][] = [
    [
      'scc-2021',
      {
        module: 3,
        moduleReason: 'P to P',
        signedOn: '2025-01-01',
        clauses: {
          docking: true,
          clause9: 'general',
          clause9Days: 30,
          authority: 'Datatilsynet',
          law: 'DK',
          forum: 'DK',
          annexes: true,
        },
        tia,
      },
    ],
    [
      'bcr-p',
      {
        signedOn: '2025-01-01',
        groupRules: { group: 'Datto', authority: 'CNIL', approvedOn: '2020-01-01' },
        tia,
      },
    ],
    [
      'adequacy-dpf',
      {
        listingCheckedOn: '2026-10-01',
        listing: { entity: 'Datto, LLC', status: 'active', covers: ['non-hr'] },
      },
    ],
    ['adequacy', { withinScope: { checkedOn: '2026-01-01', how: 'Register' } }],
    ['art-49', { derogation: 'b' }],
  ]
  for (const [basis, own] of kept)
    it(`keeps of ${basis} what that basis asks for, and nothing else`, () =>
      expect(read({ ...everything, basis })).to.deep.equal({ ...always, basis, ...own }))

  it('is due for review two years after the assessment unless another day is given', () => {
    expect(read({ country: 'IN', basis: 'scc-2021', tiaConcludedOn: '2024-02-29' })?.tia?.reviewOn).to.equal(
      '2026-02-28',
    )
    expect(
      read({ country: 'IN', basis: 'scc-2021', tiaConcludedOn: '2024-02-29', tiaReviewOn: '2025-01-01' })?.tia
        ?.reviewOn,
    ).to.equal('2025-01-01')
  })

  it('keeps nothing of what was left empty', () =>
    expect(read({ country: 'IN', basis: 'scc-2021', module: '', docking: '', tiaLaws: ' ' })).to.deep.equal({
      country: 'IN',
      basis: 'scc-2021',
    }))

  it('is taken away by its tick, with everything hidden that belonged to it', () =>
    expect(
      read({ country: 'IN', basis: 'scc-2021', signedOn: '2025-01-01', tiaFile: 'f1', remove: 'yes' }),
    ).to.equal(undefined))

  // What is typed is never lost in silence.
  const leftOver: [string, Record<string, string>][] = [
    ['a module', { module: '3' }],
    ['the day of a look-up', { listingCheckedOn: '2026-10-01' }],
    ['the laws that were assessed', { tiaLaws: 'FISA 702' }],
  ]
  for (const [what, typed] of leftOver)
    it(`asks for the basis where ${what} stands in the row`, () =>
      expect(
        readForm(transferRows, [{ country: 'US', basis: '', ...typed }]).problems?.map(({ text }) => text),
      ).to.deep.equal(['choose-one']))
  it('knows no basis yet where only the country and who exports stand there', () =>
    expect(read({ country: 'US', basis: '', exporter: 'us', way: '' })).to.equal(undefined))

  it('asks for days in whole numbers', () =>
    expect(
      readForm(transferRows, [{ country: 'IN', basis: 'scc-2021', clause9Days: 'ten' }]).problems?.[0]?.text,
    ).to.equal('not-in-range'))
})

describe('Transfers in the form of an engagement', () => {
  const tilsyn = useApp()
  const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nvurdering\n%%EOF\n')
  let officer: Agent
  let vendor: string
  const form = (changes: Record<string, string>) => ({
    version: '1',
    role: 'sub-processor',
    'activity[da]': 'Drift af webhoteller',
    'activity[en]': 'Operation of web hosting',
    dataCategories: ['ordinary'],
    subjects: ['customers'],
    storageCountries: ['DK'],
    accessCountries: ['DK', 'US'],
    contractTemplate: 'ours',
    noticeUnit: 'days',
    'transfers[0][country]': 'US',
    'transfers[0][basis]': 'scc-2021',
    'transfers[0][module]': '3',
    'transfers[0][signedOn]': '2025-01-01',
    'transfers[0][tiaConcludedOn]': '2026-01-15',
    ...changes,
  })
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    vendor = (await createVendor(tilsyn.context(), vendorInput()))._id
    await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
    await createEngagement(tilsyn.context(), { ...engagementInput(), vendor })
  })
  const url = '/engagements/E-0001/edit'

  it('keep the assessment that came with a form that was wrong, and everything typed', async () => {
    const wrong = form({
      'transfers[0][clause9]': 'general',
      'transfers[0][clause9Days]': 'ten',
      'transfers[0][tiaLaws]': 'FISA 702',
    })
    const again = await submitFiles(
      officer,
      url,
      wrong,
      [{ field: 'transfers[0][tiaUpload]', name: 'tia.pdf', bytes: pdf }],
      url,
    )
    expect(again.status).to.equal(422)
    const page = inspect(again.text, 422)
    expect(page.html).to.contain('FISA 702').and.to.contain('value="ten"').and.to.contain('tia.pdf')
    const [file] = await filesAbout('vendor', vendor)
    expect(page.html).to.contain(`name="transfers[0][tiaFile]" value="${file?._id}"`)
    const right = form({ 'transfers[0][tiaFile]': file?._id ?? '' })
    expect((await submitFiles(officer, url, right, [], url)).status).to.equal(303)
    const stored = await engagementByReference('E-0001')
    expect(stored?.transfers[0]?.tia).to.deep.equal({
      concludedOn: '2026-01-15',
      reviewOn: '2028-01-15',
      file: file?._id,
    })
    expect((await visit(officer, '/engagements/E-0001')).links).to.include(`/files/${file?._id}`)
    expect((await visit(officer, url)).html).to.contain('tia.pdf')
  })

  // Whoever notes that something was done says when it was: not tomorrow, and no review before what is reviewed.
  it('take no day ahead for what was found or concluded, and no review before the conclusion', async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ 'transfers[0][tiaConcludedOn]': '2099-01-01' }, 'transfers-0-tiaConcludedOn'],
      [{ 'transfers[0][tiaReviewOn]': '2026-01-15' }, 'transfers-0-tiaReviewOn'],
      [
        { 'transfers[0][basis]': 'adequacy-dpf', 'transfers[0][listingCheckedOn]': '2099-01-01' },
        'transfers-0-listingCheckedOn',
      ],
    ]
    for (const [changes, field] of wrong) {
      const again = await submitFiles(officer, url, form(changes), [], url)
      expect(again.status, field).to.equal(422)
      expect(again.text).to.contain(`href="#field-${field}"`)
    }
  })

  it("take nobody else's file for the assessment, and refuse what is no file", async () => {
    await submitFiles(officer, url, form({ 'transfers[0][tiaFile]': 'somebody-elses' }), [], url)
    expect((await engagementByReference('E-0001'))?.transfers[0]?.tia).not.to.have.property('file')
    const odd = [{ field: 'transfers[0][tiaUpload]', name: 'tia.exe', bytes: Buffer.from([77, 90, 0, 1, 2]) }]
    const refused = await submitFiles(
      officer,
      url,
      form({ version: '2', 'transfers[0][moduleReason]': 'because' }),
      odd,
      url,
    )
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('because')
  })

  it('open the part the basis asks for, without any script', async () => {
    await submitFiles(officer, url, form({}), [], url)
    const { html } = await visit(officer, url)
    expect(html).to.match(/<details class="part" data-bases="scc-2021" open>/)
    expect(html).to.match(/<details class="part" data-bases="adequacy-dpf">/)
  })

  it('read what was stored before these fields were asked', async () => {
    const old: Transfer = { country: 'US', basis: 'scc-2021', module: 3, signedOn: '2022-01-01' }
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ accessCountries: ['US'], transfers: [old] }),
      vendor,
    })
    expect((await visit(officer, '/engagements/E-0002')).text).to.contain('What to do:')
    await visit(officer, '/engagements/E-0002/edit')
  })

  it('lead from what must follow to a draft that knows its line', async () => {
    const removal = await visit(officer, '/notices/new?kind=removal&engagement=E-0001')
    expect(removal.html).to.match(/<option value="removal" selected>/)
    const replacement = await visit(officer, '/notices/new?kind=replacement&replaces=E-0001')
    expect(replacement.html).to.match(/<option value="replacement" selected>/)
    await visit(officer, '/notices/new?kind=nonsense')
  })
})
