import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { disablePerson } from '../../src/auth/actions/people.js'
import { removeEnded } from '../../src/auth/timers.js'
import { useApp } from '../support/app.js'
import { anonymous, password, signedIn, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

describe('signing in', () => {
  const tilsyn = useApp()

  it('leads to the page one wanted to see', async () => {
    const { person } = await signedIn(tilsyn, 'administrator')
    const agent = anonymous(tilsyn)
    const away = await agent.get('/people')
    expect([away.status, away.headers['location']]).to.deep.equal([303, '/sign-in?next=%2Fpeople'])
    const answer = await submit(agent, '/sign-in', {
      email: person.email.toUpperCase(),
      password,
      next: '/people',
    })
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/people'])
    expect((await visit(agent, '/people')).h1).to.equal('People')
  })

  it('says the same for an unknown address and a wrong password, and keeps the address', async () => {
    const { person } = await signedIn(tilsyn)
    const agent = anonymous(tilsyn)
    const answers = []
    for (const [email, given] of [
      [person.email, 'not the password'],
      ['nobody@x.dk', password],
    ] as const) {
      const answer = await submit(agent, '/sign-in', { email, password: given })
      expect(answer.status).to.equal(422)
      expect(answer.text).to.include(`value="${email}"`).and.not.include(given)
      answers.push(inspect(answer.text, 422).text.replaceAll(email, ''))
    }
    expect(answers[0]).to.equal(answers[1])
  })

  it('locks an account for a while after ten wrong passwords, also for the right one', async () => {
    const { person } = await signedIn(tilsyn)
    const agent = anonymous(tilsyn)
    for (let count = 0; count < 10; count++)
      expect(
        (await submit(agent, '/sign-in', { email: person.email, password: `wrong ${count}` })).status,
      ).to.equal(422)
    const locked = await submit(agent, '/sign-in', { email: person.email, password })
    expect(locked.status).to.equal(429)
    expect(Number(locked.headers['retry-after'])).to.be.within(1, 15 * 60)
    expect(inspect(locked.text, 429).h1).to.equal('For mange forsøg')
  })

  it('is refused from an address that tries one account after the other', async () => {
    const agent = anonymous(tilsyn)
    await signedIn(tilsyn)
    let status = 0
    for (let count = 0; count <= 50; count++)
      ({ status } = await submit(agent, '/sign-in', { email: `somebody${count}@x.dk`, password }))
    expect(status).to.equal(429)
  })

  it('is over at once for a person who is disabled', async () => {
    const { agent, person } = await signedIn(tilsyn, 'officer')
    await visit(agent, '/account')
    await disablePerson(tilsyn.context(), person._id)
    expect((await agent.get('/account')).headers['location']).to.equal('/sign-in?next=%2Faccount')
    expect((await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password })).status).to.equal(
      422,
    )
  })

  it('ends by signing out, and its cookie is worth nothing afterwards', async () => {
    const { agent } = await signedIn(tilsyn)
    const other = anonymous(tilsyn)
    for (const { name, value } of agent.jar.getCookies({
      domain: '127.0.0.1',
      path: '/',
      secure: false,
      script: false,
    }))
      other.jar.setCookie(`${name}=${value}; Path=/`, '127.0.0.1')
    await visit(other, '/account')
    expect((await submit(agent, '/account', {}, '/sign-out')).status).to.equal(303)
    expect((await other.get('/account')).status).to.equal(303)
  })

  it('ends after eight hours without use; the timer then clears it away', async () => {
    const { agent } = await signedIn(tilsyn)
    tilsyn.moveTo('2026-11-23T16:59:00Z')
    await visit(agent, '/account')
    expect(await removeEnded(tilsyn.context())).to.deep.equal({ sessions: 0, tickets: 0, tries: 0, codes: 0 })
    tilsyn.moveTo('2026-11-24T00:59:00Z')
    expect((await agent.get('/account')).status).to.equal(303)
    expect((await removeEnded(tilsyn.context())).sessions).to.equal(1)
    expect((await removeEnded(tilsyn.context())).sessions).to.equal(0)
  })

  it('stands in the log, as do refused tries, without the address', async () => {
    const { person } = await signedIn(tilsyn)
    await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password: 'not the password' })
    const events = (await historyOf('person', person._id)).map(({ event }) => event)
    expect(events).to.have.members(['person.sign-in-refused', 'person.signed-in', 'person.added'])
  })

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { person } = await signedIn(tilsyn)
    const answer = await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password })
    const cookie = [answer.headers['set-cookie']].flat().find((one) => one?.startsWith('tilsyn_session='))
    expect(cookie)
      .to.include('HttpOnly')
      .and.include('SameSite=Lax')
      .and.include('Path=/;')
      .and.not.include('Secure')
  })

  describe('where BASE_URL is https', () => {
    const secure = useApp({ baseUrl: 'https://tilsyn.example' })

    it('gives a cookie that only travels by https', async () => {
      await signedIn(secure)
      const answer = await anonymous(secure).get('/sign-in')
      for (const cookie of [answer.headers['set-cookie']].flat()) expect(cookie).to.include('Secure')
      expect(answer.headers['strict-transport-security']).to.include('max-age=31536000')
    })
  })
})

describe("one's own account", () => {
  const tilsyn = useApp()

  it('changes the password only for who knows the present one, and signs out everywhere else', async () => {
    const { agent, person } = await signedIn(tilsyn)
    const elsewhere = anonymous(tilsyn)
    await submit(elsewhere, '/sign-in', { email: person.email, password })
    await visit(elsewhere, '/account')

    const wrong = await submit(
      agent,
      '/account',
      { present: 'guess', password: 'nine red tricycles' },
      '/account/password',
    )
    expect(wrong.status).to.equal(422)
    expect(inspect(wrong.text, 422).text).to.include('not your present password')

    const weak = await submit(
      agent,
      '/account',
      { present: password, password: 'password 1234' },
      '/account/password',
    )
    expect(weak.status).to.equal(422)

    const right = await submit(
      agent,
      '/account',
      { present: password, password: 'nine red tricycles' },
      '/account/password',
    )
    expect(right.status).to.equal(303)
    expect((await visit(agent, '/account')).text).to.include('The password is changed')
    expect((await elsewhere.get('/account')).status).to.equal(303)
    expect(
      (await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password: 'nine red tricycles' }))
        .status,
    ).to.equal(303)
  })

  it('shows where one is signed in, and ends a sign-in elsewhere', async () => {
    const { agent, person } = await signedIn(tilsyn)
    const elsewhere = anonymous(tilsyn)
    await submit(elsewhere, '/sign-in', { email: person.email, password })
    const page = await visit(agent, '/account')
    const ways = [...page.html.matchAll(/action="(\/account\/sessions\/[^"]+\/end)"/g)].map(
      ([, way]) => way ?? '',
    )
    expect(ways).to.have.length(1)
    expect((await submit(agent, '/account', {}, ways[0])).status).to.equal(303)
    expect((await elsewhere.get('/account')).status).to.equal(303)
    expect((await submit(agent, '/account', {}, ways[0])).status).to.equal(404)
  })

  it('keeps the language one chose', async () => {
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await visit(agent, '/account')).lang).to.equal('en')
    const answer = await submit(agent, '/account', { locale: 'da', next: '/account' }, '/language')
    expect(answer.headers['location']).to.equal('/account')
    expect((await visit(agent, '/account')).h1).to.equal('Din konto')
  })
})
