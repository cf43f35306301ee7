import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { useApp } from '../support/app.js'
import { anonymous, password, submit, type Agent } from '../support/people.js'

export const page = '/account/second-factor'

/** The house with people who sign in with a code of their app. */
export function twoStep() {
  const tilsyn = useApp()
  const later = (minutes: number) => tilsyn.moveTo(new Date(tilsyn.now().getTime() + minutes * 60_000))
  const eventsOf = async (id: string) => (await historyOf('person', id)).map(({ event }) => event)
  /** As far as the page that asks for the code. */
  async function half(email: string, next = '/people'): Promise<Agent> {
    const agent = anonymous(tilsyn)
    const answer = await submit(agent, '/sign-in', { email, password, next })
    expect([answer.status, answer.headers['location']]).to.deep.equal([
      303,
      `/sign-in/code?next=${encodeURIComponent(next)}`,
    ])
    return agent
  }
  const give = (agent: Agent, code: string) =>
    submit(agent, '/sign-in/code?next=%2Fpeople', { code, next: '/people' }, '/sign-in/code')
  return {
    tilsyn,
    later,
    eventsOf,
    half,
    give,
  }
}
