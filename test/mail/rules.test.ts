import { expect } from 'chai'
import { addressFor, linkPlaceholder, messageIdOf, withLink } from '../../src/mail/rules.js'
import { afterFailure, type Failure } from '../../src/mail/rules/failure.js'
import { failureOf } from '../../src/mail/transport.js'
import { noon } from './messages.js'

const after = (hours: number) => new Date(noon.getTime() + hours * 3_600_000)
const recipient = (code: number | null): Failure => ({ refused: 'recipient', code, reply: '' })

describe('after a failed attempt', () => {
  for (const [attempt, minutes] of [
    [1, 1],
    [2, 5],
    [3, 15],
    [4, 60],
    [5, 60],
    [20, 60],
  ] as const)
    it(`waits ${minutes} min. after attempt ${attempt}`, () => {
      const next = afterFailure(recipient(450), attempt, noon, noon)
      expect(next).to.deep.equal({ state: 'deferred', dueAt: after(minutes / 60) })
    })

  it('gives up when the next attempt would be more than 48 hours after the first', () => {
    expect(afterFailure(recipient(450), 50, noon, after(47)).state).to.equal('deferred')
    expect(afterFailure(recipient(450), 50, noon, after(47.1)).state).to.equal('given-up')
  })

  it('takes a 5xx to the recipient or the message as a bounce, even the first time', () => {
    expect(afterFailure(recipient(550), 1, noon, noon).state).to.equal('bounced')
    expect(afterFailure({ refused: 'message', code: 554, reply: '' }, 1, noon, noon).state).to.equal(
      'bounced',
    )
  })

  it('takes an address that is none as a bounce', () => {
    expect(afterFailure(recipient(null), 1, noon, noon).state).to.equal('bounced')
  })

  it('never blames the recipient for trouble between us and our mail server', () => {
    for (const code of [null, 421, 535, 550, 554])
      expect(afterFailure({ refused: 'connection', code, reply: '' }, 1, noon, noon).state).to.equal(
        'deferred',
      )
  })
})

describe('an error of the mail server', () => {
  const refusedBy = (error: object) =>
    failureOf(Object.assign(new Error('to dpo@kommune.example'), error)).refused

  it('is about the recipient or the message only where the server said so', () => {
    expect(refusedBy({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550' })).to.equal(
      'recipient',
    )
    expect(refusedBy({ code: 'EMESSAGE', command: 'DATA', responseCode: 554, response: '554' })).to.equal(
      'message',
    )
    expect(refusedBy({ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 })).to.equal('connection')
    expect(refusedBy({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 })).to.equal('connection')
    expect(refusedBy({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 })).to.equal('connection')
    expect(refusedBy({ code: 'ESOCKET' })).to.equal('connection')
    expect(refusedBy({ code: 'EENVELOPE' })).to.equal('recipient')
  })

  it('is kept without the address when the server said nothing', () => {
    const failure = failureOf(
      Object.assign(new Error('connect to dpo@kommune.example'), { code: 'ETIMEDOUT' }),
    )
    expect(failure).to.deep.equal({ refused: 'connection', code: null, reply: 'ETIMEDOUT' })
  })
})

describe('a link', () => {
  it('goes into every place that waits for it, whatever signs its address has', () => {
    expect(withLink(`${linkPlaceholder} and ${linkPlaceholder}`, 'https://a/$&')).to.equal(
      'https://a/$& and https://a/$&',
    )
  })

  it('leads a customer to what the mail is about, and staff to the page of the case', () => {
    const live = 'https://tilsyn.example/l/token'
    const base = 'https://tilsyn.example'
    const opens = 'notices/CN-2026-001'
    expect(addressFor({ link: 'l1', opens }, live, base)).to.equal(`${live}?to=${opens}`)
    expect(addressFor({ link: 'l1', opens: null }, live, base)).to.equal(live)
    expect(addressFor({ link: null, opens: '/objections/OB-2026-001' }, undefined, base)).to.equal(
      'https://tilsyn.example/objections/OB-2026-001',
    )
    expect(addressFor({ link: null }, undefined, base)).to.equal('')
  })
})

describe('a Message-ID', () => {
  it('follows from the mail and our domain, so that every copy has the same', () => {
    expect(messageIdOf('m1', 'PowerNet <gdpr@powernet.example>')).to.equal('<m1@powernet.example>')
    expect(messageIdOf('m1', 'gdpr@powernet.example')).to.equal('<m1@powernet.example>')
    expect(messageIdOf('m1', 'Tilsyn <tilsyn@localhost>')).to.equal('<m1@localhost>')
  })
})
