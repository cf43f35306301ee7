import type { Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { ordinaryAgreement, type Agreement, type ContactContent } from '../customers/rules.js'
import type { ServiceKey } from './register.js'

/** All invented, and named so. Their addresses end in .example, a top-level domain that leads nowhere (RFC 2606). */
export type SampleCustomer = {
  name: string
  from: Day
  services: readonly ServiceKey[]
  agreement: Agreement
  contacts: ContactContent[]
  caseNumber?: string
  isProcessor: boolean
}

type Terms = Partial<Agreement>
type Given = {
  from?: Day
  terms?: Terms
  also?: ContactContent[]
  caseNumber?: string
  isProcessor?: boolean
}

const office = ['microsoft-365', 'microsoft-365-backup', 'remote-support'] as const
const web = ['hosting', 'web-hosting'] as const

function contact(
  name: string,
  email: string,
  locale: Locale,
  more: Partial<ContactContent> = {},
): ContactContent {
  return { name, email, locale, dataProtection: true, mayApprove: false, ...more }
}

function customer(
  name: string,
  services: readonly ServiceKey[],
  first: ContactContent,
  { from = '2024-09-01', terms = {}, also = [], ...rest }: Given = {},
): SampleCustomer {
  return {
    name,
    from,
    services,
    agreement: { ...ordinaryAgreement, signedOn: from, ...terms },
    contacts: [first, ...also],
    isProcessor: false,
    ...rest,
  }
}

const ownList: Terms = { commonList: false }
const sixtyDays: Terms = { notice: { length: 60, unit: 'days' } }
const anyBasis: Terms = { transferInstruction: { kind: 'any-valid', countries: [] } }
const noTransfers: Terms = { transferInstruction: { kind: 'none', countries: [] } }

/** One data protection contact for five institutions: one mailbox, five customers. */
function skovbakke(): SampleCustomer[] {
  const institutions: [string, readonly ServiceKey[]][] = [
    ['Skovbakke Kommune, Rådhuset (opdigtet)', ['hosting', 'telephony', ...office]],
    ['Skovbakke Kommune, Børnehuset Solsikken (opdigtet)', ['telephony', 'microsoft-365']],
    ['Skovbakke Kommune, Åbakkeskolen (opdigtet)', ['web-hosting', 'microsoft-365', 'microsoft-365-backup']],
    ['Skovbakke Kommune, Plejecenter Ørnehøj (opdigtet)', ['telephony', 'tv']],
    ['Skovbakke Kommune, Bibliotek og Kulturhus (opdigtet)', ['web-hosting', 'tv']],
  ]
  return institutions.map(([name, services], place) =>
    customer(
      name,
      services,
      contact('Ditte Dalgaard', 'databeskyttelse@skovbakke-kommune.example', 'da', {
        title: 'Databeskyttelsesrådgiver',
        phone: '+45 00 00 00 01',
      }),
      {
        from: '2024-10-01',
        caseNumber: `SBK-2024-${String(1180 + place)}`,
        terms: { ...sixtyDays, breachHours: 12 },
        also: [
          contact('Mogens Møller', 'mogens.moeller@skovbakke-kommune.example', 'da', {
            title: 'It-chef',
            dataProtection: false,
            mayApprove: true,
          }),
        ],
      },
    ),
  )
}

export function sampleCustomers(): SampleCustomer[] {
  return [
    ...skovbakke(),
    customer(
      'Møllegårdens Mejeri A/S (opdigtet)',
      web,
      contact('Anna Ager', 'gdpr@moellegaarden.example', 'da'),
      {
        also: [
          contact('Bo Bro', 'bo@moellegaarden.example', 'da', { title: 'Økonomichef', mayApprove: true }),
        ],
      },
    ),
    customer(
      'Aabenraa Autoværksted ApS (opdigtet)',
      ['web-hosting', 'telephony'],
      contact('Aage Aas', 'aage@aautovaerksted.example', 'da'),
      {
        terms: ownList,
      },
    ),
    customer(
      'Østergades Tandlæger (opdigtet)',
      ['telephony', ...office],
      contact('Ellen Øst', 'persondata@tandlaegerne.example', 'da'),
      {
        terms: { authorisation: 'specific' },
        caseNumber: 'TAND-77',
      },
    ),
    customer(
      'Ørsted Ure og Smykker (opdigtet)',
      ['web-hosting'],
      contact('Ulla Ur', 'butik@oersted-ure.example', 'da'),
      {
        from: '2025-02-01',
      },
    ),
    customer(
      'Klinikdata Drift ApS (opdigtet)',
      ['hosting', 'consultancy'],
      contact('Kim Klink', 'dpo@klinikdata.example', 'da', { title: 'DPO' }),
      {
        from: '2024-11-15',
        terms: { ...sixtyDays, ...ownList },
        caseNumber: 'KD-2024-031',
        isProcessor: true,
      },
    ),
    customer(
      'Advokatfirmaet Lind & Lund (opdigtet)',
      ['hosting', ...office],
      contact('Lise Lund', 'compliance@lindlund.example', 'da'),
      {
        terms: { authorisation: 'specific', ...noTransfers, notice: { length: 20, unit: 'business-days' } },
        caseNumber: 'LL-4402',
        also: [
          contact('Lars Lind', 'lars.lind@lindlund.example', 'da', {
            title: 'Direktør',
            dataProtection: false,
            mayApprove: true,
          }),
        ],
      },
    ),
    customer(
      'Fjordens Friskole (opdigtet)',
      ['web-hosting', 'microsoft-365'],
      contact('Frida Fjord', 'kontor@fjordensfriskole.example', 'da'),
    ),
    customer(
      'Havnens Rederi A/S (opdigtet)',
      ['hosting', 'telephony'],
      contact('Helge Havn', 'it@havnensrederi.example', 'da'),
      {
        from: '2025-06-01',
        terms: { ...anyBasis, ...ownList },
      },
    ),
    customer(
      'Hedelandets Boligforening (opdigtet)',
      ['tv', 'web-hosting'],
      contact('Hanne Hede', 'persondata@hedelandet.example', 'da'),
      {
        terms: { objectionUntil: 'period-end' },
      },
    ),
    customer(
      'Sølvbjerg Revision (opdigtet)',
      office,
      contact('Søren Sølv', 'soeren@soelvbjerg.example', 'da'),
      {
        from: '2025-03-01',
        terms: { replacementNeedsApproval: true, notice: { length: 1, unit: 'months' } },
      },
    ),
    customer(
      'Tårnby Taxa ApS (opdigtet)',
      ['telephony'],
      contact('Tove Tårn', 'drift@taarntaxa.example', 'da'),
      {
        terms: ownList,
      },
    ),
    customer(
      'Vestkystens Fiskeauktion (opdigtet)',
      web,
      contact('Viggo Vest', 'viggo@fiskeauktion.example', 'da'),
      {
        terms: { counts: 'dispatch', ...anyBasis },
      },
    ),
    customer(
      'Zonens Padelhal (opdigtet)',
      ['web-hosting', 'remote-support'],
      contact('Zenia Zone', 'zenia@padelzonen.example', 'da'),
      {
        from: '2026-01-01',
        terms: ownList,
      },
    ),
    customer(
      'Æblehavens Plantage I/S (opdigtet)',
      ['hosting'],
      contact('Ævar Æble', 'gdpr@aeblehaven.example', 'da'),
      {
        terms: { notice: { length: 3, unit: 'months' } },
      },
    ),
    customer(
      'Northlight Design Ltd (sample)',
      ['hosting', 'microsoft-365'],
      contact('Nora North', 'privacy@northlight.example', 'en'),
      {
        from: '2025-01-15',
        terms: anyBasis,
        caseNumber: 'NL/DPA/9',
      },
    ),
    customer(
      'Baltic Timber Trading (sample)',
      ['hosting', 'telephony'],
      contact('Brian Balt', 'legal@baltictimber.example', 'en', { title: 'Head of Legal', mayApprove: true }),
      {
        terms: { transferInstruction: { kind: 'countries', countries: ['CH', 'GB'] }, ...sixtyDays },
      },
    ),
    customer(
      'Harbour Analytics ApS (sample)',
      web,
      contact('Hazel Harper', 'dpo@harbouranalytics.example', 'en', { title: 'DPO' }),
      {
        from: '2025-09-01',
        terms: { notice: { length: 20, unit: 'business-days' }, breachHours: 48 },
        also: [contact('Henry Hill', 'henry@harbouranalytics.example', 'en')],
      },
    ),
    customer(
      'International School of Fjordby (sample)',
      ['web-hosting', ...office],
      contact('Ida Inman', 'data@fjordby-school.example', 'en'),
      {
        terms: { authorisation: 'specific', objectionUntil: 'period-end' },
      },
    ),
    customer(
      'Polar Shipping Services (sample)',
      ['hosting', 'consultancy'],
      contact('Peter Pole', 'privacy@polarshipping.example', 'en'),
      {
        terms: noTransfers,
      },
    ),
    customer(
      'Green Valley Foods A/S (sample)',
      ['telephony', 'tv', 'microsoft-365'],
      contact('Gina Green', 'gdpr@greenvalley.example', 'en'),
      {
        from: '2024-12-01',
        terms: { replacementNeedsApproval: true, ...ownList },
      },
    ),
  ]
}
