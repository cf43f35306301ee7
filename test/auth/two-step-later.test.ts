import { expect } from 'chai'
import { confirmPerson } from '../../src/auth/actions/confirm.js'
import { secondFactorOf, takeSecondFactorOffBy } from '../../src/auth/actions/second-factor.js'
import { requireSecondFactor } from '../../src/auth/actions/second-factor-for.js'
import { signIn, signInWithCode } from '../../src/auth/actions/sign-in.js'
import { digitsAt } from '../../src/auth/second-factor.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { anonymous, password, signedIn, submit } from '../support/people.js'
import { withPhone } from '../support/second-factor.js'
import { inspect, visit } from '../support/visit.js'
import { twoStep, page } from './two-step.js'

describe('two-step sign-in, once it is on', () => {
  const { tilsyn, later, eventsOf, half, give } = twoStep()

  it('asks both again before something that counts, and tells nobody which was wrong', async () => {
    const { agent, person } = await signedIn(tilsyn, 'administrator')
    const phone = await withPhone(tilsyn, person)
    const take = (fields: Record<string, string>) => submit(agent, '/whole-data', fields)
    expect(inspect((await take({ password })).text, 422).text).to.include('Fill in this field')
    const wrong = []
    for (const fields of [
      { password: 'guess', code: phone.code() },
      { password, code: '000000' },
    ])
      wrong.push(inspect((await take(fields)).text, 422).text.replace(/About \d+ records/, ''))
    expect(wrong[0]).to.equal(wrong[1]).and.include('The password or the code does not fit')
    expect(
      (await eventsOf(person._id)).filter((event) => event === 'person.confirmation-refused'),
    ).to.have.length(2)
    const key = tilsyn.house.keys.secondFactors
    const confirm = (code: string) => confirmPerson(tilsyn.context(), person._id, { password, code, key })
    const code = phone.code()
    expect(await confirm(code), 'a wrong password has not used it up').to.deep.equal({ withCode: true })
    expect(await confirm(code)).to.equal(null)
    expect(await confirm(phone.paper[3] ?? '')).to.deep.equal({ withCode: true, left: 9 })
    expect(await confirmPerson(tilsyn.context(), person._id, { password, code: phone.nextCode() })).to.equal(
      null,
    )
    const present = { present: password, password: 'nine red tricycles' }
    expect((await submit(agent, '/account', present, '/account/password')).status).to.equal(422)
    const both = { ...present, code: phone.code() }
    expect((await submit(agent, '/account', both, '/account/password')).status).to.equal(303)
  })

  it('gives new recovery codes, and is switched off, by password and code', async () => {
    const { agent, person } = await signedIn(tilsyn)
    const phone = await withPhone(tilsyn, person)
    const made = await submit(agent, page, { password, code: phone.code() }, `${page}/codes`)
    const codes = inspect(made.text, 201).text.match(/\b\d{4} \d{4} \d{4}\b/g) ?? []
    expect(codes).to.have.length(10)
    const off = (code: string) => submit(agent, page, { password, code }, `${page}/off`)
    expect((await off(phone.paper[0] ?? '')).status, 'a code of before').to.equal(422)
    expect((await off(codes[0] ?? '')).headers['location']).to.equal(page)
    expect((await visit(agent, page)).text).to.include('Two-step sign-in is off')
    const answer = await submit(anonymous(tilsyn), '/sign-in', { email: person.email, password })
    expect(answer.headers['location']).to.equal('/')
  })

  it('moves to another telephone once a code of that one is typed, also where it is required', async () => {
    const { agent, person } = await signedIn(tilsyn, 'dpo')
    const phone = await withPhone(tilsyn, person)
    await requireSecondFactor(tilsyn.context(), ['dpo'])
    expect((await submit(agent, page, { password, code: '' }, `${page}/begin`)).status).to.equal(422)
    await submit(agent, page, { password, code: phone.code() }, `${page}/begin`)
    const { text } = await visit(agent, `${page}/set-up`)
    const secret = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(text)?.[0].replaceAll(' ', '') ?? ''
    expect(
      (await give(await half(person.email), phone.nextCode())).status,
      'the old one until then',
    ).to.equal(303)
    const moved = await submit(agent, `${page}/set-up`, { code: digitsAt(secret, tilsyn.now()) })
    expect(inspect(moved.text, 201).text).to.include('Your app is connected')
    later(1)
    const next = await half(person.email)
    for (const old of [phone.code(), phone.paper[0] ?? ''])
      expect((await give(next, old)).status).to.equal(422)
    expect((await give(next, digitsAt(secret, tilsyn.now()))).status).to.equal(303)
    expect(await eventsOf(person._id)).to.include('person.second-factor-moved')
  })

  it('is taken off a colleague by an administrator who says why; the log and a mail tell', async () => {
    const administrator = await signedIn(tilsyn, 'administrator')
    const { agent, person } = await signedIn(tilsyn, 'dpo')
    await withPhone(tilsyn, person)
    const at = `/people/${person._id}`
    const send = (fields: Record<string, string>) =>
      submit(administrator.agent, at, fields, `${at}/second-factor-off`)
    expect((await visit(administrator.agent, '/people')).text).to.match(/Anders dpo .*? Active On /)
    expect(inspect((await send({ password, because: '' })).text, 422).text).to.include('Reason')
    expect((await send({ password: 'guess', because: 'Lost phone' })).status).to.equal(422)
    expect((await send({ password, because: 'Lost phone' })).status).to.equal(303)
    const shown = await visit(administrator.agent, at)
    expect(shown.text).to.include('switched off by somebody else · Anders administrator Lost phone')
    expect((await agent.get('/account')).status, 'signed out').to.equal(303)
    const [mail] = await mailsAbout('person', [person._id])
    expect(mail?.to.address).to.equal(person.email)
    const again = await send({ password, because: 'Lost phone' })
    expect(again.status).to.equal(409)

    const phone = await withPhone(tilsyn, administrator.person)
    const own = await submit(
      administrator.agent,
      at,
      { password, code: phone.code(), because: 'mine' },
      `/people/${administrator.person._id}/second-factor-off`,
    )
    expect(inspect(own.text, 409).text).to.include('your own two-step sign-in from your account')
    await takeSecondFactorOffBy(tilsyn.context(), administrator.person.email, 'Telefonen er tabt')
    expect(await secondFactorOf(administrator.person._id)).to.equal(null)
  })

  it('is worth nothing where the secret of the house is another', async () => {
    const { person } = await signedIn(tilsyn)
    const phone = await withPhone(tilsyn, person)
    const begun = await signIn(tilsyn.context(), { email: person.email, password, browser: '' })
    const token = begun && 'secondStep' in begun ? begun.secondStep : ''
    const given = { code: phone.code(), key: 'the key of another house', browser: '' }
    expect(await signInWithCode(tilsyn.context(), token, given)).to.equal('unreadable')
  })

  describe('may be required of roles', () => {
    it('by an administrator: from the next sign-in on it is set up before anything else', async () => {
      const administrator = await signedIn(tilsyn, 'administrator')
      const at = '/settings/second-factor'
      expect((await visit(administrator.agent, at)).text).to.include('0 of 1 have switched it on')
      await submit(administrator.agent, at, { roles: ['dpo', 'administrator'] })
      expect((await visit(administrator.agent, '/settings')).text).to.include(
        'Required of: Administrator, Data protection officer',
      )
      await visit(administrator.agent, '/people')

      const agent = anonymous(tilsyn)
      await submit(agent, '/sign-in', { email: administrator.person.email, password })
      for (const path of ['/', '/people', '/account', '/whole-data', '/calendar'])
        expect((await agent.get(path)).headers['location'], path).to.equal(page)
      const led = await visit(agent, page)
      expect(led.text).to.include('Your role requires two-step sign-in')
      expect(led.links).not.to.include('/people')
      const sent = await submit(agent, page, { name: 'x' }, '/people')
      expect([sent.status, sent.headers['location']]).to.deep.equal([303, page])

      await submit(agent, page, { password }, `${page}/begin`)
      const { text } = await visit(agent, `${page}/set-up`)
      const secret = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(text)?.[0].replaceAll(' ', '') ?? ''
      const on = await submit(agent, `${page}/set-up`, { code: digitsAt(secret, tilsyn.now()) })
      expect(on.status).to.equal(201)
      await visit(agent, '/people')
      later(0.5)
      const off = { password, code: digitsAt(secret, tilsyn.now()) }
      const kept = await submit(agent, page, off, `${page}/off`)
      expect(inspect(kept.text, 409).text).to.include('you cannot switch it off')
    })

    it('and of nobody else', async () => {
      const { person } = await signedIn(tilsyn, 'officer')
      await requireSecondFactor(tilsyn.context(), ['dpo'])
      const agent = anonymous(tilsyn)
      await submit(agent, '/sign-in', { email: person.email, password })
      await visit(agent, '/account')
      await visit(agent, '/settings/second-factor', 403)
    })
  })
})
