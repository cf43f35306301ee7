/** The list for programs: docs/public-list.md tells what each field is. Fields may be added; none is taken away or changed. */
import type { Organisation } from '../../auth/organisation-rules.js'
import type { Edition } from '../rules/editions.js'

const jsonShape = 'tilsyn-public-list/1'

export function jsonOf(edition: Edition, house: Organisation | null, baseUrl: string) {
  return {
    shape: jsonShape,
    organisation: {
      name: edition.organisation,
      registration: house && { kind: house.registration.kind, number: house.registration.number },
      dataProtectionOfficer: house && {
        name: house.dpo.name,
        email: house.dpo.email,
        phone: house.dpo.phone,
      },
    },
    edition: {
      id: edition._id,
      number: edition.number,
      day: edition.day,
      publishedAt: edition.at.toISOString(),
      sha256: edition.hash,
      url: `${baseUrl}/sub-processors/archive/${edition._id}`,
      contentUrl: `${baseUrl}/sub-processors/archive/${edition._id}.json`,
      corrects: edition.corrects && {
        edition: edition.corrects.edition,
        subProcessors: edition.corrects.entries,
        note: edition.corrects.note,
      },
    },
    isNotice: false,
    sample: edition.sample,
    subProcessors: edition.entries.map((entry) => ({
      id: entry.id,
      name: entry.named ? entry.name : null,
      registration: entry.registration && {
        kind: entry.registration.kind,
        number: entry.registration.number,
      },
      country: entry.country,
      activity: { da: entry.activity.da, en: entry.activity.en },
      services: entry.services.map(({ da, en }) => ({ da, en })),
      storageCountries: entry.storage,
      accessCountries: entry.access,
      places: entry.places.map(({ kind, country, address }) => ({ kind, country, address: address || null })),
      transfers: entry.bases.map(({ country, basis, module }) => ({ country, basis, module })),
      countriesOutsideEea: entry.outside,
      furtherSubProcessor: entry.further,
      inUse: entry.used,
      since: entry.since,
    })),
  }
}
