import { expect } from 'chai'
import { reasonNotToTake, timeliness, type Objectionable } from '../../src/objections/rules.js'

/**
 * The limit for objecting x the moment it comes. Sources: clause 7.3 of seed 002 ("inden brugen": until use) and product.md,
 * Objection: "Timely until the agreement's limit; a late one is taken and marked late". Domain facts 0.17: the agreement sets no
 * last day itself, so the limit is a term of each customer's agreement.
 */
describe('the limit of the agreement at every moment', () => {
  const lastDay = '2027-01-04'
  const before: Objectionable['lines'] = [{ mode: 'notice', inUseSince: null }]
  const used = (since: string): Objectionable['lines'] => [{ mode: 'notice', inUseSince: since }]
  const moments: {
    moment: string
    on: string
    recipient: Partial<Objectionable>
    until: Record<'use' | 'period-end', 'in time' | 'late'>
    useHadBegun?: true
  }[] = [
    {
      moment: 'before the notice has arrived',
      on: '2026-12-01',
      recipient: { state: 'queued', lastDay: null },
      until: { use: 'in time', 'period-end': 'in time' },
    },
    {
      moment: 'where it could not be delivered',
      on: '2027-03-01',
      recipient: { state: 'undelivered', lastDay: null },
      until: { use: 'in time', 'period-end': 'in time' },
    },
    {
      moment: 'in the period',
      on: '2026-12-20',
      recipient: {},
      until: { use: 'in time', 'period-end': 'in time' },
    },
    {
      moment: 'on the last day',
      on: lastDay,
      recipient: {},
      until: { use: 'in time', 'period-end': 'in time' },
    },
    {
      moment: 'after the last day, before it is permitted',
      on: '2027-01-05',
      recipient: {},
      until: { use: 'in time', 'period-end': 'late' },
    },
    {
      moment: 'when it is permitted and not in use',
      on: '2027-02-01',
      recipient: { state: 'permitted' },
      until: { use: 'in time', 'period-end': 'late' },
    },
    {
      moment: 'on the day use began for that customer',
      on: '2027-02-10',
      recipient: { state: 'in-use', lines: used('2027-02-10') },
      until: { use: 'in time', 'period-end': 'late' },
      useHadBegun: true,
    },
    {
      moment: 'after use began for that customer',
      on: '2027-02-11',
      recipient: { state: 'in-use', lines: used('2027-02-10') },
      until: { use: 'late', 'period-end': 'late' },
      useHadBegun: true,
    },
    {
      moment: 'in the period, use having begun by its consent',
      on: '2026-12-20',
      recipient: { state: 'in-use', lines: used('2026-12-15') },
      until: { use: 'late', 'period-end': 'in time' },
      useHadBegun: true,
    },
    {
      moment: 'to the second of two changes, the first in use',
      on: '2027-02-11',
      recipient: { lines: [...used('2027-02-10'), ...before] },
      until: { use: 'in time', 'period-end': 'late' },
      useHadBegun: true,
    },
  ]

  for (const { moment, on, recipient, until, useHadBegun = false } of moments)
    for (const limit of ['use', 'period-end'] as const)
      it(`until ${limit === 'use' ? 'use' : "the period's end"}: ${moment} it is ${until[limit]}, and taken`, () => {
        const asked: Objectionable = {
          state: 'running',
          lastDay,
          lines: before,
          ...recipient,
          agreement: { objectionUntil: limit },
        }
        expect(timeliness(on, asked)).to.deep.equal({ timely: until[limit] === 'in time', useHadBegun })
        expect(reasonNotToTake(asked), 'late or not').to.equal(null)
      })

  const over: [string, Objectionable['state'], string][] = [
    ['when the customer is exempted', 'exempted', 'customer-exempted-already'],
    ['when the customer has refused', 'refused', 'customer-exempted-already'],
    ['when the notice is withdrawn', 'withdrawn', 'notice-withdrawn'],
    ['when the agreement has ended', 'left', 'customer-left'],
  ]
  for (const [moment, state, reason] of over)
    for (const limit of ['use', 'period-end'] as const)
      it(`until ${limit}: ${moment} there is nothing left to prevent`, () => {
        const asked = { state, lastDay, lines: before, agreement: { objectionUntil: limit } }
        expect(reasonNotToTake(asked)).to.equal(reason)
      })
})
