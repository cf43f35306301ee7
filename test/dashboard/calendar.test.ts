import { expect } from 'chai'
import request from 'supertest'
import { Calendars } from '../../src/auth/records/calendars.js'
import { askedOf } from '../questionnaires/respondents.js'
import { aWorld } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

describe('due dates in a calendar of one’s own', () => {
  const tilsyn = useApp()

  const subscribed = async () => {
    const signed = await signedIn(tilsyn)
    const answer = await submit(signed.agent, '/calendar', {})
    const path = /\/calendar\/[\w-]{43}\.ics/.exec(inspect(answer.text, answer.status).html)?.[0] ?? ''
    return { ...signed, path }
  }
  const feed = (path: string) => request(tilsyn.app).get(path)

  it('are read by an address that signs in nowhere, with references and no customer', async () => {
    const { planned } = await aWorld(tilsyn)
    const { questionnaire } = await askedOf(tilsyn, planned)
    const { path } = await subscribed()
    const answer = await feed(path)
    expect([answer.status, answer.type]).to.deep.equal([200, 'text/calendar'])
    const words = answer.text.replaceAll('\r\n ', '')
    expect(words)
      .to.include(`SUMMARY:${questionnaire.reference} · Questionnaire due · Nyborg Backup ApS`)
      .and.include('DTSTART;VALUE=DATE:20270115')
      .and.include(`/questionnaires/${questionnaire.reference}`)
  })

  it('have an address that is shown once and kept as a hash only', async () => {
    const { agent, path } = await subscribed()
    const token = /calendar\/([\w-]+)\.ics/.exec(path)?.[1] ?? ''
    expect(token).to.have.length(43)
    expect((await visit(agent, '/calendar')).html).not.to.include(token)
    expect(JSON.stringify(await Calendars.find().lean())).not.to.include(token)
  })

  it('end when the person ends them, makes a new address, or may no longer sign in', async () => {
    const { agent, path } = await subscribed()
    await submit(agent, '/calendar', {})
    expect((await feed(path)).status).to.equal(404)
    const second = await subscribed()
    expect((await feed(second.path)).status).to.equal(200)
    await submit(second.agent, '/calendar', {}, '/calendar/revoke')
    expect((await feed(second.path)).status).to.equal(404)
  })

  it('are not found by guessing: after twenty wrong addresses one waits', async () => {
    for (let count = 0; count < 20; count += 1)
      expect((await feed(`/calendar/${'a'.repeat(43)}.ics`)).status).to.equal(404)
    expect((await feed(`/calendar/${'a'.repeat(43)}.ics`)).status).to.equal(429)
  })
})
