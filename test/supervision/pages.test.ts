import { expect } from 'chai'
import { currentSets } from '../../src/question-sets/actions.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { moveTo } from '../../src/questionnaires/actions/move.js'
import { approve, editEngagement, engagementByReference } from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import {
  campaignCandidates,
  models,
  setModel,
  supervisionInYear,
  supervisionTasks,
} from '../../src/supervision/actions.js'
import { publishedModel } from '../../src/supervision/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { anEngagement, aWorld, customersOf } from '../notices/world.js'

const asProposed = {
  subjects: '1000-10000',
  special: 'yes',
  other: 'no',
  processing: 'no',
  concept: '3',
  seen: '0',
}

describe('the supervision of sub-processors', () => {
  const tilsyn = useApp()

  async function inUse(name: string, changes: Parameters<typeof anEngagement>[3] = {}): Promise<Engagement> {
    return anEngagement(tilsyn, name, [], {
      inUse: { since: '2024-02-01', until: null },
      subjectCount: '1000-10000',
      dataCategories: ['ordinary', 'special'],
      ...changes,
    })
  }

  const pageOf = (engagement: Engagement) => `/supervision/engagements/${engagement.reference}`

  it('shows on one board what each owes in the year, and nothing of those that owe nothing', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    await inUse('Svendborg Lager ApS', { assurance: { owed: true, kind: 'ISAE 3402', clause: '7.4' } })
    await inUse('Odense Regnskab ApS', { role: 'own-vendor' })
    const { agent } = await signedIn(tilsyn, 'auditor')
    const { text, links } = await visit(agent, '/supervision')
    expect(text).to.include('Svendborg Lager ApS').and.include('Gammelby Drift ApS')
    // Planned and approved by nobody; an own vendor: neither is supervised as a sub-processor.
    expect(text).not.to.include('Nyborg Backup ApS')
    expect(text).not.to.include('Odense Regnskab ApS')
    expect(text).to.include('agreed with the vendor, 7.4 (C.8)').and.include('To be asked for')
    expect(links.filter((link) => link.startsWith('/questionnaires/new'))).to.deep.equal([])
    const { text: found } = await visit(agent, '/supervision?q=svendborg&state=owed&sort=due')
    expect(found).to.include('Svendborg').and.not.include('Gammelby')
    expect((await visit(agent, '/supervision?q=nobody')).text).to.include('No sub-processors match')
    expect((await visit(agent, '/supervision?year=2020')).text).to.include('No sub-processor is in use')
  })

  it('is handed out as a workbook and as text, one line for each duty', async () => {
    await aWorld(tilsyn)
    await inUse('Svendborg Lager ApS', { assurance: { owed: true } })
    const { agent } = await signedIn(tilsyn)
    const csv = await agent.get('/supervision/export?format=csv')
    expect(csv.text.trim().split('\r\n').length, csv.text).to.equal(3)
    expect(csv.text).to.include('Svendborg Lager ApS').and.include('2026-12-31')
    const xlsx = await agent.get('/supervision/export')
    expect(xlsx.headers['content-type']).to.include('spreadsheetml')
    expect(xlsx.headers['content-disposition']).to.include('tilsyn-supervision-2026')
  })

  it('has points proposed from the register that a person confirms, with who and when', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent, person } = await signedIn(tilsyn, 'officer')
    const page = pageOf(engagement)
    expect((await visit(agent, page)).text)
      .to.include('5 points')
      .and.include('Proposed, not confirmed')
    const form = await visit(agent, `${page}/score`)
    expect(form.text).to.include('The register proposes: 1,000 to 10,000')
    const answer = await submit(agent, `${page}/score`, asProposed)
    expect(answer.status, answer.text.slice(0, 2000)).to.equal(303)
    const { text } = await visit(agent, page)
    expect(text).to.include(person.name).and.include('A 2 + B 3 + C 0 + D 0').and.include('As proposed')
    expect(text).not.to.include('Proposed, not confirmed')
    expect(text).to.include('Points confirmed')
  })

  it('asks why where an answer departs from the register, and shows the reason', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent } = await signedIn(tilsyn)
    const page = pageOf(engagement)
    const departing = { ...asProposed, other: 'yes', concept: '5' }
    const refused = await submit(agent, `${page}/score`, departing)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.include('The register proposes another answer')
    const why = 'Statements of account are stored too.'
    expect((await submit(agent, `${page}/score`, { ...departing, 'because[other]': why })).status).to.equal(
      303,
    )
    expect((await visit(agent, page)).text)
      .to.include(why)
      .and.include('Departs from the register')
  })

  it('asks why where it is weaker than the guidance suggests, and says so everywhere', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS', { dataCategories: ['special', 'confidential'] })
    const { agent } = await signedIn(tilsyn)
    const page = pageOf(engagement)
    const weaker = { ...asProposed, other: 'yes' }
    const refused = await submit(agent, `${page}/score`, weaker)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.include('weaker than the guidance at these points')
    const why = 'They have no report; we visit them in the autumn.'
    expect((await submit(agent, `${page}/score`, { ...weaker, weakerBecause: why })).status).to.equal(303)
    for (const url of [page, '/supervision', `/engagements/${engagement.reference}`])
      expect((await visit(agent, url)).text, url)
        .to.include('Weaker than the guidance suggests')
        .and.include(why)
    const year = await supervisionInYear(tilsyn.context(), 2026)
    expect(year.weaker).to.deep.equal([{ engagement: engagement.reference, because: why }])
  })

  it('is to be looked at again when the register says something else than it did', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent } = await signedIn(tilsyn)
    await submit(agent, `${pageOf(engagement)}/score`, asProposed)
    const { text: before } = await visit(agent, pageOf(engagement))
    expect(before).not.to.include('The register has changed')
    const now = await engagementByReference(engagement.reference)
    if (!now) throw new Error('no engagement')
    const { version, reference } = now
    await editEngagement(tilsyn.context(), { reference, version }, { ...now, subjectCount: 'over-10000' })
    const { text } = await visit(agent, pageOf(engagement))
    expect(text).to.include(
      'The register has changed since the points were confirmed: number of data subjects',
    )
    const tasks = await supervisionTasks(tilsyn.today())
    expect(tasks.map((task) => task.text)).to.include('supervision:task.stale')
  })

  it('refuses a score made from what has been overtaken meanwhile', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent } = await signedIn(tilsyn)
    await submit(agent, `${pageOf(engagement)}/score`, asProposed)
    expect((await submit(agent, `${pageOf(engagement)}/score`, asProposed)).status).to.equal(409)
  })

  it('keeps the inspections we hold ourselves, with their papers', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent } = await signedIn(tilsyn)
    const page = pageOf(engagement)
    const act = { kind: 'inspection', on: '2026-11-20', note: 'Visited the site in Svendborg.', seen: '0' }
    const late = await submitFiles(agent, page, { ...act, on: '2026-11-24' }, [], `${page}/acts`)
    expect(late.status).to.equal(422)
    const files = [{ field: 'file', name: 'visit.txt', bytes: Buffer.from('What was seen.') }]
    expect((await submitFiles(agent, page, act, files, `${page}/acts`)).status).to.equal(303)
    const { text, links } = await visit(agent, page)
    expect(text).to.include('Visited the site in Svendborg.').and.include('6. Own inspection')
    const file = links.find((link) => link.startsWith(`${page}/files/`)) ?? ''
    expect((await agent.get(file)).status).to.equal(200)
    expect((await agent.get(`${page}/files/another`)).status).to.equal(404)
  })

  it('may be read by an auditor, who confirms nothing', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const { agent } = await signedIn(tilsyn, 'auditor')
    await visit(agent, pageOf(engagement))
    await visit(agent, '/supervision/model')
    expect((await agent.get(`${pageOf(engagement)}/score`)).status).to.equal(403)
    expect((await agent.get('/supervision/model/edit')).status).to.equal(403)
  })

  it('has no page for what is no sub-processor of ours', async () => {
    await aWorld(tilsyn)
    const own = await inUse('Odense Regnskab ApS', { role: 'own-vendor' })
    const { agent } = await signedIn(tilsyn)
    expect((await agent.get(pageOf(own))).status).to.equal(404)
    expect((await agent.get('/supervision/engagements/E-9999')).status).to.equal(404)
  })

  it('counts nothing as asked whose mail no server has taken', async () => {
    await aWorld(tilsyn)
    const engagement = await inUse('Svendborg Lager ApS')
    const set = currentSets().find(({ id }) => id.includes('yearly'))
    if (!set) throw new Error('no set')
    const { reference } = await prepareQuestionnaire(tilsyn.context(), {
      year: 2026,
      vendor: engagement.vendor,
      engagements: [engagement._id],
      set: { id: set.id, version: set.version },
      why: 'yearly',
      owner: { name: 'Ida Holm', email: 'ida@nyborg.example', locale: 'da', contact: null },
      dueOn: '2026-12-20',
    })
    const sent = await sendQuestionnaire(tilsyn.context(), reference)
    const { agent } = await signedIn(tilsyn)
    const before = await visit(agent, pageOf(engagement))
    expect(before.text).to.include(`To be asked for ${reference}`)
    expect(before.links).to.include(`/questionnaires/${reference}`)
    const said = { event: 'questionnaire.arrived', facts: {} }
    await moveTo(tilsyn.context(), sent, { arrivedAt: tilsyn.now() }, said)
    expect((await visit(agent, pageOf(engagement))).text).to.include(`Asked ${reference}`)
  })

  it('hands a campaign the vendors that owe a questionnaire, and why', async () => {
    const world = await aWorld(tilsyn)
    const old = await inUse('Svendborg Lager ApS', {
      dataCategories: ['ordinary'],
      subjectCount: 'under-1000',
    })
    const added = await inUse('Assens Drift ApS', { inUse: { since: '2026-11-02', until: null } })
    const [customer] = await customersOf(tilsyn, world, [{}])
    if (!customer) throw new Error('no customer')
    await approve(tilsyn.context(), [
      { customer: customer._id, engagement: old._id, from: '2026-01-01', notice: null, kind: 'baseline' },
    ])
    const found = await campaignCandidates(tilsyn.context(), 2026)
    const those = found.filter(({ engagements }) =>
      engagements.some((id) => [old._id, added._id].includes(id)),
    )
    expect(those).to.deep.equal([
      { vendor: added.vendor, engagements: [added._id], why: 'addition', dueOn: '2026-12-02', light: false },
      { vendor: old.vendor, engagements: [old._id], why: 'yearly', dueOn: '2026-12-31', light: true },
    ])
  })
})

describe('the points model', () => {
  const tilsyn = useApp()
  const values = {
    'subjects[under-1000]': '1',
    'subjects[1000-10000]': '2',
    'subjects[over-10000]': '4',
    special: '3',
    other: '2',
    processing: '1',
    'months[1-2]': '',
    'months[3-4]': '24',
    'months[5-6]': '12',
    'months[7-10]': '6',
    because: "The authority's own PDF, page 9.",
    seen: '1',
  }

  it('shows each value with its source, and how well it is known', async () => {
    const { agent } = await signedIn(tilsyn)
    const { text } = await visit(agent, '/supervision/model')
    expect(text).to.include('Seen in a source').and.include('Seen in part').and.include('Our proposal')
    expect(text).to.include('guiding model of 29 October 2021')
  })

  it('is changed by a new version with a reason; the earlier one stays on record', async () => {
    const { agent, person } = await signedIn(tilsyn)
    const answer = await submit(agent, '/supervision/model/edit', values)
    expect(answer.status, answer.text.slice(0, 3000)).to.equal(303)
    const { text } = await visit(agent, '/supervision/model')
    expect(text).to.include('Version 2').and.include('Version 1').and.include(person.name)
    expect(text).to.include("The authority's own PDF, page 9.").and.include('Changed here')
    const [present, first] = await models()
    expect(present?.values.subjects['over-10000']).to.equal(4)
    expect(first).to.deep.equal(publishedModel)
  })

  it('refuses a version that changes nothing, overtakes another, or leaves the scale', async () => {
    const { agent } = await signedIn(tilsyn)
    const beyond = await submit(agent, '/supervision/model/edit', { ...values, special: '8' })
    expect(beyond.status).to.equal(422)
    expect(beyond.text).to.include('The highest comes to')
    const falling = await submit(agent, '/supervision/model/edit', { ...values, 'subjects[1000-10000]': '5' })
    expect(falling.text).to.include('More data subjects cannot give fewer points')
    expect((await submit(agent, '/supervision/model/edit', { ...values, because: '' })).status).to.equal(422)
    expect((await submit(agent, '/supervision/model/edit', values)).status).to.equal(303)
    expect((await submit(agent, '/supervision/model/edit', values)).status).to.equal(409)
    expect((await submit(agent, '/supervision/model/edit', { ...values, seen: '2' })).status).to.equal(409)
  })

  it('leaves scores as they were reckoned, and says that they are of an earlier version', async () => {
    await aWorld(tilsyn)
    const engagement = await anEngagement(tilsyn, 'Svendborg Lager ApS', [], {
      inUse: { since: '2024-02-01', until: null },
      subjectCount: 'over-10000',
    })
    const { agent } = await signedIn(tilsyn)
    const page = `/supervision/engagements/${engagement.reference}`
    const answers = { ...asProposed, subjects: 'over-10000', special: 'no' }
    expect((await submit(agent, `${page}/score`, answers)).status).to.equal(303)
    await setModel(tilsyn.context(), {
      values: { ...publishedModel.values, subjects: { ...publishedModel.values.subjects, 'over-10000': 2 } },
      because: 'Read again.',
      seen: 1,
    })
    const { text } = await visit(agent, page)
    expect(text)
      .to.include('3 points')
      .and.include('version 1 of the model')
      .and.include('They keep the version')
  })
})
