import { expect } from 'chai'
import type { Customer } from '../../src/customers/rules.js'
import { recipientById, registerDelivery, type Notice } from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi gør indsigelse.') }

describe('the pages of objections', () => {
  const tilsyn = useApp()
  let officer: Agent
  let notice: Notice
  let customer: Customer
  let recipient: string

  beforeEach(async () => {
    const world = await aWorld(tilsyn)
    ;[customer] = (await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])) as [Customer]
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    recipient = `${notice._id}/${customer._id}`
    await registerDelivery(tilsyn.context(), recipient, { channel: 'letter', at: tilsyn.now() }, letter)
    officer = (await signedIn(tilsyn)).agent
  })

  const form = () => `/objections/new?recipient=${encodeURIComponent(recipient)}`
  const once = async (page: string) =>
    /name="once" value="([^"]+)"/.exec((await officer.get(page)).text)?.[1] ?? ''
  const register = async (fields: Record<string, string> = {}) =>
    submitFiles(
      officer,
      form(),
      {
        recipient,
        once: await once(form()),
        channel: 'letter',
        raisedBy: 'Mette Krogh',
        receivedOn: '2026-11-24',
        receivedTime: '08:15',
        reasons: 'Ingen data uden for kommunen',
        ...fields,
      },
      [{ field: 'files', ...letter }],
      '/objections/new',
    )
  const registered = async () => {
    expect((await register()).status).to.equal(303)
    const [objection] = await objectionsOfRecipient(recipient)
    if (!objection) throw new Error('not registered')
    return `/objections/${objection.reference}`
  }

  it('an empty list says how objections come', async () => {
    expect((await visit(officer, '/objections')).text).to.contain('No customer has objected.')
    await visit(officer, '/objections/new')
  })

  it('staff registers a letter with its time and file, and finds it in the list', async () => {
    const url = await registered()
    const page = await visit(officer, url)
    expect(page.text)
      .to.contain('Ingen data uden for kommunen')
      .and.contain('Letter')
      .and.contain('Mette Krogh')
    expect(page.text).to.contain('The change is not used for Bakkeby Kommune while this objection is open.')
    const file = page.links.find((link) => link.includes('/files/')) ?? ''
    const sent = await officer.get(file)
    expect([sent.status, sent.text]).to.deep.equal([200, 'Vi gør indsigelse.'])
    const list = await visit(officer, '/objections')
    expect(list.text).to.contain('1 in all').and.contain('Bakkeby Kommune').and.contain('Take the case')
  })

  for (const [what, fields, problem] of [
    ['a day in the future', { receivedOn: '2026-11-25' }, 'The date must not be in the future.'],
    ['a day before the notice', { receivedOn: '2026-11-20' }, 'before the day on which the notice was sent'],
    ['no day', { receivedOn: '' }, 'Fill in this field.'],
    ['a time that is none', { receivedTime: '25:00' }, 'Write the time as 14:30.'],
    ['no name', { raisedBy: '' }, 'Fill in this field.'],
  ] as [string, Record<string, string>, string][])
    it(`${what} is told beside the field, and what was typed is kept`, async () => {
      const answer = await register({ reasons: 'Skal stå her endnu', ...fields })
      expect(answer.status).to.equal(422)
      const page = inspect(answer.text, answer.status)
      expect(page.text).to.contain(problem)
      expect(answer.text).to.contain('Skal stå her endnu')
      expect(await objectionsOfRecipient(recipient)).to.deep.equal([])
    })

  it('is taken, assessed, answered and settled', async () => {
    const url = await registered()
    expect((await submit(officer, url, {}, `${url}/take`)).status).to.equal(303)
    const { agent, person } = await signedIn(tilsyn, 'dpo')
    const assess = { owner: person._id, answerBy: '2026-12-01', assessment: 'Kan holdes udenfor' }
    expect((await submit(agent, url, { ...assess, owner: 'nobody' }, `${url}/assess`)).status).to.equal(422)
    expect((await submit(agent, url, assess, `${url}/assess`)).status).to.equal(303)
    expect(
      (await submit(agent, url, { direction: 'to-customer', text: '' }, `${url}/messages`)).status,
    ).to.equal(422)
    expect(
      (
        await submit(
          agent,
          url,
          { direction: 'to-customer', text: 'Vi holder jer udenfor.' },
          `${url}/messages`,
        )
      ).status,
    ).to.equal(303)

    const unconfirmed = await submitFiles(
      agent,
      url,
      { outcome: 'remedied', note: 'Flyttet' },
      [],
      `${url}/settle`,
    )
    expect(unconfirmed.status).to.equal(422)
    expect(inspect(unconfirmed.text, 422).text).to.contain("Add a file with the customer's own words.")
    const undated = await submitFiles(agent, url, { outcome: 'agreement-ended' }, [], `${url}/settle`)
    expect([undated.status, undated.text.includes('Fill in this field.')]).to.deep.equal([422, true])

    expect(
      (await submitFiles(agent, url, { outcome: 'customer-exempted' }, [], `${url}/settle`)).status,
    ).to.equal(303)
    expect((await recipientById(recipient))?.state).to.equal('exempted')
    const page = await visit(agent, url)
    expect(page.text)
      .to.contain('Customer exempted')
      .and.contain('This objection no longer blocks the change.')
    const list = await visit(agent, '/objections')
    expect(list.text).to.contain('Settled').and.contain('Customer exempted')
    const again = await submitFiles(
      agent,
      '/objections/new?recipient=' + encodeURIComponent(recipient),
      { recipient, once: 'x', channel: 'phone', raisedBy: 'M', receivedOn: '2026-11-24' },
      [],
      '/objections/new',
    )
    expect(again.status, 'nothing left to object to').to.equal(409)
  })

  it('settling before assessing is refused on the page, with what was chosen kept', async () => {
    const url = await registered()
    const answer = await submitFiles(
      officer,
      url,
      { outcome: 'change-dropped', note: 'Opgivet' },
      [],
      `${url}/settle`,
    )
    expect(answer.status).to.equal(409)
    expect(inspect(answer.text, 409).text).to.contain('Assess objection OB-2026-001 before you settle it.')
    expect(answer.text).to.contain('Opgivet')
  })

  it('an auditor reads and does not act; a file of another case is not handed out', async () => {
    const url = await registered()
    const { agent } = await signedIn(tilsyn, 'auditor', 'da')
    const page = await visit(agent, url)
    expect(page.lang).to.equal('da')
    expect(page.html).not.to.contain(`${url}/settle`)
    expect((await agent.get(form())).status).to.equal(403)
    expect((await agent.get(`${url}/files/other`)).status).to.equal(404)
    expect((await agent.get('/objections/OB-2026-999')).status).to.equal(404)
  })
})
