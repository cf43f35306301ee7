import { expect } from 'chai'
import { readMailbox } from '../../src/replies/mailbox.js'
import { Replies } from '../../src/replies/records.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { startImap, type ImapServer } from './imap-server.js'
import { message } from './messages.js'
import { address, part, told, type Told } from './world.js'

describe('a mailbox that replies are read from', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let world: Told
  let imap: ImapServer
  beforeEach(async () => {
    world = await told(tilsyn, mailbox)
    imap = await startImap()
  })
  afterEach(() => imap.close())

  const look = () => readMailbox(tilsyn.context(), { url: imap.url, key: tilsyn.house.keys.replies })
  const put = (name: string, at = tilsyn.now()) =>
    imap.add(message(name, { mail: world.mail, from: address }), at)
  const count = () => Replies.countDocuments({})

  it('takes in what has come, once, marks it only then, and deletes nothing', async () => {
    put('question', new Date('2026-11-24T08:59:00Z'))
    put('postfix-dsn')
    expect(await look()).to.deep.equal({ taken: 2, again: 0 })
    expect(imap.mails.map(({ flags }) => [...flags])).to.deep.equal([['TilsynKept'], ['TilsynKept']])
    expect(await look()).to.deep.equal({ taken: 0, again: 0 })
    put('delayed')
    expect(await look()).to.deep.equal({ taken: 1, again: 0 })
    expect(imap.deleted).to.equal(0)
    expect((await part(world.recipient)).held).to.equal(true)
    const reply = await Replies.findOne({ kind: 'message' }).lean()
    expect(reply?.arrivedAt.toISOString(), 'when the mailbox got it').to.equal('2026-11-24T08:59:00.000Z')
  })

  it('leaves alone what lay there before', async () => {
    put('question', new Date('2026-11-02T08:00:00Z'))
    expect(await look()).to.deep.equal({ taken: 0, again: 0 })
  })

  it('goes on where it was cut off: the server goes away in the middle, and nothing is lost or taken twice', async () => {
    put('question')
    put('postfix-dsn')
    put('delayed')
    imap.breakAt(2)
    const failed = await look().then(
      () => false,
      () => true,
    )
    expect(failed, 'the timer must show it').to.equal(true)
    expect(await count()).to.equal(1)
    expect(imap.mails.map(({ flags }) => flags.size)).to.deep.equal([1, 0, 0])
    expect(await look()).to.deep.equal({ taken: 2, again: 0 })
    expect(await count()).to.equal(3)
  })

  it('knows again what it has when the server numbers its mails anew', async () => {
    put('question')
    await look()
    imap.renumber()
    expect(await look()).to.deep.equal({ taken: 0, again: 1 })
    expect(await count()).to.equal(1)
  })

  it('may be read by two at once: each mail is one reply', async () => {
    for (const name of ['question', 'postfix-dsn', 'delayed', 'reply-with-quote']) put(name)
    await Promise.all([look(), look()])
    expect(await count()).to.equal(4)
    expect((await part(world.recipient)).unclassified).to.have.length(2)
  })

  it('fails plainly where no server answers', async () => {
    await imap.close()
    const error: unknown = await look().catch((thrown: unknown) => thrown)
    expect(error).to.be.an('error')
    imap = await startImap()
  })
})
