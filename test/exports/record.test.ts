import { expect } from 'chai'
import type { Transfer } from '../../src/transfers/rules.js'
import { partyName } from '../../src/exports/page/record.js'
import { areasMissing, measuresOn, noMeasures, withMeasures } from '../../src/exports/rules/measures.js'
import {
  categoriesOf,
  processedForOn,
  restsOnCompellingInterest,
  rowsInUseOf,
  thirdCountriesOf,
  whereaboutsMissing,
} from '../../src/exports/rules/record.js'
import { isLater, manifestProblem } from '../../src/exports/rules/whole-manifest.js'
import { manifestPieces, unpacksTooFar } from '../../src/exports/rules/whole-data.js'
import { aContent } from '../notices/builders.js'
import { shippedLaw } from '../../src/transfers/rules.js'

const on = '2026-11-23'
const row = (reference: string, changes: Parameters<typeof aContent>[0] = {}) => ({
  reference,
  content: aContent(changes),
})
const scc: Transfer = { country: 'US', basis: 'scc-2021', module: 3 }

describe('The record of processing, Art. 30(2)', () => {
  it('is kept for whom we processed on the day: from the first agreement until the customer left', () => {
    const from = (first: string | null, endedOn: string | null) => ({
      agreements: first === null ? [] : ([{ from: first }] as never),
      endedOn,
    })
    expect(processedForOn(from('2026-11-23', null), on)).to.equal(true)
    expect(processedForOn(from('2026-11-24', null), on)).to.equal(false)
    expect(processedForOn(from('2024-01-01', '2026-11-24'), on)).to.equal(true)
    expect(
      processedForOn(from('2024-01-01', '2026-11-23'), on),
      'the first day it no longer is one',
    ).to.equal(false)
    expect(processedForOn(from(null, null), on), 'no agreement is on record').to.equal(true)
  })

  it('(a) does not call a customer a controller that is itself a processor', () => {
    expect(partyName({ name: 'Klinikdata ApS', isProcessor: true }, 'en')).to.equal(
      'Klinikdata ApS (itself a processor for others)',
    )
    expect(partyName({ name: 'Skovbakke Kommune', isProcessor: false }, 'da')).to.equal('Skovbakke Kommune')
  })

  it('(b) names a category for each service bought, and nothing that is approved for others only', () => {
    const rows = [
      row('E-0001', { services: ['hosting'] }),
      row('E-0002', { services: ['hosting', 'tv'] }),
      row('E-0003', { services: ['m365'] }),
    ]
    expect(categoriesOf(['tv', 'hosting', 'phone'], rows)).to.deep.equal([
      { service: 'tv', rows: [rows[1]] },
      { service: 'hosting', rows: [rows[0], rows[1]] },
      { service: 'phone', rows: [] },
    ])
    expect(rowsInUseOf(['tv'], rows)).to.deep.equal([rows[1]])
  })

  it('(c) names each third country of storage or access, with its basis or that there is none', () => {
    const rows = [
      row('E-0001', { storageCountries: ['DK'], accessCountries: ['NO', 'US', 'IN'], transfers: [scc] }),
      row('E-0002', { storageCountries: ['SE'], accessCountries: ['SE'], transfers: [scc] }),
    ]
    const found = thirdCountriesOf(rows, { law: shippedLaw, day: on })
    expect(
      found.map(({ country, row: { reference }, transfer }) => [country, reference, transfer?.basis ?? null]),
    ).to.deep.equal([
      ['US', 'E-0001', 'scc-2021'],
      ['IN', 'E-0001', null],
    ])
  })

  it('(c) cannot say that nothing is transferred where it is not known where the data are', () => {
    const rows = [
      row('E-0001'),
      row('E-0002', { storageCountries: [] }),
      row('E-0003', { accessCountries: [] }),
    ]
    expect(whereaboutsMissing(rows).map(({ reference }) => reference)).to.deep.equal(['E-0002', 'E-0003'])
  })

  it('(c) documents the safeguards where a transfer rests on Art. 49(1), second subparagraph', () => {
    const of = (transfer: Transfer) =>
      restsOnCompellingInterest({ country: 'US', row: row('E-0001'), transfer })
    expect(of({ country: 'US', basis: 'art-49', derogation: 'second' })).to.equal(true)
    expect(of({ country: 'US', basis: 'art-49', derogation: 'a' })).to.equal(false)
    expect(of(scc)).to.equal(false)
  })

  it('(d) shows the measures as described on the day, and says which areas of C.2 are not', () => {
    const first = { ...noMeasures, physical: { da: 'Låste døre', en: 'Locked doors' } }
    const second = { ...first, access: { da: 'Roller', en: '' } }
    const versions = withMeasures(withMeasures([], first, '2026-01-01'), second, '2026-06-01')
    expect(measuresOn(versions, '2025-12-31')).to.equal(null)
    expect(measuresOn(versions, '2026-05-31')).to.deep.equal(first)
    expect(measuresOn(versions, '2026-06-01')).to.deep.equal(second)
    expect(withMeasures(versions, first, '2026-06-01')).to.have.length(2)
    expect(areasMissing(second, 'da')).to.deep.equal(['encryption', 'operations', 'communications', 'mobile'])
    expect(areasMissing(second, 'en')).to.include('access')
    expect(areasMissing(null, 'da')).to.have.length(6)
  })
})

describe('The manifest of whole data', () => {
  const manifest = {
    format: 'tilsyn-whole-data-1',
    made: { version: '1.4.0' },
    read: {},
    log: { sequence: 1, hash: 'x', later: 0 },
    collections: { people: 1 },
    files: { count: 0, lost: [] },
    leftOut: {},
    members: [{ path: 'records/people.ndjson', size: 1, sha256: 'a'.repeat(64) }],
  }
  for (const [what, value, why] of [
    ['is taken as it is made', manifest, null],
    ['is refused when it is no object', [], /no JSON object/],
    [
      'is refused from a later format',
      { ...manifest, format: 'tilsyn-whole-data-9' },
      /tilsyn-whole-data-9.*matches/,
    ],
    [
      'is refused from a later release',
      { ...manifest, made: { version: '1.5.0' } },
      /made by Tilsyn 1\.5\.0, and this is Tilsyn 1\.4\.2.*or a later one/,
    ],
    ['is refused without its version', { ...manifest, made: {} }, /incomplete/],
    ['is refused when it is of something else', { ...manifest, format: 1 }, /not one of/],
    ['is refused with a count that is none', { ...manifest, collections: { people: -1 } }, /incomplete/],
    [
      'is refused with a size beyond numbers',
      { ...manifest, members: [{ ...manifest.members[0], size: 1e300 }] },
      /incomplete/,
    ],
    [
      'is refused with a hash that is none',
      { ...manifest, members: [{ ...manifest.members[0], sha256: 'x' }] },
      /incomplete/,
    ],
  ] as const)
    it(what, () => {
      const problem = manifestProblem(value, '1.4.2')
      if (why === null) expect(problem).to.equal(null)
      else expect(problem).to.match(why)
    })

  it('knows a later release by its numbers', () => {
    for (const [version, than, later] of [
      ['1.4.0', '1.4.0', false],
      ['1.4.0', '1.4.0-rc.1', false],
      ['1.3.9', '1.4.0', false],
      ['1.4', '1.4.0', false],
      ['1.4.0', '1.4', false],
      ['1.4.1', '1.4.0', true],
      ['1.10.0', '1.9.3', true],
      ['2.0.0', '1.9.3', true],
      // What is no version at all is not trusted.
      ['next', '1.9.3', true],
    ] as const)
      expect(isLater(version, than), `${version} than ${than}`).to.equal(later)
  })

  it('is written some members at a time, and reads as one', () => {
    const members = Array.from({ length: 1203 }, (_, at) => ({
      path: `files/${at}`,
      size: at,
      sha256: 'b'.repeat(64),
    }))
    for (const some of [[], members.slice(0, 1), members.slice(0, 500), members]) {
      const pieces = [...manifestPieces({ ...manifest, members: some } as never)]
      expect(JSON.parse(pieces.join(''))).to.deep.equal({ ...manifest, members: some })
    }
  })

  it('does not let a small file unpack to anything', () => {
    expect(unpacksTooFar(1_000_000, 100_000_000)).to.equal(false)
    expect(unpacksTooFar(1_000, 10_000_000)).to.equal(false)
    expect(unpacksTooFar(1_000_000, 10_000_000_000)).to.equal(true)
  })
})
