import { expect } from 'chai'
import request from 'supertest'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { replyByReference } from '../../src/replies/actions.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { address, arrives, part, told, type Told } from './world.js'

describe('the pages of replies', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let world: Told
  let officer: Agent
  beforeEach(async function () {
    const specific = this.currentTest?.title.includes('approv') ?? false
    world = await told(tilsyn, mailbox, { specific })
    officer = (await signedIn(tilsyn)).agent
  })

  it('an empty list says so, for each thing that can be shown', async () => {
    expect((await visit(officer, '/replies')).text).to.contain('No replies wait to be read.')
    for (const show of ['unmatched', 'automatic', 'reports', 'done', 'all', 'nonsense'])
      await visit(officer, `/replies?show=${show}`)
    await visit(officer, '/replies?q=nobody')
  })

  it('a reply is found in the list, on the overview, and on the pages of its customer', async () => {
    const { reference } = await arrives(tilsyn, 'reply-with-quote', world.mail)
    expect((await visit(officer, '/replies')).links).to.contain(`/replies/${reference}`)
    expect((await visit(officer, '/replies?q=bakkeby&show=all')).links).to.contain(`/replies/${reference}`)
    expect((await visit(officer, '/')).text).to.contain('Read the reply from Bakkeby Kommune')
    const { customer, notice } = world
    expect((await visit(officer, `/customers/${customer.reference}`)).links).to.contain(
      `/replies/${reference}`,
    )
    const recipient = await visit(officer, `/notices/${notice.reference}/recipients/${customer.reference}`)
    expect(recipient.links).to.contain(`/replies/${reference}`)
    expect(recipient.text).to.contain('Waits for a reply from the customer to be read')
  })

  it('two clicks make an objection of it: open it, and press', async () => {
    const { reference } = await arrives(tilsyn, 'reply-with-quote', world.mail)
    const page = await visit(officer, `/replies/${reference}`)
    expect(page.text)
      .to.contain('Vi gør indsigelse mod Nyborg Backup ApS')
      .and.contain('Suggested')
      .and.contain('Nothing in CN-2026-001 is permitted or taken into use for Bakkeby Kommune')
    const answer = await submit(
      officer,
      `/replies/${reference}`,
      { as: 'objection' },
      `/replies/${reference}/read`,
    )
    expect(answer.status).to.equal(303)
    const [objection] = await objectionsOfRecipient(world.recipient)
    expect(answer.headers['location']).to.equal(`/objections/${objection?.reference}`)
    const shown = await visit(officer, `/objections/${objection?.reference}`)
    const file = shown.links.find((link) => link.includes('/files/')) ?? ''
    expect((await officer.get(file)).headers['content-disposition']).to.contain(`${reference}.eml`)
    expect((await visit(officer, `/replies/${reference}`)).links).to.contain(
      `/objections/${objection?.reference}`,
    )
  })

  it('an approval asks for name and title, and is only offered where the sender may approve', async () => {
    const { reference } = await arrives(tilsyn, 'approves', world.mail)
    const url = `/replies/${reference}`
    const stranger = await arrives(tilsyn, 'approves', world.mail, { from: 'kollega@bakkeby.example' })
    const page = await visit(officer, `/replies/${stranger.reference}`)
    expect(page.text).to.contain('does not belong to a contact with the right to approve')
    const missing = await submit(officer, url, { as: 'approval', name: 'Bo', title: '' }, `${url}/read`)
    expect(missing.status).to.equal(422)
    inspect(missing.text, 422)
    const done = await submit(officer, url, { as: 'approval', name: 'Bo', title: 'Direktør' }, `${url}/read`)
    expect(done.status).to.equal(303)
    expect((await part(world.recipient)).lines[0]?.answer?.answer).to.equal('approved')
  })

  it('a DPO may read it as an objection and may not register an approval', async () => {
    const { reference } = await arrives(tilsyn, 'approves', world.mail)
    const dpo = (await signedIn(tilsyn, 'dpo')).agent
    const url = `/replies/${reference}`
    const approval = { as: 'approval', name: 'Bo', title: 'Direktør' }
    expect((await submit(dpo, url, approval, `${url}/read`)).status).to.equal(403)
    expect((await submit(dpo, url, { as: 'objection' }, `${url}/read`)).status).to.equal(303)
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    await visit(auditor, url)
  })

  it('a question is answered or noted, then read anew with the reason', async () => {
    const { reference } = await arrives(tilsyn, 'question', world.mail)
    const url = `/replies/${reference}`
    expect((await submit(officer, url, { as: 'question' }, `${url}/read`)).status).to.equal(422)
    expect(
      (await submit(officer, url, { as: 'question', answer: 'I Odense.' }, `${url}/read`)).status,
    ).to.equal(303)
    expect((await visit(officer, url)).text)
      .to.contain('I Odense.')
      .and.contain('Read it anew')
    expect((await submit(officer, url, { as: 'other' }, `${url}/read`)).status).to.equal(422)
    const again = await submit(officer, url, { as: 'other', reason: 'Slip of the hand' }, `${url}/read`)
    expect(again.status).to.equal(303)
    expect((await visit(officer, url)).text).to.contain('Slip of the hand')
  })

  it('a mail without a customer is attached to one the sender is known by, or typed, or put aside', async () => {
    const stranger = await arrives(tilsyn, 'stranger', world.mail)
    const url = `/replies/${stranger.reference}`
    await visit(officer, url)
    expect((await submit(officer, url, {}, `${url}/attach`)).status).to.equal(422)
    const wrong = await submit(officer, url, { customer: 'C-9999', notice: 'CN-2026-001' }, `${url}/attach`)
    expect(wrong.status).to.equal(422)
    expect((await submit(officer, url, { reason: '' }, `${url}/dismiss`)).status).to.equal(422)
    const right = { customer: world.customer.reference.toLowerCase(), notice: world.notice.reference }
    expect((await submit(officer, url, right, `${url}/attach`)).status).to.equal(303)
    expect((await part(world.recipient)).held).to.equal(true)

    const known = await arrives(tilsyn, 'stranger', world.mail, { arrivedAt: tilsyn.now() }).then((reply) =>
      replyByReference(reply.reference),
    )
    expect(known?.reference, 'the same mail again').to.equal(stranger.reference)
  })

  it('a sub-processor’s own notice that came to the mailbox goes on as one, once', async () => {
    const { reference } = await arrives(tilsyn, 'stranger', world.mail)
    const url = `/replies/${reference}`
    const first = await submit(officer, url, {}, `${url}/upstream`)
    expect(first.headers['location']).to.match(/^\/upstream\/UN-/)
    const again = await submit(officer, '/replies/' + reference, {}, `${url}/upstream`).catch(() => null)
    expect(again?.headers['location'] ?? first.headers['location']).to.equal(first.headers['location'])
    const upstream = String(first.headers['location'])
    expect((await visit(officer, url)).links).to.contain(upstream)
    await visit(officer, upstream)
  })

  it('the customer reads on its own page that its mail has come, and what it stops', async () => {
    const { reference } = await arrives(tilsyn, 'question', world.mail)
    const customer = request.agent(tilsyn.app)
    const link = /http:\/\/tilsyn\.test(\/l\/\S+)/.exec(mailbox.mailsFor(address)[0]?.text ?? '')?.[1] ?? ''
    const landed = String((await customer.get(link)).headers['location']).split('?')[0] ?? ''
    const page = landed.includes('/notices/') ? landed : `${landed}/notices/${world.notice.reference}`
    expect((await visit(customer, page)).text)
      .to.contain('Vi har modtaget jeres svar')
      .and.contain('før vi har læst den')
    await submit(officer, `/replies/${reference}`, { as: 'other' }, `/replies/${reference}/read`)
    expect((await visit(customer, page)).text).to.contain('Den er læst.')
  })

  it('hostile mail is text and nothing else, and its files are downloads', async () => {
    const { reference } = await arrives(tilsyn, 'script-in-subject', world.mail)
    const page = await officer.get(`/replies/${reference}`)
    expect(page.text).not.to.match(/<script>alert|<img src=x/)
    expect(page.text).to.contain('&lt;script&gt;alert')
    expect((await officer.get('/replies')).text).not.to.contain('<script>alert')
    const files = await arrives(tilsyn, 'attachments', world.mail)
    const file = await officer.get(`/replies/${files.reference}/files/2`)
    expect(file.headers).to.include({ 'content-type': 'application/octet-stream' })
    expect(file.headers['content-disposition']).to.contain('attachment')
    expect(file.headers['content-security-policy']).to.contain('sandbox')
    expect((await officer.get(`/replies/${files.reference}/files/0`)).headers['content-type']).to.contain(
      'rfc822',
    )
    expect((await officer.get(`/replies/${files.reference}/files/9`)).status).to.equal(404)
    expect((await officer.get(`/replies/${files.reference}/files/x`)).status).to.equal(404)
  })

  for (const name of [
    'html-only',
    'postfix-dsn',
    'delivered',
    'outlook-automatisk-svar',
    'address-only',
    'missing-boundary',
  ])
    it(`shows ${name}`, async () => {
      const { reference } = await arrives(tilsyn, name, world.mail)
      await visit(officer, `/replies/${reference}`)
    })
})
