import { addDays } from '../base/day.js'
import { listFrom, nothingMore, type SampleVendor } from './register.js'

/**
 * Sub-processors that do not exist, so that a year of supervision can be shown with answers, statements and findings: of those
 * that Annex B.1 names nothing is invented. They work on the consultancy only, which two of the invented customers buy.
 */
export const inventedNames = {
  backup: 'Eksempel Backup ApS (opdigtet)',
  archive: 'Eksempel Arkiv A/S (opdigtet)',
  advice: 'Eksempel Rådgivning ApS (opdigtet)',
} as const

const archiveAddress = 'Eksempelgade 7, 8600 Silkeborg'

export function inventedVendors(): SampleVendor[] {
  const signed = { dpaVersion: '2.1', signedOn: addDays(listFrom, -30), template: 'ours' } as const
  const vendor = (name: string, address: string, domain: string, person: string): SampleVendor['vendor'] => ({
    name,
    registration: null,
    noRegistrationBecause: 'Opdigtet virksomhed uden CVR-nummer.',
    address,
    country: 'DK',
    website: `https://${domain}`,
    contacts: [
      {
        name: person,
        email: `databeskyttelse@${domain}`,
        phone: '+45 00 00 00 00',
        role: 'data-protection',
        locale: 'da',
      },
    ],
    from: listFrom,
  })
  const common = {
    ...nothingMore,
    role: 'sub-processor',
    services: ['consultancy'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    contract: signed,
    dueDiligence: { concludedOn: addDays(listFrom, -20), conclusion: 'accepted' },
    theirNotice: { length: 60, unit: 'days' },
    inUse: { since: listFrom, until: null },
  } as const satisfies Partial<SampleVendor['engagements'][number]>
  return [
    {
      vendor: vendor(
        inventedNames.backup,
        'Eksempelkajen 40, 8000 Aarhus C',
        'eksempelbackup.example',
        'Bo Bugt',
      ),
      engagements: [
        {
          ...common,
          services: ['consultancy'],
          activity: { da: 'Backup af projektdata', en: 'Backup of project data' },
          subjectCount: '1000-10000',
          dataCategories: ['ordinary', 'confidential'],
        },
      ],
      onList: true,
    },
    {
      vendor: vendor(inventedNames.archive, archiveAddress, 'eksempelarkiv.example', 'Ane Arkivar'),
      engagements: [
        {
          ...common,
          services: ['consultancy'],
          activity: { da: 'Langtidsarkiv for projektsager', en: 'Long-term archive of project files' },
          subjectCount: 'over-10000',
          dataCategories: ['ordinary', 'confidential', 'special'],
          places: [{ kind: 'data-centre', address: archiveAddress, country: 'DK' }],
          assurance: { owed: true, kind: 'ISAE 3402 type 2', clause: '7.4' },
        },
      ],
      onList: true,
    },
    {
      vendor: vendor(
        inventedNames.advice,
        'Eksempelvænget 3, 5000 Odense C',
        'eksempelraad.example',
        'Rie Råd',
      ),
      engagements: [
        {
          ...common,
          services: ['consultancy'],
          activity: { da: 'Rådgivere, der ser projektdata', en: 'Advisers who see project data' },
          subjectCount: 'under-1000',
        },
      ],
      onList: true,
    },
  ]
}
