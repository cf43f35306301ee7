import { expect } from 'chai'
import fc from 'fast-check'
import {
  instructionKinds,
  instructionsLacking,
  notInstructed,
  shippedLaw,
  type Transfer,
  type TransferInstruction,
} from '../../src/transfers/rules.js'

const codes = ['DK', 'US', 'IN', 'GB']
const bases = [
  'adequacy',
  'adequacy-dpf',
  'scc-2021',
  'bcr-p',
  'art-49',
  'privacy-shield',
  'scc-2010',
] as const
const some = fc.subarray(codes)
const transfer = fc.record({
  country: fc.constantFrom(...codes),
  basis: fc.constantFrom(...bases),
  way: fc.constantFrom('storage', 'access', 'both'),
})
const instruction = fc.record({ kind: fc.constantFrom(...instructionKinds), countries: some })

describe('Which instructions do not reach (Annex C.6, clause 8.3)', () => {
  it('is told of thousands of customers by the same rule as of one', () => {
    fc.assert(
      fc.property(some, some, fc.array(transfer), instruction, (storage, access, transfers, instructed) => {
        const given = transfers as Transfer[]
        const one = notInstructed(
          shippedLaw,
          '2026-06-01',
          storage,
          access,
          given,
          instructed as TransferInstruction,
        )
        const { kinds, countries } = instructionsLacking(shippedLaw, '2026-06-01', storage, access, given)
        const found =
          kinds.includes(instructed.kind) ||
          (instructed.kind === 'countries' && countries.some((code) => !instructed.countries.includes(code)))
        expect(found).to.equal(one.length > 0)
      }),
      { numRuns: 2000 },
    )
  })
})
