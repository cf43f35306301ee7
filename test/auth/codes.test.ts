import { expect } from 'chai'
import { codeServes, giveCode, liveCodes, tryCode, type Code } from '../../src/auth/actions/codes.js'
import { codeDigits, digitsFit } from '../../src/auth/code-digits.js'
import { codeMinutes, codesADay, codeTries } from '../../src/auth/rules.js'
import { removeEnded } from '../../src/auth/timers.js'
import { Refused } from '../../src/base/errors.js'
import { useApp } from '../support/app.js'

describe('the digits of a code', () => {
  it('are six, of the code’s id and the house’s key, and of nothing else', () => {
    const all = Array.from({ length: 200 }, (_, number) => codeDigits(`id${number}`, 'key'))
    for (const digits of all) expect(digits).to.match(/^\d{6}$/)
    expect(new Set(all).size).to.be.greaterThan(195)
    expect(codeDigits('id1', 'key')).to.equal(codeDigits('id1', 'key'))
    expect(codeDigits('id1', 'another key')).not.to.equal(codeDigits('id1', 'key'))
  })

  for (const typed of ['%', ' % ', '%-%', '% %', '%.%'])
    it(`are taken as people type them: '${typed}'`, () => {
      const digits = codeDigits('id1', 'key')
      const [first, second] =
        typed.match(/%/g)?.length === 2 ? [digits.slice(0, 3), digits.slice(3)] : [digits]
      const given = typed.replace('%', first ?? '').replace('%', second ?? '')
      expect(digitsFit(given, 'id1', 'key')).to.equal(true)
    })

  it('are not guessed by leaving some out', () => {
    for (const typed of [
      '',
      '1',
      codeDigits('id1', 'key').slice(0, 5),
      `${codeDigits('id1', 'key')}0`,
      'abcdef',
    ])
      expect(digitsFit(typed, 'id1', 'key')).to.equal(false)
  })
})

describe('a code', () => {
  const tilsyn = useApp()
  const about = { kind: 'recipient', id: 'n1/k1' }
  const give = (contact = 'c1', id = about.id): Promise<Code> =>
    giveCode(tilsyn.context(), {
      customer: 'k1',
      contact,
      about: { kind: 'recipient', id },
      what: { kind: 'test' },
    })
  const key = () => tilsyn.house.keys.codes
  const type = (code: Code, typed: string) => tryCode(tilsyn.context(), code, typed, key())
  const right = ({ _id }: Code) => codeDigits(_id, key())
  const wrong = (code: Code) => (right(code) === '000000' ? '000001' : '000000')
  const later = (minutes: number) => tilsyn.moveTo(new Date(tilsyn.now().getTime() + minutes * 60_000))

  it('is right once, and a second click finds it used', async () => {
    const code = await give()
    const first = await type(code, right(code))
    expect(first).to.deep.include({ right: true })
    const second = await type(code, right(code))
    expect(second.right && second.code.usedAt).to.deep.equal(tilsyn.now())
    expect(await type(code, wrong(code))).to.deep.equal({ right: false, left: 0 })
  })

  it('of many wrong tries at once no more count than there are', async () => {
    const code = await give()
    const tries = await Promise.all(Array.from({ length: 12 }, () => type(code, wrong(code))))
    expect(tries.filter((tried) => !tried.right && tried.left > 0)).to.have.length(codeTries - 1)
    expect(await type(code, right(code))).to.deep.equal({ right: false, left: 0 })
  })

  it('serves for its minutes and not one longer, and only the newest', async () => {
    const code = await give()
    later(codeMinutes - 1)
    expect(codeServes(code, tilsyn.now())).to.equal(true)
    later(1)
    expect(codeServes(code, tilsyn.now())).to.equal(false)
    expect(await type(code, right(code))).to.deep.equal({ right: false, left: 0 })
    const older = await give()
    const newer = await give()
    expect(await type(older, right(older))).to.deep.equal({ right: false, left: 0 })
    expect(await type(newer, right(newer))).to.deep.include({ right: true })
  })

  it('is of one contact and one thing: others’ codes stay as they are', async () => {
    const mine = await give('c1')
    await give('c2')
    await give('c1', 'n2/k1')
    expect(await type(mine, right(mine))).to.deep.include({ right: true })
  })

  it('so many are given a day, however many ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: codesADay + 5 }, () => give()))
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.length(codesADay)
    for (const each of asked)
      if (each.status === 'rejected')
        expect(each.reason).to.be.instanceOf(Refused).with.property('reason', 'too-many-codes')
    later(24 * 60)
    await give()
  })

  it('the sender gets the digits of those that serve, and of no others', async () => {
    const [over, alive] = [await give('c1'), await give('c2')]
    await type(over, right(over))
    const live = await liveCodes(tilsyn.house)([over._id, alive._id, 'unknown'])
    expect([...live]).to.deep.equal([[alive._id, right(alive)]])
  })

  it('is removed two days after its end', async () => {
    await give()
    later(2 * 24 * 60)
    expect((await removeEnded(tilsyn.context()))['codes']).to.equal(0)
    later(codeMinutes + 1)
    expect((await removeEnded(tilsyn.context()))['codes']).to.equal(1)
  })
})
