import { expect } from 'chai'
import { agreementInShort, agreementInWords, noticeChoices, periodInWords } from '../../src/customers/page.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'

describe('an agreement in words', () => {
  it('says what is owed, in Danish', () =>
    expect(agreementInWords(ordinaryAgreement, 'da')).to.deep.equal([
      'Skal varsles 30 dage i forvejen. Hører I intet, må ændringen træde i kraft.',
      'Kan gøre indsigelse, indtil underdatabehandleren tages i brug.',
      'Varslet regnes fra den dag, det er kommet frem.',
      'Listen er fælles for alle kunder: kunden orienteres også om ændringer, der ikke berører dens ydelser.',
      'Overførsel til tredjelande kun på standardkontraktbestemmelser (SCC).',
      'Brud på persondatasikkerheden meddeles om muligt inden 24 timer.',
    ]))
  it('says what is owed, in English', () =>
    expect(
      agreementInWords(
        {
          ...ordinaryAgreement,
          notice: { length: 1, unit: 'months' },
          objectionUntil: 'period-end',
          counts: 'dispatch',
          replacementNeedsApproval: true,
          commonList: false,
          transferInstruction: { kind: 'countries', countries: ['US', 'CH', 'GB'] },
          breachHours: 1,
        },
        'en',
      ),
    ).to.deep.equal([
      'Must be told 1 month ahead. If you hear nothing, the change may take effect.',
      'May object until the notice period ends.',
      'The notice period counts from the day it is sent to the last contact the customer has named.',
      'Replacing a sub-processor needs approval.',
      'Only told of changes that affect the services it buys.',
      'Transfers to third countries only to Switzerland, United Kingdom and United States.',
      'Personal data breaches are told within 1 hour if possible.',
    ]))
  it('does not set replacements apart where every change needs approval', () => {
    const words = agreementInWords(
      { ...ordinaryAgreement, authorisation: 'specific', replacementNeedsApproval: true },
      'en',
    )
    expect(words[0]).to.contain('Silence is refusal')
    expect(words.join(' ')).to.not.contain('Replacing')
  })
  it('fits in a list', () => {
    expect(agreementInShort(ordinaryAgreement, 'da')).to.equal('Generel, 30 dage')
    expect(
      agreementInShort(
        { ...ordinaryAgreement, authorisation: 'specific', notice: { length: 20, unit: 'business-days' } },
        'en',
      ),
    ).to.equal('Specific, 20 business days')
  })
})

describe('a notice period in words', () => {
  for (const [length, unit, da, en] of [
    [1, 'days', '1 dag', '1 day'],
    [60, 'days', '60 dage', '60 days'],
    [1, 'business-days', '1 arbejdsdag', '1 business day'],
    [3, 'months', '3 måneder', '3 months'],
  ] as const)
    it(`is ${da} / ${en}`, () => {
      expect(periodInWords({ length, unit }, 'da')).to.equal(da)
      expect(periodInWords({ length, unit }, 'en')).to.equal(en)
    })
})

describe('the notice periods a list can be narrowed to', () => {
  it('stand by unit and length, and leave out what is none', () =>
    expect(
      noticeChoices(['3-months', '60-days', '30-days', '20-business-days', 'odd', '5-weeks'], 'en'),
    ).to.deep.equal([
      { value: '30-days', text: '30 days' },
      { value: '60-days', text: '60 days' },
      { value: '20-business-days', text: '20 business days' },
      { value: '3-months', text: '3 months' },
    ]))
})
