import { expect } from 'chai'
import { propose } from '../../src/statements/rules/proposing.js'
import { withTakenRows } from '../../src/statements/form.js'

const read = (...said: string[]) => {
  const lines = ['ISAE 3402 type 2', 'Uafhængig revisors erklæring', ...said]
  return propose([{ page: 1, lines, rows: lines.map((text) => [{ x: 60, end: 500, text }]) }]).sites
}

// C.2: a data centre must be covered at its own address.
describe('the places a statement covers', () => {
  for (const [said, sites] of [
    [
      'Vores datacentre er beliggende på Herstedvang 8, 2620 Albertslund og Hørskætten 3, 2630 Taastrup.',
      ['Herstedvang 8, 2620 Albertslund DK', 'Hørskætten 3, 2630 Taastrup DK'],
    ],
    [
      'The data centre is located at Storgatan 5 B, 111 22 Stockholm.',
      ['Storgatan 5 B, 111 22 Stockholm SE'],
    ],
    [
      'Datacentret Høje Taastrup Boulevard 12, DK-2630 Taastrup er omfattet.',
      ['Høje Taastrup Boulevard 12, 2630 Taastrup DK'],
    ],
    [
      'Site: Hanauer Landstraße 298, 60314 Frankfurt am Main',
      ['Hanauer Landstraße 298, 60314 Frankfurt null'],
    ],
    [
      'Kontroller i datacentret på Ringvejen 5, 8600 Silkeborg er udeladt efter udeladelsesmetoden.',
      ['Ringvejen 5, 8600 Silkeborg DK carved out'],
    ],
    // The auditor's office.
    ['Nordrevision, Strandvejen 44, 2900 Hellerup', []],
    ['Vi har gennemgået 25 ændringer i 2025.', []],
  ] as const)
    it(`are ${sites.join(' and ') || 'none'} in "${said}"`, () => {
      const found = read(said).map(({ value }) =>
        [value.address, String(value.country), value.carvedOut ? 'carved out' : ''].join(' ').trim(),
      )
      expect(found).to.deep.equal(sites)
    })

  it('are taken over where a person says so: into the row of the register’s place, or a row of their own', () => {
    const sites = read(
      'Vores datacentre er beliggende på Herstedvang 8, 2620 Albertslund og Hørskætten 3, 2630 Taastrup.',
    )
    const body = {
      sites: [{ address: 'Herstedvang 8,  2620 Albertslund', country: 'DK', how: '' }],
      takeSites: ['0', '1'],
    }
    const filled = withTakenRows(body, { exceptions: [], subservice: [], sites })
    expect(filled['sites']).to.deep.equal([
      { address: 'Herstedvang 8,  2620 Albertslund', country: 'DK', how: 'covered' },
      { address: 'Hørskætten 3, 2630 Taastrup', country: 'DK', how: 'covered' },
    ])
    const none = withTakenRows({ sites: body.sites }, { exceptions: [], subservice: [], sites })
    expect(none['sites']).to.deep.equal(body.sites)
  })
})
