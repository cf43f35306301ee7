import { expect } from 'chai'
import { loadSample } from '../../src/sample/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { customersToTell } from '../customers/builders.js'

describe('the sample’s pages', () => {
  const tilsyn = useApp()

  it('load it with one press on the first page, and say on every page that it is one', async () => {
    const { agent } = await signedIn(tilsyn)
    const answer = await submit(agent, '/', {}, '/sample/load')
    expect(answer.status).to.equal(303)
    const { text } = await visit(agent, '/customers')
    expect(text).to.contain('Sample organisation.')
    expect(text).to.contain('Møllegårdens Mejeri A/S (opdigtet)')
  })

  it('ask before it is removed, and remove it in one step', async () => {
    const { agent } = await signedIn(tilsyn)
    await loadSample(tilsyn.context())
    const { text } = await visit(agent, '/sample/remove')
    expect(text).to.contain('25 customers')
    expect(text).to.contain('8 services')
    const answer = await submit(agent, '/sample/remove', {})
    expect(answer.status).to.equal(303)
    expect(await customersToTell([], tilsyn.today())).to.deep.equal([])
    expect((await visit(agent, '/sample/remove')).text).to.contain('There is no sample to remove.')
    expect((await visit(agent, '/customers')).text).to.not.contain('Sample organisation.')
  })

  it('are whole in Danish', async () => {
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    await loadSample(tilsyn.context())
    expect((await visit(agent, '/sample/remove')).text).to.contain('25 kunder')
  })

  it('are for those who keep the registers', async () => {
    const { agent } = await signedIn(tilsyn, 'dpo')
    expect((await agent.get('/sample/remove')).status).to.equal(403)
  })
})
