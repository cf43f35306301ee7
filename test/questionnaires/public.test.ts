import { expect } from 'chai'
import { answersOf } from '../../src/questionnaires/actions/answer.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld } from '../notices/world.js'
import { answer, aQuestionnaire, stored } from './reviews.js'

describe('answers from public documentation', () => {
  const tilsyn = useApp()

  async function open(sent: boolean) {
    const world = await aWorld(tilsyn)
    const questionnaire = await aQuestionnaire(tilsyn, world.planned, { sent })
    const { agent } = await signedIn(tilsyn)
    const page = `/questionnaires/${questionnaire.reference}/public`
    return { world, questionnaire, agent, page, section: `${page}/sections/S08` }
  }

  it('need a link and a day each, of a questionnaire that was never sent, and are flagged to the end', async () => {
    const { questionnaire, agent, page, section } = await open(false)
    expect((await visit(agent, `/questionnaires/${questionnaire.reference}`)).text).to.include(
      'Answers from public documentation',
    )
    expect((await submit(agent, page, {}, `${page}/submit`)).status, 'nothing answered').to.equal(409)
    const typed = { S08_01: 'DK, IE', S08_01__seen: 0 }
    const bare = await submit(agent, section, typed)
    expect(bare.status).to.equal(422)
    expect(await answersOf(questionnaire._id)).to.have.length(0)
    const dayless = await submit(agent, section, { ...typed, S08_01__url: 'https://nyborg.example/trust' })
    expect(dayless.status, 'both, or it is no evidence').to.equal(422)
    const tomorrow = { S08_01__url: 'https://nyborg.example/trust', S08_01__readOn: '2026-11-24' }
    expect((await submit(agent, section, { ...typed, ...tomorrow })).status).to.equal(422)
    const saved = await submit(agent, section, { ...typed, ...tomorrow, S08_01__readOn: '2026-11-20' })
    expect(saved.status, saved.text.slice(0, 400)).to.equal(303)
    expect((await answersOf(questionnaire._id))[0]).to.deep.include({
      value: ['DK', 'IE'],
      origin: 'public',
      source: { url: 'https://nyborg.example/trust', readOn: '2026-11-20' },
    })

    const done = await submit(agent, page, {}, `${page}/submit`)
    expect(done.headers['location']).to.equal(`/questionnaires/${questionnaire.reference}/review`)
    expect(await stored(questionnaire.reference)).to.have.nested.property('submitted.fromPublic', true)
    const review = await visit(agent, String(done.headers['location']))
    expect(review.text).to.include('The vendor has not confirmed the answers.')
    const shown = await visit(agent, `${String(done.headers['location'])}/sections/S08`)
    expect(shown.text).to.include('from public documentation').and.include('read 20 November 2026')
    expect(shown.html).to.include('href="https://nyborg.example/trust"')
    expect((await submit(agent, section, typed)).status, 'in review it is closed').to.equal(409)
  })

  it('take one source for a whole section, and leave alone what the vendor has said', async () => {
    const { questionnaire, agent, section } = await open(true)
    await answer(tilsyn, questionnaire, { 'S08.01': ['DK'] })
    const page = await visit(agent, section)
    expect(page.html).not.to.include('name="S08_01"')
    const saved = await submit(agent, section, {
      source__url: 'https://nyborg.example/sub',
      source__readOn: '2026-11-20',
      S08_01: 'SE',
      S08_01__seen: 1,
      S08_02: 'DK',
      S08_02__seen: 0,
    })
    expect(saved.status, saved.text.slice(0, 400)).to.equal(303)
    const answers = await answersOf(questionnaire._id)
    expect(answers.map(({ question, value, origin }) => [question, value, origin])).to.have.deep.members([
      ['S08.01', ['DK'], 'typed'],
      ['S08.02', ['DK'], 'public'],
    ])
  })

  it('two at once: the second is told', async () => {
    const { agent, section } = await open(true)
    const typed = { source__url: 'https://nyborg.example/sub', source__readOn: '2026-11-20', S08_01__seen: 0 }
    await submit(agent, section, { ...typed, S08_01: 'SE' })
    const second = await submit(agent, section, { ...typed, S08_01: 'DE' })
    expect(second.status).to.equal(409)
    expect(second.text).to.include('S08.01')
  })
})
