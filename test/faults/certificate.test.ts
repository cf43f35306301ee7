import { expect } from 'chai'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { mailsAbout } from '../../src/mail/actions.js'
import type { Notice } from '../../src/notices/actions.js'
import { noticeTasks } from '../../src/notices/actions.js'
import { useJourney } from '../journeys/house.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'

describe('A mail server whose certificate nobody vouches for', function () {
  this.timeout(120_000)
  let taken = 0
  // It offers STARTTLS with a certificate of its own making.
  const server = new SMTPServer({
    disabledCommands: ['AUTH'],
    authOptional: true,
    onData: (stream, _session, callback) => {
      taken += 1
      stream.resume().on('end', () => callback(null, '2.0.0 Ok'))
    },
  })
  before('start it', async () => {
    server.on('error', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
  })
  after('stop it', () => new Promise<void>((resolve) => server.close(() => resolve())))
  const house = useJourney(() => `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`)
  let world: World
  let notice: Notice

  it('is given nothing: the mails wait, nobody counts as refused or told, and the reason is on record', async () => {
    world = await buildWorld(house.officer(), [
      {
        name: 'Bakkeby Kommune',
        contacts: [aContact('dpo@bakkeby.example'), aContact('to@bakkeby.example')],
      },
    ])
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
    await house.goTo('2026-11-24')
    const part = await house.partOf(notice, world.customers[0]!)
    expect(part).to.include({ state: 'queued', contactIndex: 0, acceptedAt: null, lastDay: null })
    const [mail] = await mailsAbout('recipient', [part._id])
    expect(mail?.state).to.equal('deferred')
    expect(mail?.evidence.map(({ outcome }) => outcome)).to.include('deferred')
    expect(mail?.lastReply).to.match(/TLS|CERT|SELF|SOCKET/i)
    expect(taken, 'nothing in clear').to.equal(0)
    // Two days later it is given up, and somebody has to see to it.
    for (const day of ['25', '26', '27', '28', '29']) await house.goTo(`2026-11-${day}`)
    expect(await house.partOf(notice, world.customers[0]!)).to.include({ lastDay: null })
    await house.goTo('2026-12-10')
    expect((await noticeTasks(house.today())).map(({ kind }) => kind)).to.include('notice-undelivered')
  })
})
