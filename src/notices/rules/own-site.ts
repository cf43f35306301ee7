import type { EngagementContent, Site } from '../../register/rules.js'

/** 'L-01': own sites are numbered apart from engagements. */
export function isSiteReference(reference: unknown): reference is string {
  return typeof reference === 'string' && /^L-\d+$/.test(reference)
}

/** A site of our own in the words a list has for a sub-processor: who, what, where. `services`: all there are. */
export function siteContent(
  site: Pick<Site, 'kind' | 'address' | 'country' | 'services' | 'name'>,
  us: Pick<EngagementContent, 'vendorName' | 'registration' | 'address'>,
  services: readonly string[],
): EngagementContent {
  const { kind, address, country } = site
  return {
    ...us,
    vendor: 'own-site',
    country: null,
    contact: null,
    role: 'sub-processor',
    // None means that it serves them all.
    services: site.services.length === 0 ? [...services] : site.services,
    activity: { da: 'Vores egen behandling af jeres oplysninger', en: 'Our own processing of your data' },
    dataCategories: [],
    subjects: [],
    storageCountries: kind === 'office' ? [] : [country],
    accessCountries: [country],
    places: [{ kind: kind === 'office' ? 'office' : 'data-centre', address: placeName(site), country }],
    transfers: [],
    parent: null,
  }

  function placeName({ name }: Pick<Site, 'name'>): string {
    return name === undefined || address.includes(name) ? address : `${name}, ${address}`
  }
}
