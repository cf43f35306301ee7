import { expect } from 'chai'
import type { Mail } from '../../src/mail/records/mails.js'
import { mailRow, type Evidence } from '../../src/mail/rules.js'
import { mailsAddressed } from '../../src/mail/rules/reply-address.js'
import { messageOf } from '../../src/mail/sending/message.js'

const mail = {
  _id: '0123456789abcdefghjkmnpqrs',
  to: { address: 'mette@bakkeby.example', name: 'Mette', contact: 'k1' },
  subject: 'Varsel',
  text: 'x',
  html: 'x',
  replyTo: 'varsler@nordvang.example',
  locale: 'da',
  attachments: [],
} as unknown as Mail

const built = (changes: Partial<Mail> = {}, address: string | null = 'svar@processor.example') =>
  messageOf(
    { ...mail, ...changes },
    {
      from: 'Tilsyn <tilsyn@processor.example>',
      at: new Date('2026-11-24T09:00:00Z'),
      address: '',
      partOf: () => Promise.resolve(Buffer.alloc(0)),
      replies: address === null ? null : { address, key: 'a key' },
    },
  )

describe('where a mail is answered to, and comes back to', () => {
  it('an address of its own, by head and envelope, with a word from the destination asked for (RFC 3461)', async () => {
    const message = await built()
    expect(mailsAddressed([message.replyTo ?? ''], 'a key')).to.deep.equal([mail._id])
    expect(message).to.deep.include({
      envelope: { from: message.replyTo, to: ['mette@bakkeby.example'] },
    })
    expect(message.dsn).to.deep.include({ id: mail._id, recipient: 'mette@bakkeby.example' })
    expect(message.dsn?.notify).to.contain('SUCCESS').and.contain('FAILURE')
  })

  it('the organisation’s mailbox, without asking for anything, where replies are not read in', async () => {
    const message = await built({}, null)
    expect(message).to.include({ replyTo: 'varsler@nordvang.example' })
    expect(message).not.to.have.any.keys('envelope', 'dsn')
  })

  it('the sender’s address by the envelope, where replies are read under another domain', async () => {
    const { envelope } = await built({}, 'svar@elsewhere.example')
    expect(envelope?.from).to.equal('tilsyn@processor.example')
  })

  it('nothing of the kind for mails to staff', async () => {
    const message = await built({ to: { address: 'karen@nordvang.example' } })
    expect(message).not.to.have.any.keys('envelope', 'dsn')
  })
})

describe('how far it is known that a mail arrived', () => {
  const row = (...outcomes: Evidence['outcome'][]) =>
    mailRow(
      mail as never,
      outcomes.map((outcome, place) => ({ _id: `${place}`, mail: mail._id, outcome }) as Evidence),
    ).acceptance
  const cases: [outcomes: Evidence['outcome'][], acceptance: string | null][] = [
    [[], null],
    [['deferred'], null],
    [['accepted'], 'relay'],
    [['accepted', 'delayed'], 'relay'],
    [['accepted', 'relayed'], 'relay'],
    [['accepted', 'delivered'], 'destination'],
    [['accepted', 'delayed', 'delivered'], 'destination'],
    [['kept'], 'kept-in-house'],
    // Nothing of ours was handed over, so nobody can have it.
    [['bounced', 'delivered'], null],
  ]
  for (const [outcomes, acceptance] of cases)
    it(`${outcomes.join(', ') || 'nothing yet'}: ${acceptance ?? 'not accepted'}`, () => {
      expect(row(...outcomes)).to.equal(acceptance)
    })
})
