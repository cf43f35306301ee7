import { expect } from 'chai'
import { continueCampaigns, startCampaign, setsToAsk } from '../../src/questionnaires/actions/campaign.js'
import { remindOfQuestionnaires } from '../../src/questionnaires/actions/remind.js'
import { campaigns } from '../../src/questionnaires/records/campaigns.js'
import { questionnairesOfYear } from '../../src/questionnaires/records/questionnaires.js'
import type { CampaignCandidates } from '../../src/questionnaires/rules/campaign.js'
import { everyVendorInUse } from '../../src/questionnaires/actions/campaign.js'
import { confirmInUse, createVendor, createEngagement, vendorsByIds } from '../../src/register/actions.js'
import { useJourney } from '../journeys/house.js'
import { anEngagement, aWorld, type World } from '../notices/world.js'
import { signedIn, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const byName = ([a]: readonly string[], [b]: readonly string[]) => ((a ?? '') < (b ?? '') ? -1 : 1)

describe('asking many in one go', () => {
  const journey = useJourney()
  let world: World

  beforeEach('two to ask, and one without an address', async () => {
    world = await aWorld(journey)
    const context = journey.context()
    const silent = await createVendor(context, {
      name: 'Tavs Drift ApS',
      registration: null,
      noRegistrationBecause: 'Ikke oplyst',
      address: 'Stille Vej 1, 4000 Roskilde',
      country: 'DK',
      contacts: [{ name: 'Bo Berg', phone: '+45 12345678', role: 'contract', locale: 'da' }],
    })
    const quiet = await createEngagement(context, {
      vendor: silent._id,
      role: 'sub-processor',
      services: [world.hosting._id],
      activity: { da: 'Vagt', en: 'Guarding' },
      dataCategories: ['ordinary'],
      subjects: ['employees'],
      storageCountries: ['DK'],
      accessCountries: ['DK'],
      places: [],
      transfers: [],
      parent: null,
      contract: null,
      dueDiligence: null,
    })
    for (const { _id: id } of [world.old, world.planned, quiet]) await confirmInUse(context, id, '2026-01-05')
  })

  const references = async () => {
    const vendors = await vendorsByIds([world.old.vendor, world.planned.vendor])
    return vendors.map(({ reference }) => reference)
  }
  const start = async (candidates: CampaignCandidates = everyVendorInUse, vendors?: string[]) =>
    startCampaign(
      journey.officer(),
      { year: 2026, dueOn: '2026-12-23', sets: setsToAsk(), vendors: vendors ?? (await references()) },
      candidates,
    )

  it('shows whom it goes to, and who cannot be asked and what to do about it', async () => {
    const { agent } = await signedIn(journey)
    const page = await visit(agent, '/questionnaires/campaign?year=2026')
    expect(page.text)
      .to.include('Ida Holm, ida@nyborg.example')
      .and.include('1 cannot be asked')
      .and.include('Add a contact')
    const campaign = await start()
    const shown = await visit(agent, `/questionnaires/campaigns/${campaign.reference}`)
    expect(shown.text).to.match(/Tavs Drift ApS\s*: no contact with a mail address/)
    expect((await visit(agent, '/questionnaires/campaigns')).text).to.include(campaign.reference)
  })

  it('asks each once, however often it is taken up again', async () => {
    const campaign = await start()
    await continueCampaigns(journey.officer())
    await Promise.all([continueCampaigns(journey.officer()), continueCampaigns(journey.officer())])
    await journey.work()
    const asked = await questionnairesOfYear(2026)
    expect(asked.map(({ vendorName, delivery }) => [vendorName, delivery]).toSorted(byName)).to.deep.equal([
      ['Gammelby Drift ApS', 'accepted'],
      ['Nyborg Backup ApS', 'accepted'],
    ])
    expect(asked.every((each) => each.campaign === campaign._id)).to.equal(true)
    expect((await campaigns())[0]).to.deep.include({ state: 'made', chosen: 2 })
    expect(journey.mailbox.mails).to.have.length(2)
  })

  it('leaves out who was not chosen, and says so', async () => {
    const [first = ''] = await references()
    const campaign = await start(everyVendorInUse, [first])
    expect(campaign.leftOut.map(({ because }) => because).toSorted()).to.deep.equal([
      'no-address',
      'not-chosen',
    ])
    const { agent } = await signedIn(journey)
    const page = await visit(agent, `/questionnaires/campaigns/${campaign.reference}`)
    expect(page.text).to.include('left out by choice').and.include('Ask now')
  })

  it('leaves out who has an open one already, with its reference', async () => {
    await start()
    await journey.work()
    const { agent } = await signedIn(journey)
    const again = await start().then(
      () => 'started',
      (error: { reason?: string }) => error.reason,
    )
    expect(again).to.equal('campaign-nobody')
    expect((await visit(agent, '/questionnaires/campaign')).status).to.equal(200)
  })

  it('asks the short set where the risk is low', async () => {
    await start(async () => [
      {
        vendor: world.old.vendor,
        engagements: [world.old._id],
        why: 'yearly',
        dueOn: '2026-12-31',
        light: true,
      },
      {
        vendor: world.planned.vendor,
        engagements: [world.planned._id],
        why: 'addition',
        dueOn: '2026-12-31',
      },
    ])
    await journey.work()
    const sets = (await questionnairesOfYear(2026)).map(({ vendorName, set, why }) => [
      vendorName,
      set.id,
      why,
    ])
    expect(sets.toSorted(byName)).to.deep.equal([
      ['Gammelby Drift ApS', setsToAsk().light.id, 'yearly'],
      ['Nyborg Backup ApS', setsToAsk().usual.id, 'addition'],
    ])
    expect(setsToAsk().light.id).not.to.equal(setsToAsk().usual.id)
  })

  it('goes on with the others where one vendor has ended meanwhile', async () => {
    await anEngagement(journey, 'Tredje ApS', [world.hosting._id])
    await start()
    await journey.work()
    expect(await questionnairesOfYear(2026)).to.have.length(2)
  })

  it('stops reminders for all of it, with a reason, until they are resumed', async () => {
    const campaign = await start()
    await journey.work()
    const { agent } = await signedIn(journey)
    const url = `/questionnaires/campaigns/${campaign.reference}`
    expect((await submit(agent, url, {}, `${url}/reminders`)).status).to.equal(422)
    await submit(agent, url, { reason: 'Fælles møde i december' }, `${url}/reminders`)
    journey.moveTo('2026-12-09')
    expect(await remindOfQuestionnaires(journey.context())).to.deep.equal({ reminded: 0, escalated: 0 })
    const signed = (await signedIn(journey)).agent
    const [one] = await questionnairesOfYear(2026)
    expect((await visit(signed, `/questionnaires/${one?.reference}`)).text).to.include(
      'stopped for the whole campaign: Fælles møde i december',
    )
    await submit(signed, url, { resume: 'yes' }, `${url}/reminders`)
    expect(await remindOfQuestionnaires(journey.context())).to.deep.equal({ reminded: 2, escalated: 0 })
    expect(await remindOfQuestionnaires(journey.context())).to.deep.equal({ reminded: 0, escalated: 0 })
  })

  it('is started from its page, where a form without a choice comes back as it was', async () => {
    const { agent } = await signedIn(journey)
    const url = '/questionnaires/campaign?year=2026'
    const page = await visit(agent, url)
    const found = [...page.html.matchAll(/name="vendors" value="(V-\d+)"/g)].map((match) => match[1] ?? '')
    expect(found).to.have.length(2)
    const fields = {
      year: '2026',
      dueOn: '2026-12-23',
      usual: 'gdpr-subprocessor-yearly 2026.1',
      light: 'gdpr-subprocessor-yearly 2026.1',
    }
    const bare = await submit(agent, url, fields)
    expect(bare.status).to.equal(422)
    inspect(bare.text, 422)
    const started = await submit(agent, url, { ...fields, vendors: found })
    expect(started.headers['location']).to.match(/^\/questionnaires\/campaigns\/QC-2026-001$/)
  })
})

describe('the days of reminders', () => {
  const journey = useJourney()

  it("are the organisation's own, within bounds", async () => {
    const { agent } = await signedIn(journey)
    const url = '/questionnaires/reminders'
    const page = await visit(agent, url)
    expect(page.html).to.include('value="14, 3"').and.include('value="3, 14"')
    expect((await submit(agent, url, { before: 'snart', after: '3', escalate: '14' })).status).to.equal(422)
    await submit(agent, url, { before: '7', after: '', escalate: '5' })
    expect((await visit(agent, url)).html)
      .to.include('value="7"')
      .and.include('value="5"')
  })
})
