import { expect } from 'chai'
import { addCustomer } from '../../src/customers/actions.js'
import { createEngagement, createVendor, everyVendor } from '../../src/register/actions.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { utf8 } from './files.js'

describe('Pages of the import', () => {
  const tilsyn = useApp()
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  const uploaded = (text: string, register = 'register') =>
    submitFiles(officer, '/imports', { register }, [{ field: 'file', name: 'liste.csv', bytes: utf8(text) }])

  it('lead from the file over its columns and a dry run to the result, and back again', async () => {
    const sent = await uploaded(
      'Firma;Hvad de laver;Land\nCuranet A/S;Drift;Danmark\nNarnia ApS;Support;Narnia\n',
    )
    const columns = String(sent.headers['location'])
    expect((await visit(officer, columns)).text).to.include('Hvad de laver')
    // The second heading is not known: the person chooses, and is asked once only.
    const page = columns.replace('/columns', '')
    const mapped = await submit(officer, columns, {
      heading: '1',
      'columns[0]': 'vendor',
      'columns[1]': 'activity',
      'columns[2]': 'countries',
    })
    expect(mapped.headers['location']).to.equal(page)
    const run = await visit(officer, page)
    expect(run.text).to.include('Cannot be read as a country: “Narnia”')
    expect(await everyVendor()).to.deep.equal([])
    await submit(officer, page, {}, `${page}/apply`)
    expect((await everyVendor()).length).to.equal(2)
    expect((await visit(officer, page)).text).to.include('Records created 4')
    const next = await uploaded('Firma;Hvad de laver;Land\nNy A/S;Drift;Danmark\n')
    expect((await visit(officer, String(next.headers['location']))).html).to.match(
      /value="activity" selected/,
    )
    await submit(officer, page, {}, `${page}/undo`)
    expect(await everyVendor()).to.deep.equal([])
    expect((await visit(officer, '/imports')).text).to.include('Undone')
    await visit(officer, page)
  })

  it('remember what was chosen for a row of headings, as a whole, and say so', async () => {
    const chosen = async (text: string, columns: Record<string, string>) => {
      const page = String((await uploaded(text)).headers['location'])
      await submit(officer, page, { heading: '1', ...columns })
    }
    // 'Navn' is the vendor in one file and its contact in another.
    await chosen('Navn;Formål;Person\nEt A/S;Drift;Anna\n', {
      'columns[0]': 'vendor',
      'columns[1]': 'activity',
    })
    await chosen('Firma;Navn\nEt A/S;Anna\n', { 'columns[0]': 'vendor', 'columns[1]': 'contactName' })
    const again = String((await uploaded('Navn;Formål;Person\nTo A/S;Drift;Bo\n')).headers['location'])
    const page = await visit(officer, again)
    expect(page.text).to.include('These headings have come before.')
    expect(page.html.match(/value="([a-z]\w+)" selected/g)).to.deep.equal([
      'value="vendor" selected',
      'value="activity" selected',
    ])
  })

  it('say what is wrong with a file, and keep the choice', async () => {
    const empty = await submitFiles(officer, '/imports', { register: 'customers' }, [])
    expect(empty.status).to.equal(422)
    inspect(empty.text, 422)
    const old = await submitFiles(officer, '/imports', { register: 'register' }, [
      {
        field: 'file',
        name: 'a.xls',
        bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      },
    ])
    expect(old.status).to.equal(409)
    expect(inspect(old.text, 409).text).to.include('old Excel format')
  })

  it('do nothing while a row has a problem, and ask for the column of names', async () => {
    const sent = await uploaded('Firma;Formål;Ydelse\nCuranet A/S;Drift;Telefoni\n')
    const page = String(sent.headers['location']).replace('/columns', '')
    const run = await visit(officer, page)
    expect([run.text.includes('no service called “Telefoni”'), run.html.includes('/apply')]).to.deep.equal([
      true,
      false,
    ])
    await submit(officer, `${page}/columns`, { heading: '1', 'columns[1]': 'activity' })
    expect((await visit(officer, page, 409)).text).to.include("Choose the column with the vendor's name.")
    await submit(officer, `${page}/columns`, {}, `${page}/discard`)
    expect((await visit(officer, '/imports')).text).to.include('Nothing has been brought in yet')
  })

  it('show what stands in a column now beside what would stand there', async () => {
    const vendor = await createVendor(
      tilsyn.context(),
      vendorInput({ contacts: [{ name: 'Erik', phone: '+45 11', role: 'security', locale: 'en' }] }),
    )
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ activity: { da: 'Drift', en: 'Operation' } }),
      vendor: vendor._id,
      storageCountries: ['DK'],
    })
    const sent = await uploaded(
      'Leverandør;Aktivitet;Adresse;Opbevaringslande;Kontaktperson;Kontaktens e-mail;Brud\n' +
        'Curanet A/S;Drift;Nyvej 2;Danmark, Sverige;Dorthe;dpo@curanet.example;x\nNy ApS;Support;Vej 1;Danmark;;;\n',
    )
    const page = String(sent.headers['location']).replace('/columns', '')
    const { text, links } = await visit(officer, page)
    expect(text).to.include('Address : Højvangen 4, 8660 Skanderborg → becomes Nyvej 2')
    expect(text).to.include('Storage countries : Denmark → becomes Denmark; Sweden')
    // Of several lines, those that differ.
    expect(text).to.include('Contacts : (empty) → becomes Dorthe | dpo@curanet.example')
    expect(text).not.to.include('Vej 1')
    const row = links.find((link) => link.endsWith('/rows/2')) ?? ''
    expect((await visit(officer, row)).text).to.match(
      /What would change Column Now Then .*Storage countries Denmark Denmark; Sweden/,
    )
    expect((await visit(officer, row.replace('/2', '/3'))).text).not.to.include('What would change')
  })

  it('show it of customers and their contacts, too', async () => {
    await addCustomer(
      tilsyn.context(),
      aCustomer({ name: 'Ager Kommune', services: [], caseNumber: '24/1', contacts: [aContact()] }),
    )
    const { email, name } = aContact()
    const sent = await uploaded(
      `Kunde;Sagsnummer;Varsel;Kontaktperson;E-mail\nAger Kommune;24/2;60 dage;${name} Holm;${email}\n` +
        'Ager Kommune;24/2;60 dage;Bo;bo@ager.example\n',
      'customers',
    )
    const { text } = await visit(officer, String(sent.headers['location']).replace('/columns', ''))
    expect(text).to.include('Case number : 24/1 → becomes 24/2')
    expect(text).to.include('Notice period : 30 days → becomes 60 days')
    expect(text).to.include(`Contact person : ${name} → becomes ${name} Holm`)
    expect(text).to.include('E-mail : (empty) → becomes bo@ager.example')
    expect(text.match(/Case number : 24/g)).to.have.length(1)
  })

  it('are not for those who may not write', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor')
    expect((await agent.get('/imports')).status).to.equal(403)
  })
})
