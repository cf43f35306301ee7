import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { SavedViews } from '../../src/lists/records.js'
import { createEngagement, createVendor } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

describe('Saved views', () => {
  const tilsyn = useApp()
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  const list = 'engagements'
  async function saved(by: Agent, given: Record<string, string> = {}): Promise<string> {
    const answer = await submit(
      by,
      '/engagements?outside=yes',
      { list, name: 'Uden for EØS', query: 'outside=yes&sort=risk', ...given },
      '/views',
    )
    expect(answer.status).to.equal(303)
    return answer.headers['location'] ?? ''
  }
  const idOf = (address: string) => address.split('view=')[1] ?? ''

  it('stand as tabs above their list, for the one who saved them', async () => {
    const address = await saved(officer)
    expect(address).to.match(/^\/engagements\?outside=yes&sort=risk&view=\w+$/)
    const page = await visit(officer, address)
    expect(page.text).to.include('The view is saved.').and.include('Outside the EU/EEA ×')
    expect((await visit(officer, '/engagements')).text).to.include('Uden for EØS')
    expect((await visit(officer, '/vendors')).text).not.to.include('Uden for EØS')
    const other = (await signedIn(tilsyn)).agent
    expect((await visit(other, '/engagements')).text).not.to.include('Uden for EØS')
    await visit(other, `/views/${idOf(address)}`, 404)
  })

  it('are shown to everyone when shared, and changed by their maker or an administrator only', async () => {
    const id = idOf(await saved(officer, { shared: 'yes' }))
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    expect((await visit(auditor, '/engagements')).text).to.include('Uden for EØS')
    expect((await visit(auditor, `/views/${id}`)).text).to.include('Somebody else made this view')
    expect((await submit(auditor, '/engagements?q=x', { name: 'Min nu' }, `/views/${id}`)).status).to.equal(
      403,
    )
    expect((await submit(auditor, '/engagements?q=x', {}, `/views/${id}/remove`)).status).to.equal(403)
    const administrator = (await signedIn(tilsyn, 'administrator')).agent
    expect(
      (await submit(administrator, `/views/${id}`, { name: 'Tredjelande', shared: 'yes' })).status,
    ).to.equal(303)
    expect((await visit(auditor, '/engagements')).text).to.include('Tredjelande')
  })

  it('are saved by those who only read, too', async () => {
    await saved((await signedIn(tilsyn, 'auditor')).agent)
  })

  it('can be renamed, given other filters and deleted, all of it logged', async () => {
    const id = idOf(await saved(officer))
    await submit(officer, `/views/${id}`, { name: 'Tredjelande' })
    const other = await submit(
      officer,
      `/engagements?country=IN&view=${id}`,
      { query: 'country=IN' },
      `/views/${id}/query`,
    )
    expect(other.headers['location']).to.equal(`/engagements?country=IN&view=${id}`)
    expect((await submit(officer, `/views/${id}`, {}, `/views/${id}/remove`)).status).to.equal(303)
    expect(await SavedViews.countDocuments({})).to.equal(0)
    expect((await historyOf('saved-view', id)).map(({ event }) => event)).to.have.members([
      'saved-view.added',
      'saved-view.changed',
      'saved-view.changed',
      'saved-view.removed',
    ])
  })

  it('open the list by themselves when pinned, for that person only, and the whole list is one step away', async () => {
    const address = await saved(officer, { shared: 'yes' })
    await submit(officer, address, { pinned: 'yes' }, `/views/${idOf(address)}/pin`)
    const opened = await officer.get('/engagements')
    expect([opened.status, opened.headers['location']]).to.deep.equal([303, address])
    expect((await visit(officer, '/engagements?view=all')).text).not.to.include('×')
    expect((await visit(officer, address)).links).to.include('/engagements?view=all')
    // So is it from a search, and by clearing what was asked: the bare address would open the view again.
    const searched = await visit(officer, '/engagements?q=zzz')
    expect(searched.links.filter((link) => link === '/engagements')).to.have.length(1)
    expect(searched.html).to.include('<li class="clear"><a href="/engagements?view=all">')
    expect(searched.html).to.include('<input type="hidden" name="view" value="all">')
    expect((await (await signedIn(tilsyn)).agent.get('/engagements')).status).to.equal(200)
    await submit(officer, address, { pinned: 'no' }, `/views/${idOf(address)}/pin`)
    expect((await officer.get('/engagements')).status).to.equal(200)
  })

  it('still open when a filter or a column they have is no more', async () => {
    const address = await saved(officer, {
      query: 'colour=blue&service=gone&columns=name,weight&outside=yes',
    })
    const page = await visit(officer, address)
    expect(page.text).to.include('Service: no longer exists ×').and.include('Outside the EU/EEA ×')
  })

  it('keep nothing in their address that is no query', async () => {
    const address = await saved(officer, { query: 'q=a b#x\r\nSet-Cookie: a=b&sort=risk' })
    expect(address).to.match(/^\/engagements\?q=a\+b%23x%0D%0ASet-Cookie%3A\+a%3Db&sort=risk&view=\w+$/)
  })

  it('leave a list the columns a person chose for themselves, wherever an address says nothing of them', async () => {
    const shows = async (address: string, column: string) =>
      (await visit(officer, address)).html.includes(`scope="col">${column}<`)
    const { _id: vendor } = await createVendor(tilsyn.context(), vendorInput())
    await createEngagement(tilsyn.context(), { ...engagementInput(), vendor })
    const view = await saved(officer, { query: 'sort=risk' })
    const chosen = { asked: 'sort=reference', columns: ['role', 'risk'] }
    const answer = await submit(officer, '/engagements', chosen, '/lists/engagements/columns')
    expect(answer.headers['location']).to.equal('/engagements?sort=reference&columns=name,role,risk')
    const bare = await visit(officer, '/engagements')
    expect(bare.html).to.include('scope="col">Role<').and.not.include('scope="col">State<')
    // What is passed on says it, since others have not chosen so; so does what is taken away.
    expect(bare.html).to.include('<input type="hidden" name="columns" value="name,role,risk">')
    expect(bare.links.filter((link) => link.includes('/export')).join('\n')).to.include(
      '/engagements/export?format=csv&amp;columns=name,role,risk',
    )
    expect(await shows('/engagements?sort=risk', 'Role')).to.equal(true)
    expect(await shows('/engagements?columns=name,state', 'Role')).to.equal(false)
    expect(await shows(view, 'Role')).to.equal(false)
    expect((await visit(officer, view)).text).not.to.include('Save the filters in the view')
    const other = (await signedIn(tilsyn)).agent
    expect((await visit(other, '/engagements')).html).to.include('scope="col">State<')
    await submit(officer, '/engagements', { ...chosen, usual: 'yes' }, '/lists/engagements/columns')
    expect(await shows('/engagements', 'State')).to.equal(true)
    await submit(officer, '/engagements', chosen, '/lists/gone/columns').then(({ status }) =>
      expect(status).to.equal(404),
    )
  })

  it('say so where another has removed one, or keeps it to themselves, while it was open', async () => {
    const address = await saved(officer, { shared: 'yes' })
    const id = idOf(address)
    const { agent: auditor } = await signedIn(tilsyn, 'auditor')
    expect((await visit(auditor, address)).html).to.include('aria-current="page"')
    await submit(officer, `/views/${id}`, { name: 'Mine egne' })
    const pinned = await submit(auditor, '/engagements?q=x', { pinned: 'yes' }, `/views/${id}/pin`)
    expect(inspect(pinned.text, 409).text).to.include('The view is no longer there')
    // The address still asks the same of the list, without the name somebody keeps for themselves.
    const left = await visit(auditor, address)
    expect(left.text).to.include('Outside the EU/EEA ×').and.not.include('Mine egne')
    await submit(officer, `/views/${id}`, {}, `/views/${id}/remove`)
    for (const [given, to] of [
      [{ name: 'Igen' }, ''],
      [{ query: '' }, '/query'],
      [{}, '/remove'],
    ] as const) {
      const { status, text } = await submit(officer, '/engagements?q=x', given, `/views/${id}${to}`)
      expect([status, text.includes('no longer there')]).to.deep.equal([409, true])
    }
  })

  it('ask for a name', async () => {
    const answer = await submit(officer, '/engagements?q=x', { list, name: ' ', query: 'q=x' }, '/views')
    const page = inspect(answer.text, 422)
    expect(page.html).to.include('value="q=x"')
    const id = idOf(await saved(officer))
    expect((await submit(officer, `/views/${id}`, { name: '' })).status).to.equal(422)
  })
})
