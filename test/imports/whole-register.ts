import type { Context } from '../../src/base/context.js'
import { addImportedEngagements, addImportedVendors } from '../../src/register/actions.js'
import type { Contract } from '../../src/register/rules.js'
import type { Transfer } from '../../src/transfers/rules.js'
import { engagementInput, vendorInput } from '../register/builders.js'

type Whole<T> = { [Key in keyof T]-?: T[Key] }

// Each field there is: a new one is a type error here, so that nobody adds one that an export would lose.
const everything: Whole<
  Omit<Transfer, 'clauses' | 'tia' | 'listing' | 'groupRules' | 'withinScope' | 'parties'>
> & {
  clauses: Whole<NonNullable<Transfer['clauses']>>
  tia: Whole<Omit<NonNullable<Transfer['tia']>, 'file'>>
  listing: Whole<NonNullable<Transfer['listing']>>
  groupRules: Whole<NonNullable<Transfer['groupRules']>>
  withinScope: Whole<NonNullable<Transfer['withinScope']>>
  parties: Whole<NonNullable<Transfer['parties']>>
} = {
  country: 'US',
  basis: 'scc-2021',
  way: 'both',
  module: 3,
  moduleReason: 'Begge er databehandlere | og skriver "ja"',
  signedOn: '2024-01-02',
  clauses: {
    docking: false,
    clause9: 'general',
    clause9Days: 30,
    authority: 'Datatilsynet',
    law: 'DK',
    forum: 'IE',
    annexes: true,
  },
  tia: {
    concludedOn: '2024-01-03',
    reviewOn: '2027-01-03',
    laws: 'FISA 702; EO 12333\nCLOUD Act',
    conclusion: 'with-measures',
  },
  listingCheckedOn: '2026-10-01',
  listing: { entity: 'Example, Inc.', status: 'active', covers: ['non-hr', 'hr'] },
  groupRules: { group: 'Example Group', authority: 'DPC', approvedOn: '2023-02-01' },
  derogation: 'second',
  withinScope: { checkedOn: '2025-05-05', how: 'PIPEDA=ja' },
  exporter: 'vendor',
  parties: { exporter: 'Example EMEA Ltd', importer: '=Example, Inc.' },
  supplementary: 'a=b; c\\d',
  note: "'=x",
}

/** A register with all there is to say in it, for these services. */
export async function aWholeRegister(context: Context, services: string[]): Promise<void> {
  await addImportedVendors(context, [
    {
      _id: 'v1',
      reference: 'V-0003',
      ...vendorInput({ name: 'Æther & Ørsted ApS', website: 'https://aether.example' }),
    },
    {
      _id: 'v2',
      reference: 'V-0007',
      ...vendorInput({
        name: 'Xxxxxxxxx A/S',
        address: 'Xxxxxxxxxxx 0, 0000 Xxxxxxxxxxx',
        registration: { kind: 'other', number: '007 00-1', keptBecause: '=Som trykt', country: 'NO' },
        contacts: [],
      }),
      ended: { on: '2025-03-01', because: 'Overdraget; se "sag 1"' },
    },
    {
      _id: 'v3',
      ...vendorInput({
        name: "'=1+1",
        registration: null,
        noRegistrationBecause: '-',
        country: null,
        address: '',
      }),
    },
    // Two of one name, neither with a number: only their own numbers tell them apart.
    {
      _id: 'v4',
      ...vendorInput({ name: "'=1+1", registration: null, noRegistrationBecause: '@', contacts: [] }),
    },
    {
      _id: 'v5',
      ...vendorInput({
        name: 'Struck',
        registration: { kind: 'other', number: 'xxxxxxxx', keptBecause: 'trykt så' },
      }),
    },
  ])
  const contracts = [
    { id: '1', template: 'theirs', signedOn: '2020-01-01', until: '2024-01-01', redacted: [], checks: [] },
    {
      id: '2',
      template: 'ours',
      dpaVersion: '0042',
      signedOn: '2023-12-01',
      from: '2024-01-01',
      note: 'a | b',
      redacted: [],
      checks: [],
    },
    {
      id: '3',
      template: 'ours',
      redacted: [],
      checks: [],
      mistake: { on: '2024-02-02', because: 'forkert' },
    },
  ] as const
  await addImportedEngagements(context, [
    {
      _id: 'e1',
      reference: 'E-0002',
      vendor: 'v1',
      ...engagementInput({ activity: { da: '-Drift', en: '+Operation' } }),
      services,
      dataCategories: ['special', 'ordinary'],
      subjects: ['employees', 'pårørende'],
      subjectCount: 'over-10000',
      storageCountries: ['SE', 'US'],
      accessCountries: ['US'],
      places: [
        {
          kind: 'data-centre',
          address: 'Højvangen 4,\n8660 Skanderborg',
          country: 'DK',
          assurance: { kind: 'isae-3402-2', validUntil: '2027-01-31', note: 'uden forbehold' },
        },
        { kind: 'remote-support', address: 'Main St', country: 'US' },
      ],
      transfers: [everything, { country: 'US', basis: 'adequacy-dpf' }],
      contracts: contracts.map((version) => ({ ...version, redacted: [], checks: [] })),
      dueDiligence: { conclusion: 'accepted-with-conditions', concludedOn: '2024-05-05', note: '=SUM(A1)' },
      theirNotice: { length: 2, unit: 'months' },
      assurance: { owed: false, kind: 'ISAE 3000', clause: '7.4' },
      inUse: { since: '2024-06-01', until: '2026-01-01' },
      earlierUse: [{ since: '2020-01-01', until: '2021-01-01' }],
    },
    {
      _id: 'e2',
      vendor: 'v4',
      ...engagementInput({ activity: { da: 'Support', en: 'Support' }, parent: 'e1', askedByItself: true }),
      contract: { template: 'ours', signedOn: '2022-02-02' } satisfies Contract,
    },
    {
      _id: 'e3',
      vendor: 'v4',
      ...engagementInput({ activity: { da: 'Support', en: 'Support' }, parent: 'e2', contract: null }),
      inUse: { since: '2022-01-01', until: '2024-12-31' },
      ended: { on: '2024-12-31', because: 'slut' },
    },
    {
      _id: 'e4',
      vendor: 'v2',
      ...engagementInput({ activity: { da: 'Hosting', en: 'Hosting' }, storageCountries: ['US'] }),
      transfers: [{ country: 'US', basis: 'privacy-shield' }],
      ended: { on: '2025-02-01', because: '' },
    },
    // Planned changes of what is approved: the first came to nothing, the second is planned on another one of the file.
    {
      _id: 'e1-1',
      reference: 'E-0040',
      vendor: 'v1',
      ...engagementInput({ activity: { da: '-Drift', en: '+Operation' }, storageCountries: ['SE'] }),
      continues: { engagement: 'e1', _id: 'e1-1' },
      ended: { on: '2026-02-01', because: 'opgivet' },
    },
    {
      _id: 'e1-2',
      reference: 'E-0001',
      vendor: 'v1',
      ...engagementInput({ activity: { da: '-Drift', en: '+Operation' }, storageCountries: ['NO'] }),
      continues: { engagement: 'e1', _id: 'e1-2' },
    },
  ])
}
