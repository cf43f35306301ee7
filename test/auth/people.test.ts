import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { addPerson, disablePerson, editPerson, staffMembers } from '../../src/auth/actions/people.js'
import { Refused } from '../../src/base/errors.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const bo = { name: 'Bo Ågård', email: 'Bo@Nordvang.example', role: 'dpo', locale: 'da' }

describe('people', () => {
  const tilsyn = useApp()

  it('are added by the administrator, and set their own password by a link that serves once', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const added = await submit(agent, '/people/new', bo, '/people')
    expect(added.status).to.equal(201)
    const link = /http:\/\/tilsyn\.test(\/password\/[\w-]+)/.exec(inspect(added.text, 201).html)?.[1] ?? ''

    const theirs = anonymous(tilsyn)
    expect((await visit(theirs, `${link}?lang=en`)).text).to.include('Bo Ågård, bo@nordvang.example')
    const weak = await submit(theirs, link, { password: 'for kort' })
    expect(weak.status).to.equal(422)
    expect((await submit(theirs, link, { password: 'tolv grønne gulerødder' })).status).to.equal(303)
    await visit(theirs, link, 404)
    const entered = await submit(theirs, '/sign-in', {
      email: 'bo@nordvang.example',
      password: 'tolv grønne gulerødder',
    })
    expect(entered.status).to.equal(303)
    expect((await visit(theirs, '/account')).lang).to.equal('da')
  })

  it('have an invitation that runs out after a week, or when a newer one is made', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const linkIn = (html: string) => /tilsyn\.test(\/password\/[\w-]+)/.exec(html)?.[1] ?? ''
    const first = linkIn((await submit(agent, '/people/new', bo, '/people')).text)
    const page = (await staffMembers()).find(({ email }) => email === 'bo@nordvang.example')
    const second = linkIn(
      (await submit(agent, `/people/${page?._id}`, {}, `/people/${page?._id}/password-link`)).text,
    )
    await visit(tilsyn.app, first, 404)
    await visit(tilsyn.app, second)
    tilsyn.moveTo('2026-11-30T09:00:00Z')
    await visit(tilsyn.app, second, 404)
  })

  it('cannot share an address', async () => {
    const { agent, person } = await signedIn(tilsyn, 'administrator')
    const answer = await submit(agent, '/people/new', { ...bo, email: person.email }, '/people')
    expect(answer.status).to.equal(409)
    const { text, html } = inspect(answer.text, 409)
    expect(text).to.include('There is already a person with this e-mail address')
    expect(html).to.include('value="Bo Ågård"')
  })

  it('are shown to those who read people, and changed by administrators only', async () => {
    for (const role of ['dpo', 'auditor'] as const) {
      const { agent } = await signedIn(tilsyn, role)
      expect((await visit(agent, '/people')).links).not.to.include('/people/new')
      await visit(agent, '/people/new', 403)
    }
    const { agent } = await signedIn(tilsyn, 'officer')
    await visit(agent, '/people', 403)
  })

  it('keep at least one administrator who can sign in', async () => {
    const { agent, person } = await signedIn(tilsyn, 'administrator')
    const answer = await submit(agent, `/people/${person._id}`, {}, `/people/${person._id}/disable`)
    expect(answer.status).to.equal(409)
    expect(inspect(answer.text, 409).text).to.include(
      'There must always be at least one active administrator',
    )
    const lower = { name: person.name, email: person.email, role: 'officer' as const, locale: 'da' as const }
    const refusal = await editPerson(tilsyn.context(), person._id, lower).catch((error: unknown) => error)
    expect(refusal).to.be.instanceOf(Refused)
    expect((await staffMembers())[0]).to.include({ role: 'administrator', state: 'active' })
    await visit(agent, '/people')
  })

  it('keep one also when two administrators disable each other at the same moment', async () => {
    const first = await signedIn(tilsyn, 'administrator')
    const second = await signedIn(tilsyn, 'administrator')
    await Promise.allSettled([
      disablePerson(tilsyn.context(), first.person._id),
      disablePerson(tilsyn.context(), second.person._id),
    ])
    expect((await staffMembers()).filter(({ state }) => state === 'active')).not.to.deep.equal([])
  })

  it('stand in the order Danes expect', async () => {
    for (const [index, name] of ['Aage', 'Østen', 'Zita', 'Ærø', 'Bo', 'Åse'].entries())
      await addPerson(tilsyn.context(), { name, email: `${index}@x.dk`, role: 'auditor', locale: 'da' })
    const names = (await staffMembers()).map((member) => member.name)
    expect(names).to.deep.equal(['Bo', 'Zita', 'Ærø', 'Østen', 'Aage', 'Åse'])
  })

  it('have a history with what changed, before and after', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    await submit(agent, '/people/new', bo, '/people')
    const added = (await staffMembers()).find(({ email }) => email === 'bo@nordvang.example')
    const saved = await submit(agent, `/people/${added?._id}/edit`, {
      ...bo,
      name: 'Bo Ågaard',
      role: 'auditor',
    })
    expect(saved.status).to.equal(303)
    const page = await visit(agent, `/people/${added?._id}`)
    expect(page.text)
      .to.include('Particulars changed · Anders administrator')
      .and.include('dpo → auditor')
      .and.include('Bo Ågård → Bo Ågaard')
    const [entry] = await historyOf('person', added?._id ?? '')
    expect(JSON.stringify(entry?.facts)).not.to.include('Bo')
  })
})

describe('settings', () => {
  const tilsyn = useApp()

  it('change what customers read about the organisation', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const typed = {
      name: 'Nordvang Drift ApS',
      cvr: '35240136',
      address: 'Havnegade 14',
      'dpo[name]': 'Karen Østergård',
      'dpo[email]': 'dpo@nordvang.example',
      'dpo[phone]': '70 10 20 30',
      locales: 'da',
      replyTo: 'varsler@nordvang.example',
    }
    expect((await submit(agent, '/settings', typed)).status).to.equal(303)
    const page = await visit(agent, '/settings')
    expect(page.text)
      .to.include('The settings are saved')
      .and.include('Nordvang Drift A/S → Nordvang Drift ApS')
    const wrong = await submit(agent, '/settings', { ...typed, locales: [], replyTo: 'nowhere' })
    expect(wrong.status).to.equal(422)
    expect(inspect(wrong.text, 422).text).to.include('2 fields need your attention')
  })

  it('are for administrators', async () => {
    const { agent } = await signedIn(tilsyn, 'officer')
    await visit(agent, '/settings', 403)
  })
})
