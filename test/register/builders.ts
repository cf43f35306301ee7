import type { EngagementInput, VendorInput } from '../../src/register/actions.js'

/** A complete vendor, changed where a test says so. */
export function vendorInput(changes: Partial<VendorInput> = {}): VendorInput {
  return {
    name: 'Curanet A/S',
    registration: { kind: 'CVR', number: '29412006' },
    address: 'Højvangen 4, 8660 Skanderborg',
    country: 'DK',
    contacts: [
      { id: 'k1', name: 'Dorthe Holm', email: 'dpo@curanet.example', role: 'data-protection', locale: 'da' },
    ],
    ...changes,
  }
}

/** A complete engagement within the EEA, changed where a test says so. */
export function engagementInput(changes: Partial<EngagementInput> = {}): EngagementInput {
  return {
    role: 'sub-processor',
    services: [],
    activity: { da: 'Drift af webhoteller', en: 'Operation of web hosting' },
    dataCategories: ['ordinary'],
    subjects: ['customers'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    places: [],
    transfers: [],
    parent: null,
    contract: { signedOn: '2024-06-01', template: 'ours' },
    dueDiligence: null,
    ...changes,
  }
}
