import { expect } from 'chai'
import { questionnaireByReference } from '../../src/questionnaires/records/questionnaires.js'
import { vendorsByIds } from '../../src/register/actions.js'
import type { Engagement, Vendor } from '../../src/register/rules.js'
import { useJourney } from '../journeys/house.js'
import { anEngagement, aWorld, type World } from '../notices/world.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const usual = {
  year: '2026',
  set: 'gdpr-subprocessor-yearly 2026.1',
  why: 'yearly',
  dueOn: '2026-12-23',
  locale: 'da',
}

describe('asking one vendor', () => {
  const journey = useJourney()
  let world: World
  let agent: Agent
  let vendor: Vendor
  let fields: Record<string, string | string[]>

  beforeEach('a vendor to ask', async () => {
    world = await aWorld(journey)
    agent = (await signedIn(journey)).agent
    vendor = await vendorOf(world.planned)
    fields = {
      ...usual,
      engagements: [world.planned.reference],
      contact: vendor.contacts[0]?.id ?? '',
    }
  })

  const vendorOf = async (engagement: Engagement): Promise<Vendor> => {
    const [found] = await vendorsByIds([engagement.vendor])
    if (!found) throw new Error('no vendor')
    return found
  }
  const prepare = async (changes: Record<string, string | string[]> = {}) => {
    const url = `/questionnaires/new?vendor=${vendor.reference}`
    const answer = await submit(agent, url, { ...fields, ...changes })
    return { answer, reference: /QN-\d{4}-\d{3}/.exec(answer.headers['location'] ?? '')?.[0] ?? '' }
  }
  const sent = async () => {
    const { reference } = await prepare()
    await submit(agent, `/questionnaires/${reference}`, {}, `/questionnaires/${reference}/send`)
    return reference
  }

  it('is prepared, looked over as they will get it, and only then sent', async () => {
    const form = await visit(agent, `/questionnaires/new?vendor=${vendor.reference}`)
    expect(form.text).to.include('Ida Holm, ida@nyborg.example')
    const { answer, reference } = await prepare()
    expect([answer.status, answer.headers['location']]).to.deep.equal([
      303,
      `/questionnaires/${reference}/preview`,
    ])
    await journey.work()
    expect(journey.mailbox.mails).to.deep.equal([])
    const preview = await visit(agent, `/questionnaires/${reference}/preview`)
    expect(preview.text)
      .to.include('Spørgeskema om databeskyttelse fra Nordvang Drift A/S, svar senest 23. december 2026')
      .and.include('Ida Holm, ida@nyborg.example')
    const mail = await agent.get(`/questionnaires/${reference}/preview/mail`)
    expect(mail.text).to.include('Backup af kundernes servere')

    await submit(agent, `/questionnaires/${reference}/preview`, {}, `/questionnaires/${reference}/send`)
    const waiting = await visit(agent, `/questionnaires/${reference}`)
    expect(waiting.text).to.include('Mail on its way').and.not.include('Awaiting answers')
    await journey.work()
    const arrived = await visit(agent, `/questionnaires/${reference}`)
    expect(arrived.text).to.include('Awaiting answers').and.include('accepted by their mail server, first')
    expect((await questionnaireByReference(reference))?.arrivedAt).to.be.instanceOf(Date)
    const [letter] = journey.mailbox.mailsFor('ida@nyborg.example')
    expect(letter?.subject).to.include(reference)
  })

  it('is sent once, however often the button is pressed', async () => {
    const reference = await sent()
    const again = await submit(agent, `/questionnaires/${reference}`, {}, `/questionnaires/${reference}/send`)
    expect(again.status).to.equal(409)
    expect(inspect(again.text, 409).text).to.include('has already been sent')
    await journey.work()
    await journey.work()
    expect(journey.mailbox.mailsFor('ida@nyborg.example')).to.have.length(1)
  })

  it('is refused where there is nobody to write to, and says what to do', async () => {
    const { answer } = await prepare({ contact: 'other' })
    const page = inspect(answer.text, answer.status)
    expect(answer.status).to.equal(422)
    expect(page.text).to.include('Somebody else')
    const named = await prepare({
      contact: 'other',
      name: 'Ole Lund',
      email: 'ole@nyborg.example',
      locale: 'en',
    })
    expect(await questionnaireByReference(named.reference)).to.deep.include({
      owner: { name: 'Ole Lund', email: 'ole@nyborg.example', locale: 'en', contact: null },
    })
  })

  it('is refused where one of that year is open, and names it', async () => {
    const { reference } = await prepare()
    const { answer } = await prepare()
    expect(answer.status).to.equal(409)
    expect(inspect(answer.text, 409).text).to.include(reference)
    expect((await prepare({ year: '2027' })).answer.status).to.equal(303)
  })

  it('is refused with a due date that has come, an unknown set, or no engagement', async () => {
    expect((await prepare({ dueOn: '2026-11-23' })).answer.status).to.equal(409)
    expect((await prepare({ set: 'none 1' })).answer.status).to.equal(409)
    expect((await prepare({ engagements: [] })).answer.status).to.equal(422)
    const other = await anEngagement(journey, 'Andetby ApS', [])
    expect((await prepare({ engagements: [other.reference] })).answer.status).to.equal(409)
  })

  it('that was refused asks for another contact, whose link opens while the first stays shut', async () => {
    journey.mailbox.refuse('ida@nyborg.example', 550)
    const reference = await sent()
    await journey.work()
    const page = await visit(agent, `/questionnaires/${reference}`)
    expect(page.text)
      .to.include('Mail refused')
      .and.include('Find another contact')
      .and.include('No such mailbox')
    expect((await visit(agent, '/')).text).to.include(
      `Questionnaire ${reference} has not reached Nyborg Backup`,
    )

    const url = `/questionnaires/${reference}`
    const owner = { contact: 'other', name: 'Ole Lund', email: 'ole@nyborg.example', locale: 'en' }
    const bare = await submit(agent, url, owner, `${url}/owner`)
    expect(bare.status).to.equal(422)
    await submit(agent, url, { ...owner, ownerBecause: 'Ida er fratrådt' }, `${url}/owner`)
    await journey.work()
    expect((await visit(agent, url)).text).to.include('Awaiting answers')
    expect(journey.mailbox.mailsFor('ole@nyborg.example')[0]?.subject).to.include(
      'Data protection questionnaire',
    )
    expect((await visit(agent, '/')).text).not.to.include('has not reached')
    const { landed } = await journey.open('ole@nyborg.example')
    expect(landed).to.match(/^\/v\/[^/]+\/$/)
  })

  it('goes again to the same contact, by a mail of its own', async () => {
    journey.mailbox.refuse('ida@nyborg.example', 550, 1)
    const reference = await sent()
    await journey.work()
    const url = `/questionnaires/${reference}`
    expect((await questionnaireByReference(reference))?.delivery).to.equal('refused')
    await submit(agent, url, {}, `${url}/send-again`)
    await journey.work()
    expect(await questionnaireByReference(reference)).to.deep.include({ delivery: 'accepted' })
    expect(journey.mailbox.mailsFor('ida@nyborg.example')).to.have.length(1)
  })

  it('is withdrawn with a reason: they are told, and reminders end', async () => {
    const reference = await sent()
    await journey.work()
    const url = `/questionnaires/${reference}`
    expect((await submit(agent, url, {}, `${url}/withdraw`)).status).to.equal(422)
    await submit(
      agent,
      url,
      { withdrawBecause: 'Aftalen ophører', words: 'Vi stopper samarbejdet.' },
      `${url}/withdraw`,
    )
    await journey.work()
    expect(journey.mailbox.mailsFor('ida@nyborg.example').at(-1)?.text).to.include('Vi stopper samarbejdet.')
    await journey.goTo('2026-12-20')
    expect(journey.mailbox.mailsFor('ida@nyborg.example')).to.have.length(2)
    agent = (await signedIn(journey)).agent
    const page = await visit(agent, url)
    expect(page.text).to.include('Withdrawn').and.include('Aftalen ophører')
    expect((await prepare({ dueOn: '2027-01-30' })).answer.status).to.equal(303)
  })

  it('stands in the list, by state, year and vendor, and on the pages of its vendor and engagement', async () => {
    const reference = await sent()
    expect((await visit(agent, '/questionnaires')).text).to.include(reference)
    for (const query of [
      'state=open',
      'year=2026',
      `vendor=${vendor.reference}`,
      'q=nyborg',
      `q=${reference}`,
      'mail=under-way',
      'sort=name',
      'sort=year',
    ])
      expect((await visit(agent, `/questionnaires?${query}`)).text, query).to.include(reference)
    for (const query of ['state=concluded', 'year=2025', 'vendor=V-9999', 'q=gammelby'])
      expect((await visit(agent, `/questionnaires?${query}`)).text, query).not.to.include(reference)
    expect((await visit(agent, `/vendors/${vendor.reference}`)).text).to.include(reference)
    expect((await visit(agent, `/engagements/${world.planned.reference}`)).text).to.include(reference)
  })

  it('may be read by an auditor, and only read', async () => {
    const reference = await sent()
    const auditor = (await signedIn(journey, 'auditor')).agent
    const page = await visit(auditor, `/questionnaires/${reference}`)
    expect(page.html).not.to.include('/withdraw').and.not.include('/owner"')
    expect((await auditor.get('/questionnaires/new')).status).to.equal(403)
  })
})
