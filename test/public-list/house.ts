import { expect } from 'chai'
import request from 'supertest'
import { publicListTimers } from '../../src/public-list/timers.js'
import { editVendor, vendorsByIds } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { aWorld, customersOf, type World } from '../notices/world.js'

/** A house with a mail server and a list that anyone may read. */
export function publicList() {
  // What is sent goes through a sender of the test's own.
  const tilsyn = useApp({ smtpUrl: 'smtp://127.0.0.1:1' })
  const open = (url: string) => request(tilsyn.app).get(url)
  const timer = async (name: string) => {
    const found = publicListTimers.find((each) => each.name === `public-list.${name}`)
    return found!.run(tilsyn.context({ kind: 'timer', id: name }))
  }
  /** One sub-processor that a customer has approved, and the list switched on. */
  async function aPublicList(): Promise<World & { agent: Awaited<ReturnType<typeof signedIn>>['agent'] }> {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])
    const { agent } = await signedIn(tilsyn)
    await submit(agent, '/public-list', {}, '/public-list/on').then((answer) =>
      expect(answer.status).to.equal(303),
    )
    return { ...world, agent }
  }

  async function rename(world: World, name: string) {
    const [vendor] = await vendorsByIds([world.old.vendor])
    if (!vendor) throw new Error('no vendor')
    await editVendor(tilsyn.context(), vendor, { ...vendor, name })
  }
  return {
    tilsyn,
    open,
    timer,
    aPublicList,
    rename,
  }
}
