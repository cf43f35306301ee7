import type { Paper } from './expected.js'
import { paper } from './paper.js'

// Written after the rules were mended on the third held papers, and before they were run on any of these.

const numbered: Paper = {
  name: 'fourth-isae-3402-da',
  what: 'ISAE 3402 type 2, da, numbered headings, other assurance quoted, two dates of signature',
  pdf: () =>
    paper(
      [
        { title: 'Revisorerklæring vedrørende outsourcing' },
        { text: 'Skagen Systemdrift A/S\nISAE 3402-II\nPeriode: 1/1-2025 – 31/12-2025' },
        'page',
        { heading: '1.0 Udtalelse fra ledelsen i Skagen Systemdrift A/S' },
        {
          text: 'Beskrivelsen er vores. Vi anser kontrollerne for at have fungeret effektivt i alle væsentlige henseender fra 1. januar 2025 til 31. december 2025. Vores datacenterleverandør Thy Colocation ApS har sin egen erklæring og er ikke omfattet (udeladelsesmetoden).',
        },
        { text: 'Skagen, 19. januar 2026' },
        'page',
        { heading: '2.0 Erklæring fra uafhængig revisor' },
        { text: 'Til ledelse og kunder i Skagen Systemdrift A/S' },
        { heading: '2.1 Opgaven' },
        {
          text: 'Vi har påtaget os at afgive erklæring om ledelsens beskrivelse og om kontrollernes udformning og funktion i tiden fra 1. januar 2025 til 31. december 2025. Opgaven er udført efter standarden ISAE 3402 og er tilrettelagt, så vi opnår høj grad af sikkerhed. Kunderne har også modtaget en ISAE 3000-erklæring med begrænset sikkerhed.',
        },
        { heading: '2.2 Konklusion' },
        {
          text: 'Vi finder, at beskrivelsen i alle væsentlige henseender er retvisende, at kontrollerne har været hensigtsmæssigt udformet, og at de har virket effektivt i tiden fra 1. januar 2025 til 31. december 2025.',
        },
        {
          text: 'Frederikshavn, 21. januar 2026\nVendsyssel Revision\nGodkendt revisionspartnerselskab\nCVR 29 40 34 73',
        },
      ],
      { font: 'own' },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-01-21',
    auditor: 'Vendsyssel Revision Godkendt revisionspartnerselskab',
    auditorNumber: '29403473',
    entity: 'Skagen Systemdrift A/S',
    opinion: 'unqualified',
    subservice: [{ name: 'Thy Colocation ApS', method: 'carve-out' }],
  },
}

const letterhead: Paper = {
  name: 'fourth-soc-2-en',
  what: 'SOC 2 type 1, en, qualified, the firm in a letterhead, a place in a sentence',
  pdf: () =>
    paper(
      [
        { text: 'LINDQVIST HARPER & CO. PLLC\n400 Market Street, Portland' },
        {
          heading:
            'INDEPENDENT SERVICE AUDITOR’S REPORT ON A DESCRIPTION OF A SERVICE ORGANIZATION’S SYSTEM (SOC 2, TYPE I)',
        },
        { text: 'To the Board of Directors of Juniper Forms Incorporated:' },
        {
          text: 'We have examined the description of the forms system of Juniper Forms Incorporated as of May 31, 2026 and the suitability of the design of its controls for security. The system runs in a data centre at Industriparken 40, 2750 Ballerup. A report as of May 31, 2025 was issued on July 1, 2025.',
        },
        { heading: 'Basis for Qualified Opinion' },
        { text: 'There was no control over the removal of access of leavers as of May 31, 2026.' },
        { heading: 'Qualified Opinion' },
        {
          text: 'In our opinion, except for the matter in the basis section, the description presents the system and the controls were suitably designed as of May 31, 2026, in all material respects.',
        },
        { text: 'July 9, 2026' },
      ],
      { font: 'serif' },
    ),
  expected: {
    language: 'en',
    kind: 'soc-2',
    type: 1,
    asOf: '2026-05-31',
    issuedOn: '2026-07-09',
    auditor: 'LINDQVIST HARPER & CO. PLLC',
    entity: 'Juniper Forms Incorporated',
    opinion: 'qualified',
    sites: ['Industriparken 40, 2750 Ballerup'],
  },
}

const gdpr: Paper = {
  name: 'fourth-isae-3000-en',
  what: 'ISAE 3000 type 2, en, the Danish controls translated, tables with the result first beneath the test',
  pdf: () =>
    paper(
      [
        { title: 'ISAE 3000 Type 2' },
        {
          text: 'Independent auditor’s report on information security and data protection at Samsø Signatur ApS for the period 1 March 2025 to 28 February 2026',
        },
        'page',
        { heading: 'Independent auditor’s report' },
        { text: 'To Samsø Signatur ApS and the data controllers' },
        {
          text: 'Scope: We were engaged to provide reasonable assurance about the processing of personal data by Samsø Signatur ApS throughout the period 1 March 2025 to 28 February 2026. Samsø Signatur ApS uses Hetzner Online GmbH as a sub-processor for servers; its controls are not included in this report (carve-out).',
        },
        {
          text: 'Opinion: In our opinion, the description is fair, and the controls were suitably designed and operated effectively, in all material respects, throughout the period.',
        },
        {
          text: 'Aarhus, 24 April 2026\nRSM Danmark Statsautoriseret Revisionspartnerselskab\nBusiness registration (CVR) no. 25492145',
        },
        'page',
        { heading: 'Control objectives, tests and results' },
        {
          table: [
            ['No.', 'Control activity', 'Test', 'Result of test'],
            ['B.2', 'A risk assessment has been made.', 'Inspected the assessment.', 'No deviations noted.'],
            [
              'B.12',
              'Changes follow procedures.',
              'Inspected 15 changes.',
              'For 1 of 15 changes we noted that the test was not documented.',
            ],
            ['F.4', 'Same obligations imposed.', 'Inspected three agreements.', 'No deviations noted.'],
            ['G.1', 'Transfers only on a valid basis.', 'Inquired.', 'N/A – no transfers.'],
          ],
          widths: [40, 150, 130, 160],
        },
      ],
      { font: 'sans', footer: (page) => `Samsø Signatur ApS | ${page}` },
    ),
  expected: {
    language: 'en',
    kind: 'isae-3000',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-03-01', to: '2026-02-28' },
    issuedOn: '2026-04-24',
    auditor: 'RSM Danmark Statsautoriseret Revisionspartnerselskab',
    auditorNumber: '25492145',
    entity: 'Samsø Signatur ApS',
    opinion: 'unqualified',
    subservice: [{ name: 'Hetzner Online GmbH', method: 'carve-out' }],
    exceptions: ['B.12'],
    controls: {
      'B.2': 'no-exceptions',
      'B.12': 'exceptions',
      'F.4': 'no-exceptions',
      'G.1': 'not-applicable',
    },
  },
}

const certificate: Paper = {
  name: 'fourth-iso-27001-en',
  what: 'ISO 27001:2022 certificate with an annex of places, en, dates with the month in the middle',
  pdf: () =>
    paper([
      { centred: 'Certificate of Approval', size: 24 },
      { centred: 'This certifies that the Information Security Management System of' },
      { centred: 'Odense Colo Holding A/S', size: 18 },
      { centred: 'complies with ISO/IEC 27001:2022' },
      { centred: 'Approval number: ISO27001-0098123' },
      { centred: 'Current issue date: 14 Feb 2025   Expiry date: 13 Feb 2028' },
      { centred: 'Issued by: Lillebælt Registrars Ltd.' },
      'page',
      { heading: 'Locations' },
      { text: 'Energivej 12, 5260 Odense S\nFabriksvej 7, 5700 Svendborg' },
    ]),
  expected: {
    language: 'en',
    kind: 'iso-27001',
    edition: '2022',
    entity: 'Odense Colo Holding A/S',
    certificateNumber: 'ISO27001-0098123',
    issuedOn: '2025-02-14',
    expiresOn: '2028-02-13',
    body: 'Lillebælt Registrars Ltd.',
    sites: ['Energivej 12, 5260 Odense S', 'Fabriksvej 7, 5700 Svendborg'],
  },
}

const test: Paper = {
  name: 'fourth-no-statement-en',
  what: 'a report of a penetration test: somebody’s report, and no statement of these kinds',
  pdf: () =>
    paper([
      { title: 'Penetration test report' },
      { text: 'Prepared for Juniper Forms Incorporated by Redfield Labs Ltd.' },
      {
        text: 'The test took place from 2 March 2026 to 13 March 2026. We found two issues of medium severity. In our view the application is well protected. The customer holds a SOC 2 report and an ISO 27001 certificate, which we have not seen.',
      },
      { text: '20 March 2026' },
    ]),
  expected: { language: 'en', entity: 'Juniper Forms Incorporated' },
}

export const heldFourth: readonly Paper[] = [numbered, letterhead, gdpr, certificate, test]
