import { expect } from 'chai'
import { noticeByReference } from '../../src/notices/actions.js'
import { editEngagement, engagementByReference } from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aWorld, customersOf, why, type World } from './world.js'

describe('pages of a change of what customers have approved', () => {
  const tilsyn = useApp()

  const fields = (kind: string, engagement: string, changes: Record<string, string> = {}) => ({
    'lines[0][kind]': kind,
    'lines[0][engagement]': engagement,
    'lines[0][replaces]': '',
    plannedStart: '2027-03-01',
    goLive: 'staged',
    'why[da]': why.da,
    'why[en]': why.en,
    'safeguards[da]': '',
    'safeguards[en]': '',
    ...changes,
  })

  async function planned(agent: Agent, world: World): Promise<Engagement> {
    const answer = await submit(agent, `/engagements/${world.old.reference}/changes`, {
      change: 'new-place',
    })
    expect(answer.status).to.equal(303)
    const [, reference = ''] =
      /^\/engagements\/(E-\d+)\/edit#field-storageCountries$/.exec(String(answer.headers['location'])) ?? []
    return (await engagementByReference(reference))!
  }

  it('plans it in one click from the engagement, twice the same, and shows what it changes', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const page = await visit(agent, `/engagements/${world.old.reference}`)
    expect(page.text).to.include('Planlæg et nyt sted eller land').and.include('Giv besked om en rettelse')
    const copy = await planned(agent, world)
    expect(await planned(agent, world)).to.include({ reference: copy.reference })
    expect((await visit(agent, `/engagements/${copy.reference}/edit`)).text).to.include('kopi')
    expect((await visit(agent, `/engagements/${copy.reference}`)).text).to.include(
      'Kopien er endnu magen til',
    )

    const { _id, reference, version, moves, listed, ...rest } = copy as Engagement & { listed?: boolean }
    expect([_id, moves, listed]).to.have.length(3)
    const edited = { ...rest, storageCountries: ['DK', 'SE'] }
    await editEngagement(tilsyn.context(), { reference, version }, edited)
    const shown = await visit(agent, `/engagements/${reference}`)
    expect(shown.text).to.include('Det er: Nyt sted eller land').and.include('Danmark, Sverige')
    expect(shown.links).to.include(
      `/notices/new?kind=new-place&amp;engagement=${reference}&amp;replaces=${world.old.reference}`,
    )
    const old = await visit(agent, `/engagements/${world.old.reference}`)
    expect(old.text).to.include('En ændring er planlagt').and.not.to.include('Planlæg et nyt sted')

    const wrong = await submit(agent, '/notices/new', fields('addition', reference))
    expect(wrong.status).to.equal(422)
    expect(inspect(wrong.text, wrong.status).text).to.include('Det er et nyt sted eller land')
    expect((await submit(agent, '/notices/new', fields('new-basis', reference))).status).to.equal(422)
    const right = await submit(agent, '/notices/new', fields('new-place', reference))
    expect(right.status).to.equal(303)
    const notice = await noticeByReference(String(right.headers['location']).split('/')[2] ?? '')
    expect(notice.lines[0]).to.include({ kind: 'new-place', replaces: world.old._id })
    const preview = await visit(agent, `/notices/${notice.reference}/preview`)
    expect(preview.text).to.include('Vi beder om jeres godkendelse af et nyt behandlingssted')
    expect((await visit(agent, `/notices/${notice.reference}`)).text).to.include('(hidtil: Danmark)')
    await visit(agent, `/notices/${notice.reference}/edit`)
  })

  it('plans none where nobody has approved it, and none for who may only read', async () => {
    const world = await aWorld(tilsyn)
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const page = await visit(agent, `/engagements/${world.planned.reference}`)
    expect(page.text).not.to.include('Plan a new place')
    expect((await submit(agent, `/engagements/${world.planned.reference}/changes`, {})).status).to.equal(409)
    await customersOf(tilsyn, world, [{}])
    const { agent: auditor } = await signedIn(tilsyn, 'auditor', 'en')
    const seen = await visit(auditor, `/engagements/${world.old.reference}`)
    expect(seen.text).to.include('What customers have approved changes by a notice')
    expect(seen.text).not.to.include('Plan a new place')
  })

  it('corrects what was told: fields as in the register, and refused where it is more than that', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const { reference } = world.old
    const first = await visit(agent, `/notices/new?kind=correction&engagement=${reference}`)
    expect(first.html).to.include('value="Gammelby Drift ApS"').and.include('value="29403473"')
    const shown = {
      'lines[0][corrected][of]': reference,
      'lines[0][corrected][name]': 'Gammelby Drift ApS',
      'lines[0][corrected][registrationKind]': 'CVR',
      'lines[0][corrected][registrationNumber]': '29403473',
      'lines[0][corrected][address]': 'Havnegade 3, 5800 Nyborg',
      'lines[0][corrected][country]': 'DK',
      'lines[0][corrected][contactName]': 'Ida Holm',
      'lines[0][corrected][contactEmail]': 'ida@nyborg.example',
    }
    const post = (changes: Record<string, string>) =>
      submit(agent, '/notices/new', fields('correction', reference, { ...shown, ...changes }))
    const refused: [Record<string, string>, string][] = [
      [{}, 'nothing differs from the register'],
      [{ 'lines[0][corrected][country]': 'SE' }, 'Another country is no correction'],
      [{ 'lines[0][corrected][registrationNumber]': '29412006' }, 'may be another legal entity'],
      [
        { 'lines[0][corrected][registrationNumber]': '29412007' },
        'The check digits of the number do not fit',
      ],
    ]
    for (const [changes, words] of refused) {
      const answer = await post(changes)
      expect(answer.status, words).to.equal(422)
      expect(inspect(answer.text, answer.status).text).to.include(words)
      for (const typed of Object.values(changes)) expect(answer.text).to.include(typed)
    }
    // Fields that were shown for another engagement put nothing right of this one.
    const other = await post({
      'lines[0][corrected][of]': world.planned.reference,
      'lines[0][corrected][name]': 'Nyborg Backup ApS',
    })
    expect(other.status).to.equal(422)
    expect(other.text).to.include('value="Gammelby Drift ApS"').and.not.include('value="Nyborg Backup ApS"')

    const right = await post({
      'lines[0][corrected][registrationNumber]': '29412006',
      'lines[0][corrected][sameEntityBecause]': 'Typing error',
      'lines[0][corrected][name]': 'Gammelby Drift A/S',
    })
    expect(right.status).to.equal(303)
    const notice = await noticeByReference(String(right.headers['location']).split('/')[2] ?? '')
    const preview = await visit(agent, `/notices/${notice.reference}/preview`)
    expect(preview.text).to.include('Orientering om rettelse af oplysninger').and.include('Det rettes: Hvem')
    const page = await visit(agent, `/notices/${notice.reference}`)
    expect(page.text).to.include(
      'Gammelby Drift A/S (CVR 29412006) (it read: Gammelby Drift ApS (CVR 29403473))',
    )
    expect(page.text).not.to.include('Typing error')
    const edit = await visit(agent, `/notices/${notice.reference}/edit`)
    expect(edit.html).to.include('value="Gammelby Drift A/S"').and.include('value="Typing error"')
  })
})
