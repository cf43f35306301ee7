import { expect } from 'chai'
import mongoose from 'mongoose'
import { changePassword, disablePerson } from '../../src/auth/actions/people.js'
import { secondFactorOf, takeSecondFactorOff } from '../../src/auth/actions/second-factor.js'
import { signIn, signInWithCode } from '../../src/auth/actions/sign-in.js'
import { digitsAt } from '../../src/auth/second-factor.js'
import { removeEnded } from '../../src/auth/timers.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { anonymous, password, signedIn, submit } from '../support/people.js'
import { withPhone } from '../support/second-factor.js'
import { inspect, visit } from '../support/visit.js'
import { twoStep, page } from './two-step.js'

describe('two-step sign-in', () => {
  const { tilsyn, later, eventsOf, half, give } = twoStep()

  const everything = async () => {
    const collections = await mongoose.connection.db!.collections()
    return JSON.stringify(await Promise.all(collections.map((one) => one.find({}).toArray())))
  }
  describe('is switched on', () => {
    it('by who gives the password again and a code of their app, and not before', async () => {
      const { agent, person } = await signedIn(tilsyn)
      const elsewhere = anonymous(tilsyn)
      await submit(elsewhere, '/sign-in', { email: person.email, password })
      expect((await visit(agent, '/account')).links).to.include(page)

      const wrong = await submit(agent, page, { password: 'guess' }, `${page}/begin`)
      expect(inspect(wrong.text, 422).text).to.include('not your present password')
      expect((await agent.get(`${page}/set-up`)).headers['location']).to.equal(page)
      const begun = await submit(agent, page, { password }, `${page}/begin`)
      expect([begun.status, begun.headers['location']]).to.deep.equal([303, `${page}/set-up`])

      const shown = await visit(agent, `${page}/set-up`)
      expect(shown.html).to.include('src="data:image/svg+xml,')
      const secret = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(shown.text)?.[0].replaceAll(' ', '') ?? ''
      expect(shown.html).to.include(`secret=${secret}&`)
      expect((await visit(agent, `${page}/set-up`)).text, 'the same when opened again').to.equal(shown.text)
      const refused = await submit(agent, `${page}/set-up`, { code: '000000' })
      expect(inspect(refused.text, 422).text).to.include('The code does not fit')
      expect(await secondFactorOf(person._id)).to.equal(null)

      const on = await submit(agent, `${page}/set-up`, { code: digitsAt(secret, tilsyn.now()) })
      const codes = inspect(on.text, 201).text.match(/\b\d{4} \d{4} \d{4}\b/g) ?? []
      expect(new Set(codes).size).to.equal(10)
      expect((await elsewhere.get('/account')).status, 'signed out elsewhere').to.equal(303)
      expect((await visit(agent, page)).text).to.include('10 of 10')
      const kept = await everything()
      for (const one of [secret, ...codes, ...codes.map((code) => code.replaceAll(' ', ''))])
        expect(kept).not.to.include(one)

      const next = await half(person.email)
      expect((await give(next, digitsAt(secret, tilsyn.now()))).status, 'its own first code').to.equal(422)
      later(0.5)
      expect((await give(next, digitsAt(secret, tilsyn.now()))).headers['location']).to.equal('/people')
      expect(await eventsOf(person._id)).to.include('person.second-factor-on')
      const mails = await mailsAbout('person', [person._id])
      expect(mails.map(({ subject }) => subject)).to.deep.equal(['Two-step sign-in is on for your account'])
    })

    it('within half an hour, and by the browser that began it', async () => {
      const { agent, person } = await signedIn(tilsyn)
      await submit(agent, page, { password }, `${page}/begin`)
      const elsewhere = anonymous(tilsyn)
      await submit(elsewhere, '/sign-in', { email: person.email, password })
      expect((await elsewhere.get(`${page}/set-up`)).status).to.equal(303)
      later(30)
      expect((await agent.get(`${page}/set-up`)).status).to.equal(303)
      expect((await visit(agent, page)).text).to.include('That took too long')
    })
  })

  describe('asks for a code after the password', () => {
    it('and begins the session only then, with the page one wanted', async () => {
      const { person } = await signedIn(tilsyn, 'administrator')
      const phone = await withPhone(tilsyn, person)
      const agent = await half(person.email)
      expect((await agent.get('/people')).headers['location']).to.equal('/sign-in?next=%2Fpeople')
      const asked = await visit(agent, '/sign-in/code?next=%2Fpeople')
      expect(asked.text).to.include('You have 10 left').and.not.include(person.email)
      expect((await give(agent, '000000')).status).to.equal(422)
      const done = await give(agent, phone.code())
      expect([done.status, done.headers['location']]).to.deep.equal([303, '/people'])
      await visit(agent, '/people')
      expect((await agent.get('/sign-in/code?next=%2Fpeople')).headers['location']).to.equal('/people')
      expect(await eventsOf(person._id)).to.include.members([
        'person.signed-in',
        'person.code-refused',
        'person.code-awaited',
      ])
    })

    it('takes each code once, whoever saw it, and none of before it', async () => {
      const { person } = await signedIn(tilsyn)
      const phone = await withPhone(tilsyn, person)
      const earlier = phone.code()
      const code = phone.nextCode()
      const [mine, theirs] = [await half(person.email), await half(person.email)]
      expect((await give(mine, code)).status).to.equal(303)
      expect((await give(theirs, code)).status).to.equal(422)
      expect((await give(theirs, earlier)).status).to.equal(422)
      expect((await give(theirs, phone.nextCode())).status).to.equal(303)
    })

    it('lets one in of many who come with one code at the same moment', async () => {
      const { person } = await signedIn(tilsyn)
      const phone = await withPhone(tilsyn, person)
      const key = tilsyn.house.keys.secondFactors
      const tickets = await Promise.all(
        Array.from({ length: 4 }, () =>
          signIn(tilsyn.context(), { email: person.email, password, browser: '' }),
        ),
      )
      for (const code of [phone.code(), phone.paper[0] ?? '']) {
        const tried = await Promise.all(
          tickets.map(async (each) =>
            each && 'secondStep' in each
              ? signInWithCode(tilsyn.context(), each.secondStep, { code, key, browser: '' })
              : 'none',
          ),
        )
        expect(tried.filter((each) => typeof each === 'object')).to.have.length(1)
        expect(tried.filter((each) => each === 'wrong' || each === 'over')).to.have.length(3)
      }
    })

    it('or for a recovery code, each once, and says how many are left', async () => {
      const { person } = await signedIn(tilsyn, 'administrator')
      const { paper } = await withPhone(tilsyn, person)
      const agent = await half(person.email)
      const [first = ''] = paper
      expect((await give(agent, first.replace(/(.{4})(.{4})/, '$1 $2-'))).status).to.equal(303)
      expect((await visit(agent, '/people')).text).to.include('You have 9 left')
      expect((await give(await half(person.email), first)).status).to.equal(422)
      const [mail] = await mailsAbout('person', [person._id])
      expect(mail?.subject).to.equal('One of your recovery codes was used')
      expect(await everything()).not.to.include(first)
    })

    it('locks the account after ten wrong codes, however often the right password is typed between', async () => {
      const { person } = await signedIn(tilsyn)
      const phone = await withPhone(tilsyn, person)
      let agent = await half(person.email)
      for (let count = 0; count < 10; count++) {
        if (count % 4 === 3) agent = await half(person.email)
        expect((await give(agent, '000000')).status, `try ${count}`).to.equal(422)
      }
      expect((await give(agent, phone.code())).status).to.equal(429)
      const answer = await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password })
      expect(answer.status).to.equal(429)
    })

    it('for ten minutes, then the password is asked for again', async () => {
      const { person } = await signedIn(tilsyn)
      const phone = await withPhone(tilsyn, person)
      const agent = await half(person.email)
      later(9)
      await visit(agent, '/sign-in/code')
      later(1)
      const gone = await agent.get('/sign-in/code?next=%2Fpeople')
      expect(gone.headers['location']).to.equal('/sign-in?next=%2Fpeople')
      expect((await visit(agent, '/sign-in?next=%2Fpeople')).text).to.include('Der gik for lang tid')
      expect((await removeEnded(tilsyn.context())).tickets).to.equal(1)
      const fresh = await half(person.email)
      await visit(fresh, '/sign-in')
      expect((await give(fresh, phone.code())).status, 'after a look back').to.equal(303)
    })

    for (const [what, act] of [
      [
        'a new password',
        (id: string) => changePassword(tilsyn.context(), id, { wanted: password, session: '' }),
      ],
      ['the account being disabled', (id: string) => disablePerson(tilsyn.context(), id)],
      ['its being taken off', (id: string) => takeSecondFactorOff(tilsyn.context(), id, 'x')],
    ] as const)
      it(`no more after ${what}`, async () => {
        const { person } = await signedIn(tilsyn)
        const phone = await withPhone(tilsyn, person)
        const agent = await half(person.email)
        tilsyn.moveTo(new Date(tilsyn.now().getTime() + 1000))
        const html = (await visit(agent, '/sign-in/code')).html
        await act(person._id)
        const _csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
        const answer = await agent.post('/sign-in/code').type('form').send({ _csrf, code: phone.code() })
        expect(answer.headers['location']).to.equal('/sign-in')
      })
  })
})
