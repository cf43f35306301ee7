import { expect } from 'chai'
import { readDay, readPeriod, readRegistration, readYesNo } from '../../src/imports/rules/cells.js'
import { readCountries } from '../../src/imports/rules/countries.js'
import { defused, undefused } from '../../src/imports/rules/defused.js'
import { guessMapping } from '../../src/imports/rules/headings.js'
import { readLines, writeLines } from '../../src/imports/rules/lines.js'
import { readSafeguards, transfersFor } from '../../src/imports/rules/safeguards.js'
import type { Register } from '../../src/imports/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'

describe('A day in a cell', () => {
  const days: [string, string | null][] = [
    ['2018-04-13', '2018-04-13'],
    ['2018.04.13', '2018-04-13'],
    ['2018/4/13', '2018-04-13'],
    ['13-04-2018', '2018-04-13'],
    ['13/4/2018', '2018-04-13'],
    ['13.4.18', '2018-04-13'],
    ['4/13/2018', '2018-04-13'],
    ['03/04/2018', '2018-04-03'],
    ['13. april 2018', '2018-04-13'],
    ['1st of May 2020', '2020-05-01'],
    ['April 13, 2018', '2018-04-13'],
    ['2018-04-13T00:00:00Z', '2018-04-13'],
    ['43203', '2018-04-13'],
    ['31-02-2020', null],
    ['29.02.2024', '2024-02-29'],
    ['29.02.2023', null],
    ['snarest', null],
    ['2018', null],
  ]
  for (const [text, day] of days)
    it(`'${text}' is ${day ?? 'no day'}`, () => expect(readDay(text)).to.equal(day))
})

describe('A notice period in a cell', () => {
  const periods: [string, string | null][] = [
    ['30 dage', '30 days'],
    ['30', '30 days'],
    ['1 month', '1 months'],
    ['3 mdr.', '3 months'],
    ['20 arbejdsdage', '20 business-days'],
    ['10 working days', '10 business-days'],
    ["30 days' notice", '30 days'],
    ['2 uger', '14 days'],
    ['0 dage', null],
    ['rimelig tid', null],
  ]
  for (const [text, period] of periods)
    it(`'${text}' is ${period ?? 'none'}`, () => {
      const read = readPeriod(text)
      expect(read && `${read.length} ${read.unit}`).to.equal(period)
    })
})

describe('A registration number in a cell', () => {
  const numbers: [string, string | null][] = [
    ['35240136', 'CVR 35240136 sound'],
    ['CVR-nr. 35 24 01 36', 'CVR 35240136 sound'],
    ['DK35240136', 'CVR 35240136 sound'],
    ['CVR: 35240137', 'CVR 35240137 doubtful'],
    ['559205- 2400', 'SE 559205-2400 sound'],
    ['Org.nr. 556703-7485', 'SE 556703-7485 sound'],
    ['HRB 1234, Berlin', 'DE HRB 1234, Berlin sound'],
    ['C1234567', 'other C1234567 sound'],
    ['xxxxxxxx', null],
  ]
  for (const [text, expected] of numbers)
    it(`'${text}' is ${expected ?? 'struck out'}`, () => {
      const read = readRegistration(text)
      const { kind, number } = read?.registration ?? {}
      expect(read && `${kind} ${number} ${read.sound ? 'sound' : 'doubtful'}`).to.equal(expected)
    })
})

describe('Yes and no in a cell', () => {
  for (const text of ['ja', 'Yes', 'x', 'TRUE', '1', '✓'])
    it(`'${text}' is yes`, () => expect(readYesNo(text)).to.equal(true))
  for (const text of ['nej', 'No', 'false', '0'])
    it(`'${text}' is no`, () => expect(readYesNo(text)).to.equal(false))
  it("'måske' is neither", () => expect(readYesNo('måske')).to.equal(null))
})

describe('Countries in a cell', () => {
  // text -> countries | regions | towns | what was not understood
  const cells: [string, string][] = [
    ['Danmark', 'DK'],
    ['DK; SE', 'DK SE'],
    ['USA', 'US'],
    ['U.S.', 'US'],
    ['United States of America', 'US'],
    ['Storbritannien, Holland og Tjekkiet', 'GB NL CZ'],
    ['United States, Ireland, and India', 'US IE IN'],
    ['Xx, Sverige', 'SE||Xx'],
    ['Dublin, Ireland', 'IE||Dublin'],
    ['Frankfurt (Germany)', 'DE||Frankfurt'],
    ['USA (Virginia), India', 'US IN||Virginia'],
    ['Atlanta, Georgia, USA', 'US||Atlanta'],
    ['Georgia', 'GE'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Trinidad og Tobago', 'TT'],
    ['EU', '|EU'],
    ['EU/EØS', '|EEA'],
    ['Global', '|Global'],
    ['EU (Ireland, Germany)', 'IE DE|EU'],
    ['Narnia', '|||Narnia'],
    ['Danmark\nNarnia', 'DK|||Narnia'],
    ['no', '|||no'],
  ]
  for (const [text, expected] of cells)
    it(`'${text.replace('\n', ' / ')}' is ${expected}`, () => {
      const { codes, regions, places, unread } = readCountries(text)
      expect(
        [codes, regions, places, unread]
          .map((each) => each.join(' '))
          .join('|')
          .replace(/\|+$/, ''),
      ).to.equal(expected)
    })
})

describe('Free text about safeguards', () => {
  const texts: [string, string, string?][] = [
    ['SCC', 'US scc-2021, IN scc-2021'],
    ['EU SCCs', 'US scc-2021, IN scc-2021'],
    ['Standard Contractual Clauses (Processor-to-Processor)', 'US scc-2021/3, IN scc-2021/3'],
    ['SCC (Module Three)', 'US scc-2021/3, IN scc-2021/3'],
    ['EU-US DPF', 'US adequacy-dpf'],
    [
      'EU-U.S. Data Privacy Framework and Standard Contractual Clauses',
      'US adequacy-dpf, US scc-2021, IN scc-2021',
    ],
    ['USA: DPF; Indien: SCC modul 3', 'US adequacy-dpf, IN scc-2021/3'],
    ['DPF (USA)', 'US adequacy-dpf'],
    ['Adequacy decision', 'US adequacy-dpf'],
    ['BCR', 'US bcr-p, IN bcr-p'],
    ['Bindende virksomhedsregler', 'US bcr-p, IN bcr-p'],
    ['Privacy Shield', 'US privacy-shield'],
    ['EU-US Privacy Shield certified', 'US privacy-shield'],
    ['Safe Harbor', 'US safe-harbour'],
    ['Standardkontraktbestemmelser 2010/87/EU', 'US scc-2010, IN scc-2010'],
    ['N/A', ''],
    ['Ikke relevant', ''],
    ['We take security seriously', '', 'We take security seriously'],
  ]
  for (const [text, expected, unread = ''] of texts)
    it(`'${text}' is ${expected || 'nothing'}`, () => {
      const read = readSafeguards(text)
      const { transfers } = transfersFor(shippedLaw, ['US', 'IN'], read.bases, '2026-11-21')
      const words = transfers.map(
        ({ country, basis, module }) => `${country} ${basis}${module ? `/${module}` : ''}`,
      )
      expect([words.join(', '), read.unread.join('; ')]).to.deep.equal([expected, unread])
    })
})

describe('Headings', () => {
  const lists: [string, Register, string[][], (string | null)[]][] = [
    [
      'of a code host',
      'register',
      [['Name of Subprocessor', 'Description of Processing', 'Location of Processing', 'Corporate Location']],
      ['vendor', 'activity', 'countries', 'country'],
    ],
    [
      'of a chat service',
      'register',
      [['Entity Name', 'Sub-processing Activities', 'Entity Country']],
      ['vendor', 'activity', 'country'],
    ],
    [
      'of a web checker',
      'register',
      [['Third party', 'Purpose', 'Location', 'Safeguards']],
      ['vendor', 'activity', 'countries', 'safeguards'],
    ],
    [
      'of Annex B.1',
      'register',
      [['NAVN', 'CVR-NR', 'ADRESSE', 'BESKRIVELSE AF BEHANDLING']],
      ['vendor', 'registrationNumber', 'address', 'activity'],
    ],
    [
      'below titles and an empty row',
      'register',
      [['Underdatabehandlere 2026'], [], ['Leverandør', 'Formål', 'Land']],
      ['vendor', 'activity', 'countries'],
    ],
    [
      'of customers',
      'customers',
      [['Kundenavn', 'CVR', 'DPO', 'Mailadresse', 'Varslingsfrist']],
      ['name', 'registrationNumber', 'contactName', 'contactEmail', 'notice'],
    ],
    [
      'of which some say nothing',
      'register',
      [['Company', 'Foo', 'Service provided']],
      ['vendor', null, 'activity'],
    ],
  ]
  for (const [what, register, rows, columns] of lists)
    it(`${what} are understood`, () => {
      const mapping = guessMapping(register, [{ name: 'Ark', rows: [...rows, ['a', 'b', 'c', 'd']] }])
      expect([mapping.columns, mapping.heading]).to.deep.equal([columns, rows.length - 1])
    })

  it('are looked for on every sheet', () => {
    const sheets = [
      { name: 'Forside', rows: [['Velkommen'], ['Se næste ark']] },
      { name: 'Liste', rows: [['Leverandør', 'Land']] },
    ]
    expect(guessMapping('register', sheets).sheet).to.equal('Liste')
  })

  it('that a person once chose are known the next time', () => {
    const sheets = [{ name: 'A', rows: [['Firma', 'Hvad de laver']] }]
    expect(guessMapping('register', sheets, new Map([['hvad de laver', 'activity']])).columns).to.deep.equal([
      'vendor',
      'activity',
    ])
  })
})

describe('What the export writes', () => {
  it('is no formula, and comes back as it was', () => {
    for (const text of ['=1+1', '+45 70', '-Drift', '@navn', "'=x", 'almindelig', "it's", "''=y"]) {
      expect(defused(text)).not.to.match(/^[=+\-@]/)
      expect(undefused(defused(text))).to.equal(text)
    }
  })

  it('has several records in a cell, whatever stands in them', () => {
    const records = [
      ['a|b', '', 'c\\d'],
      ['linje\nto', 'x'],
    ]
    expect(readLines(writeLines(records))).to.deep.equal(records)
  })
})
