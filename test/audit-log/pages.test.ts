import { expect } from 'chai'
import request from 'supertest'
import { record, recordEvent } from '../../src/audit-log/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { addUnlogged, context, Things } from './records.js'

describe('the log page', () => {
  const tilsyn = useApp()

  it('shows what was done, by whom, with before and after', async () => {
    const { agent, person } = await signedIn(tilsyn)
    const by = { kind: 'staff' as const, id: person._id }
    const change = { before: { name: 'Kolding Drift' }, after: { name: 'Vejle Drift' } }
    await recordEvent(
      { ...context, actor: by },
      'customer.edited',
      { kind: 'customer', id: 'c1' },
      { count: 3 },
      change,
    )
    const page = await visit(agent, '/log')
    expect(page.text)
      .to.include('Kolding Drift → Vejle Drift')
      .and.to.include('count : 3')
      .and.to.include(person.name)
  })

  it('reads well in Danish', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor', 'da')
    const page = await visit(agent, '/log')
    expect(page.h1).to.equal('Log')
    expect(page.text).to.include('Loggens kæde').and.to.include('Logget ind')
  })

  it('is narrowed by what, by whom and by day', async () => {
    const { agent, person } = await signedIn(tilsyn)
    await recordEvent(tilsyn.context({ kind: 'timer', id: 'a' }), 'notice.issued', {
      kind: 'notice',
      id: 'n1',
    })
    await recordEvent({ ...context, actor: { kind: 'staff', id: person._id } }, 'log.checked', {
      kind: 'log',
      id: 'l1',
    })
    const shown = async (query: string) => (await agent.get(`/log?${query}`)).text.split('<tbody')[1] ?? ''
    expect(await shown('kind=notice'))
      .to.include('about=n1')
      .and.not.to.include('about=l1')
    expect(await shown(`by=${person._id}`))
      .to.include('about=l1')
      .and.not.to.include('about=n1')
    expect(await shown('by=all-timer'))
      .to.include('about=n1')
      .and.not.to.include('about=l1')
    expect(await shown('from=2026-12-01&to=2026-12-01'))
      .to.include('about=l1')
      .and.not.to.include('about=n1')
    expect(await shown('to=2026-11-30'))
      .to.include('about=n1')
      .and.not.to.include('about=l1')
    expect(await shown('kind=notice&about=n2')).to.equal('')
  })

  it('says what is wrong with a day that is none, and keeps it', async () => {
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/log?from=2026-02-30', 422)
    expect(page.text).to.include('Enter a valid date.')
    expect(page.html).to.include('value="2026-02-30"')
  })

  it('shows page after page', async () => {
    const { agent } = await signedIn(tilsyn)
    for (let number = 0; number < 60; number++)
      await recordEvent(context, 'notice.issued', { kind: 'notice', id: `n${number}` })
    const first = await visit(agent, '/log?kind=notice')
    const next = first.links.find((link) => link.includes('page='))!
    const second = await visit(agent, next.replaceAll('&amp;', '&'))
    const ids = [...`${first.html}${second.html}`.matchAll(/about=(n\d+)/g)].map((match) => match[1])
    expect(new Set(ids).size).to.equal(60)
  })

  it('says whether the chain is whole, and that it was asked for', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/log')).text).to.include('not checked')
    await record(Things, await addUnlogged('t1'))
    expect((await submit(agent, '/log', {}, '/log/check')).status).to.equal(303)
    const page = await visit(agent, '/log')
    expect(page.text).to.include('unbroken').and.to.include("The log's chain checked")
    await Things.updateOne({ _id: 't1' }, { $set: { 'moves.0.event': 'thing.removed' } })
    await submit(agent, '/log', {}, '/log/check')
    expect((await visit(agent, '/log')).text)
      .to.include('broken')
      .and.to.include('thing/t1/1 says something else')
  })

  it('is for those who are signed in', async () => {
    await request(tilsyn.app).get('/log').expect(303)
    await request(tilsyn.app).post('/log/check').expect(403)
  })
})
