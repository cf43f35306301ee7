import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyLog } from '../../src/audit-log/verify.js'
import { Links } from '../../src/auth/records/links.js'
import type { Context } from '../../src/base/context.js'
import { Mails } from '../../src/mail/records/mails.js'
import { draftNotice, noticeByReference } from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { useDatabase } from '../support/database.js'
import { aCustomer, anAddition, buildWorld } from '../journeys/world.js'
import { randomFrom, seedOfRun, useWorkers } from './workers.js'

const customers = 2000
const kills = 5

describe('Killed while a notice is being issued', function () {
  this.timeout(240_000)
  useDatabase()
  const worker = useWorkers()

  it('leaves it to the timers, which give every customer one part and one announcement', async () => {
    const seed = seedOfRun()
    const random = randomFrom(seed)
    const context: Context = {
      now: new Date('2026-11-23T09:00:00Z'),
      today: '2026-11-23',
      actor: { kind: 'staff', id: 'officer' },
      locale: 'da',
    }
    const world = await buildWorld(
      context,
      Array.from({ length: customers }, (_, number) => aCustomer(number + 1)),
    )
    const { reference, version } = await draftNotice(context, anAddition(world))
    const at = (minute: number) => new Date(context.now.getTime() + minute * 60_000).toISOString()

    // The first one issues, then its timers go on, and those of the starts that follow; each is killed a little further on.
    const moments = Array.from({ length: kills }, (_, number) =>
      Math.ceil(((number + random()) / kills) * 2 * customers),
    )
    const progress: string[] = []
    let next = worker('', 'whole')
    for (const [number, moment] of moments.entries()) {
      const process = await next
      next = worker('', 'whole')
      const { state } = await noticeByReference(reference)
      const timers = () => process.obey({ do: 'timers', at: at(number) })
      const doing =
        state === 'draft'
          ? process
              .obey({ do: 'issue', reference, version, at: at(number) })
              .then((issued) => issued && timers())
          : timers()
      const over = doing.then(() => true)
      while ((await written()) < moment && !(await Promise.race([over, sleep(25, false)])));
      await sleep(random() * 50)
      await process.kill()
      await doing
      progress.push(`${await Recipients.countDocuments()}+${await Mails.countDocuments()}`)
    }
    const last = await next
    await last.obey({ do: 'timers', at: at(kills) })
    const again = await last.obey({ do: 'timers', at: at(kills + 1) })
    console.log(`      seed ${seed}, recipients+mails at each kill: ${progress.join(' ')}`)

    expect((await noticeByReference(reference)).state).to.equal('issued')
    expect(await Recipients.countDocuments()).to.equal(customers)
    expect((await Recipients.distinct('customer')).length).to.equal(customers)
    expect(await Recipients.countDocuments({ owed: { $ne: [] } })).to.equal(0)
    expect(await Mails.countDocuments({ kind: 'notice-announcement' })).to.equal(customers)
    expect((await Mails.distinct('about.id', { kind: 'notice-announcement' })).length).to.equal(customers)
    expect(await Links.countDocuments()).to.equal(customers)
    expect(again, 'a second run of the timers').to.include({ issued: 0, logged: 0 })
    const printed = await Recipients.distinct('printedLastDay')
    expect(printed, 'all print the day of the issue, whoever finished it').to.have.length(1)
    expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
  })
})

async function written(): Promise<number> {
  return (await Recipients.estimatedDocumentCount()) + (await Mails.estimatedDocumentCount())
}
