import { expect } from 'chai'
import { storeFile } from '../../src/files/actions.js'
import { enqueue, mailsAbout } from '../../src/mail/actions.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'
import { context, message, senderTo } from './messages.js'

const idOf = async (number: number) => (await mailsAbout('recipient', [`notice/customer${number}`]))[0]!._id

describe('the mailbox', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()

  async function send(): Promise<void> {
    const { sender, transport } = senderTo(mailbox.url)
    await sender.sendDue()
    transport!.close()
  }

  it('has nothing at first', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/mailbox')).text).to.include('No mails have been written yet.')
  })

  it('lists mails by state, and finds them by subject, name, address and key', async () => {
    const { agent } = await signedIn(tilsyn)
    mailbox.refuse('dpo1@kommune.example', 550)
    await enqueue(context, [message(1), message(2)])
    await send()
    await enqueue(context, [message(3, { to: { address: 'it@havnen.example', name: 'Bo Møller' } })])
    const shown = async (query: string) => (await visit(agent, `/mailbox?${query}`)).text
    expect(await shown(''))
      .to.include('dpo1@')
      .and.to.include('dpo2@')
      .and.to.include('it@havnen.example')
    expect(await shown('state=bounced'))
      .to.include('dpo1@')
      .and.not.to.include('dpo2@')
    expect(await shown('q=moller'))
      .to.include('it@havnen')
      .and.not.to.include('dpo2@')
    expect(await shown('q=dpo2'))
      .to.include('dpo2@')
      .and.not.to.include('it@havnen')
    expect(await shown('q=CN-2026-001')).to.include('dpo2@')
    expect(await shown('q=nobody')).to.include('No mails match')
    expect(await shown('state=nonsense')).to.include('dpo2@')
  })

  it('shows a mail as its reader sees it, without the live link, and the evidence', async () => {
    const { agent } = await signedIn(tilsyn)
    await enqueue(context, [message(1)])
    await send()
    const id = await idOf(1)
    const page = await visit(agent, `/mailbox/${id}`)
    expect(page.text).to.include('accepted').and.to.include('250 2.0.0 Ok: queued').and.to.include('[link]')
    const body = await agent.get(`/mailbox/${id}/body`)
    expect(body.headers['content-security-policy']).to.include("default-src 'none'").and.to.include('sandbox')
    expect(body.text).to.include('[link]').and.to.include('Fiktiv Hosting')
    for (const html of [page.html, body.text]) expect(html).not.to.match(/token-of|link\.tilsyn\.invalid/)
  })

  it('explains in both languages why a mail has not arrived', async () => {
    await enqueue(context, [message(1), message(2)])
    mailbox.refuse('dpo1@kommune.example', 550)
    await send()
    const { agent } = await signedIn(tilsyn, 'dpo', 'da')
    const page = await visit(agent, `/mailbox/${await idOf(1)}`)
    expect(page.text)
      .to.include('Modtagerens server har afvist mailen')
      .and.to.include('5.1.1 No such mailbox')
    const { sender } = senderTo('')
    await enqueue(context, [message(3)])
    await sender.sendDue()
    expect((await visit(agent, `/mailbox/${await idOf(3)}`)).text).to.include('ikke sendt til nogen')
  })

  it('says when the next attempt will be, and what the trouble was', async () => {
    const { agent } = await signedIn(tilsyn)
    await enqueue(context, [message(1)])
    const { sender, transport } = senderTo('smtp://127.0.0.1:1')
    await sender.sendDue()
    transport!.close()
    const page = await visit(agent, `/mailbox/${await idOf(1)}`)
    expect(page.text).to.include('Next attempt: 1 Dec 2026, 12:01')
    expect(page.text).to.include('There was no connection to the mail server.')
  })

  it('hands out the attachments of the mail, and no other file', async () => {
    const { agent } = await signedIn(tilsyn)
    const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
    const { _id } = await storeFile(context, {
      name: 'varsel.pdf',
      bytes,
      about: { kind: 'notice', id: 'n1' },
    })
    await enqueue(context, [message(1, { attachments: [{ file: _id, name: 'varsel.pdf' }] })])
    const id = await idOf(1)
    const page = await visit(agent, `/mailbox/${id}`)
    const answer = await agent.get(page.links.find((link) => link.includes('/attachments/'))!)
    expect(answer.headers['content-type']).to.equal('application/pdf')
    expect(answer.body.toString()).to.include('%PDF')
    await agent.get(`/mailbox/${id}/attachments/2`).expect(404)
    await agent.get(`/mailbox/${id}/attachments/${_id}`).expect(404)
  })

  it('knows no mail of another name', async () => {
    const { agent } = await signedIn(tilsyn)
    await agent.get('/mailbox/nothing').expect(404)
  })
})
