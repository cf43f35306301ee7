import { expect } from 'chai'
import { daysIn, periodsIn } from '../../src/statements/rules/proposing-days.js'
import { companiesIn } from '../../src/statements/rules/proposing-companies.js'
import { resultOf } from '../../src/statements/rules/proposing-controls.js'

describe('a period', () => {
  const year = ['2025-01-01', '2025-12-31']
  for (const [text, wanted] of [
    ['1. januar 2025 til 31. december 2025', year],
    ['i hele perioden fra den 1. januar 2025 til den 31. december 2025', year],
    ['perioden fra 1. januar til 31. december 2025', year],
    ['1. januar - 31. december 2025', year],
    ['01.01.2025 – 31.12.2025', year],
    ['2025-01-01 til og med 2025-12-31', year],
    ['for kalenderåret 2025', year],
    ['throughout the period January 1, 2025 to December 31, 2025', year],
    ['for the period 1 January – 31 December 2025', year],
    ['from 1st January 2025 through 31st December 2025', year],
    ['for the year ended 31 December 2025', year],
    ['for the twelve months ended December 31, 2025', year],
    ['between 1 January 2025 and 31 December 2025', year],
    ['1. juli 2024 t.o.m. 30. juni 2025', ['2024-07-01', '2025-06-30']],
    ['1 July – 30 June 2025', ['2024-07-01', '2025-06-30']],
    ['for the year ended 29 February 2028', ['2027-03-01', '2028-02-29']],
    // Written in the American way: the second day has no thirteenth month.
    ['04/01/2025 through 03/31/2026', ['2025-04-01', '2026-03-31']],
    ['1/4/2025 - 31/3/2026', ['2025-04-01', '2026-03-31']],
  ] as const)
    it(`is read from "${text}"`, () => {
      expect(periodsIn(text).map(({ from, to }) => [from, to])).to.deep.equal([wanted])
    })

  for (const text of [
    'dated 5 March 2025 and 6 March 2025',
    '31. december 2025 til 1. januar 2025',
    '30. februar 2025 til 31. december 2025',
    'på side 12 til 14',
    'as of 31 March 2026',
  ])
    it(`is not read from "${text}"`, () => expect(periodsIn(text)).to.deep.equal([]))

  it('says where a day may be read in two ways', () => {
    expect(daysIn('dated 3/1/2025')).to.deep.include({ day: '2025-01-03', at: 6, end: 14, doubtful: true })
    expect(daysIn('dated 15/1/2025')[0]).to.deep.include({ day: '2025-01-15', doubtful: false })
  })
})

describe('a company in a sentence', () => {
  for (const [text, names] of [
    ['Fjordhost A/S’ beskrivelse', ['Fjordhost A/S']],
    ['To the Board of Directors of Fjellvik Hosting AS.', ['Fjellvik Hosting AS']],
    ['March 31, 2026 Bluefin Services Ltd.', ['Bluefin Services Ltd.']],
    ['Til ledelsen i Søn & Far ApS og dets kunder', ['Søn & Far ApS']],
    ['Harbor & Pine LLP', ['Harbor & Pine LLP']],
    ['uses Delta Vault Inc. and Corvid Print GmbH for', ['Delta Vault Inc.', 'Corvid Print GmbH']],
    ['ISAE 3402 og GDPR', []],
  ] as const)
    it(`is ${names.join(', ') || 'not there'} in "${text}"`, () =>
      expect(companiesIn(text).map(({ name }) => name)).to.deep.equal(names))
})

describe('the result of a test', () => {
  for (const [text, result] of [
    ['Ingen afvigelser konstateret.', 'no-exceptions'],
    ['Vi har ikke konstateret afvigelser.', 'no-exceptions'],
    ['Der er ikke konstateret væsentlige afvigelser.', 'no-exceptions'],
    ['Ingen bemærkninger.', 'no-exceptions'],
    ['No exceptions noted.', 'no-exceptions'],
    ['No relevant exceptions were noted.', 'no-exceptions'],
    ['We did not identify any deviations.', 'no-exceptions'],
    [
      'Vi har konstateret, at 3 ud af 25 adgange ikke var godkendt. Ingen yderligere afvigelser konstateret.',
      'exceptions',
    ],
    ['Afvigelse: overvågningen var slået fra.', 'exceptions'],
    ['Exception noted: access was removed after 9 days.', 'exceptions'],
    ['Ingen afvigelser, dog er gennemgangen i juni ikke udført.', 'exceptions'],
    ['Der har ikke været tilfælde i perioden, og kontrollen er derfor ikke testet.', 'not-tested'],
    ['The control did not operate in the period: no occurrences.', 'not-tested'],
    ['Ikke relevant.', 'not-applicable'],
    ['Not applicable', 'not-applicable'],
    ['Inspiceret 25 adgange.', null],
  ] as const)
    it(`is ${result ?? 'not said'} in "${text}"`, () => expect(resultOf(text)).to.equal(result))
})
