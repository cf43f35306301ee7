import { expect } from 'chai'
import { contentRows } from '../../src/notices/page.js'
import { recipientFor } from '../../src/notices/rules/audience.js'
import { lawWith, shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aCustomer, aLine, aNotice } from './builders.js'

const germany = shippedLaw.decisions.find(({ _id }) => _id === 'DE-EEA')
if (!germany) throw new Error('DE-EEA')
const lawWithout = lawWith(shippedLaw, { ...germany, ended: { on: '2027-01-01', by: 'agreement' } })
const inGermany = { storageCountries: ['DE'], accessCountries: ['DE'], transfers: [] }

describe('A notice of what lies in a state that leaves the EEA', () => {
  // Clause 8.3 and C.6: from the day it is a third country, nothing goes there without an instruction.
  const table: [string, string, string[]][] = [
    ['asks for no instruction where it is to begin before', '2026-12-31', []],
    ['asks for one where it is to begin on the day or later', '2027-01-01', ['instruction']],
  ]
  for (const [what, plannedStart, blockedBy] of table)
    it(what, () => {
      const notice = aNotice({ plannedStart, lines: [aLine({ content: aContent(inGermany) })] })
      const customer = aCustomer()
      const instruction = { kind: 'none' as const, countries: [] }
      const bound = { ...customer, agreement: { ...customer.agreement, transferInstruction: instruction } }
      const recipient = recipientFor(notice, bound, new Date('2026-11-24T09:00:00Z'), lawWithout)
      expect(recipient?.blockedBy).to.deep.equal(blockedBy)
    })

  it('says that nothing is transferred only where that is so by the law it was frozen with', () => {
    const said = (outside?: string[]) =>
      contentRows(aContent(inGermany), new Map(), 'en', outside).some(([, value]) =>
        value.includes('No transfer out of the EU/EEA'),
      )
    expect(said([])).to.equal(true)
    expect(said(['DE'])).to.equal(false)
    // Frozen before members were dated.
    expect(said()).to.equal(true)
  })
})
