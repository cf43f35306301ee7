import { expect } from 'chai'
import { senderTo, type World } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { submit, type Agent } from '../support/people.js'

/** The house with a mail server, and a breach that was entered. */
export function breachHouse() {
  const tilsyn = useApp()
  const mailbox = useMailbox()
  const send = () => senderTo(tilsyn, mailbox.url).sendDue()

  async function entered(agent: Agent, world: World, fields: Record<string, string> = {}): Promise<string> {
    const answer = await submit(agent, '/breaches/new', {
      once: 'x',
      engagement: world.old.reference,
      report: 'Uvedkommende har læst backup.',
      role: 'processor',
      awareDay: '2026-11-23',
      awareTime: '09:30',
      ...fields,
    })
    expect(answer.status, answer.text.slice(0, 3000)).to.equal(303)
    return String(answer.headers['location'])
  }
  return {
    tilsyn,
    mailbox,
    send,
    entered,
  }
}
