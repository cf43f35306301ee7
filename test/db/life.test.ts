import { expect } from 'chai'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { processOf, readOwner } from '../../src/db/owner.js'
import { kill, useWriters } from './writers.js'

describe('Life and death of the embedded database', function () {
  this.timeout(120_000)
  const { app, folder, writing, foundAfterwards } = useWriters()

  it('ends cleanly on Ctrl-C, and leaves no owner and no engine', async () => {
    const first = await writing()
    first.child.kill('SIGINT')
    expect(await first.exit).to.equal(0)
    expect(first.lines.at(-1)).to.equal('closed')
    expect(await readOwner(folder())).to.equal(undefined)
    expect(await processOf(first.engine)).to.equal(undefined)
    expect(await foundAfterwards()).to.be.at.least(first.wrote())
  })

  it('keeps the engine out of reach of a Ctrl-C in the terminal', async function () {
    if (process.platform !== 'linux') this.skip()
    const first = await writing()
    const group = (await readFile(`/proc/${first.engine}/stat`, 'utf8')).split(') ')[1]?.split(' ')[2]
    expect(Number(group)).to.equal(first.engine)
  })

  it('loses nothing acknowledged when the app is killed, and starts again at once', async () => {
    const first = await writing()
    first.child.kill('SIGKILL')
    await first.exit
    expect(await foundAfterwards()).to.be.at.least(first.wrote())
  })

  it('loses nothing when app and engine are killed', async () => {
    const first = await writing()
    kill(first.engine, 'SIGKILL')
    first.child.kill('SIGKILL')
    await first.exit
    expect(await foundAfterwards()).to.be.at.least(first.wrote())
  })

  it('ends an engine that hangs on without its app', async () => {
    const first = await writing()
    kill(first.engine, 'SIGSTOP')
    first.child.kill('SIGKILL')
    await first.exit
    const next = app('start')
    expect(await next.says('told')).to.include(`process ${first.engine}`)
    expect(Number((await next.says('ready')).split(' ')[2])).to.be.at.least(first.wrote())
    expect(await processOf(first.engine)).to.equal(undefined)
  })

  it('starts a killed engine again once, at the same address, and gives up the second time', async () => {
    const first = await writing()
    kill(first.engine, 'SIGKILL')
    await first.says('told The database engine ended unexpectedly')
    const before = first.wrote()
    while (first.wrote() < before + 5) await once(first.child, 'said')
    const owner = await readOwner(folder())
    expect(owner?.engine.pid).to.not.equal(first.engine)
    kill(owner?.engine.pid ?? 0, 'SIGKILL')
    expect(await first.exit).to.equal(7)
    expect(first.lines).to.include('dead')
    expect(await foundAfterwards()).to.be.at.least(first.wrote())
  })

  it('waits for a predecessor that is closing', async () => {
    const first = await writing()
    first.child.kill('SIGTERM')
    await sleep(20)
    expect(await foundAfterwards()).to.be.at.least(first.wrote())
  })
})
