import { expect } from 'chai'
import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { textOfHtml } from '../../src/replies/reading/html.js'
import { readAttachment, readMessage } from '../../src/replies/reading/message.js'
import {
  arrivalOf,
  mailsNamedIn,
  noticesIn,
  ownWords,
  recognise,
  suggestionFor,
} from '../../src/replies/rules.js'
import { mailsAddressed, replyAddressOf } from '../../src/mail/rules/reply-address.js'
import { message, theirMail } from './messages.js'

const names = readdirSync(new URL('./messages/', import.meta.url)).map((name) => name.replace('.eml', ''))

// Sources: RFC 3464 (reports), RFC 3834 (automatic replies), and how Exchange, Gmail, qmail, Postfix and sendmail write.
const kinds: [name: string, kind: string, because: string][] = [
  ['reply-with-quote', 'message', 'somebody wrote'],
  ['approves', 'message', 'somebody wrote'],
  ['html-only', 'message', 'somebody wrote in HTML'],
  ['latin-1', 'message', 'somebody wrote in Latin-1'],
  ['attachments', 'message', 'somebody sent a letter'],
  ['re-of-automatic', 'message', 'an answer to an automatic reply is somebody’s'],
  ['forwarded-bounce', 'message', 'a person forwards a report and asks something'],
  [
    'case-system-receipt',
    'message',
    'a case system may carry what people wrote: the doubt is the customer’s',
  ],
  ['case-system-objects', 'message', 'it calls itself automatic, and objects'],
  ['script-in-subject', 'message', 'hostile, and still somebody’s'],
  ['missing-boundary', 'message', 'broken, and still somebody’s'],
  ['no-message-id', 'message', 'without a Message-ID'],
  ['outlook-automatisk-svar', 'automatic', 'the subject Outlook writes in Danish'],
  ['gmail-vacation', 'automatic', 'Auto-Submitted: auto-replied'],
  ['sieve-vacation', 'automatic', 'Auto-Submitted: auto-replied (vacation)'],
  ['read-receipt', 'automatic', 'RFC 8098: a read receipt is written by a program'],
  ['postfix-dsn', 'failed', 'RFC 3464, Action: failed'],
  ['exchange-ndr', 'failed', 'RFC 3464 by Exchange, in Danish'],
  ['no-empty-line', 'failed', 'RFC 3464 without the empty line between the fields'],
  ['forged-bounce', 'failed', 'a report, whoever wrote it'],
  ['qmail', 'failed', 'qmail’s own form'],
  ['postfix-text-only', 'failed', 'Postfix’ text without its report'],
  ['gmail-failure', 'failed', 'Gmail with X-Failed-Recipients'],
  ['exchange-text-only', 'failed', 'old Exchange in words only'],
  ['delayed', 'delayed', 'RFC 3464, Action: delayed'],
  ['sendmail-warning', 'delayed', 'sendmail’s warning in words only'],
  ['delivered', 'delivered', 'RFC 3464, Action: delivered'],
  ['relayed', 'relayed', 'RFC 3464, Action: relayed'],
]

describe('what a mail is', () => {
  for (const [name, kind, because] of kinds)
    it(`${name}: ${kind}, because ${because}`, async () => {
      expect(recognise(await readMessage(message(name))).kind).to.equal(kind)
    })

  it('a report says which address failed, why, and at which server', async () => {
    const { report } = recognise(await readMessage(message('postfix-dsn')))
    expect(report).to.deep.equal({
      action: 'failed',
      status: '5.1.1',
      recipient: 'kontakt-1@bakkeby.example',
      server: 'mail.bakkeby.example',
      diagnostic: '550 5.1.1 <kontakt-1@bakkeby.example>: Recipient address rejected: User unknown',
    })
    for (const name of ['qmail', 'gmail-failure', 'exchange-text-only', 'postfix-text-only'])
      expect(recognise(await readMessage(message(name))).report, name).to.include({
        recipient: 'kontakt-1@bakkeby.example',
      })
  })

  const suggested: [name: string, reading: string | null][] = [
    ['reply-with-quote', 'objection'],
    ['html-only', 'objection'],
    ['approves', 'approval'],
    ['question', 'question'],
    ['outlook-automatisk-svar', 'out-of-office'],
    ['attachments', null],
  ]
  for (const [name, reading] of suggested)
    it(`${name}: staff is offered ${reading ?? 'nothing'} first`, async () => {
      const incoming = await readMessage(message(name))
      expect(suggestionFor({ ...incoming, kind: recognise(incoming).kind })).to.equal(reading)
    })
})

describe('which mail of ours it answers', () => {
  const noMail = ['address-only', 'stranger', 'forged-message-id', 'forged-bounce']
  for (const [name, kind] of kinds.filter(([name]) => !noMail.includes(name)))
    it(`${name} names it`, async () => {
      const report = !['message', 'automatic'].includes(kind)
      expect(mailsNamedIn(await readMessage(message(name)), report)).to.deep.equal([theirMail])
    })

  for (const name of noMail)
    it(`${name} names none`, async () => {
      expect(mailsNamedIn(await readMessage(message(name)), name === 'forged-bounce')).to.deep.equal([])
    })

  it('a message that only quotes one of our ids in its words names none: a report does', async () => {
    const raw = Buffer.from(`From: a@b.example\r\nSubject: x\r\n\r\n<${theirMail}@processor.example>`)
    expect(mailsNamedIn(await readMessage(raw), false)).to.deep.equal([])
    expect(mailsNamedIn(await readMessage(raw), true)).to.deep.equal([theirMail])
  })

  it('finds references of notices in a subject', () => {
    expect(noticesIn('SV: cn-2026-001 og CN-2026-0123, CN-26-1')).to.deep.equal([
      'CN-2026-001',
      'CN-2026-0123',
    ])
  })
})

describe('the address a mail is answered to', () => {
  const replies = { address: 'svar@tilsyn.example', key: 'a key' }

  it('fits in what a mail server allows, whatever case it comes back in, and is known again', () => {
    const address = replyAddressOf(theirMail, replies)
    expect(address.split('@')[0]?.length).to.be.at.most(64)
    expect(mailsAddressed([address], 'a key')).to.deep.equal([theirMail])
    expect(mailsAddressed([address.toUpperCase()], 'a key')).to.deep.equal([theirMail])
  })

  it('cannot be made by who has no key, nor changed to another mail', () => {
    const address = replyAddressOf(theirMail, { ...replies, key: 'another key' })
    expect(mailsAddressed([address], 'a key')).to.deep.equal([])
    const ours = replyAddressOf(theirMail, replies)
    expect(
      mailsAddressed([ours.replace('+0', '+1'), 'svar@tilsyn.example', 'svar+x@y'], 'a key'),
    ).to.deep.equal([])
  })
})

describe('when a mail arrived', () => {
  const now = new Date('2026-11-25T12:00:00Z')
  const at = (received: string) =>
    arrivalOf(
      { headers: [{ name: 'received', value: `from a by b; ${received}` }] } as never,
      now,
    ).toISOString()

  it('is when our own mail server took it, however long it lay there', () => {
    expect(at('Wed, 25 Nov 2026 09:12:44 +0100')).to.equal('2026-11-25T08:12:44.000Z')
    expect(at('Sat, 21 Nov 2026 09:12:44 +0100 (CET)')).to.equal('2026-11-21T08:12:44.000Z')
  })

  it('is now where that is no time it can have been', () => {
    for (const wrong of ['Wed, 25 Nov 2099 09:12:44 +0100', 'Wed, 25 Nov 2020 09:12:44 +0100', 'yesterday'])
      expect(at(wrong)).to.equal(now.toISOString())
  })
})

describe('reading a mail', () => {
  it('keeps Danish letters from Latin-1, and shows HTML as what a reader sees of it', async () => {
    const latin = await readMessage(message('latin-1'))
    expect(latin).to.include({ text: 'Hvornår får vi svar på vores spørgsmål?', subject: 'Spørgsmål' })
    expect(latin.from.name).to.equal('Søren Åkjær')
    const html = await readMessage(message('html-only'))
    expect(html.text).to.contain('Vi kan ikke acceptere det.').and.contain('Hanne & Rødby')
    expect(html.text).not.to.match(/script|evil|color|onerror/)
  })

  it('names attachments without folders, and hands them out by number', async () => {
    const raw = message('attachments')
    const { attachments } = await readMessage(raw)
    expect(attachments.map(({ name }) => name)).to.deep.equal(['brev.pdf', 'rægning.exe'])
    expect((await readAttachment(raw, 1))?.bytes.toString('latin1')).to.match(/^%PDF-1\.4/)
    expect(await readAttachment(raw, 9)).to.equal(null)
  })

  it('takes nothing that turns or hides text into a subject', async () => {
    const { subject, text } = await readMessage(message('script-in-subject'))
    expect(subject).to.equal('<script>alert(1)</script> <b>evil')
    expect(text).to.contain("<script>alert('text')</script>")
  })

  it('tells the own words from the mail that is answered', async () => {
    const words = ownWords((await readMessage(message('reply-with-quote'))).text)
    expect(words).to.contain('Vi gør indsigelse').and.not.contain('Godkender I')
    expect(ownWords('Ja.\n\nFra: Tilsyn <t@x.example>\nSendt: i går\nnej')).to.equal('Ja.')
    expect(ownWords('Yes.\nOn 24 Nov 2026, at 10:00, Tilsyn wrote:\n> no')).to.equal('Yes.')
  })

  it('decodes what HTML may hold without failing', () => {
    expect(textOfHtml('a&#0;&#x110000;&#xd800;&nope;&amp;&#248;<b')).to.equal('a&nope;&ø')
    expect(textOfHtml('<script>never closed')).to.equal('')
  })

  it('is not undone by a head of many megabytes', async () => {
    const head = `From: a@b.example\r\nSubject: big\r\nX-Long: ${'y'.repeat(20 * 1024 * 1024)}\r\n\r\nhello`
    const read = await readMessage(Buffer.from(head))
    expect(read).to.include({ subject: 'big', unreadable: true })
    expect(read.from.address).to.equal('a@b.example')
  }).timeout(20_000)

  it('is not undone by parts within parts within parts', async () => {
    let nested = 'Content-Type: text/plain\r\n\r\ndeep'
    for (let depth = 0; depth < 400; depth += 1)
      nested = `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested}\r\n--b${depth}--`
    const read = await readMessage(Buffer.from(`From: a@b.example\r\nSubject: deep\r\n${nested}`))
    expect(read.subject).to.equal('deep')
  })

  it('never throws, whatever a message has become on its way', async () => {
    const original = fc.constantFrom(...names).map((name) => message(name))
    const change = fc.record({ at: fc.nat(5000), bytes: fc.uint8Array({ maxLength: 40 }), cut: fc.nat(200) })
    await fc.assert(
      fc.asyncProperty(original, fc.array(change, { maxLength: 8 }), async (bytes, changes) => {
        let changed: Buffer = bytes
        for (const { at, bytes: put, cut } of changes) {
          const place = at % (changed.length + 1)
          changed = Buffer.concat([changed.subarray(0, place), put, changed.subarray(place + cut)])
        }
        const incoming = await readMessage(changed)
        const { kind } = recognise(incoming)
        suggestionFor({ ...incoming, kind })
        mailsNamedIn(incoming, true)
        expect(incoming.text.length).to.be.at.most(200_000)
      }),
      { numRuns: 400 },
    )
  }).timeout(60_000)
})
