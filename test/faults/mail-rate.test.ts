import { expect } from 'chai'
import { enqueue } from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import { useDatabase } from '../support/database.js'
import { context, message } from '../mail/messages.js'
import { startSink, type Sink } from './sink.js'
import { useWorkers } from './workers.js'

const mails = 90
const rate = 20

describe('MAIL_RATE', function () {
  this.timeout(120_000)
  useDatabase()
  const worker = useWorkers()
  let sink: Sink
  beforeEach('start a mail server', async () => {
    sink = await startSink()
  })
  afterEach('stop it', () => sink.close())

  it('holds for a mail server, however many processes send to it', async () => {
    await enqueue(
      context,
      Array.from({ length: mails }, (_, number) => {
        const { link: _link, ...plain } = message(number)
        return plain
      }),
    )
    const both = await Promise.all([1, 2].map(() => worker(sink.url, 'sender', { rate })))
    const at = new Date(context.now.getTime() + 60_000).toISOString()
    const sending = Promise.all(both.map((each) => each.obey({ do: 'send', at })))
    await sink.whenTaken(1)
    const first = performance.now()
    await sink.whenTaken(mails)
    const seconds = (performance.now() - first) / 1000
    const sent = (await sending).map((counts) => counts?.['accepted'] ?? 0)
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(mails)
    expect(Math.min(...sent), 'both have sent').to.be.greaterThan(mails / 10)
    console.log(`      ${sent.join(' + ')} mails in ${seconds.toFixed(2)} s at ${rate} a second`)
    // Two processes that knew nothing of each other would be done in half of it.
    expect(seconds).to.be.greaterThan((mails - 1) / rate - 0.3)
    expect(sink.taken.length, 'one each').to.equal(mails)
  })
})
