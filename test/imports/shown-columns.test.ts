import { expect } from 'chai'
import { addCustomer, everyCustomer } from '../../src/customers/actions.js'
import { customerList } from '../../src/customers/rules/lists.js'
import { applyImport, dryRun, exportedRows, startImport } from '../../src/imports/actions.js'
import { guessMapping, type Register } from '../../src/imports/rules.js'
import {
  createEngagement,
  createService,
  createVendor,
  everyEngagement,
  everyVendor,
} from '../../src/register/actions.js'
import { engagementList, vendorList } from '../../src/register/rules/lists.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, type Agent } from '../support/people.js'

describe('An export of the columns a list shows', () => {
  const tilsyn = useApp()
  let agent: Agent
  beforeEach(async () => {
    agent = (await signedIn(tilsyn)).agent
    await aHouse()
  })

  async function aHouse(): Promise<void> {
    const hosting = await createService(tilsyn.context(), {
      name: { da: 'Hosting', en: 'Hosting' },
      order: 1,
    })
    const vendor = await createVendor(
      tilsyn.context(),
      vendorInput({
        registration: { kind: 'other', number: '12', country: 'SE', keptBecause: 'Står sådan på aftalen' },
        website: 'https://curanet.example',
      }),
    )
    await createEngagement(tilsyn.context(), {
      ...engagementInput(),
      vendor: vendor._id,
      services: [hosting._id],
      subjects: ['employees'],
      contract: { template: 'ours', dpaVersion: '2', signedOn: '2024-01-02' },
      dueDiligence: { conclusion: 'accepted', concludedOn: '2024-05-05', note: 'Set på stedet' },
      assurance: { owed: false, kind: 'ISAE 3000', clause: '7.4' },
    })
    await addCustomer(
      tilsyn.context(),
      aCustomer({
        name: 'Ager Kommune',
        services: [hosting._id],
        registration: { kind: 'other', number: '99', keptBecause: 'Udenlandsk' },
        caseNumber: '24/1',
        contacts: [aContact(), aContact({ name: 'Bo', email: 'bo@kunde.example', mayApprove: true })],
      }),
    )
  }

  async function downloaded(url: string): Promise<string> {
    return (await agent.get(`${url}`).buffer(true)).text.replace('\ufeff', '')
  }

  async function taken(register: Register, text: string) {
    const { _id } = await startImport(tilsyn.context(), register, {
      name: 'liste.csv',
      bytes: Buffer.from(text),
    })
    return (await applyImport(tilsyn.context(), _id)).counts
  }

  it('has those columns only, in words where nothing else stands for them, and all of them where that is asked', async () => {
    const text = await downloaded('/vendors/export?format=csv&columns=name,seat,role,missing')
    const [headings, row] = text.split('\r\n')
    expect(headings).to.equal('Vendor no.;Vendor;Cooperation ended;Country of seat;Roles;Missing')
    expect(row).to.match(/^V-0001;Curanet A\/S;;Denmark;Sub-processor;/)
    const all = await downloaded('/vendors/export?format=csv&columns=all')
    expect(all)
      .to.include('Website')
      .and.equal(await downloaded('/vendors/export?format=csv'))
  })

  for (const [exported, shape] of [
    ['register', engagementList],
    ['vendors', vendorList],
    ['customers', customerList],
  ] as const)
    it(`comes back as what stands there already, whichever columns it has: ${shape.name}`, async () => {
      const register = exported === 'customers' ? 'customers' : 'register'
      const names = shape.columns.map(({ name }) => name)
      for (const locale of ['da', 'en'] as const)
        for (const columns of [[], names, ...names.map((name) => [name])]) {
          const context = tilsyn.context(undefined, locale)
          const rows: string[][] = []
          const query = { columns: ['name', ...columns].join(',') }
          for await (const row of exportedRows(context, exported, query)) rows.push(row)
          const sheets = [{ name: '', rows }]
          const mapping = guessMapping(register, sheets)
          const plan = await dryRun(context, { register, mapping, choices: [] }, sheets)
          const found = plan.rows.map(({ verdict, changes }) => [verdict, changes])
          expect([query, found, plan.messages]).to.deep.equal([query, [['same', []]], []])
        }
    })

  it('changes nothing but its own columns when it is edited and brought in', async () => {
    const [before] = await everyEngagement()
    const [vendorBefore] = await everyVendor()
    const [customerBefore] = await everyCustomer()
    const engagements = await downloaded(
      '/engagements/export?format=csv&columns=name,contract,diligence,assurance,number',
    )
    expect(
      await taken(
        'register',
        engagements.replace('2024-01-02', '2025-01-02').replace('2024-05-05', '2026-05-05'),
      ),
    ).to.include({ change: 1 })
    const [after] = await everyEngagement()
    expect(after?.contract).to.deep.equal({ template: 'ours', dpaVersion: '2', signedOn: '2025-01-02' })
    expect(after?.dueDiligence).to.deep.equal({ ...before?.dueDiligence, concludedOn: '2026-05-05' })
    expect([after?.assurance, after?.subjects]).to.deep.equal([before?.assurance, before?.subjects])
    expect((await everyVendor())[0]?.registration).to.deep.equal(vendorBefore?.registration)
    const customers = await downloaded('/customers/export?format=csv&columns=name,case,number,contact')
    expect(await taken('customers', customers.replace('24/1', '24/2'))).to.include({ change: 1 })
    const [customer] = await everyCustomer()
    expect([customer?.caseNumber, customer?.registration, customer?.contacts]).to.deep.equal([
      '24/2',
      customerBefore?.registration,
      customerBefore?.contacts,
    ])
  })
})
