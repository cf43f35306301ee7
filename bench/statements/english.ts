import type { Paper } from './expected.js'
import { paper } from './paper.js'

/** "unqualified personnel", a period of last year, "do not express an opinion" about other information. */
const soc2: Paper = {
  name: 'soc-2-en',
  what: 'SOC 2 type 2, en, carve-out, traps: unqualified personnel, the prior period, no opinion on other information',
  pdf: () =>
    paper(
      [
        { title: 'Cedar Cloud, Inc.' },
        { heading: 'System and Organization Controls (SOC) 2 Type II Report' },
        {
          text: 'Report on Cedar Cloud, Inc.’s Description of Its Managed Hosting System and on the Suitability of the Design and Operating Effectiveness of Its Controls Relevant to Security and Availability',
        },
        { text: 'For the period January 1, 2025 to December 31, 2025' },
        { text: 'Prepared by: Harbor & Pine LLP, Certified Public Accountants' },
        'page',
        { heading: 'Table of Contents' },
        {
          text: 'Section I: Independent Service Auditor’s Report ...... 3\nSection II: Management’s Assertion ...... 5\nSection III: Description of the System ...... 6\nSection IV: Tests of Controls and Results of Tests ...... 8\nSection V: Other Information ...... 9',
        },
        'page',
        { heading: 'Section I: Independent Service Auditor’s Report' },
        { text: 'To: Management of Cedar Cloud, Inc.' },
        { heading: 'Scope' },
        {
          text: 'We have examined Cedar Cloud, Inc.’s description of its managed hosting system throughout the period January 1, 2025 to December 31, 2025, and the suitability of the design and operating effectiveness of controls stated in the description to provide reasonable assurance that its service commitments were achieved based on the trust services criteria relevant to security and availability.',
        },
        {
          text: 'Cedar Cloud, Inc. uses Granite Data Centers Ltd., a subservice organization, for colocation services. The description presents the controls using the carve-out method and does not disclose the actual controls at the subservice organization. Our examination did not extend to the controls of the subservice organization.',
        },
        {
          text: 'The information in Section V is presented by management to provide additional information. It has not been subjected to our procedures and, accordingly, we do not express an opinion on it.',
        },
        { heading: 'Service Auditor’s Responsibilities' },
        {
          text: 'Our responsibility is to express an opinion based on our examination, conducted in accordance with attestation standards established by the American Institute of Certified Public Accountants. Controls may fail where unqualified personnel operate them. The prior period’s report dated February 20, 2025 for the period January 1, 2024 to December 31, 2024 was qualified.',
        },
        { heading: 'Opinion' },
        {
          text: 'In our opinion, in all material respects, the description presents the system that was designed and implemented throughout the period January 1, 2025 to December 31, 2025, the controls stated in the description were suitably designed, and they operated effectively throughout that period, if complementary subservice organization controls and complementary user entity controls operated effectively.',
        },
        { heading: 'Restricted Use' },
        {
          text: 'This report is intended solely for the information and use of Cedar Cloud, Inc. and user entities of the system.',
        },
        { text: 'Harbor & Pine LLP\nBoston, Massachusetts\nFebruary 18, 2026' },
        'page',
        { heading: 'Section II: Management’s Assertion' },
        {
          text: 'We have prepared the description of the system of Cedar Cloud, Inc. and confirm, to the best of our knowledge and belief, that the controls operated effectively throughout the period January 1, 2025 to December 31, 2025. We did not receive a qualified or adverse opinion.',
        },
        'page',
        { heading: 'Section IV: Tests of Controls and Results of Tests' },
        {
          table: [
            ['Ref', 'Control', 'Test performed', 'Result'],
            ['CC6.1', 'Access requests are approved.', 'Inspected 25 requests.', 'No exceptions noted.'],
            [
              'CC6.2',
              'Access is removed within one day.',
              'Inspected 20 leavers.',
              'Exception noted: for 2 of 20 leavers access was removed after 9 days.',
            ],
            ['CC7.1', 'Changes are monitored.', 'Observed the monitoring.', 'No exceptions noted.'],
          ],
          widths: [50, 150, 130, 150],
        },
      ],
      { header: 'Cedar Cloud, Inc. | SOC 2 Type II | Confidential', footer: (page) => `Page ${page}` },
    ),
  expected: {
    language: 'en',
    kind: 'soc-2',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-02-18',
    auditor: 'Harbor & Pine LLP',
    entity: 'Cedar Cloud, Inc.',
    opinion: 'unqualified',
    subservice: [{ name: 'Granite Data Centers Ltd.', method: 'carve-out' }],
    exceptions: ['CC6.2'],
  },
}

const soc1: Paper = {
  name: 'soc-1-en',
  what: 'SOC 1 type 1, en, as of a date, serif, two columns',
  pdf: () =>
    paper(
      [
        { title: 'Payroll North Limited' },
        {
          heading:
            'Report on the description of a service organization’s system and the suitability of the design of controls (SOC 1® Type 1) as of 31 March 2026',
        },
        {
          columns: [
            'Independent Service Auditor’s Report. To the Board of Payroll North Limited. We have examined the description prepared by Payroll North Limited of its payroll processing system as of 31 March 2026 and the suitability of the design of controls to achieve the related control objectives stated in the description.',
            'We did not perform any procedures regarding the operating effectiveness of controls and, accordingly, do not express an opinion thereon. We conducted our examination in accordance with AT-C section 320 to obtain reasonable assurance.',
            'Because of their nature, controls at a service organization may not prevent, or detect and correct, all misstatements in processing or reporting transactions, and the projection of any evaluation to future periods is subject to risk.',
            'Opinion',
            'In our opinion, in all material respects, based on the criteria described in the assertion, the description fairly presents the payroll processing system that was designed and implemented as of 31 March 2026, and the controls related to the control objectives were suitably designed as of that date to provide reasonable assurance that the control objectives would be achieved.',
            'Thames & Weir LLP, Chartered Accountants, London, 12 May 2026',
          ],
        },
      ],
      { font: 'serif' },
    ),
  expected: {
    language: 'en',
    kind: 'soc-1',
    type: 1,
    level: 'reasonable',
    asOf: '2026-03-31',
    issuedOn: '2026-05-12',
    auditor: 'Thames & Weir LLP',
    entity: 'Payroll North Limited',
    opinion: 'unqualified',
  },
}

const adverse: Paper = {
  name: 'isae-3402-en-adverse',
  what: 'ISAE 3402 type 2, en, adverse opinion',
  pdf: () =>
    paper([
      {
        heading:
          'Independent service auditor’s assurance report on the description of controls, their design and operating effectiveness',
      },
      { text: 'ISAE 3402 Type 2' },
      { text: 'To the management of Baltic Backup AB' },
      { heading: 'Scope' },
      {
        text: 'We have been engaged to report on Baltic Backup AB’s description of its backup service for the period 1 January – 31 December 2025, and on the design and operation of controls related to the control objectives stated in the description.',
      },
      { heading: 'Our responsibility' },
      {
        text: 'We conducted our engagement in accordance with International Standard on Assurance Engagements 3402, issued by the International Auditing and Assurance Standards Board. That standard requires that we perform our procedures to obtain reasonable assurance.',
      },
      { heading: 'Basis for Adverse Opinion' },
      {
        text: 'Restore tests were not performed in the period, and we noted that access of leavers was not removed for 14 of 20 leavers tested. The control objectives concerned are pervasive to the service.',
      },
      { heading: 'Adverse Opinion' },
      {
        text: 'In our opinion, because of the significance of the matters described in the Basis for Adverse Opinion section, the controls did not operate effectively throughout the period from 1 January 2025 to 31 December 2025, and the description does not fairly present the service.',
      },
      { text: 'Stockholm, 6 March 2026' },
      { text: 'Mälaren Revision AB' },
    ]),
  expected: {
    language: 'en',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-03-06',
    auditor: 'Mälaren Revision AB',
    entity: 'Baltic Backup AB',
    opinion: 'adverse',
  },
}

const certificate: Paper = {
  name: 'iso-27001-en',
  what: 'ISO 27001:2022 certificate, en, label and value side by side',
  pdf: () =>
    paper(
      [
        { centred: 'Certificate of Registration', size: 26 },
        { centred: 'Information Security Management System – ISO/IEC 27001:2022', size: 16 },
        { centred: 'This is to certify that: Granite Data Centers Ltd.' },
        { centred: '4 Quarry Road, Dublin 12, Ireland' },
        { centred: 'holds Certificate Number: IS 771203', size: 12 },
        {
          centred:
            'and operates an information security management system which complies with the requirements of ISO/IEC 27001:2022 for the following scope: colocation. Statement of Applicability version 4.1.',
          size: 11,
        },
        {
          table: [
            ['Original registration date:', '2019-09-12', 'Effective date:', '2025-09-10'],
            ['Latest issue:', '2025-09-10', 'Expiry date:', '2028-09-09'],
          ],
          widths: [170, 150, 150, 150],
        },
        { centred: 'For and on behalf of Meridian Assurance Services', size: 11 },
      ],
      { landscape: true },
    ),
  expected: {
    language: 'en',
    kind: 'iso-27001',
    edition: '2022',
    entity: 'Granite Data Centers Ltd.',
    certificateNumber: 'IS 771203',
    issuedOn: '2025-09-10',
    expiresOn: '2028-09-09',
    body: 'Meridian Assurance Services',
  },
}

const bridge: Paper = {
  name: 'bridge-en',
  what: 'bridge letter, en, management’s word that names the report before it',
  pdf: () =>
    paper([
      { text: 'Cedar Cloud, Inc.\n12 Mill Street, Boston' },
      { text: 'March 20, 2026' },
      { heading: 'Re: SOC 2 bridge letter' },
      {
        text: 'Our most recent SOC 2 Type II report covered the period January 1, 2025 to December 31, 2025. This letter covers the period from January 1, 2026 to March 20, 2026 and is provided to bridge the gap until our next report.',
      },
      {
        text: 'To the best of our knowledge, there have been no material changes to our control environment during that time. This letter is not a substitute for the report, and no auditor has examined it.',
      },
      { text: 'Sincerely,\nDana Reeves, Chief Information Security Officer' },
    ]),
  expected: {
    language: 'en',
    kind: 'bridge-letter',
    period: { from: '2026-01-01', to: '2026-03-20' },
    issuedOn: '2026-03-20',
    entity: 'Cedar Cloud, Inc.',
  },
}

export const english: readonly Paper[] = [soc2, soc1, adverse, certificate, bridge]
