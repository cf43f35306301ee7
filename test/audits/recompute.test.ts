import mongoose from 'mongoose'
import { figuresOfYear } from '../../src/audits/actions/figures.js'
import { useTimers } from '../notices/timers.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf } from '../notices/world.js'
import { sameFromTheLog } from './same-from-log.js'
import type { LoggedEntry } from './book.js'

const swiss = { country: 'CH', basis: 'adequacy' as const }

describe('What the declaration states', function () {
  this.timeout(120_000)
  const { tilsyn, mailbox, deliver, permitDue } = useTimers()

  /** Three customers, one reached at its second contact and one not at all; two of three have instructed the transfer. */
  it('is what comes out when it is counted again from the log alone', async () => {
    const world = await aWorld(tilsyn, { storageCountries: ['CH'], transfers: [swiss] })
    mailbox.clear()
    for (const lost of ['lost@solo.example', 'first@aaby.example']) mailbox.refuse(lost, 550)
    const anyValid = { transferInstruction: { kind: 'any-valid' as const, countries: [] } }
    await customersOf(tilsyn, world, [
      { emails: ['first@aaby.example', 'dpo@aaby.example'], agreement: anyValid },
      { emails: ['dpo@oest.example'], agreement: anyValid },
      { emails: ['lost@solo.example'], agreement: anyValid },
      { agreement: { transferInstruction: { kind: 'none', countries: [] } } },
    ])
    await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    await deliver()
    tilsyn.moveTo('2026-12-30')
    await permitDue()
    await anIssued(tilsyn, aDraft(await anEngagement(tilsyn, 'Vejle Drift ApS', [world.hosting._id])))
    tilsyn.moveTo('2027-02-01')
    await deliver()
    const entries = await mongoose.connection.collection('log-entries').find().toArray()
    for (const year of [2026, 2027]) {
      const figures = await figuresOfYear(tilsyn.context(), year, {
        from: `${year}-01-01`,
        to: `${year}-12-31`,
      })
      sameFromTheLog(figures, entries as unknown as LoggedEntry[], tilsyn.today())
    }
  })
})
