import { expect } from 'chai'
import { storeFile } from '../../src/files/actions.js'
import {
  enqueue,
  keepLetterhead,
  mailsAbout,
  markFollowedUp,
  mailsToFollowUp,
  stopMails,
} from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import { claimDue } from '../../src/mail/records/claims.js'
import { patience, type Transport } from '../../src/mail/transport.js'
import { useDatabase } from '../support/database.js'
import { useMailbox } from '../support/mailbox.js'
import { context, liveLinks, message, noon, senderTo } from './messages.js'

const minutes = (count: number) => new Date(noon.getTime() + count * 60_000)
const about = (number: number) => mailsAbout('recipient', [`notice/customer${number}`])

describe('the outbox', function () {
  useDatabase()
  const mailbox = useMailbox()
  let transports: (Transport | null)[] = []
  const sending = (change: Parameters<typeof senderTo>[1] = {}, url: string | undefined = mailbox.url) => {
    const made = senderTo(url, change)
    transports.push(made.transport)
    return made
  }
  afterEach(() => {
    for (const transport of transports) transport?.close()
    transports = []
  })

  it('takes a message once, however often it is enqueued', async () => {
    expect(await enqueue(context, [message(1), message(2)])).to.equal(2)
    expect(await enqueue(context, [message(1), message(2), message(3)])).to.equal(1)
    expect(await Mails.countDocuments()).to.equal(3)
  })

  it('takes a message once when two processes enqueue it at the same moment', async () => {
    const messages = Array.from({ length: 50 }, (_, number) => message(number))
    const added = await Promise.all([enqueue(context, messages), enqueue(context, messages)])
    expect(added[0]! + added[1]!).to.equal(50)
    expect(await Mails.countDocuments()).to.equal(50)
  })

  it('delivers text, HTML, attachments and the live link', async () => {
    await keepLetterhead({
      name: 'PowerNet A/S',
      address: 'Bredgade 1, 1260 København K',
      registration: 'CVR 35240136',
      replyTo: 'persondata@powernet.example',
    })
    const pdf = await storeFile(context, {
      name: 'varsel.pdf',
      bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\nindhold\n%%EOF\n'),
      about: { kind: 'notice', id: 'n1' },
    })
    await enqueue(context, [message(1, { attachments: [{ file: pdf._id, name: 'Varsel om ændring.pdf' }] })])
    expect(await sending().sender.sendDue()).to.deep.equal({ accepted: 1 })

    const [mail] = mailbox.mails
    expect(mail!.for).to.equal('dpo1@kommune.example')
    expect(mail!.subject).to.equal('Ny underdatabehandler (Deres sagsnr. 24-1234)')
    expect(mail!.to?.[0]).to.include({ name: 'Åse Ørsted', address: 'dpo1@kommune.example' })
    expect(mail!.from?.address).to.equal('gdpr@powernet.example')
    expect(mail!.replyTo?.[0]?.address).to.equal('persondata@powernet.example')
    expect(mail!.text).to.include('https://tilsyn.example.dk/l/token-of-link1')
    expect(mail!.text).to.include('Vi tilføjer <b>Fiktiv Hosting ApS</b> & co.')
    expect(mail!.text).to.include('Deres sagsnr.: 24-1234')
    expect(mail!.html).to.include('href="https://tilsyn.example.dk/l/token-of-link1"')
    expect(mail!.html).to.include('Vi tilføjer &lt;b&gt;Fiktiv Hosting ApS&lt;/b&gt; &amp; co.')
    expect(mail!.html).to.include('PowerNet A/S').and.to.include('CVR 35240136')
    expect(mail!.attachments).to.have.length(1)
    expect(mail!.attachments[0]).to.include({
      filename: 'Varsel om ændring.pdf',
      mimeType: 'application/pdf',
    })
    expect(Buffer.from(mail!.attachments[0]!.content as ArrayBuffer).toString()).to.include('indhold')
    const headers = mail!.headers.map(({ key }) => key)
    expect(headers).not.to.include.members(['auto-submitted'])
    expect(headers).not.to.include.members(['list-unsubscribe'])
  })

  it('keeps no live link in anything it stores', async () => {
    await enqueue(context, [message(1)])
    await sending().sender.sendDue()
    const stored = JSON.stringify([await Mails.find().lean(), await about(1)])
    expect(stored).not.to.include('token-of')
    expect(stored).to.include('link.tilsyn.invalid')
  })

  it('keeps evidence of what the server answered, and when', async () => {
    await enqueue(context, [message(1)])
    await sending().sender.sendDue()
    const [row] = await about(1)
    expect(row).to.include({ state: 'accepted', acceptance: 'relay', attempts: 1 })
    expect(row!.acceptedAt).to.deep.equal(noon)
    expect(row!.server).to.equal(mailbox.url.replace('smtp://', ''))
    expect(row!.reply).to.match(/^250 2\.0\.0 Ok: queued as M1/)
    expect(row!.messageId).to.equal(`<${row!._id}@powernet.example>`)
    expect(mailbox.mails[0]!.messageId).to.equal(row!.messageId)
    expect(row!.evidence[0]).to.include({ attempt: 1, outcome: 'accepted', code: 250 })
  })

  it('tries again after 1, 5, 15 and 60 minutes when the server says later', async () => {
    await enqueue(context, [message(1)])
    mailbox.refuse('dpo1@kommune.example', 450, 3)
    const { sender, clock } = sending()
    expect(await sender.sendDue()).to.deep.equal({ deferred: 1 })
    expect(await sender.sendDue()).to.deep.equal({})
    for (const minute of [1, 6, 21]) {
      clock.now = minutes(minute)
      await sender.sendDue()
    }
    const [row] = await about(1)
    expect(row).to.include({ state: 'accepted', attempts: 4 })
    expect(row!.evidence.map(({ outcome }) => outcome)).to.deep.equal([
      'deferred',
      'deferred',
      'deferred',
      'accepted',
    ])
    expect(row!.evidence[0]).to.include({ code: 450 })
    expect(row!.acceptedAt).to.deep.equal(minutes(21))
    expect(mailbox.mails).to.have.length(1)
  })

  it('gives up after two days', async () => {
    await enqueue(context, [message(1)])
    mailbox.refuse('dpo1@kommune.example', 450)
    const { sender, clock } = sending()
    for (let hour = 0; hour <= 50; hour++) {
      clock.now = minutes(hour * 60)
      await sender.sendDue()
    }
    const [row] = await about(1)
    expect(row!.state).to.equal('given-up')
    expect(row!.evidence.at(-1)!.at.getTime()).to.be.within(
      minutes(47 * 60).getTime(),
      minutes(48 * 60).getTime(),
    )
  })

  it('takes a permanent refusal of the recipient as a bounce, at once and for this recipient alone', async () => {
    await enqueue(context, [message(1), message(2)])
    mailbox.refuse('dpo1@kommune.example', 550)
    expect(await sending().sender.sendDue()).to.deep.equal({ bounced: 1, accepted: 1 })
    const [row] = await about(1)
    expect(row).to.include({ state: 'bounced', acceptedAt: null, acceptance: null })
    expect(row!.lastReply).to.include('550').and.to.include('No such mailbox')
  })

  it('waits, instead of trying everyone, when the mail server cannot be reached', async () => {
    await enqueue(
      context,
      Array.from({ length: 100 }, (_, number) => message(number)),
    )
    const { sender } = sending({}, 'smtp://127.0.0.1:1')
    const { deferred } = await sender.sendDue()
    expect(deferred).to.be.within(1, 10)
    expect(await Mails.countDocuments({ state: 'queued' })).to.equal(100 - deferred!)
    expect(await Mails.countDocuments({ state: 'bounced' })).to.equal(0)
  })

  it('sends each mail once when two senders work side by side', async () => {
    const many = 300
    await enqueue(
      context,
      Array.from({ length: many }, (_, number) => message(number)),
    )
    const counts = await Promise.all([sending().sender.sendDue(), sending().sender.sendDue()])
    expect((counts[0].accepted ?? 0) + (counts[1].accepted ?? 0)).to.equal(many)
    expect(mailbox.mails).to.have.length(many)
    expect(new Set(mailbox.mails.map(({ messageId }) => messageId)).size).to.equal(many)
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(many)
  })

  it('sends what a killed process had claimed, once its claim has run out, with the same Message-ID', async () => {
    await enqueue(context, [message(1)])
    await claimDue('of a killed process', noon, minutes(5), 20)
    const { sender, clock } = sending()
    expect(await sender.sendDue()).to.deep.equal({})
    clock.now = minutes(5)
    expect(await sender.sendDue()).to.deep.equal({ accepted: 1 })
    const [row] = await about(1)
    expect(mailbox.mails[0]!.messageId).to.equal(row!.messageId)
  })

  it('sends no second copy of a mail whose evidence was written before the kill', async () => {
    await enqueue(context, [message(1)])
    const { sender, clock } = sending()
    await sender.sendDue()
    await Mails.updateOne({}, { $set: { state: 'claimed', claim: 'of a killed process', dueAt: minutes(5) } })
    clock.now = minutes(6)
    await sender.sendDue()
    expect(mailbox.mails).to.have.length(1)
    expect((await about(1))[0]!.state).to.equal('accepted')
  })

  it('gives up on a server that takes a mail and never answers, and tries later', async () => {
    await enqueue(context, [message(1)])
    mailbox.hangOn('dpo1@kommune.example')
    const { sender, clock } = sending({ lease: { length: 2000, reserve: 300, patience: 300 } })
    expect(await sender.sendDue()).to.deep.equal({ deferred: 1 })
    mailbox.recover()
    clock.now = minutes(1)
    expect(await sender.sendDue()).to.deep.equal({ accepted: 1 })
    const copies = mailbox.mailsFor('dpo1@kommune.example')
    expect(new Set(copies.map(({ messageId }) => messageId)).size).to.equal(1)
  })

  it('waits for a slow server, and meanwhile no other process hands it the same mail again', async () => {
    await enqueue(context, [message(1)])
    mailbox.slowBy(400)
    const lease = { length: 5 * 60_000, reserve: 100, patience: 5000 }
    const [slow, other] = [sending({ lease }), sending({ lease })]
    const sent = slow.sender.sendDue()
    await new Promise((resolve) => setTimeout(resolve, 100))
    // As long as a claim is good for has gone by, and the server has the mail.
    slow.clock.now = minutes(6)
    await new Promise((resolve) => setTimeout(resolve, 100))
    other.clock.now = minutes(6)
    expect(await other.sender.sendDue()).to.deep.equal({})
    expect(await sent).to.deep.equal({ accepted: 1 })
    expect(mailbox.mails).to.have.length(1)
  })

  it('is patient for as long as the standard asks (RFC 5321 4.5.3.2.6: ten minutes)', () => {
    expect(patience).to.be.greaterThan(10 * 60_000)
  })

  it('keeps mails in the house without a mail server', async () => {
    await enqueue(context, [message(1)])
    expect(await sending({}, '').sender.sendDue()).to.deep.equal({ kept: 1 })
    const [row] = await about(1)
    expect(row).to.include({ state: 'kept', acceptance: 'kept-in-house', server: null })
    expect(row!.acceptedAt).to.deep.equal(noon)
  })

  it('never mails the invented customers of the sample, unless it is told to', async () => {
    await enqueue(context, [message(1, { sample: true }), message(2)])
    expect(await sending().sender.sendDue()).to.deep.equal({ kept: 1, accepted: 1 })
    await enqueue(context, [message(3, { sample: true })])
    expect(await sending({ sendSample: true }).sender.sendDue()).to.deep.equal({ accepted: 1 })
  })

  it('does not send a mail whose link has been revoked', async () => {
    await enqueue(context, [message(1), message(2)])
    const revoked = async (ids: string[]) => liveLinks(ids.filter((id) => id !== 'link1'))
    expect(await sending({ liveLinks: revoked }).sender.sendDue()).to.deep.equal({
      'given-up': 1,
      accepted: 1,
    })
    expect((await about(1))[0]).to.include({ state: 'given-up', lastReply: 'link-revoked', server: null })
  })

  it('sends two mails with the same link in one round', async () => {
    await enqueue(context, [message(1), message(2, { link: 'link1' }), message(3, { link: 'link1' })])
    expect(await sending().sender.sendDue()).to.deep.equal({ accepted: 3 })
    for (const { text } of mailbox.mails) expect(text).to.include('/l/token-of-link1')
  })

  it('withdraws what has not left, and only that', async () => {
    await enqueue(context, [message(1)])
    await sending().sender.sendDue()
    await enqueue(context, [message(2), message(3, { kind: 'notice-reminder' })])
    const ids = [1, 2, 3].map((number) => `notice/customer${number}`)
    const filter = { about: { kind: 'recipient', ids }, kinds: ['notice-announcement'] }
    expect(await stopMails(context, filter)).to.equal(1)
    expect(await stopMails(context, filter)).to.equal(0)
    const rows = await mailsAbout('recipient', ids)
    expect(rows.map(({ state }) => state).sort()).to.deep.equal(['accepted', 'queued', 'stopped'])
  })

  it('tells each settled mail until it has been followed up', async () => {
    await enqueue(context, [message(1), message(2), message(3)])
    mailbox.refuse('dpo1@kommune.example', 550)
    mailbox.refuse('dpo2@kommune.example', 450)
    await sending().sender.sendDue()
    const rows = await mailsToFollowUp('notice-announcement', 10)
    expect(rows.map(({ state }) => state).sort()).to.deep.equal(['accepted', 'bounced'])
    await markFollowedUp(rows.map(({ _id }) => _id))
    expect(await mailsToFollowUp('notice-announcement', 10)).to.deep.equal([])
    expect(await mailsToFollowUp('something-else', 10)).to.deep.equal([])
  })

  it('sends no faster than it may', async () => {
    await enqueue(
      context,
      Array.from({ length: 11 }, (_, number) => message(number)),
    )
    const before = performance.now()
    await sending({ rate: 20 }).sender.sendDue()
    expect(performance.now() - before).to.be.greaterThan(490)
  })

  it('gives back what it has claimed and not sent when it is stopped', async () => {
    mailbox.slowBy(50)
    await enqueue(
      context,
      Array.from({ length: 60 }, (_, number) => message(number)),
    )
    const { sender } = sending()
    const ended = sender.sendDue()
    await new Promise((resolve) => setTimeout(resolve, 120))
    await sender.stop()
    await ended
    expect(await Mails.countDocuments({ state: 'claimed' })).to.equal(0)
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(mailbox.mails.length)
    expect(mailbox.mails.length).to.be.lessThan(60)
  })

  it('is woken by what is enqueued in its own process', async () => {
    const { sender } = sending()
    sender.start()
    await enqueue(context, [message(1)])
    for (let waited = 0; mailbox.mails.length === 0 && waited < 3000; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await sender.stop()
    expect(mailbox.mails).to.have.length(1)
  })
})
