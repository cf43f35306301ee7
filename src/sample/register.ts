import type { Bilingual } from '../base/context.js'
import { addDays, type Day } from '../base/day.js'
import type { NewEngagement, NewVendor } from '../register/actions.js'
import type { DataCategory } from '../register/rules.js'

/**
 * What a processor's register looks like on the day it is first typed in. The names, numbers, addresses and descriptions of
 * the sub-processors are those of Annex B.1 of PowerNet's data processing agreement (version 1.0, July 2024), as published:
 * letters struck out there stay struck out, and what B.1 does not say (countries, contacts) is left open, so that the
 * register shows what is missing.
 */
export const listFrom: Day = '2024-07-01'

export const serviceKeys = [
  'hosting',
  'web-hosting',
  'telephony',
  'tv',
  'microsoft-365',
  'microsoft-365-backup',
  'remote-support',
  'consultancy',
] as const
export type ServiceKey = (typeof serviceKeys)[number]

/** Annex A.1 and B.1 name what is delivered. */
export const serviceNames: Record<ServiceKey, Bilingual> = {
  hosting: { da: 'Hosting og drift', en: 'Hosting and operations' },
  'web-hosting': { da: 'Webhotel', en: 'Web hosting' },
  telephony: { da: 'Telefoni (PowerNet Connect)', en: 'Telephony (PowerNet Connect)' },
  tv: { da: 'TV-løsninger', en: 'TV' },
  'microsoft-365': { da: 'Microsoft 365', en: 'Microsoft 365' },
  'microsoft-365-backup': { da: 'Backup af Microsoft 365', en: 'Microsoft 365 backup' },
  'remote-support': { da: 'Fjernsupport', en: 'Remote support' },
  consultancy: { da: 'Konsulentydelser', en: 'Consultancy' },
}

export type SampleEngagement = Omit<NewEngagement, 'vendor' | 'services' | 'sample'> & {
  services: readonly ServiceKey[]
}
export type SampleVendor = {
  vendor: Omit<NewVendor, 'sample'>
  engagements: SampleEngagement[]
  /** Stands on the list every customer accepted at signing. */
  onList?: true
}

export const nothingMore: Omit<SampleEngagement, 'role' | 'services' | 'activity'> = {
  dataCategories: ['ordinary'],
  // A.4: the controller's employees, its own customers and their employees.
  subjects: ['employees', 'customers'],
  storageCountries: [],
  accessCountries: [],
  places: [],
  transfers: [],
  parent: null,
  contract: null,
  dueDiligence: null,
  from: listFrom,
}

function printed(
  vendor: Pick<NewVendor, 'name' | 'registration' | 'address' | 'country'>,
  services: readonly ServiceKey[],
  activity: Bilingual,
  dataCategories: DataCategory[] = ['ordinary'],
): SampleVendor {
  return {
    vendor: { ...vendor, contacts: [], from: listFrom },
    engagements: [
      {
        ...nothingMore,
        role: 'sub-processor',
        services,
        activity,
        dataCategories,
        inUse: { since: listFrom, until: null },
      },
    ],
    onList: true,
  }
}

/** Annex B.1, row by row. */
const listed: SampleVendor[] = [
  printed(
    {
      name: 'Telecom X ApS',
      registration: { kind: 'CVR', number: '35645845' },
      address: 'Xxxxxxxxxxx 0, 0000 Xxxxxxxxxxx',
      country: 'DK',
    },
    ['telephony', 'tv'],
    { da: 'Telefoni og TV-løsninger', en: 'Telephony and TV' },
    // C.2: CPR numbers keyed in on the telephone are confidential.
    ['ordinary', 'confidential'],
  ),
  printed(
    {
      name: 'Microsoft Ireland Operations, Ltd.',
      registration: null,
      address: 'Xxx Xxxxxxxxx Xxxxx, Xxxxx Xxxxxx Xxxxxxxx Xxxx, Xxxxxxxxxxxx, Xxxxxx 00, X00 X000, Xxxxxxx',
      country: null,
    },
    ['microsoft-365'],
    { da: 'Cloud platform. Microsoft O365', en: 'Cloud platform. Microsoft O365' },
    // C.2: on the universal cloud platforms special categories are assumed.
    ['ordinary', 'special'],
  ),
  printed(
    {
      name: 'Teamviewer Germany GmbH',
      registration: null,
      address: 'Xxxxxxxxxxxxx 0 X-00000 Xxxxxxxxx Xxxxxxx',
      country: null,
    },
    ['remote-support'],
    { da: 'Software til fjernsupport', en: 'Software for remote support' },
  ),
  printed(
    {
      name: 'WebPros International GmbH',
      registration: null,
      address: 'Xxxxxxxxxxx 00, 0000 Xxxxxxxxxxxx / Xxxxxxxxxxx',
      country: null,
    },
    ['web-hosting'],
    { da: 'Plesk web hosting', en: 'Plesk web hosting' },
  ),
  {
    ...printed(
      {
        name: 'Visma e-conomic A/S',
        registration: { kind: 'CVR', number: '29403473' },
        address: 'Gærtorvet 3, 1799 København V',
        country: 'DK',
      },
      // Every customer is invoiced, whatever it buys.
      serviceKeys,
      { da: 'Regnskabsprogram til fakturering', en: 'Accounting software for invoicing' },
    ),
  },
  printed(
    {
      name: 'Kaseya, Datto',
      registration: null,
      address: '000 Xxxxxxxx Xxx #000, Xxxxx, XX 00000',
      country: null,
    },
    ['microsoft-365-backup'],
    { da: 'Backup af MS365 tenants', en: 'Backup of MS365 tenants' },
    ['ordinary', 'special'],
  ),
  printed(
    {
      name: 'Xxx.xxx Group AB',
      registration: { kind: 'SE', number: '559205- 2400' },
      address: 'Xxxxxxxxxx 0 Xxxxx, 000 00 Xxxxx, Sverige',
      country: 'SE',
    },
    ['hosting', 'web-hosting'],
    { da: 'Hosting, webhotel', en: 'Hosting, web hosting' },
  ),
]

/** C.5: own infrastructure in colocation. Who runs the data centres is not said; C.2 demands ISAE 3402 type 2 of them. */
const dataCentres: SampleVendor[] = [
  ['Herstedvang 8', '2620 Albertslund'],
  ['Hørskætten 3', '2630 Taastrup'],
].map(([street, town]): SampleVendor => ({
  vendor: {
    name: `Datacenter ${street} (egen infrastruktur)`,
    registration: null,
    noRegistrationBecause: 'Bilag C.5 nævner kun adressen, ikke hvem der driver datacentret.',
    address: `${street}, ${town}`,
    country: 'DK',
    contacts: [],
    from: listFrom,
  },
  engagements: [
    {
      ...nothingMore,
      role: 'own-vendor',
      services: ['hosting', 'web-hosting', 'telephony'],
      activity: {
        da: 'Colocation: databehandlerens egen infrastruktur i datacenter (bilag C.5)',
        en: 'Colocation: the processor’s own infrastructure in a data centre (Annex C.5)',
      },
      storageCountries: ['DK'],
      accessCountries: ['DK'],
      places: [{ kind: 'data-centre', address: `${street}, ${town}`, country: 'DK' }],
      assurance: { owed: true, kind: 'ISAE 3402 type 2', clause: 'C.2' },
      inUse: { since: listFrom, until: null },
    },
  ],
}))

/** Systems for the house's own purposes, as Twentyfour's compliance page lists them: vendors, not sub-processors. */
const systems: [vendor: string, system: string, da: string, en: string][] = [
  [
    'Google',
    'Google Suite',
    'E-mail tjenester & dokumenter i cloud opbevaring',
    'E-mail and documents in cloud storage',
  ],
  ['Google', 'Google Analytics', 'Marketing', 'Marketing'],
  ['Google', 'Google AdWords', 'Marketing', 'Marketing'],
  ['Pipedrive', 'Pipedrive', 'Kunderelationsstyring (CRM)', 'Customer relations (CRM)'],
  ['Basecamp', 'Basecamp', 'Kommunikations- og projektstyring', 'Communication and project management'],
  ['1Password', '1Password', 'Sikker login opbevaring', 'Safe keeping of passwords'],
  ['Campaign Monitor', 'Campaign Monitor', 'Marketing', 'Marketing'],
  ['New Relic', 'New Relic', 'Overvågning', 'Monitoring'],
  ['Facebook', 'Facebook pixel', 'Marketing', 'Marketing'],
  ['BitBucket', 'BitBucket', 'Kodeopbevaring', 'Source code'],
  ['Github', 'Github', 'Kodeopbevaring', 'Source code'],
  ['Slack', 'Slack', 'Intern kommunikation', 'Internal communication'],
  ['Weekdone', 'Weekdone', 'Rapportering', 'Reporting'],
  // The same entity as in B.1, in another role: the house's own books.
  ['Visma e-conomic A/S', 'E-conomic', 'Regnskab', 'Accounting'],
]

function ownSystem([, system, da, en]: (typeof systems)[number]): SampleEngagement {
  return {
    ...nothingMore,
    role: 'own-vendor',
    services: [],
    activity: { da: `${system}: ${da}`, en: `${system}: ${en}` },
    inUse: { since: listFrom, until: null },
  }
}

function vendorsOfSystems(): SampleVendor[] {
  const known = new Set(listed.map(({ vendor }) => vendor.name))
  const names = [...new Set(systems.map(([name]) => name))].filter((name) => !known.has(name))
  return names.map((name) => ({
    vendor: { name, registration: null, address: '', country: null, contacts: [], from: listFrom },
    engagements: systems.filter(([vendor]) => vendor === name).map(ownSystem),
  }))
}

/** "Et dansk hostingfirma, Curanet A/S … Servere er placeret i Danmark": a supplier there, on nobody's list here. */
const curanet: SampleVendor = {
  vendor: {
    name: 'Curanet A/S',
    registration: null,
    address: '',
    country: 'DK',
    contacts: [],
    from: listFrom,
  },
  engagements: [
    {
      ...nothingMore,
      role: 'sub-processor',
      services: ['hosting', 'web-hosting'],
      activity: { da: 'Hosting: drift af servere i Danmark', en: 'Hosting: operation of servers in Denmark' },
      storageCountries: ['DK'],
    },
  ],
}

/** Planned and ready to be announced, so that a newcomer can draft a notice at once. */
function planned(today: Day): SampleVendor {
  return {
    vendor: {
      name: 'Fjordbackup ApS (opdigtet)',
      registration: null,
      noRegistrationBecause: 'Opdigtet virksomhed uden CVR-nummer.',
      address: 'Eksempelkajen 12, 8000 Aarhus C',
      country: 'DK',
      website: 'https://fjordbackup.example',
      contacts: [
        {
          name: 'Karla Kyst',
          email: 'databeskyttelse@fjordbackup.example',
          phone: '+45 00 00 00 00',
          role: 'data-protection',
          locale: 'da',
        },
      ],
      from: today,
    },
    engagements: [
      {
        ...nothingMore,
        role: 'sub-processor',
        services: ['hosting', 'web-hosting'],
        activity: {
          da: 'Ekstern backup af hostede servere og webhoteller',
          en: 'Off-site backup of hosted servers and web sites',
        },
        dataCategories: ['ordinary', 'confidential'],
        subjectCount: 'over-10000',
        storageCountries: ['DK'],
        accessCountries: ['DK'],
        places: [{ kind: 'data-centre', address: 'Eksempelkajen 12, 8000 Aarhus C', country: 'DK' }],
        contract: { dpaVersion: '1.0', signedOn: addDays(today, -14), template: 'ours' },
        dueDiligence: { concludedOn: addDays(today, -10), conclusion: 'accepted' },
        theirNotice: { length: 45, unit: 'days' },
        assurance: { owed: true, kind: 'ISAE 3402 type 2', clause: 'C.2' },
        from: today,
      },
    ],
  }
}

export function sampleVendors(today: Day): SampleVendor[] {
  const withBooks = listed.map((entry) => ({
    ...entry,
    engagements: [
      ...entry.engagements,
      ...systems.filter(([vendor]) => vendor === entry.vendor.name).map(ownSystem),
    ],
  }))
  return [...withBooks, ...dataCentres, ...vendorsOfSystems(), curanet, planned(today)]
}
