import { expect } from 'chai'
import { confirmation, readConfirmation } from '../../src/auth/form.js'
import { secondFactorMail } from '../../src/auth/mails.js'
import { inGroups, secondFactorShown, setUpShown } from '../../src/auth/page/second-factor.js'
import { pendingHolds } from '../../src/auth/rules.js'
import {
  appAddress,
  digitsAt,
  newRecoveryCodes,
  newSecret,
  recoveryMark,
  sealed,
  stepOf,
  typedCode,
  unsealed,
} from '../../src/auth/second-factor.js'

/** RFC 6238, appendix B, SHA-1: '12345678901234567890' in base32. Its codes of eight digits end in ours of six. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]
const at = (seconds: number) => new Date(seconds * 1000)

describe('the code of an app (RFC 6238)', () => {
  for (const [seconds, code] of vectors)
    it(`at ${seconds} s is ${code.slice(2)}, of the step the RFC says`, () => {
      expect(digitsAt(secret, at(seconds))).to.equal(code.slice(2))
      expect(stepOf(code.slice(2), secret, at(seconds))).to.equal(Math.floor(seconds / 30))
    })

  const code = '081804'
  const step = Math.floor(1_111_111_109 / 30)
  const begins = step * 30
  for (const [off, expected] of [
    [0, step],
    [29, step],
    // 5.2: one step for the way and for clocks that are not quite right, in either direction.
    [-1, step],
    [-30, step],
    [30, step],
    [59, step],
    [-31, null],
    [60, null],
  ] as const)
    it(`is ${expected === null ? 'no more' : 'still'} taken ${off} s from when its half minute began`, () => {
      expect(stepOf(code, secret, at(begins + off))).to.equal(expected)
    })

  it('is of one secret: another has another', () => {
    expect(stepOf(code, newSecret(), at(begins))).to.equal(null)
    expect(newSecret()).to.match(/^[A-Z2-7]{32}$/)
    expect(newSecret()).not.to.equal(newSecret())
  })
})

describe('what is typed', () => {
  for (const [typed, expected] of [
    ['123456', { of: 'app', digits: '123456' }],
    [' 123 456 ', { of: 'app', digits: '123456' }],
    ['123-456', { of: 'app', digits: '123456' }],
    ['1234 5678 9012', { of: 'recovery', digits: '123456789012' }],
    ['1234-5678-9012', { of: 'recovery', digits: '123456789012' }],
    ['12345', null],
    ['1234567', null],
    ['abcdef', null],
    ['١٢٣٤٥٦', null],
    ['', null],
  ] as const)
    it(`'${typed}' is ${expected === null ? 'no code' : `a code of the ${expected.of}`}`, () => {
      expect(typedCode(typed)).to.deep.equal(expected)
    })

  it('has to be there only for who has two-step sign-in', () => {
    const without = { password: 'x' }
    expect(readConfirmation(without, {}).input).to.deep.include(without)
    expect(readConfirmation(without, { secondFactor: true }).problems).to.deep.equal([
      { field: 'code', text: 'required' },
    ])
    expect(Object.keys(confirmation(undefined))).to.deep.equal(['password', 'code'])
  })
})

describe('the secret as it is kept', () => {
  const key = 'a key of the house'

  it('is opened with the key of the house, for the person it is of', () => {
    expect(unsealed(sealed(secret, 'anna', key), 'anna', key)).to.equal(secret)
  })

  it('is not there to be read, and not twice the same', () => {
    const kept = sealed(secret, 'anna', key)
    for (const way of ['utf8', 'base64url', 'hex'] as const)
      expect(kept).not.to.include(Buffer.from(secret).toString(way).slice(0, 20))
    expect(sealed(secret, 'anna', key)).not.to.equal(kept)
  })

  it('is nothing with another key, for another person, or changed in one letter', () => {
    const kept = sealed(secret, 'anna', key)
    const [start, inner = '', tag] = kept.split('.')
    const other = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    for (const [what, person, by] of [
      [kept, 'anna', 'another key'],
      [kept, 'bo', key],
      [[start, other(inner), tag].join('.'), 'anna', key],
      [[start, inner].join('.'), 'anna', key],
      [[start, inner, (tag ?? '').slice(0, 8)].join('.'), 'anna', key],
      ['', 'anna', key],
      [secret, 'anna', key],
    ] as const)
      expect(unsealed(what, person, by), what).to.equal(null)
  })
})

describe('recovery codes', () => {
  it('are ten, of twelve digits, all different, in fours on paper', () => {
    const codes = newRecoveryCodes()
    expect(codes).to.have.length(10)
    expect(new Set(codes).size).to.equal(10)
    for (const code of codes) expect(inGroups(code)).to.match(/^\d{4} \d{4} \d{4}$/)
  })

  it('are kept as marks that say nothing without the key of the house, and are of one person', () => {
    const mark = recoveryMark('123456789012', 'anna', 'key')
    expect(mark)
      .to.equal(recoveryMark('123456789012', 'anna', 'key'))
      .and.not.include('1234')
    expect(mark).not.to.equal(recoveryMark('123456789012', 'bo', 'key'))
    expect(mark).not.to.equal(recoveryMark('123456789012', 'anna', 'other key'))
  })

  for (const [left, few] of [
    [10, false],
    [4, false],
    [3, true],
    [0, true],
  ] as const)
    it(`${few ? 'are said to be few' : 'are enough'} with ${left} left`, () => {
      const day = new Date('2026-11-23T09:00:00Z')
      expect(secondFactorShown({ since: day, codesMadeAt: day, left }).factor).to.include({
        left,
        of: 10,
        few,
      })
    })
})

describe('what an app is told', () => {
  const whose = { email: 'bo@nordvang.example', house: 'Nordvang: Drift & Søn A/S' }

  it('is whose account it is, where, and the secret', () => {
    const url = new URL(appAddress(secret, whose))
    expect([url.protocol, url.host]).to.deep.equal(['otpauth:', 'totp'])
    expect(decodeURIComponent(url.pathname)).to.equal('/Tilsyn Nordvang Drift & Søn A/S:bo@nordvang.example')
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({
      issuer: 'Tilsyn Nordvang Drift & Søn A/S',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })

  it('stands on the page as a picture without script or style, and as text in fours', () => {
    const shown = setUpShown(secret, whose)
    const square = decodeURIComponent(shown.square.replace('data:image/svg+xml,', ''))
    expect(square).to.match(/^<svg [^>]*><path [^>]*\/><\/svg>$/)
    expect(square).not.to.match(/script|style|href|url\(/)
    expect(shown.secret).to.equal('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  })

  it('is shown for half an hour, then a new one is needed', () => {
    const begun = new Date('2026-11-23T09:00:00Z')
    expect(pendingHolds(begun, new Date('2026-11-23T09:29:59Z'))).to.equal(true)
    expect(pendingHolds(begun, new Date('2026-11-23T09:30:00Z'))).to.equal(false)
  })
})

describe('the mail about it', () => {
  const owner = { _id: 'p1', name: 'Bo Ågård', email: 'bo@x.dk', locale: 'da' as const, version: 7 }

  it('tells who took it off and why, once for each time', () => {
    const news = { what: 'taken-off', who: 'Anna Kjær', because: 'Telefonen er stjålet' } as const
    const mail = secondFactorMail(owner, news)
    expect(mail).to.deep.include({ key: 'second-factor/p1/7', opens: '/account/second-factor' })
    expect(mail.content.sections[0]?.rows).to.deep.equal([
      ['Slået fra af', 'Anna Kjær'],
      ['Begrundelse', 'Telefonen er stjålet'],
    ])
    const alone = secondFactorMail({ ...owner, locale: 'en' }, { ...news, who: null })
    expect(alone.content.sections[0]?.rows?.[0]).to.deep.equal(['Switched off by', 'Whoever runs Tilsyn'])
  })

  it('tells how many recovery codes are left, and never a code', () => {
    const mail = secondFactorMail(owner, { what: 'recovery-used', left: 3 })
    expect(mail.content.sections[0]?.rows).to.deep.equal([['Ubrugte reservekoder', '3']])
  })
})
