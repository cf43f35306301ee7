import { expect } from 'chai'
import { fileById } from '../../src/files/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { replyAddressOf } from '../../src/mail/rules/reply-address.js'
import { confirmReceipt } from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { attachReply, dismissReply, readReply, replyByReference } from '../../src/replies/actions.js'
import { Replies } from '../../src/replies/records.js'
import { finishReplies } from '../../src/replies/timers.js'
import { refused } from '../journeys/house.js'
import { signedIn } from '../support/people.js'
import { arrives, mailTo, part, second, send } from './world.js'
import { toldByMail, as } from './told.js'

describe('replies by machines and by strangers', function () {
  this.timeout(120_000)
  const here = toldByMail()
  const { tilsyn, mailbox, officer, state } = here

  describe('that a mailbox wrote by itself', () => {
    it('block nothing, are shown, and can still be read as what they are', async () => {
      const reply = await arrives(tilsyn, 'outlook-automatisk-svar', here.world.mail)
      expect(reply).to.include({ kind: 'automatic', state: 'noted', shelf: 'automatic' })
      expect((await part(here.world.recipient)).held).to.equal(false)
      await readReply(officer(), reply.reference, as('objection'))
      expect((await part(here.world.recipient)).held).to.equal(true)
    })
  })

  describe('whose they are', () => {
    it('is known by the signed address, whatever the head says', async () => {
      const replies = { address: 'svar@tilsyn.example', key: tilsyn.house.keys.replies }
      const reply = await arrives(tilsyn, 'stranger', here.world.mail, {
        envelope: [replyAddressOf(here.world.mail, replies)],
      })
      expect(reply).to.include({ state: 'waiting' })
      expect(reply.match?.by).to.equal('signed-address')
    })

    it('is guessed from address and reference only with a mark that says so', async () => {
      const reply = await arrives(tilsyn, 'address-only', here.world.mail)
      expect(reply.match).to.deep.include({ by: 'address-only', mail: null })
      expect((await part(here.world.recipient)).held).to.equal(true)
    })

    it('is nobody’s for a stranger: it waits for staff, who attaches it, and then it blocks', async () => {
      const stranger = await arrives(tilsyn, 'stranger', here.world.mail)
      expect(stranger).to.include({ state: 'unmatched', blocking: false })
      expect((await part(here.world.recipient)).held).to.equal(false)
      await refused(readReply(officer(), stranger.reference, as('other')), 'reply-not-matched')
      const { reference } = here.world.notice
      await attachReply(officer(), stranger.reference, {
        notice: reference,
        customer: here.world.customer.reference,
      })
      expect(await part(here.world.recipient)).to.deep.include({
        held: true,
        unclassified: [stranger.reference],
      })
    })

    it('is nobody’s for advertising: put aside with the reason, and still on file', async () => {
      const { reference } = await arrives(tilsyn, 'stranger', here.world.mail)
      await dismissReply(officer(), reference, 'Reklame')
      const reply = await replyByReference(reference)
      expect(reply).to.deep.include({ state: 'dismissed', shelf: 'done' })
      expect(await fileById(reply!.file)).not.to.equal(null)
    })

    it('is nobody’s where a mail only carries one of our ids as its own', async () => {
      expect(await arrives(tilsyn, 'forged-message-id', here.world.mail)).to.include({ state: 'unmatched' })
    })
  })

  describe('by mail servers', () => {
    const mail = async () =>
      (await mailsAbout('recipient', [here.world.recipient])).find(({ _id }) => _id === here.world.mail)!

    it('that it came back: the clock stops, and the next contact is written to', async () => {
      expect(await state()).to.equal('running')
      await arrives(tilsyn, 'postfix-dsn', here.world.mail)
      expect(await mail()).to.include({ state: 'bounced' })
      await send(tilsyn, mailbox)
      await send(tilsyn, mailbox)
      expect(mailbox.mailsFor(second)).to.have.length(1)
      const after = await part(here.world.recipient)
      expect(after).to.include({ contactIndex: 1, state: 'running', held: false })
      expect((await mail()).evidence.at(-1)).to.include({ outcome: 'bounced', code: 550 })
    })

    for (const name of ['exchange-ndr', 'qmail', 'gmail-failure', 'exchange-text-only', 'postfix-text-only'])
      it(`that it came back, as ${name} says it`, async () => {
        await arrives(tilsyn, name, here.world.mail)
        await send(tilsyn, mailbox)
        expect(await part(here.world.recipient)).to.include({ contactIndex: 1 })
      })

    it('that it came back from both: nobody has been reached', async () => {
      await arrives(tilsyn, 'postfix-dsn', here.world.mail)
      await send(tilsyn, mailbox)
      await send(tilsyn, mailbox)
      await arrives(tilsyn, 'exchange-ndr', await mailTo(here.world.recipient, second))
      await send(tilsyn, mailbox)
      expect(await part(here.world.recipient)).to.include({
        state: 'undelivered',
        undeliveredBecause: 'bounced',
        lastDay: null,
      })
    })

    it('that it came back, though another contact has confirmed receipt: the clock stops all the same', async () => {
      await confirmReceipt(tilsyn.context(), here.world.recipient, here.world.customer.contacts[1]!.id)
      await arrives(tilsyn, 'postfix-dsn', here.world.mail)
      await send(tilsyn, mailbox)
      const after = await part(here.world.recipient)
      expect(after).to.include({ contactIndex: 1 })
      expect(after.receipt?.contact, 'the receipt stays on record').to.equal(
        here.world.customer.contacts[1]!.id,
      )
    })

    it('that it came back, though its own reader confirmed it: no date moves, and somebody looks', async () => {
      await confirmReceipt(tilsyn.context(), here.world.recipient, here.world.customer.contacts[0]!.id)
      const reply = await arrives(tilsyn, 'postfix-dsn', here.world.mail)
      await send(tilsyn, mailbox)
      expect(await part(here.world.recipient)).to.include({ contactIndex: 0, state: 'running', held: false })
      expect(reply).to.include({ state: 'waiting', look: 'receipt-stands' })
    })

    it('that it came back after it was permitted: no date moves, nothing more begins until somebody has looked', async () => {
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      const reply = await arrives(tilsyn, 'postfix-dsn', here.world.mail)
      await send(tilsyn, mailbox)
      expect(reply).to.include({ state: 'waiting', look: 'too-late' })
      expect(await part(here.world.recipient)).to.include({ state: 'permitted', held: true, contactIndex: 0 })
    })

    it('that it came back, naming nobody’s mail: anybody can write that, so nothing stops', async () => {
      const reply = await arrives(tilsyn, 'forged-bounce', here.world.mail)
      await send(tilsyn, mailbox)
      expect(reply).to.include({ state: 'unmatched' })
      expect(await part(here.world.recipient)).to.include({ contactIndex: 0, state: 'running' })
    })

    it('that an alert to an officer came back: noted at that mail, and no customer is touched', async () => {
      await signedIn(tilsyn)
      const reply = await arrives(tilsyn, 'question', here.world.mail)
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
      await arrives(tilsyn, 'delivered', here.world.mail)
      expect(await mail()).to.include({ acceptance: 'destination', state: 'accepted' })
    })

    it('that it is late or was passed on: noted, and nothing moves', async () => {
      await arrives(tilsyn, 'delayed', here.world.mail)
      await arrives(tilsyn, 'relayed', here.world.mail)
      const { evidence, acceptance } = await mail()
      expect(evidence.map(({ outcome }) => outcome)).to.deep.equal(['accepted', 'delayed', 'relayed'])
      expect(acceptance).to.equal('relay')
      expect(await state()).to.equal('running')
    })
  })

  describe('after a crash', () => {
    it('between keeping and holding: the timer holds, and a second run finds nothing', async () => {
      const { reference } = await arrives(tilsyn, 'question', here.world.mail)
      await Recipients.updateOne({ _id: here.world.recipient }, { $set: { unclassified: [], held: false } })
      await Replies.updateOne({ reference }, { $set: { unfinished: 'arrived' } })
      expect(await finishReplies(tilsyn.context())).to.deep.equal({ finished: 1, left: 0 })
      expect(await part(here.world.recipient)).to.deep.include({ unclassified: [reference] })
      expect(await finishReplies(tilsyn.context())).to.deep.equal({ finished: 0, left: 0 })
    })

    it('between reading and letting go: the timer lets go', async () => {
      const { reference } = await arrives(tilsyn, 'question', here.world.mail)
      await readReply(officer(), reference, as('other'))
      await Recipients.updateOne(
        { _id: here.world.recipient },
        { $set: { unclassified: [reference], held: true } },
      )
      await Replies.updateOne({ reference }, { $set: { unfinished: 'classified' } })
      await finishReplies(tilsyn.context())
      expect(await part(here.world.recipient)).to.deep.include({ held: false, unclassified: [] })
    })
  })
})
