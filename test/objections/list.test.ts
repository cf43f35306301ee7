import { expect } from 'chai'
import type { Customer } from '../../src/customers/rules.js'
import { registerDelivery, type Notice } from '../../src/notices/actions.js'
import {
  assessObjection,
  raiseObjection,
  settleObjection,
  takeObjection,
} from '../../src/objections/actions.js'
import { Objections } from '../../src/objections/records.js'
import { objectionListing } from '../../src/objections/rules/lists.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { anObjection } from './builders.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Det er i orden med os.') }

describe('The list of objections', () => {
  const tilsyn = useApp()
  let officer: Agent
  let person: string
  let notice: Notice
  let customers: Customer[]

  beforeEach(async () => {
    const world = await aWorld(tilsyn)
    const names = ['Ærø Kommune', 'Bakkeby Kommune', 'Sundby Skole']
    customers = await customersOf(
      tilsyn,
      world,
      names.map((name) => ({ name })),
    )
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    const signed = await signedIn(tilsyn)
    officer = signed.agent
    person = signed.person._id
    for (const [at, { _id }] of customers.entries()) {
      const recipient = `${notice._id}/${_id}`
      await registerDelivery(tilsyn.context(), recipient, { channel: 'letter', at: tilsyn.now() }, letter)
      await raiseObjection(tilsyn.context({ kind: 'staff', id: person }), recipient, {
        once: `form/${at}`,
        by: { kind: 'staff', id: person, name: 'Mette Krogh' },
        channel: 'letter',
        receivedAt: tilsyn.now(),
        receivedOn: tilsyn.today(),
        reasons: at === 2 ? 'Ingen data uden for kommunen' : null,
        files: [],
      })
    }
  })

  const found = async (query: string) => [
    ...new Set((await visit(officer, `/objections${query}`)).text.match(/OB-2026-\d{3}/g)),
  ]

  it('finds by customer, number, notice and reasons, "ae" for "æ"', async () => {
    expect(await found('')).to.have.length(3)
    expect(await found('?q=aeroe')).to.deep.equal(['OB-2026-001'])
    expect(await found('?q=kommunen')).to.deep.equal(['OB-2026-003'])
    expect(await found(`?q=${notice.reference}`)).to.have.length(3)
    expect(await found(`?customer=${customers[1]?.reference}`)).to.deep.equal(['OB-2026-002'])
    const page = await visit(officer, `/objections?customer=${customers[1]?.reference}`)
    expect(page.text).to.contain('Customer: Bakkeby Kommune')
    expect((await visit(officer, '/objections?q=zzz')).text).to.contain('No objections match')
    expect((await officer.get('/objections?q=aeroe&part=rows')).text).not.to.contain('<html')
  })

  it('puts what is to be answered first on top and what is settled last, and filters', async () => {
    const context = tilsyn.context({ kind: 'staff', id: person })
    await takeObjection(context, 'OB-2026-001', person)
    await assessObjection(context, 'OB-2026-001', {
      owner: person,
      answerBy: '2026-12-01',
      assessment: 'Vi beholder den gamle løsning for kunden.',
    })
    await settleObjection(context, 'OB-2026-001', {
      outcome: 'customer-exempted',
      note: 'Kunden er undtaget.',
      endsOn: null,
      files: [],
    })
    expect((await found('')).at(-1)).to.equal('OB-2026-001')
    expect(await found('?state=open')).to.have.members(['OB-2026-002', 'OB-2026-003'])
    expect(await found('?outcome=customer-exempted')).to.deep.equal(['OB-2026-001'])
    expect(await found(`?owner=none&notice=${notice.reference}`)).to.have.length(2)
    expect(await found('?in-time=no')).to.deep.equal([])
    expect(await found('?sort=name')).to.deep.equal(['OB-2026-002', 'OB-2026-003', 'OB-2026-001'])
    const view = await submit(
      officer,
      '/objections?state=open',
      { list: 'objections', query: 'state=open', name: 'Åbne' },
      '/views',
    )
    expect(view.status).to.equal(303)
    expect((await visit(officer, '/objections')).text).to.contain('Åbne')
  })

  it('lists those from before there was a list', async () => {
    await Objections.updateMany({}, { $set: { tokens: [], keys: [], order: null, sortKey: null } as object })
    expect(await found('?q=aeroe')).to.deep.equal(['OB-2026-001'])
  })

  it('orders open ones by the day they are to be answered, settled ones by the last settled', () => {
    const open = (answerBy: string) => objectionListing(anObjection({ answerBy })).order
    const settled = (outcomeOn: string) =>
      objectionListing(anObjection({ blocking: false, state: 'settled', outcomeOn })).order
    const right = [open('2026-12-01'), open('2026-12-14'), settled('2027-01-02'), settled('2026-12-31')]
    expect(right.toSorted()).to.deep.equal(right)
  })
})
