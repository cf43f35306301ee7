import { expect } from 'chai'
import { fileById, readFileBytes } from '../../src/files/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { confirmUse, holdForReply, permit } from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { readReply, takeMail } from '../../src/replies/actions.js'
import { refused } from '../journeys/house.js'
import { signedIn } from '../support/people.js'
import { message } from './messages.js'
import { address, arrives, part, second, send } from './world.js'
import { toldByMail, as } from './told.js'

describe('replies', function () {
  this.timeout(120_000)
  const here = toldByMail()
  const { tilsyn, mailbox, officer, state } = here

  describe('that somebody wrote', () => {
    it('are kept as they came, with their hash, before anything is decided', async () => {
      const reply = await arrives(tilsyn, 'reply-with-quote', here.world.mail)
      const raw = message('reply-with-quote', { mail: here.world.mail, from: address })
      expect((await readFileBytes(reply.file)).equals(raw)).to.equal(true)
      expect(await fileById(reply.file)).to.include({ type: 'message/rfc822', sha256: reply.sha256 })
      expect(reply).to.deep.include({ reference: 'RE-2026-001', kind: 'message', state: 'waiting' })
      expect(reply.match).to.deep.include({ by: 'message-id', mail: here.world.mail })
    })

    it('block that customer, and no other, until they are read', async () => {
      const { reference } = await arrives(tilsyn, 'reply-with-quote', here.world.mail)
      expect(await part(here.world.recipient)).to.deep.include({ held: true, unclassified: [reference] })
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      expect(await state(), 'an unread reply').to.equal('running')
      expect((await part(`${here.world.notice._id}/${here.world.other._id}`)).state).to.equal('permitted')
      await readReply(officer(), reference, as('other', { note: 'Tak for orienteringen' }))
      await permitDueChanges(tilsyn.context())
      const after = await part(here.world.recipient)
      expect(after).to.deep.include({ state: 'permitted', held: false, unclassified: [] })
      // Not from the day the period ended: until today nobody knew whether it was an objection.
      expect(after.lines[0]?.permittedFrom).to.equal('2027-01-15')
    })

    it('stop the use of what is permitted already', async () => {
      tilsyn.moveTo('2027-01-15')
      await permitDueChanges(tilsyn.context())
      expect(await state()).to.equal('permitted')
      const { reference } = await arrives(tilsyn, 'question', here.world.mail)
      const line = here.world.notice.lines[0]!.id
      await confirmUse(officer(), here.world.notice.reference, line, '2027-01-15')
      expect(await state()).to.equal('permitted')
      await readReply(officer(), reference, as('question', { note: 'Ringede og svarede' }))
      await confirmUse(officer(), here.world.notice.reference, line, '2027-01-15')
      expect(await state()).to.equal('in-use')
    })

    it('win or lose against a permission at the same moment, and never both', async () => {
      tilsyn.moveTo('2027-01-15')
      const before = await part(here.world.recipient)
      await holdForReply(tilsyn.context(), here.world.recipient, 'RE-2026-009')
      expect(
        await permit(tilsyn.context(), before, { lines: [before.lines[0]!.line], from: '2027-01-01' }),
      ).to.equal(null)
      expect(await state()).to.equal('running')
    })

    it('are one reply, however often the same mail comes; another mail under the same Message-ID is another', async () => {
      const first = await arrives(tilsyn, 'question', here.world.mail)
      const raw = message('question', { mail: here.world.mail, from: address })
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
      expect((await part(here.world.recipient)).unclassified).to.have.length(2)
    })

    it('are told to the officers, without what they say', async () => {
      await signedIn(tilsyn)
      const reply = await arrives(tilsyn, 'reply-with-quote', here.world.mail)
      const mails = await mailsAbout('reply', [reply._id])
      expect(mails.map(({ kind }) => kind)).to.deep.equal(['reply-alert'])
      await send(tilsyn, mailbox)
      const [alert] = mailbox.mails.filter(({ subject }) => subject?.includes('RE-2026-001'))
      expect(alert?.text).to.contain('Bakkeby Kommune').and.not.contain('uden for kommunen')
    })

    it('become objections in one step, received when the mail came, with the mail on file', async () => {
      tilsyn.moveTo('2027-01-05')
      const { reference, file } = await arrives(tilsyn, 'reply-with-quote', here.world.mail, {
        arrivedAt: new Date('2026-12-28T22:00:00Z'),
      })
      const read = await readReply(officer(), reference, as('objection'))
      const [objection, ...more] = await objectionsOfRecipient(here.world.recipient)
      expect(more).to.have.length(0)
      expect(objection).to.deep.include({
        channel: 'mail',
        receivedOn: '2026-12-28',
        timely: true,
        files: [file],
      })
      expect(objection?.reasons).to.contain('Vi gør indsigelse').and.not.contain('Godkender I')
      expect(read.classification).to.deep.include({ as: 'objection', objection: objection?.reference })
      expect(await part(here.world.recipient)).to.deep.include({
        held: true,
        unclassified: [],
        openObjections: [objection?.reference],
      })
      await readReply(officer(), reference, as('objection'))
      expect(await objectionsOfRecipient(here.world.recipient), 'pressed twice').to.have.length(1)
      await refused(readReply(officer(), reference, as('other', { reason: 'Fejl' })), 'reply-is-objection')
    })

    it('are read anew with the reason: a question that was an objection after all', async () => {
      const { reference } = await arrives(tilsyn, 'question', here.world.mail)
      await readReply(officer(), reference, as('question', { note: 'Svaret' }))
      expect((await part(here.world.recipient)).held).to.equal(false)
      await refused(readReply(officer(), reference, as('objection')), 'reply-reason-missing')
      const again = await readReply(officer(), reference, as('objection', { reason: 'Kunden ringede' }))
      expect(again.earlier).to.have.length(1)
      expect(again.earlier[0]).to.include({ as: 'question', reason: 'Kunden ringede' })
      expect((await part(here.world.recipient)).held).to.equal(true)
    })

    it('are answered to the contact, never to an address only the mail names', async () => {
      const { reference } = await arrives(tilsyn, 'question', here.world.mail, {
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
      const { reference } = await arrives(tilsyn, 'approves', here.world.mail)
      await readReply(officer(), reference, as('approval', { name: 'Bo Direktør', title: 'Direktør' }))
      const { lines } = await part(here.world.recipient)
      expect(lines[0]?.answer).to.deep.include({
        answer: 'approved',
        channel: 'mail',
        by: { name: 'Bo Direktør', title: 'Direktør' },
      })
      expect(lines[0]?.answer?.file).to.be.a('string')
      await refused(readReply(officer(), reference, as('other', { reason: 'x' })), 'reply-is-approval')
    })

    it('count for nothing from anybody else, even with our own Message-ID', async () => {
      const { reference } = await arrives(tilsyn, 'approves', here.world.mail, {
        from: 'kollega@bakkeby.example',
      })
      await refused(
        readReply(officer(), reference, as('approval', { name: 'Bo', title: 'Direktør' })),
        'reply-approver-unknown',
      )
      const { lines, unclassified } = await part(here.world.recipient)
      expect(lines[0]?.answer).to.equal(null)
      expect(unclassified, 'still waits').to.deep.equal([reference])
    })
  })
})
