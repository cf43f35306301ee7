import { expect } from 'chai'
import { ensureLink } from '../../src/auth/links.js'
import { addCustomer, addContact, everyCustomer } from '../../src/customers/actions.js'
import { applyImport, startImport, undoImport } from '../../src/imports/actions.js'
import { createService } from '../../src/register/actions.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'
import { utf8 } from './files.js'

describe('An import of customers that is undone', () => {
  const tilsyn = useApp()

  async function brought() {
    const service = (name: string, order: number) =>
      createService(tilsyn.context(), { name: { da: name, en: name }, order })
    const [hosting] = [await service('Hosting', 1), await service('Telefoni', 2)]
    const contact = aContact()
    for (const name of ['Ager Kommune', 'Brink Kommune', 'Carl Kommune'])
      await addCustomer(
        tilsyn.context(),
        aCustomer({ name, services: [hosting._id], caseNumber: '24/1', contacts: [contact] }),
      )
    const before = await everyCustomer()
    const lines = before.flatMap(({ name }) => [
      `${name};24/2;60 dage;Hosting, Telefoni;Chefen;${contact.email}`,
      `${name};24/2;60 dage;Hosting, Telefoni;Bo;bo@kunde.example`,
    ])
    const file = ['Kunde;Sagsnummer;Varsel;Ydelser;Kontaktperson;E-mail', ...lines].join('\n')
    const started = await startImport(tilsyn.context(), 'customers', {
      name: 'kunder.csv',
      bytes: utf8(file),
    })
    const { _id: id } = await applyImport(tilsyn.context(), started._id)
    const after = await everyCustomer()
    expect(after.map(({ contacts, services }) => [contacts.length, services.length])).to.deep.equal(
      before.map(() => [3, 2]),
    )
    return { id, before, after }
  }

  const asItStands = async () =>
    (await everyCustomer()).map(({ name, caseNumber, agreement, agreements, services, contacts }) => {
      return { name, caseNumber, agreement, agreements, services, contacts }
    })

  it('leaves customers as they were: agreement, purchases and contacts too, and what has been gone by stays and is named', async () => {
    const { id, before, after } = await brought()
    const [, told, edited] = after
    // One has got a link since, and one has been changed by hand.
    await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: told?._id ?? '',
      contact: told?.contacts[0]?.id ?? '',
      about: { kind: 'notice', id: 'x' },
      expiresOn: '2030-01-01',
    })
    if (edited)
      await addContact(tilsyn.context(), edited, {
        contact: aContact({ email: 'ny@kunde.example' }),
        from: tilsyn.today(),
      })
    const hers = (await asItStands())[2]
    const undone = await undoImport(tilsyn.context(), id)
    const [first, second, third] = await asItStands()
    const { name, caseNumber, agreement, agreements, services, contacts } = before[0] ?? ({} as never)
    expect(first).to.deep.equal({ name, caseNumber, agreement, agreements, services, contacts })
    expect([second?.caseNumber, second?.contacts.length, second?.agreement.notice.length]).to.deep.equal([
      '24/1',
      3,
      60,
    ])
    expect(third).to.deep.equal(hers)
    expect(undone.left.map((each) => each.id)).to.have.members([told?._id, edited?._id])
    const { agent } = await signedIn(tilsyn)
    const { text } = await visit(agent, `/imports/${id}`)
    expect(text).to.include('C-0002 Brink Kommune').and.include('C-0003 Carl Kommune')
    expect(text).not.to.include('C-0001')
    expect((await visit(agent, '/customers/C-0001')).text).to.include('Put back as it was before an import')
  })
})
