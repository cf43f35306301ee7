import { expect } from 'chai'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program } from '../support/compiled.js'

const root = new URL('../../', import.meta.url).pathname

describe('Tilsyn as a process', function () {
  this.timeout(180_000)
  let folder: string
  const running: ChildProcess[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-cli-'))
  })
  after(async () => {
    for (const child of running) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  type Settings = Record<string, string | undefined>

  function run(words: string[], settings: Settings = {}, input = '') {
    const environment = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      MONGOMS_SYSTEM_BINARY: process.env['MONGOMS_SYSTEM_BINARY'],
    }
    const child = spawn(process.execPath, [...program('src/cli.ts'), ...words], {
      cwd: root,
      env: { ...environment, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error', ...settings },
    })
    running.push(child)
    const said = { out: '', error: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
    child.stdin.end(input)
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }))
    const says = async (shape: RegExp) => {
      for (;;) {
        const found = shape.exec(said.out)
        if (found) return found[0]
        if (child.exitCode !== null) throw new Error(`ended: ${said.error}`)
        await Promise.race([once(child.stdout, 'data'), ended])
      }
    }
    return { child, ended, says }
  }

  it('starts, prints where it runs and the set-up link, and works for the command line meanwhile', async () => {
    const app = run(['start'], { PORT: '0' })
    const address = (await app.says(/http:\/\/127\.0\.0\.1:[1-9]\d*(?=\n)/)).trim()
    const link = await app.says(/http:\S+\/set-up\/[\w-]+/)
    expect((await fetch(link)).status).to.equal(200)
    expect((await fetch(`${address}/sign-in`)).status).to.equal(200)
    expect((await stat(join(folder, 'data', 'session-secret'))).mode & 0o777).to.equal(0o600)

    const second = await run(['start'], { PORT: '0' }).ended
    expect(second.code).to.equal(1)
    expect(second.error).to.include('already running on').and.to.include(join(folder, 'data'))
    expect(second.error, 'no stack').not.to.include('    at ')
    expect((await fetch(`${address}/sign-in`)).status, 'the first goes on').to.equal(200)

    const words = [
      'user',
      'add',
      '--email',
      'Anna@nordvang.example',
      '--name',
      'Anna',
      '--role',
      'administrator',
    ]
    const added = await run([...words, '--json'], { BASE_URL: address }).ended
    expect([added.code, added.error]).to.deep.equal([0, ''])
    const { email, link: password } = JSON.parse(added.out) as { email: string; link: string }
    expect(email).to.equal('anna@nordvang.example')
    expect((await fetch(password)).status).to.equal(200)
    expect((await fetch(link)).status, 'the set-up link once somebody is on staff').to.equal(404)

    const again = await run(words).ended
    expect(again.code).to.equal(1)
    expect(again.error).to.include('There is already a person with this e-mail address')

    const dumped = await run(['dump', join(folder, 'kept.gz'), '--json']).ended
    expect(dumped.code).to.equal(0)
    expect(JSON.parse(dumped.out)).to.have.nested.property('collections.people', 1)

    app.child.kill('SIGTERM')
    const { code, error } = await app.ended
    expect([code, error]).to.deep.equal([0, ''])
  })

  it('keeps everything over a stop, and verifies its log', async () => {
    const verified = await run(['verify-log', '--json']).ended
    expect([verified.code, verified.error]).to.deep.equal([0, ''])
    expect(JSON.parse(verified.out)).to.include({ whole: true })
    expect((await run(['verify-log']).ended).out).to.match(/^The log is whole: /)
  })

  it('restores a dump into an empty database only, unless told to replace', async () => {
    const file = join(folder, 'kept.gz')
    const elsewhere = { DATA_DIR: join(folder, 'other') }
    expect((await run(['restore', file], elsewhere).ended).code).to.equal(0)
    const refused = await run(['restore', file], elsewhere).ended
    expect(refused.code).to.equal(1)
    expect(refused.error).not.to.match(/\n\s+at /)
    expect((await run(['restore', file, '--replace', '--json'], elsewhere).ended).code).to.equal(0)
    await writeFile(join(folder, 'broken.gz'), 'no dump')
    expect((await run(['restore', join(folder, 'broken.gz'), '--replace'], elsewhere).ended).code).to.equal(1)
    const given = await run(
      [
        'user',
        'add',
        '--email',
        'bo@x.dk',
        '--name',
        'Bo',
        '--role',
        'auditor',
        '--locale',
        'en',
        '--password-stdin',
      ],
      elsewhere,
      'nine red tricycles\n',
    ).ended
    expect([given.code, given.out]).to.deep.equal([0, 'bo@x.dk may sign in now.\n'])
  })

  it('says what is wrong with its words and settings, all at once', async () => {
    const wrong = {
      PORT: 'web',
      TZ_BUSINESS: 'Mars/Phobos',
      SMTP_URL: 'mail.x.dk',
      LOG_LEVEL: 'loud',
      MONGODB_URI: 'mysql://example',
      SESSION_SECRET: 'short',
    }
    const settings = await run(['start'], wrong).ended
    expect(settings.code).to.equal(1)
    for (const name of Object.keys(wrong)) expect(settings.error).to.include(`${name}:`)
    expect(settings.error, 'no stack').not.to.include('    at ')
    for (const [words, part] of [
      [['frobnicate'], 'there is no command "frobnicate"'],
      [['dump'], 'one FILE is needed'],
      [['user', 'add', '--email', 'nowhere', '--role', 'boss'], 'name: Fill in this field.'],
      [['user', 'second-factor-off', '--email', 'anna@x.dk'], '--because TEXT is needed'],
    ] as const) {
      const { code, error, out } = await run([...words]).ended
      expect([code, out]).to.deep.equal([1, ''])
      expect(error).to.include(part).and.include('Usage: tilsyn COMMAND')
    }
    const help = await run(['--help']).ended
    expect([help.code, help.error]).to.deep.equal([0, ''])
  })

  it('says so where its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const { code, error } = await run(['start'], { PORT: String(port), DATA_DIR: join(folder, 'third') })
      .ended
    taken.close()
    expect(code).to.equal(1)
    expect(error).to.include(`port ${port} of 127.0.0.1 is in use`)
    expect(error).not.to.match(/\n\s+at /)
  })
})
