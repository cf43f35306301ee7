import { expect } from 'chai'
import { organisation } from '../../src/auth/organisation.js'
import { setUpToken } from '../../src/auth/actions/set-up.js'
import { useApp } from '../support/app.js'
import { anonymous, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const typed = {
  name: 'Nordvang Drift A/S',
  cvr: '35 24 01 36',
  address: 'Havnegade 12\r\n5000 Odense C',
  'dpo[name]': 'Karen Østergård',
  'dpo[email]': 'dpo@nordvang.example',
  'dpo[phone]': '+45 70 10 20 30',
  locales: ['da', 'en'],
  replyTo: 'varsler@nordvang.example',
  'person[name]': 'Åse Kjær',
  'person[email]': 'aase@nordvang.example',
  'person[password]': 'seven blue bicycles',
  'person[locale]': 'da',
}

describe('the first start', () => {
  const tilsyn = useApp()
  const link = async () => `/set-up/${await setUpToken(tilsyn.context())}`

  it('says on the sign-in page where the set-up link is to be found', async () => {
    expect((await visit(tilsyn.app, '/sign-in?lang=en')).h1).to.equal('Tilsyn is not set up yet')
  })

  it('makes the organisation and the first administrator, signed in', async () => {
    const agent = anonymous(tilsyn)
    const page = await link()
    expect((await visit(agent, page)).h1).to.equal('Sæt Tilsyn op')
    const answer = await submit(agent, page, typed)
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/'])
    const people = await visit(agent, '/people')
    expect(people.text).to.include('Åse Kjær').and.include('Administrator').and.include('Nordvang Drift A/S')
    expect(await organisation()).to.deep.include({
      name: 'Nordvang Drift A/S',
      registration: { kind: 'CVR', number: '35240136' },
      sampleSince: null,
    })
  })

  it('happens once: the link, and every other one printed meanwhile, is void afterwards', async () => {
    const [first, second] = [await link(), await link()]
    expect((await submit(anonymous(tilsyn), first, typed)).status).to.equal(303)
    for (const used of [first, second]) await visit(tilsyn.app, used, 404)
    expect(await setUpToken(tilsyn.context())).to.equal(null)
    await visit(tilsyn.app, '/sign-in')
  })

  it('has one winner when two open links are sent at once', async () => {
    const [one, two] = [anonymous(tilsyn), anonymous(tilsyn)]
    const [first, second] = [await link(), await link()]
    const answers = await Promise.all([
      submit(one, first, typed),
      submit(two, second, { ...typed, 'person[email]': 'other@x.dk' }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).to.satisfy(
      ([a, b]: number[]) => a === 303 && (b === 404 || b === 409),
    )
  })

  it('names each field that is missing, keeps what was typed but the password, and saves nothing', async () => {
    const page = await link()
    const agent = anonymous(tilsyn)
    const answer = await submit(agent, page, { ...typed, 'dpo[email]': 'not an address', address: '' })
    expect(answer.status).to.equal(422)
    const { html, text } = inspect(answer.text, 422)
    expect(text).to.include('2 felter skal rettes').and.include('Adresse: Udfyld feltet.')
    expect(html)
      .to.include('href="#field-dpo-email"')
      .and.include('value="not an address"')
      .and.not.include('seven blue bicycles')
    expect(await organisation()).to.equal(null)
  })

  it('warns of a CVR number whose check digit fails, and keeps it with a reason', async () => {
    const page = await link()
    const agent = anonymous(tilsyn)
    const refused = await submit(agent, page, { ...typed, cvr: '12345678' })
    expect(refused.status).to.equal(422)
    expect(inspect(refused.text, 422).text).to.include('Begrundelse for at beholde nummeret')
    const kept = await submit(agent, page, { ...typed, cvr: '12345678', keptBecause: 'Under stiftelse' })
    expect(kept.status).to.equal(303)
    expect((await organisation())?.registration).to.deep.equal({
      kind: 'CVR',
      number: '12345678',
      keptBecause: 'Under stiftelse',
    })
  })

  it('tells nothing to who guesses, and soon stops answering', async () => {
    let status = 0
    for (let count = 0; count <= 20; count++)
      ({ status } = await anonymous(tilsyn).get(`/set-up/guess-${count}`))
    expect(status).to.equal(429)
  })
})
