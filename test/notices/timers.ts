import { listOn } from '../../src/register/actions.js'
import { permit, recipientsPastTheirDays } from '../../src/notices/actions.js'
import { mayBePermitted } from '../../src/notices/rules.js'
import { noticeTimers } from '../../src/notices/timers.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { aDraft, anIssued, customersOf, senderTo, type World } from './world.js'

/** Whoever acts when a timer runs. */
export const timer = { kind: 'timer' as const, id: 'test' }

export async function names(customer: string, day: string): Promise<string[]> {
  return (await listOn(customer, day)).map(({ content }) => content.vendorName)
}

/** Inside `describe`: the application and a mail server, with what moves its notices on. */
export function useTimers() {
  const tilsyn = useApp()
  const mailbox = useMailbox()

  async function runTimers() {
    const done: Record<string, Record<string, number>> = {}
    for (const { name, run } of noticeTimers) done[name] = await run(tilsyn.context(timer))
    return done
  }

  /** All numbers a run reports, so that nothing done is all noughts. */
  async function workDone() {
    // What lists show is remade as often as something has moved; nothing is done by it.
    return Object.entries(await runTimers())
      .filter(([name]) => name !== 'notices.keep-list-up-to-date')
      .flatMap(([, counts]) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0)
  }

  async function deliver(): Promise<void> {
    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    await sender.stop()
    await runTimers()
  }

  async function permitDue(): Promise<number> {
    let count = 0
    for (const recipient of await recipientsPastTheirDays(tilsyn.today(), 100)) {
      const verdict = mayBePermitted(recipient, [], 0, tilsyn.today())
      if (verdict.yes && (await permit(tilsyn.context(timer), recipient, verdict))) count += 1
    }
    return count
  }

  /** One customer, told, its period over, the change permitted. */
  async function permitted(world: World, draft = aDraft(world.planned)) {
    const [customer] = await customersOf(tilsyn, world, [{}])
    if (!customer) throw new Error('no customer')
    const notice = await anIssued(tilsyn, draft)
    await deliver()
    tilsyn.moveTo('2026-12-29')
    await permitDue()
    return { customer, notice, id: `${notice._id}/${customer._id}`, line: notice.lines[0]?.id ?? '' }
  }

  return { tilsyn, mailbox, runTimers, workDone, deliver, permitDue, permitted }
}
