import { expect } from 'chai'
import mongoose from 'mongoose'
import { addressOf, makeLimits, TooMany } from '../../src/auth/limits.js'
import { removeEnded } from '../../src/auth/timers.js'
import { useApp } from '../support/app.js'

const email = 'anders@nordvang.example'
const outcome = (doing: Promise<void>) =>
  doing.then(
    () => 'taken',
    (error: unknown) => (error instanceof TooMany ? `wait ${error.seconds}` : 'failed'),
  )

describe('Tries that are limited', () => {
  const tilsyn = useApp()
  const processes = () => [makeLimits(tilsyn.house), makeLimits(tilsyn.house)] as const
  const later = (seconds: number) => tilsyn.moveTo(new Date(tilsyn.now().getTime() + seconds * 1000))

  it('are counted of all processes together, and still after a restart', async () => {
    const [one, other] = processes()
    for (let number = 0; number < 5; number += 1)
      expect([
        await outcome(one.account.take(email)),
        await outcome(other.account.take(email)),
      ]).to.deep.equal(['taken', 'taken'])
    expect(await outcome(one.account.take(email))).to.equal('wait 900')
    expect(await outcome(other.account.check(email))).to.equal('wait 900')
    const [restarted] = processes()
    expect(await outcome(restarted.account.check(email))).to.equal('wait 900')
    expect(await outcome(restarted.account.check('somebody.else@nordvang.example'))).to.equal('taken')
  })

  it('are ten at the most, however many come at once', async () => {
    const [one, other] = processes()
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        outcome((number % 2 === 0 ? one : other).account.take(email)),
      ),
    )
    expect(all.filter((each) => each === 'taken')).to.have.length(10)
    expect(all).to.not.include('failed')
  })

  it('lock an account for a quarter of an hour from the tenth on, and no longer', async () => {
    const [{ account }] = processes()
    for (let number = 0; number < 10; number += 1) {
      await account.take(email)
      later(60)
    }
    later(14 * 60 - 1)
    expect(await outcome(account.check(email))).to.equal('wait 1')
    later(1)
    expect(await outcome(account.take(email))).to.equal('taken')
    expect(await outcome(account.check(email)), 'a new while has begun').to.equal('taken')
  })

  it('do not count where they were in order', async () => {
    const [{ account, address }] = processes()
    for (let number = 0; number < 30; number += 1) {
      await address.take('192.0.2.7')
      await address.giveBack('192.0.2.7')
      await account.take(email)
      await account.forget(email)
    }
    expect(await outcome(account.check(email))).to.equal('taken')
    await address.giveBack('192.0.2.7')
    expect(await outcome(address.check('192.0.2.7'))).to.equal('taken')
  })

  it('are kept without saying whose, and cleared away when they count no more', async () => {
    const [{ account, unknownLink }] = processes()
    await account.take(email)
    await unknownLink.take('192.0.2.7')
    const kept = async () => (await mongoose.connection.db?.collection('tries').find().toArray()) ?? []
    expect(await kept()).to.have.length(2)
    expect(JSON.stringify(await kept()))
      .to.not.include('anders')
      .and.not.include('192.0.2')
    later(15 * 60)
    expect(await removeEnded(tilsyn.context())).to.deep.include({ tries: 2 })
    expect(await kept()).to.deep.equal([])
  })
})

describe('The address a try comes from', () => {
  const same: [string, string, string][] = [
    ['an IPv4 address', '192.0.2.7', '::ffff:192.0.2.7'],
    ['a household’s IPv6 network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9'],
    ['a network whose address has zeros left out', '2001:db8::1', '2001:db8:0:0:8000::2'],
    ['the machine itself', '::1', '::2'],
  ]
  for (const [what, one, other] of same)
    it(`is one for ${what}: ${one}, ${other}`, () => {
      expect(addressOf({ ip: one })).to.equal(addressOf({ ip: other }))
    })

  for (const [one, other] of [
    ['192.0.2.7', '192.0.2.8'],
    ['2001:db8:1:2::9', '2001:db8:1:3::9'],
    ['2001:db8::1', '2001:db8:0:1::1'],
  ])
    it(`differs: ${one}, ${other}`, () => {
      expect(addressOf({ ip: one })).to.not.equal(addressOf({ ip: other }))
    })
})
