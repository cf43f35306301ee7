import { expect } from 'chai'
import { numberChecksOut, type RegistrationKind } from '../../src/base/registration.js'

describe('a registration number', () => {
  const right: [RegistrationKind, string][] = [
    ['CVR', '35240136'],
    ['CVR', '35 24 01 36'],
    ['CVR', 'DK35645845'],
    ['CVR', '29403473'],
    // As printed in the agreement's Annex B, stray space and all.
    ['SE', '559205- 2400'],
    ['NO', '974 760 673'],
    ['NO', 'NO974760673MVA'],
    ['FI', '0112038-9'],
    ['VAT', 'DE136695976'],
    ['VAT', 'dk35240136'],
    ['LEI', '5493001KJTIIGC8Y1R12'],
    ['DE', 'HRB 12345, Amtsgericht Ulm'],
    ['other', 'Delaware 7654321'],
  ]
  for (const [kind, number] of right)
    it(`takes ${kind} ${number}`, () => expect(numberChecksOut(kind, number)).to.equal(true))

  const wrong: [RegistrationKind, string][] = [
    ['CVR', '35240137'],
    ['CVR', '3524013'],
    ['CVR', 'Xxxxxxxx'],
    ['SE', '559205-2401'],
    ['NO', '974760674'],
    ['FI', '0112038-8'],
    ['VAT', 'DE136695977'],
    ['VAT', '12345678'],
    ['LEI', '5493001KJTIIGC8Y1R13'],
    ['LEI', 'too short'],
  ]
  for (const [kind, number] of wrong)
    it(`doubts ${kind} ${number}`, () => expect(numberChecksOut(kind, number)).to.equal(false))

  it('takes the VAT number of a country whose check it does not know', () =>
    expect(numberChecksOut('VAT', 'IS12345')).to.equal(true))
})
