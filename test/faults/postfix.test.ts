import { expect } from 'chai'
import { chmod } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer } from '../../src/customers/rules.js'
import { liveLinkUrls } from '../../src/auth/links.js'
import { makeLog } from '../../src/base/log.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { replyAddressOf } from '../../src/mail/rules/reply-address.js'
import { makeSender } from '../../src/mail/sender.js'
import { makeTransport } from '../../src/mail/transport.js'
import { recipientById } from '../../src/notices/actions.js'
import { followUpMails } from '../../src/notices/timers.js'
import { Replies } from '../../src/replies/records.js'
import { finishReplies } from '../../src/replies/timers.js'
import type { Kind } from '../../src/replies/rules.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { testConfig, useApp } from '../support/app.js'
import { program } from '../support/compiled.js'
import { databaseUri } from '../support/database.js'
import { project } from '../support/project.js'
import { noPostfix, startPostfix, type Postfix } from './postfix.js'

const replyAddress = 'svar@processor.example'

describe('A real Postfix', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  let postfix: Postfix

  before('start it', async function () {
    if (noPostfix) return this.skip()
    const uri = await databaseUri()
    const socket = /mongodb:\/\/(%2F[^/?]+)/i.exec(uri)?.[1]
    // The server runs the command as nobody, who may not look into a folder that is the test's own.
    if (socket) await openFor(decodeURIComponent(socket))
    const settings = {
      PATH: process.env['PATH'] ?? '',
      MONGODB_URI: uri,
      SESSION_SECRET: testConfig.sessionSecret ?? '',
      MAIL_FROM: testConfig.mailFrom,
      LOG_LEVEL: 'silent',
    }
    const told = Object.entries(settings).map(([name, value]) => `${name}='${value}'`)
    const words = [
      ...told,
      `'${process.execPath}'`,
      ...program('src/cli.ts').map((path) => `'${path}'`),
      'mail-in',
      '--recipient',
      '"$1"',
    ]
    postfix = await startPostfix(
      ['mette@bakkeby.example', 'leder@bakkeby.example', 'it@aakaer.example'],
      `cd '${project}' && exec env -i ${words.join(' ')}`,
    )
  })
  after('stop it', () => postfix?.stop())

  async function send(): Promise<void> {
    const sender = makeSender({
      transport: makeTransport({ smtpUrl: postfix.url }),
      clock: tilsyn.now,
      log: makeLog('silent'),
      from: tilsyn.house.config.mailFrom,
      baseUrl: tilsyn.house.config.baseUrl,
      liveLinks: liveLinkUrls(tilsyn.house),
      replies: { address: replyAddress, key: tilsyn.house.keys.replies },
    })
    await sender.sendDue()
    await sender.stop()
    await followUpMails(tilsyn.context())
  }

  async function comes(kind: Kind, count = 1): Promise<void> {
    const until = Date.now() + 90_000
    while ((await Replies.countDocuments({ kind })) < count) {
      if (Date.now() > until) throw new Error(`no ${kind} came\n${(await postfix.log()).slice(-4000)}`)
      await sleep(250)
    }
    await finishReplies(tilsyn.context())
    await followUpMails(tilsyn.context())
  }

  async function told(emails: string[]): Promise<string> {
    const world = await aWorld(tilsyn)
    const [customer] = (await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune', emails }])) as [Customer]
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await send()
    return `${notice._id}/${customer._id}`
  }

  it('bounces an unknown mailbox into `tilsyn mail-in`: the clock stops, the next contact gets it, and its server says so', async () => {
    const recipient = await told(['nobody-here@bakkeby.example', 'leder@bakkeby.example'])
    expect(await recipientById(recipient), 'handed to the relay').to.include({
      state: 'running',
      contactIndex: 0,
    })
    await comes('failed')
    expect(await recipientById(recipient)).to.include({ contactIndex: 1 })
    await send()
    expect(await recipientById(recipient)).to.include({ state: 'running', contactIndex: 1 })
    await comes('delivered')
    const mails = (await mailsAbout('recipient', [recipient])).filter(
      ({ kind }) => kind === 'notice-announcement',
    )
    // Both were queued in the same moment of a clock that stands still: told apart by whom they went to.
    const [first, next] = ['nobody-here@bakkeby.example', 'leder@bakkeby.example'].map((address) =>
      mails.find(({ to }) => to.address === address),
    )
    expect(first).to.include({ state: 'bounced', acceptance: 'relay' })
    expect(next).to.include({ state: 'accepted', acceptance: 'destination' })
    const [report] = await Replies.find({ kind: 'failed' }).lean()
    expect(report?.match?.by, 'by the address it came back to').to.equal('signed-address')
    expect(report?.report).to.deep.include({ action: 'failed', status: '5.1.1' })
  })

  it('delivers a reply, which blocks the customer until somebody has read it', async () => {
    const recipient = await told(['mette@bakkeby.example'])
    await comes('delivered')
    const [mail] = await mailsAbout('recipient', [recipient])
    const to = replyAddressOf(mail!._id, { address: replyAddress, key: tilsyn.house.keys.replies })
    const post = createTransport({ url: postfix.url, ignoreTLS: true } as never)
    await post.sendMail({
      from: 'Mette <mette@bakkeby.example>',
      to,
      subject: 'SV: Varsel',
      text: 'Vi gør indsigelse.',
    })
    post.close()
    await comes('message')
    const reply = await Replies.findOne({ kind: 'message' }).lean()
    expect(reply?.match).to.deep.include({ by: 'signed-address', mail: mail!._id })
    expect(await recipientById(recipient)).to.deep.include({ held: true, unclassified: [reply?.reference] })
  })
})

async function openFor(path: string): Promise<void> {
  let folder = ''
  for (const name of path.split('/').slice(1)) {
    folder += `/${name}`
    if (folder.includes('tilsyn-')) await chmod(folder, 0o777).catch(() => undefined)
  }
}
