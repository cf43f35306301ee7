import { expect } from 'chai'
import { instructionWords } from '../../src/customer-page/page/answer.js'
import type { Transfer, TransferInstruction } from '../../src/transfers/rules.js'

const scc: Transfer = { country: 'US', basis: 'scc-2021', module: 3 }
const dpf: Transfer = { country: 'US', basis: 'adequacy-dpf' }
const swiss: Transfer = { country: 'CH', basis: 'adequacy' }

function asked(kind: TransferInstruction['kind'], transfers: Transfer[]): string[] {
  const content = {
    vendorName: 'X',
    storageCountries: ['DK'],
    accessCountries: ['US', 'CH'],
    transfers,
  }
  const told = {
    notice: { lines: [{ id: 'l1', kind: 'addition', content }], sender: { name: 'N' } },
    recipient: {
      lines: [{ line: 'l1', mode: 'notice' }],
      agreement: { transferInstruction: { kind, countries: [] } },
      customerName: 'B',
    },
  }
  return instructionWords(told as never, 'en').countries
}

// C.6 and clause 8.3: asked is what is missing, and no more than that.
describe('The instruction a customer is asked for', () => {
  it('is for what its agreement does not cover', () =>
    expect(asked('scc-only', [scc, swiss])).to.deep.equal(['CH']))
  it('is not for a fallback beside a basis that is instructed', () =>
    expect(asked('scc-only', [scc, dpf, swiss])).to.deep.equal(['CH']))
  it('is for remote access on another basis than the clauses the data are stored on', () =>
    expect(
      asked('scc-only', [
        { ...scc, way: 'storage' },
        { ...dpf, way: 'access' },
        { ...scc, country: 'CH' },
      ]),
    ).to.deep.equal(['US']))
  it('is for everything where nothing is instructed', () =>
    expect(asked('none', [scc, swiss])).to.deep.equal(['US', 'CH']))
})
