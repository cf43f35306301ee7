import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Replies } from '../../src/replies/records.js'
import { longestMail } from '../../src/replies/reading/message.js'
import { databaseUri } from '../support/database.js'
import { testConfig, useApp } from '../support/app.js'
import { message } from '../replies/messages.js'
import { program } from '../support/compiled.js'

const root = new URL('../../', import.meta.url).pathname

// sysexits.h: 0 is taken, 75 (EX_TEMPFAIL) asks the mail server to keep the mail. With anything else it would send it back.
describe('tilsyn mail-in', function () {
  this.timeout(120_000)
  useApp()

  async function mailIn(input: Buffer, words: string[] = [], settings: Record<string, string> = {}) {
    const child = spawn(process.execPath, [...program('src/cli.ts'), 'mail-in', ...words], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        MONGODB_URI: await databaseUri(),
        SESSION_SECRET: testConfig.sessionSecret,
        LOG_LEVEL: 'silent',
        ...settings,
      },
    })
    const said = { out: '', error: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, ...said }
  }

  it('takes a mail, and the same mail again as the same reply', async () => {
    const first = await mailIn(message('stranger'), ['--recipient', 'svar+x@processor.example'])
    expect(first).to.include({ code: 0, error: '' })
    expect(first.out).to.match(/^RE-\d{4}-001\n$/)
    const again = await mailIn(message('stranger'))
    expect(again).to.include({ code: 0 })
    expect(again.out).to.contain('(again)')
    expect(await Replies.countDocuments({})).to.equal(1)
  })

  it('takes what is longer than any mail should be, as far as it goes, and says so', async () => {
    const long = Buffer.concat([message('attachments'), Buffer.alloc(longestMail, 'x')])
    expect(await mailIn(long)).to.include({ code: 0 })
    expect(await Replies.findOne({}).lean()).to.include({ cut: true, size: longestMail })
  })

  it('asks the mail server to come again while the database is away, or the settings are wrong', async () => {
    const away = 'mongodb://127.0.0.1:9/tilsyn?serverSelectionTimeoutMS=500'
    expect(await mailIn(message('stranger'), [], { MONGODB_URI: away })).to.include({ code: 75 })
    expect(await mailIn(message('stranger'), [], { SESSION_SECRET: 'short' })).to.include({ code: 75 })
    expect(await mailIn(message('stranger'), ['--no-such-word'])).to.include({ code: 75 })
    const nothing = await mailIn(Buffer.alloc(0))
    expect(nothing).to.include({ code: 75 })
    expect(nothing.error).to.contain('to be tried again')
    expect(await Replies.countDocuments({})).to.equal(0)
  })
})
