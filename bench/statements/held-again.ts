import type { Paper } from './expected.js'
import { paper } from './paper.js'

// Written after the rules were mended on the first held papers, and before they were run on any of these.

const calendar: Paper = {
  name: 'again-isae-3402-da-kalenderaar',
  what: 'ISAE 3402 type 2, da, the opinion before its basis, calendar year, an unnumbered two-column cover',
  pdf: () =>
    paper(
      [
        { title: 'Serverparken Horsens ApS' },
        { text: 'Revisionserklæring type 2 om generelle it-kontroller (ISAE 3402) for kalenderåret 2025' },
        'page',
        { heading: 'Uafhængig revisors erklæring' },
        { text: 'Til bestyrelsen i Serverparken Horsens ApS og selskabets kunder' },
        { heading: 'Konklusion' },
        {
          text: 'Vi har undersøgt de generelle it-kontroller for kalenderåret 2025. Det er vores opfattelse, at beskrivelsen i al væsentlighed er dækkende, og at kontrollerne i alle væsentlige henseender var hensigtsmæssigt udformet og virkede effektivt i hele kalenderåret 2025.',
        },
        { heading: 'Grundlag for konklusionen' },
        {
          text: 'Undersøgelsen er udført i henhold til ISAE 3402. Det opnåede bevis giver høj grad af sikkerhed. Medarbejdere uden kvalifikationer kan omgå kontroller. Sidste års erklæring af 5. marts 2025 indeholdt en konklusion med forbehold.',
        },
        { text: 'Horsens, d. 9. marts 2026' },
        { text: 'Beierholm\nGodkendt Revisionspartnerselskab\nCVR 32 89 54 68' },
      ],
      { font: 'own', footer: (page) => `Serverparken Horsens ApS  ${page}/2` },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-03-09',
    auditor: 'Beierholm Godkendt Revisionspartnerselskab',
    auditorNumber: '32895468',
    entity: 'Serverparken Horsens ApS',
    opinion: 'unqualified',
  },
}

const light: Paper = {
  name: 'again-isae-3000-en-limited',
  what: 'ISAE 3000 limited, type 1, en, "as at", a footnote with other assurance',
  pdf: () =>
    paper([
      {
        heading:
          'Independent auditor’s limited assurance report on compliance with data processing agreements as at 30 June 2026',
      },
      { text: 'To: Hvidsten Mail A/S and its customers' },
      {
        text: 'We have been engaged by Hvidsten Mail A/S to issue a limited assurance report on its description as at 30 June 2026 of measures for the protection of personal data. Our work did not comprise tests of operating effectiveness and we express no conclusion thereon.',
      },
      { heading: 'Auditor’s responsibility' },
      {
        text: 'We conducted our work in accordance with ISAE 3000 (Revised). The procedures are less in extent than for a reasonable assurance engagement, and so is the assurance obtained.',
      },
      { heading: 'Conclusion' },
      {
        text: 'Based on the procedures performed, nothing has come to our attention that causes us to believe that the description as at 30 June 2026 is not, in all material respects, fairly presented, or that the measures were not suitably designed.',
      },
      {
        text: 'Hellerup, 21 August 2026\nPricewaterhouseCoopers\nStatsautoriseret Revisionspartnerselskab\nCVR No. 33 77 12 31',
      },
    ]),
  expected: {
    language: 'en',
    kind: 'isae-3000',
    type: 1,
    level: 'limited',
    asOf: '2026-06-30',
    issuedOn: '2026-08-21',
    auditor: 'PricewaterhouseCoopers Statsautoriseret Revisionspartnerselskab',
    auditorNumber: '33771231',
    entity: 'Hvidsten Mail A/S',
    opinion: 'unqualified',
  },
}

const soc1: Paper = {
  name: 'again-soc-1-en-qualified',
  what: 'SOC 1 type 2, en, qualified without a heading that says so, one inclusive and one carved out',
  pdf: () =>
    paper(
      [
        { centred: 'BLUEFIN SETTLEMENT SERVICES LTD.', size: 18 },
        {
          centred:
            'SOC 1 Type 2 Report – Report on Controls Placed in Operation and Tests of Operating Effectiveness',
          size: 12,
        },
        { centred: 'April 1, 2025 – March 31, 2026', size: 12 },
        'page',
        { heading: 'INDEPENDENT SERVICE AUDITOR’S REPORT' },
        { text: 'Board of Directors\nBluefin Settlement Services Ltd.' },
        {
          text: 'We have examined the description of the settlement system of Bluefin Settlement Services Ltd. for the period April 1, 2025 to March 31, 2026. Bluefin Settlement Services Ltd. uses Corvid Print GmbH, a subservice organization, for printing; the description includes its controls under the inclusive method. It also uses Delta Vault Inc. for archiving; those controls are carved out.',
        },
        {
          text: 'As described in note 4, reconciliation of rejected payments was not performed between April 1, 2025 and June 30, 2025.',
        },
        {
          text: 'In our opinion, except for the matter described in the preceding paragraph, in all material respects, the description fairly presents the system, and the controls were suitably designed and operated effectively throughout the period April 1, 2025 to March 31, 2026.',
        },
        { text: 'Ernst & Young LLP\n\nHamilton, 30 May 2026' },
        'page',
        { heading: 'RESULTS OF TESTS' },
        {
          table: [
            ['No.', 'Control', 'Test', 'Result'],
            [
              '1.4',
              'Payments are reconciled daily.',
              'Reperformed 30 reconciliations.',
              'Deviation noted. Reconciliations were missing from April to June 2025.',
            ],
            ['1.5', 'Access is reviewed quarterly.', 'Inspected four reviews.', 'No deviations noted.'],
          ],
          widths: [40, 150, 130, 160],
        },
      ],
      { font: 'serif' },
    ),
  expected: {
    language: 'en',
    kind: 'soc-1',
    type: 2,
    period: { from: '2025-04-01', to: '2026-03-31' },
    issuedOn: '2026-05-30',
    auditor: 'Ernst & Young LLP',
    entity: 'Bluefin Settlement Services Ltd.',
    opinion: 'qualified',
    subservice: [
      { name: 'Corvid Print GmbH', method: 'inclusive' },
      { name: 'Delta Vault Inc.', method: 'carve-out' },
    ],
    exceptions: ['1.4'],
  },
}

const certificate: Paper = {
  name: 'again-iso-27001-en',
  what: 'ISO 27001:2022 certificate, en, labels to the left of their values',
  pdf: () =>
    paper([
      { title: 'CERTIFICATE' },
      { text: 'The certification body TÜV NORD CERT GmbH hereby certifies that the organization' },
      { heading: 'Gudenå Colocation A/S' },
      { text: 'Ringvejen 5, 8600 Silkeborg, Denmark' },
      { text: 'has established an information security management system in line with ISO/IEC 27001 : 2022' },
      {
        table: [
          ['Certificate registration No.', '44 121 2504417'],
          ['Valid from', '12 May 2025'],
          ['Valid until', '11 May 2028'],
          ['Initial certification', '2016'],
        ],
        widths: [180, 200],
      },
    ]),
  expected: {
    language: 'en',
    kind: 'iso-27001',
    edition: '2022',
    entity: 'Gudenå Colocation A/S',
    certificateNumber: '44 121 2504417',
    issuedOn: '2025-05-12',
    expiresOn: '2028-05-11',
    body: 'TÜV NORD CERT GmbH',
    sites: ['Ringvejen 5, 8600 Silkeborg'],
  },
}

const leaflet: Paper = {
  name: 'again-no-statement',
  what: 'a security leaflet that boasts of SOC 2 and ISO 27001: no statement at all',
  pdf: () =>
    paper([
      { title: 'Security at Nimbus Forms' },
      {
        text: 'Nimbus Forms Ltd. takes security seriously. We are ISO 27001 certified and our SOC 2 Type II report is available on request. In our opinion no competitor has better trained personnel.',
      },
      {
        text: 'Data are stored in Frankfurt. Between 1 January 2025 and 31 December 2025 the service was up 99.98 % of the time.',
      },
      { text: 'Updated 3 February 2026' },
    ]),
  expected: { language: 'en', entity: 'Nimbus Forms Ltd.' },
}

const controls: Paper = {
  name: 'again-isae-3000-da-kontroller',
  what: 'ISAE 3000 type 2, da, landscape tables of five columns over two pages, words parted in the cells',
  pdf: () =>
    paper(
      [
        {
          heading:
            'ISAE 3000 type 2-erklæring om Tangmose Data ApS’ behandling af personoplysninger i perioden 1. maj 2025 til 30. april 2026',
        },
        { heading: 'Den uafhængige revisors erklæring' },
        {
          text: 'Til Tangmose Data ApS og de dataansvarlige. Opgaven er udført efter ISAE 3000 med høj grad af sikkerhed.',
        },
        { heading: 'Konklusion med forbehold' },
        {
          text: 'Bortset fra kontrol C.7 og D.2 er det vores opfattelse, at kontrollerne i alle væsentlige henseender har fungeret effektivt i perioden 1. maj 2025 til 30. april 2026.',
        },
        {
          text: 'Viborg, den 1. juni 2026\nHedens Revision Statsautoriseret Revisionsaktieselskab · CVR-nr. 29403473',
        },
        'page',
        { heading: 'Resultat af test' },
        {
          table: [
            ['Kontrol', 'Aktivitet', 'Hyppighed', 'Revisors handlinger', 'Resultat'],
            [
              'C.3',
              'Medarbejdere efterprøves ved ansættelse.',
              'Løbende',
              'Inspiceret fire ansættelser.',
              'Ingen afvigelser noteret',
            ],
            [
              'C.7',
              'Medarbejdere undervises hvert år i databeskyttelse.',
              'Årligt',
              'Inspiceret deltagerlister.',
              'Vi har noteret følgende afvigelse: 11 af 40 medarbejdere har ikke deltaget i undervisningen.',
            ],
            [
              'D.2',
              'Oplysninger slettes efter aftalte frister.',
              'Månedligt',
              'Inspiceret sletning i tre systemer.',
              'Afvigelse: sletning er ikke udført i ét af tre systemer.',
            ],
            [
              'D.3',
              'Ved ophør tilbageleveres eller slettes oplysninger.',
              'Ved ophør',
              'Forespurgt.',
              'Ikke testet, da ingen kunder er ophørt i perioden.',
            ],
            [
              'G.1',
              'Overførsel sker kun med gyldigt grundlag.',
              'Løbende',
              'Inspiceret.',
              'Ej relevant. Der overføres ikke.',
            ],
            [
              'H.1',
              'Der bistås ved de registreredes rettigheder.',
              'Løbende',
              'Inspiceret procedure.',
              'Ingen afvigelser noteret',
            ],
          ],
          widths: [50, 190, 80, 170, 200],
        },
      ],
      { landscape: true, font: 'sans' },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3000',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-05-01', to: '2026-04-30' },
    issuedOn: '2026-06-01',
    auditor: 'Hedens Revision Statsautoriseret Revisionsaktieselskab',
    auditorNumber: '29403473',
    entity: 'Tangmose Data ApS',
    opinion: 'qualified',
    exceptions: ['C.7', 'D.2'],
    controls: {
      'C.3': 'no-exceptions',
      'C.7': 'exceptions',
      'D.2': 'exceptions',
      'D.3': 'not-tested',
      'G.1': 'not-applicable',
      'H.1': 'no-exceptions',
    },
  },
}

export const heldAgain: readonly Paper[] = [calendar, light, soc1, certificate, leaflet, controls]
