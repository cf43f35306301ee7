import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { enqueue } from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import { program } from '../support/compiled.js'
import { databaseUri, useDatabase } from '../support/database.js'
import { useMailbox } from '../support/mailbox.js'
import { context, message, noon, senderTo } from './messages.js'

const many = 300

describe('a process that is killed while it sends', function () {
  this.timeout(120_000)
  useDatabase()
  const mailbox = useMailbox()

  async function startSending() {
    const database = await databaseUri()
    return spawn(process.execPath, [...program('test/mail/sending-process.ts'), database, mailbox.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  it('loses no mail, and sends second copies with the same Message-ID and only of what it had in hand', async () => {
    await enqueue(
      context,
      Array.from({ length: many }, (_, number) => message(number)),
    )
    let kills = 0
    for (const wait of [60, 150, 250]) {
      const child = await startSending()
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
      await sleep(wait)
      if (child.exitCode === null) kills += 1
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    const claimed = await Mails.countDocuments({ state: 'claimed' })
    const { sender, clock, transport } = senderTo(mailbox.url)
    clock.now = new Date(noon.getTime() + 3_600_000)
    await sender.sendDue()
    transport?.close()

    expect(kills).to.equal(3)
    expect(claimed).to.be.greaterThan(0)
    expect(await Mails.countDocuments({ state: 'accepted' })).to.equal(many)
    const copies = new Map<string, Set<string | undefined>>()
    for (const { for: to, messageId } of mailbox.mails)
      copies.set(to, (copies.get(to) ?? new Set()).add(messageId))
    expect(copies.size).to.equal(many)
    expect([...copies.values()].every((ids) => ids.size === 1)).to.equal(true)
    // At most what was on its 10 connections, and the batch or two of results not yet noted, at each kill.
    expect(mailbox.mails.length - many).to.be.at.most(kills * 70)
  })
})
