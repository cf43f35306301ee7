import { expect } from 'chai'
import { verifyLog } from '../../src/audit-log/verify.js'
import { sealEntries } from '../../src/audit-log/timers.js'
import { fileById, readFileBytes } from '../../src/files/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { replyAddressOf } from '../../src/mail/rules/reply-address.js'
import { confirmReceipt, confirmUse, holdForReply, permit } from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import {
  attachReply,
  dismissReply,
  readReply,
  replyByReference,
  takeMail,
} from '../../src/replies/actions.js'
import type { ReadingInput } from '../../src/replies/actions.js'
import { Replies } from '../../src/replies/records.js'
import { finishReplies } from '../../src/replies/timers.js'
import { refused } from '../journeys/house.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn } from '../support/people.js'
import { message } from './messages.js'
import { address, arrives, mailTo, part, second, send, told, type Told } from './world.js'

const as = (reading: ReadingInput['as'], more: Partial<ReadingInput> = {}): ReadingInput => ({
  as: reading,
  note: null,
  answer: null,
  reason: null,
  name: null,
  title: null,
  ...more,
})

describe('replies', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let world: Told
  beforeEach(async function () {
    const specific = this.currentTest?.parent?.title === 'that approve'
    world = await told(tilsyn, mailbox, { specific })
  })
  afterEach('the log is whole', async function () {
    if (this.currentTest?.state === 'failed') return
    await sealEntries()
    expect(await verifyLog()).to.deep.include({ whole: true, breaks: [] })
  })
  const officer = () => tilsyn.context({ kind: 'staff', id: 'officer' })
  const state = async () => (await part(world.recipient)).state

  describe('that somebody wrote', () => {
    it('are kept as they came, with their hash, before anything is decided', async () => {
      const reply = await arrives(tilsyn, 'reply-with-quote', world.mail)
      const raw = message('reply-with-quote', { mail: world.mail, from: address })
      expect((await readFileBytes(reply.file)).equals(raw)).to.equal(true)
      expect(await fileById(reply.file)).to.include({ type: 'message/rfc822', sha256: reply.sha256 })
      expect(reply).to.deep.include({ reference: 'RE-2026-001', kind: 'message', state: 'waiting' })
      expect(reply.match).to.deep.include({ by: 'message-id', mail: world.mail })
    })

    it('block that customer, and no other, until they are read', async () => {
      const { reference } = await arrives(tilsyn, 'reply-with-quote', world.mail)
      expect(await part(world.recipient)).to.deep.include({ held: true, unclassified: [reference] })
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      expect(await state(), 'an unread reply').to.equal('running')
      expect((await part(`${world.notice._id}/${world.other._id}`)).state).to.equal('permitted')
      await readReply(officer(), reference, as('other', { note: 'Tak for orienteringen' }))
      await permitDueChanges(tilsyn.context())
      const after = await part(world.recipient)
      expect(after).to.deep.include({ state: 'permitted', held: false, unclassified: [] })
      // Not from the day the period ended: until today nobody knew whether it was an objection.
      expect(after.lines[0]?.permittedFrom).to.equal('2027-01-15')
    })

    it('stop the use of what is permitted already', async () => {
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      expect(await state()).to.equal('permitted')
      const { reference } = await arrives(tilsyn, 'question', world.mail)
      const line = world.notice.lines[0]!.id
      await confirmUse(officer(), world.notice.reference, line, '2027-01-15')
      expect(await state()).to.equal('permitted')
      await readReply(officer(), reference, as('question', { note: 'Ringede og svarede' }))
      await confirmUse(officer(), world.notice.reference, line, '2027-01-15')
      expect(await state()).to.equal('in-use')
    })

    it('win or lose against a permission at the same moment, and never both', async () => {
      tilsyn.moveTo('2027-01-15')
      const before = await part(world.recipient)
      await holdForReply(tilsyn.context(), world.recipient, 'RE-2026-009')
      expect(
        await permit(tilsyn.context(), before, { lines: [before.lines[0]!.line], from: '2027-01-01' }),
      ).to.equal(null)
      expect(await state()).to.equal('running')
    })

    it('are one reply, however often the same mail comes; another mail under the same Message-ID is another', async () => {
      const first = await arrives(tilsyn, 'question', world.mail)
      const raw = message('question', { mail: world.mail, from: address })
      const otherWay = Buffer.concat([
        Buffer.from('Received: from x by y; Tue, 24 Nov 2026 10:00:00 +0100\r\n'),
        raw,
      ])
      const again = await takeMail(tilsyn.context(), otherWay, {
        via: 'imap',
        key: tilsyn.house.keys.replies,
      })
      expect(again).to.deep.include({ again: true })
      expect(again.reply._id).to.equal(first._id)
      const forged = Buffer.from(
        raw.toString('latin1').replace('Hvor ligger', 'Vi protesterer. Hvor ligger'),
        'latin1',
      )
      const other = await takeMail(tilsyn.context(), forged, { via: 'pipe', key: tilsyn.house.keys.replies })
      expect(other.again).to.equal(false)
      expect((await part(world.recipient)).unclassified).to.have.length(2)
    })

    it('are told to the officers, without what they say', async () => {
      await signedIn(tilsyn)
      const reply = await arrives(tilsyn, 'reply-with-quote', world.mail)
      const mails = await mailsAbout('reply', [reply._id])
      expect(mails.map(({ kind }) => kind)).to.deep.equal(['reply-alert'])
      await send(tilsyn, mailbox)
      const [alert] = mailbox.mails.filter(({ subject }) => subject?.includes('RE-2026-001'))
      expect(alert?.text).to.contain('Bakkeby Kommune').and.not.contain('uden for kommunen')
    })

    it('become objections in one step, received when the mail came, with the mail on file', async () => {
      tilsyn.moveTo('2027-01-05')
      const { reference, file } = await arrives(tilsyn, 'reply-with-quote', world.mail, {
        arrivedAt: new Date('2026-12-28T22:00:00Z'),
      })
      const read = await readReply(officer(), reference, as('objection'))
      const [objection, ...more] = await objectionsOfRecipient(world.recipient)
      expect(more).to.have.length(0)
      expect(objection).to.deep.include({
        channel: 'mail',
        receivedOn: '2026-12-28',
        timely: true,
        files: [file],
      })
      expect(objection?.reasons).to.contain('Vi gør indsigelse').and.not.contain('Godkender I')
      expect(read.classification).to.deep.include({ as: 'objection', objection: objection?.reference })
      expect(await part(world.recipient)).to.deep.include({
        held: true,
        unclassified: [],
        openObjections: [objection?.reference],
      })
      await readReply(officer(), reference, as('objection'))
      expect(await objectionsOfRecipient(world.recipient), 'pressed twice').to.have.length(1)
      await refused(readReply(officer(), reference, as('other', { reason: 'Fejl' })), 'reply-is-objection')
    })

    it('are read anew with the reason: a question that was an objection after all', async () => {
      const { reference } = await arrives(tilsyn, 'question', world.mail)
      await readReply(officer(), reference, as('question', { note: 'Svaret' }))
      expect((await part(world.recipient)).held).to.equal(false)
      await refused(readReply(officer(), reference, as('objection')), 'reply-reason-missing')
      const again = await readReply(officer(), reference, as('objection', { reason: 'Kunden ringede' }))
      expect(again.earlier).to.have.length(1)
      expect(again.earlier[0]).to.include({ as: 'question', reason: 'Kunden ringede' })
      expect((await part(world.recipient)).held).to.equal(true)
    })

    it('are answered to the contact, never to an address only the mail names', async () => {
      const { reference } = await arrives(tilsyn, 'question', world.mail, {
        from: 'anybody@elsewhere.example',
      })
      await readReply(officer(), reference, as('question', { answer: 'I Odense.' }))
      await send(tilsyn, mailbox)
      const answers = mailbox.mails.filter(({ text }) => text?.includes('I Odense.'))
      expect(answers.map((mail) => mail.for).toSorted()).to.deep.equal([second, address])
    })
  })

  describe('that approve', () => {
    it('count when they come from a contact with the right to approve, with name and title', async () => {
      const { reference } = await arrives(tilsyn, 'approves', world.mail)
      await readReply(officer(), reference, as('approval', { name: 'Bo Direktør', title: 'Direktør' }))
      const { lines } = await part(world.recipient)
      expect(lines[0]?.answer).to.deep.include({
        answer: 'approved',
        channel: 'mail',
        by: { name: 'Bo Direktør', title: 'Direktør' },
      })
      expect(lines[0]?.answer?.file).to.be.a('string')
      await refused(readReply(officer(), reference, as('other', { reason: 'x' })), 'reply-is-approval')
    })

    it('count for nothing from anybody else, even with our own Message-ID', async () => {
      const { reference } = await arrives(tilsyn, 'approves', world.mail, { from: 'kollega@bakkeby.example' })
      await refused(
        readReply(officer(), reference, as('approval', { name: 'Bo', title: 'Direktør' })),
        'reply-approver-unknown',
      )
      const { lines, unclassified } = await part(world.recipient)
      expect(lines[0]?.answer).to.equal(null)
      expect(unclassified, 'still waits').to.deep.equal([reference])
    })
  })

  describe('that a mailbox wrote by itself', () => {
    it('block nothing, are shown, and can still be read as what they are', async () => {
      const reply = await arrives(tilsyn, 'outlook-automatisk-svar', world.mail)
      expect(reply).to.include({ kind: 'automatic', state: 'noted', shelf: 'automatic' })
      expect((await part(world.recipient)).held).to.equal(false)
      await readReply(officer(), reply.reference, as('objection'))
      expect((await part(world.recipient)).held).to.equal(true)
    })
  })

  describe('whose they are', () => {
    it('is known by the signed address, whatever the head says', async () => {
      const replies = { address: 'svar@tilsyn.example', key: tilsyn.house.keys.replies }
      const reply = await arrives(tilsyn, 'stranger', world.mail, {
        envelope: [replyAddressOf(world.mail, replies)],
      })
      expect(reply).to.include({ state: 'waiting' })
      expect(reply.match?.by).to.equal('signed-address')
    })

    it('is guessed from address and reference only with a mark that says so', async () => {
      const reply = await arrives(tilsyn, 'address-only', world.mail)
      expect(reply.match).to.deep.include({ by: 'address-only', mail: null })
      expect((await part(world.recipient)).held).to.equal(true)
    })

    it('is nobody’s for a stranger: it waits for staff, who attaches it, and then it blocks', async () => {
      const stranger = await arrives(tilsyn, 'stranger', world.mail)
      expect(stranger).to.include({ state: 'unmatched', blocking: false })
      expect((await part(world.recipient)).held).to.equal(false)
      await refused(readReply(officer(), stranger.reference, as('other')), 'reply-not-matched')
      const { reference } = world.notice
      await attachReply(officer(), stranger.reference, {
        notice: reference,
        customer: world.customer.reference,
      })
      expect(await part(world.recipient)).to.deep.include({ held: true, unclassified: [stranger.reference] })
    })

    it('is nobody’s for advertising: put aside with the reason, and still on file', async () => {
      const { reference } = await arrives(tilsyn, 'stranger', world.mail)
      await dismissReply(officer(), reference, 'Reklame')
      const reply = await replyByReference(reference)
      expect(reply).to.deep.include({ state: 'dismissed', shelf: 'done' })
      expect(await fileById(reply!.file)).not.to.equal(null)
    })

    it('is nobody’s where a mail only carries one of our ids as its own', async () => {
      expect(await arrives(tilsyn, 'forged-message-id', world.mail)).to.include({ state: 'unmatched' })
    })
  })

  describe('by mail servers', () => {
    const mail = async () =>
      (await mailsAbout('recipient', [world.recipient])).find(({ _id }) => _id === world.mail)!

    it('that it came back: the clock stops, and the next contact is written to', async () => {
      expect(await state()).to.equal('running')
      await arrives(tilsyn, 'postfix-dsn', world.mail)
      expect(await mail()).to.include({ state: 'bounced' })
      await send(tilsyn, mailbox)
      await send(tilsyn, mailbox)
      expect(mailbox.mailsFor(second)).to.have.length(1)
      const after = await part(world.recipient)
      expect(after).to.include({ contactIndex: 1, state: 'running', held: false })
      expect((await mail()).evidence.at(-1)).to.include({ outcome: 'bounced', code: 550 })
    })

    for (const name of ['exchange-ndr', 'qmail', 'gmail-failure', 'exchange-text-only', 'postfix-text-only'])
      it(`that it came back, as ${name} says it`, async () => {
        await arrives(tilsyn, name, world.mail)
        await send(tilsyn, mailbox)
        expect(await part(world.recipient)).to.include({ contactIndex: 1 })
      })

    it('that it came back from both: nobody has been reached', async () => {
      await arrives(tilsyn, 'postfix-dsn', world.mail)
      await send(tilsyn, mailbox)
      await send(tilsyn, mailbox)
      await arrives(tilsyn, 'exchange-ndr', await mailTo(world.recipient, second))
      await send(tilsyn, mailbox)
      expect(await part(world.recipient)).to.include({
        state: 'undelivered',
        undeliveredBecause: 'bounced',
        lastDay: null,
      })
    })

    it('that it came back, though another contact has confirmed receipt: the clock stops all the same', async () => {
      await confirmReceipt(tilsyn.context(), world.recipient, world.customer.contacts[1]!.id)
      await arrives(tilsyn, 'postfix-dsn', world.mail)
      await send(tilsyn, mailbox)
      const after = await part(world.recipient)
      expect(after).to.include({ contactIndex: 1 })
      expect(after.receipt?.contact, 'the receipt stays on record').to.equal(world.customer.contacts[1]!.id)
    })

    it('that it came back, though its own reader confirmed it: no date moves, and somebody looks', async () => {
      await confirmReceipt(tilsyn.context(), world.recipient, world.customer.contacts[0]!.id)
      const reply = await arrives(tilsyn, 'postfix-dsn', world.mail)
      await send(tilsyn, mailbox)
      expect(await part(world.recipient)).to.include({ contactIndex: 0, state: 'running', held: false })
      expect(reply).to.include({ state: 'waiting', look: 'receipt-stands' })
    })

    it('that it came back after it was permitted: no date moves, nothing more begins until somebody has looked', async () => {
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      const reply = await arrives(tilsyn, 'postfix-dsn', world.mail)
      await send(tilsyn, mailbox)
      expect(reply).to.include({ state: 'waiting', look: 'too-late' })
      expect(await part(world.recipient)).to.include({ state: 'permitted', held: true, contactIndex: 0 })
    })

    it('that it came back, naming nobody’s mail: anybody can write that, so nothing stops', async () => {
      const reply = await arrives(tilsyn, 'forged-bounce', world.mail)
      await send(tilsyn, mailbox)
      expect(reply).to.include({ state: 'unmatched' })
      expect(await part(world.recipient)).to.include({ contactIndex: 0, state: 'running' })
    })

    it('that an alert to an officer came back: noted at that mail, and no customer is touched', async () => {
      await signedIn(tilsyn)
      const reply = await arrives(tilsyn, 'question', world.mail)
      await send(tilsyn, mailbox)
      const alert = (await mailsAbout('reply', [reply._id]))[0]!
      const report = await arrives(tilsyn, 'postfix-dsn', alert._id)
      expect(report).to.deep.include({ state: 'noted', part: null, unfinished: null })
      expect((await mailsAbout('reply', [reply._id]))[0]).to.include({ state: 'bounced' })
      // What a person answers to a mail that went to staff is nobody's: a customer is not blocked by us.
      const staff = await arrives(tilsyn, 'approves', alert._id, { from: 'karen@nordvang.example' })
      expect(staff).to.include({ state: 'unmatched', blocking: false })
    })

    it('that it is there: accepted at the destination, apart from handed to our relay', async () => {
      expect(await mail()).to.include({ acceptance: 'relay' })
      await arrives(tilsyn, 'delivered', world.mail)
      expect(await mail()).to.include({ acceptance: 'destination', state: 'accepted' })
    })

    it('that it is late or was passed on: noted, and nothing moves', async () => {
      await arrives(tilsyn, 'delayed', world.mail)
      await arrives(tilsyn, 'relayed', world.mail)
      const { evidence, acceptance } = await mail()
      expect(evidence.map(({ outcome }) => outcome)).to.deep.equal(['accepted', 'delayed', 'relayed'])
      expect(acceptance).to.equal('relay')
      expect(await state()).to.equal('running')
    })
  })

  describe('after a crash', () => {
    it('between keeping and holding: the timer holds, and a second run finds nothing', async () => {
      const { reference } = await arrives(tilsyn, 'question', world.mail)
      await Recipients.updateOne({ _id: world.recipient }, { $set: { unclassified: [], held: false } })
      await Replies.updateOne({ reference }, { $set: { unfinished: 'arrived' } })
      expect(await finishReplies(tilsyn.context())).to.deep.equal({ finished: 1, left: 0 })
      expect(await part(world.recipient)).to.deep.include({ unclassified: [reference] })
      expect(await finishReplies(tilsyn.context())).to.deep.equal({ finished: 0, left: 0 })
    })

    it('between reading and letting go: the timer lets go', async () => {
      const { reference } = await arrives(tilsyn, 'question', world.mail)
      await readReply(officer(), reference, as('other'))
      await Recipients.updateOne(
        { _id: world.recipient },
        { $set: { unclassified: [reference], held: true } },
      )
      await Replies.updateOne({ reference }, { $set: { unfinished: 'classified' } })
      await finishReplies(tilsyn.context())
      expect(await part(world.recipient)).to.deep.include({ held: false, unclassified: [] })
    })
  })
})
