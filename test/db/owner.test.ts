import { expect } from 'chai'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { useWriters } from './writers.js'

describe('The owner of a data folder', function () {
  this.timeout(120_000)
  const { app, folder, writing, foundAfterwards } = useWriters()

  it('tells a second start who has the folder, and leaves the first alone', async () => {
    const first = await writing()
    const second = app('start')
    expect(await second.exit).to.equal(1)
    expect(second.lines.at(-1))
      .to.include('refused DataFolderInUse')
      .and.to.include(`process ${first.child.pid}`)
    const before = first.wrote()
    while (first.wrote() < before + 5) await once(first.child, 'said')
  })

  it('lets one of two starts at the same moment through', async () => {
    const both = [app('start'), app('start')]
    const outcomes = await Promise.all(
      both.map((each) =>
        Promise.race([each.says('wrote').then(() => 'writes'), each.exit.then(() => 'refused')]).catch(
          () => 'refused',
        ),
      ),
    )
    expect(outcomes.toSorted()).to.deep.equal(['refused', 'writes'])
    expect(
      both.flatMap((each) => each.lines).filter((line) => line.includes('refused DataFolderInUse')),
    ).to.have.length(1)
  })

  it('lets the command line in while the app runs, and opens the folder where none does', async () => {
    const first = await writing()
    const line = app('join')
    await line.says('ready')
    line.child.kill('SIGTERM')
    expect(await line.exit).to.equal(0)
    const before = first.wrote()
    while (first.wrote() < before + 5) await once(first.child, 'said')
    first.child.kill('SIGTERM')
    await first.exit
    const alone = app('join')
    expect(Number((await alone.says('ready')).split(' ')[2])).to.be.at.least(first.wrote())
    alone.child.kill('SIGTERM')
    expect(await alone.exit).to.equal(0)
  })

  it('keeps owner file, socket and files to its user', async () => {
    await writing()
    const modeOf = async (...names: string[]) => (await stat(join(folder(), ...names))).mode & 0o777
    expect(await modeOf('owner.json')).to.equal(0o600)
    expect(await modeOf('run')).to.equal(0o700)
    expect(await modeOf('run', 'db.sock')).to.equal(0o600)
    expect(await modeOf('db')).to.equal(0o700)
  })

  it('does not take a number used again for the owner', async () => {
    const stranger = { pid: process.pid, started: 'at another time' }
    const owner = { app: stranger, engine: stranger, engineName: 'x', uri: 'mongodb://gone', closing: false }
    await writeFile(join(folder(), 'owner.json'), JSON.stringify(owner))
    expect(await foundAfterwards()).to.equal(0)
  })

  it('names the ways out where no database can be started', async () => {
    const first = app('start', { MONGOMS_SYSTEM_BINARY: process.execPath })
    expect(await first.exit).to.equal(1)
    const told = first.lines.join('\n')
    expect(told).to.include('NoDatabase').and.to.include('is not a mongod')
    for (const way of ['MONGODB_URI', 'MONGOMS_SYSTEM_BINARY', 'glibc 2.38']) expect(told).to.include(way)
  })

  it('refuses a mongod of before 7.0, whose questions it would not understand', async () => {
    const old = join(folder(), 'mongod')
    await writeFile(old, '#!/bin/sh\necho "db version v6.0.14"\n', { mode: 0o700 })
    const first = app('start', { MONGOMS_SYSTEM_BINARY: old })
    expect(await first.exit).to.equal(1)
    expect(first.lines.join('\n')).to.include('ServerTooOld').and.to.include('6.0.14').and.to.include('7.0')
  })

  it('refuses a folder another engine made, and names dump and restore', async () => {
    const first = await writing()
    first.child.kill('SIGTERM')
    await first.exit
    await writeFile(join(folder(), 'engine'), 'mongod\n')
    const second = app('start')
    expect(await second.exit).to.equal(1)
    expect(second.lines.at(-1))
      .to.include('MadeByOtherEngine')
      .and.to.include('tilsyn dump')
      .and.to.include('tilsyn restore')
  })
})
