import type { Paper } from './expected.js'
import { paper } from './paper.js'

// Written in other words and layouts than the rules were made on, and before they were run on any of these.

const qualified: Paper = {
  name: 'held-isae-3000-en-qualified',
  what: 'ISAE 3000 reasonable, type 2, en, qualified, last year unqualified, nothing said of other information',
  pdf: () =>
    paper(
      [
        { centred: 'Assurance report on controls over personal data', size: 20 },
        { centred: 'Oresund Messaging ApS', size: 16 },
        { centred: '1 October 2024 – 30 September 2025', size: 12 },
        'page',
        { heading: '1  Assertion by Oresund Messaging ApS' },
        {
          text: 'The accompanying description has been prepared for data controllers. We confirm that, in our opinion, the controls operated effectively from 1 October 2024 to 30 September 2025.',
        },
        'page',
        { heading: '2  Report of the independent practitioner' },
        { text: 'To Oresund Messaging ApS and the data controllers who use its services' },
        {
          text: 'We were engaged to provide assurance about the description and about the design and operating effectiveness of controls from 1 October 2024 to 30 September 2025. Our work was carried out under ISAE 3000 (Revised) and is designed to give reasonable assurance. For the year before, that is 1 October 2023 to 30 September 2024, an unqualified report was given on 4 December 2024.',
        },
        {
          text: 'Management’s comments in section 5 are other information; we give no conclusion on them and do not express an opinion about them.',
        },
        { heading: 'Matters giving rise to the qualification' },
        { text: 'For control B.6 we found that access of 4 of 15 consultants was not reviewed.' },
        { heading: 'Qualified conclusion' },
        {
          text: 'With the exception of the matter set out above, in our opinion the description is fairly presented and the controls were suitably designed and operated effectively, in all material respects, from 1 October 2024 to 30 September 2025.',
        },
        { text: 'Copenhagen, 1 December 2025' },
        { text: 'Grant Thornton\nGodkendt Revisionspartnerselskab\nCVR no. 34209936' },
      ],
      { font: 'own' },
    ),
  expected: {
    language: 'en',
    kind: 'isae-3000',
    type: 2,
    level: 'reasonable',
    period: { from: '2024-10-01', to: '2025-09-30' },
    issuedOn: '2025-12-01',
    auditor: 'Grant Thornton Godkendt Revisionspartnerselskab',
    auditorNumber: '34209936',
    entity: 'Oresund Messaging ApS',
    opinion: 'qualified',
  },
}

const refused: Paper = {
  name: 'held-soc-2-en-disclaimer',
  what: 'SOC 2 type 2, en, disclaimer, two columns, days in the American way, table of subservice organisations',
  pdf: () =>
    paper(
      [
        { title: 'SOC 2® – Trust Services Criteria' },
        {
          text: 'Tidewater Analytics LLC\nReport of Independent Accountants for the period 04/01/2025 through 03/31/2026',
        },
        'page',
        { heading: 'REPORT OF INDEPENDENT ACCOUNTANTS' },
        {
          columns: [
            'To the Members of Tidewater Analytics LLC. We were engaged to examine the accompanying description of the analytics platform for the period April 1, 2025 through March 31, 2026 and whether the controls were suitably designed and operating effectively. Tidewater Analytics LLC utilizes Amazon Web Services, Inc. for infrastructure; its controls are excluded from the description under the carve-out method.',
            'Management is responsible for the description and its assertion. Management did not provide us with the evidence of the change process that we asked for, and we were not able to perform other procedures in its place. Personnel that are well qualified were made available to us.',
            'Disclaimer of Opinion. Because of the significance of the matter in the paragraph above, we were unable to obtain sufficient appropriate evidence to provide a basis for an opinion. Accordingly, we do not express an opinion on the description, or on the suitability of the design or operating effectiveness of the controls.',
            'Kessler Brandt PLLC, Certified Public Accountants, Austin, Texas',
            'May 29, 2026',
          ],
        },
      ],
      { font: 'serif' },
    ),
  expected: {
    language: 'en',
    kind: 'soc-2',
    type: 2,
    period: { from: '2025-04-01', to: '2026-03-31' },
    issuedOn: '2026-05-29',
    auditor: 'Kessler Brandt PLLC',
    entity: 'Tidewater Analytics LLC',
    opinion: 'disclaimer',
    subservice: [{ name: 'Amazon Web Services, Inc.', method: 'carve-out' }],
  },
}

const summary: Paper = {
  name: 'held-soc-3-en',
  what: 'SOC 3, en, an opinion on the management’s assertion, which comes first',
  pdf: () =>
    paper([
      { title: 'SOC 3 Report' },
      { text: 'Relevant to Security, Availability and Confidentiality\nJuly 1, 2025 to June 30, 2026' },
      { heading: 'Assertion of Polaris Mail Corporation Management' },
      {
        text: 'We are responsible for designing, implementing and operating effective controls within the mail platform. We assert that the controls were effective throughout the period July 1, 2025 to June 30, 2026.',
      },
      { heading: 'Independent Service Auditor’s Report' },
      { text: 'To Polaris Mail Corporation:' },
      {
        text: 'We have examined Polaris Mail Corporation’s assertion that the controls within its mail platform were effective throughout the period July 1, 2025 to June 30, 2026, to provide reasonable assurance that its service commitments were achieved.',
      },
      { heading: 'Opinion' },
      {
        text: 'In our opinion, management’s assertion that the controls within the mail platform were effective throughout that period is fairly stated, in all material respects.',
      },
      { text: 'Whitfield Osei LLP\nDenver, Colorado\nAugust 14, 2026' },
    ]),
  expected: {
    language: 'en',
    kind: 'soc-3',
    level: 'reasonable',
    period: { from: '2025-07-01', to: '2026-06-30' },
    issuedOn: '2026-08-14',
    auditor: 'Whitfield Osei LLP',
    entity: 'Polaris Mail Corporation',
    opinion: 'unqualified',
  },
}

const year: Paper = {
  name: 'held-isae-3402-en',
  what: 'ISAE 3402 type 2, en, a year ended, inclusive, two columns, an unknown auditor',
  pdf: () =>
    paper(
      [
        { heading: 'Type 2 report under ISAE 3402' },
        { text: 'Fjellvik Hosting AS – for the year ended 31 December 2025' },
        {
          columns: [
            'Independent auditor’s assurance report on controls at a service organisation. To the Board of Directors of Fjellvik Hosting AS. We have been engaged to report on the description of the hosting services for the year ended 31 December 2025 and on the design and operation of controls related to the control objectives.',
            'Fjellvik Hosting AS uses Fjellvik Eiendom AS as a subservice organisation for buildings and power. The inclusive method has been used, so that its controls are part of the description and of our work.',
            'Our engagement was conducted in accordance with ISAE 3402 with the aim of obtaining reasonable assurance. Staff without qualified supervision may make errors; controls are subject to inherent limitations, and the projection to future periods is subject to risk.',
            'It is our opinion, in all material respects, that the description fairly presents the hosting services, that the controls were suitably designed, and that those we tested operated effectively throughout the year.',
            'Bergen, 27 February 2026',
            'Solheim Revisjon AS',
          ],
        },
      ],
      { size: 10 },
    ),
  expected: {
    language: 'en',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-02-27',
    auditor: 'Solheim Revisjon AS',
    entity: 'Fjellvik Hosting AS',
    opinion: 'unqualified',
    subservice: [{ name: 'Fjellvik Eiendom AS', method: 'inclusive' }],
  },
}

const letter: Paper = {
  name: 'held-bridge-da',
  what: 'bridge letter, da, the report before it named first',
  pdf: () =>
    paper([
      { text: 'Fjordhost A/S · Havnevej 4 · 2970 Hørsholm' },
      { text: 'Hørsholm, den 15. april 2026' },
      { heading: 'Broerklæring til vores ISAE 3402-erklæring' },
      {
        text: 'Den seneste erklæring fra vores revisor dækker 1. januar 2025 – 31. december 2025. For den mellemliggende tid fra 1. januar 2026 til 31. marts 2026 oplyser vi hermed, at kontrollerne efter vores bedste overbevisning er uændrede. Revisor har ikke gennemgået dette brev.',
      },
      { text: 'Med venlig hilsen\nPer Holm, direktør i Fjordhost A/S' },
    ]),
  expected: {
    language: 'da',
    kind: 'bridge-letter',
    period: { from: '2026-01-01', to: '2026-03-31' },
    issuedOn: '2026-04-15',
    entity: 'Fjordhost A/S',
  },
}

export const heldEnglish: readonly Paper[] = [qualified, refused, summary, year, letter]
