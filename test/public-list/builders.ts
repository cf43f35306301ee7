import type { ListRow } from '../../src/register/rules.js'
import type { Edition } from '../../src/public-list/rules/editions.js'
import { contentHash } from '../../src/public-list/rules/editions.js'
import type { PublicEntry } from '../../src/public-list/rules/entries.js'
import { aContent } from '../notices/builders.js'

export function anEntry(changes: Partial<PublicEntry> = {}): PublicEntry {
  return {
    id: 'E-0001',
    named: true,
    name: 'Ærø Drift ApS',
    registration: { kind: 'CVR', number: '29403473' },
    country: 'DK',
    activity: { da: 'Drift af servere', en: 'Running servers' },
    services: [{ da: 'Hosting', en: 'Hosting' }],
    storage: ['DK'],
    access: ['DK', 'IN'],
    places: [{ kind: 'data-centre', country: 'DK', address: '' }],
    bases: [{ country: 'IN', basis: 'scc-2021', module: 3 }],
    outside: ['IN'],
    further: false,
    used: true,
    since: '2024-03-01',
    ...changes,
  }
}

export function aRow(
  changes: Omit<Partial<ListRow>, 'content'> & { content?: Partial<ListRow['content']> } = {},
): ListRow {
  return {
    engagement: 'e1',
    reference: 'E-0001',
    vendor: 'v1',
    vendorReference: 'V-0001',
    state: 'in-use',
    inUse: { since: '2024-03-01', until: null },
    contract: null,
    customers: 1,
    capped: true,
    approvedFrom: '2024-01-01',
    kind: null,
    notice: null,
    corrections: [],
    enteredOn: null,
    sample: false,
    ...changes,
    content: aContent(changes.content),
  }
}

export function anEdition(changes: Partial<Edition> = {}): Edition {
  const entries = changes.entries ?? [anEntry()]
  return {
    _id: '2026-11-20',
    number: 1,
    day: '2026-11-20',
    at: new Date('2026-11-20T09:00:00Z'),
    organisation: 'Nordvang Drift A/S',
    hash: contentHash('Nordvang Drift A/S', entries),
    count: entries.length,
    changes: [],
    corrects: null,
    entries,
    sample: false,
    ...changes,
  }
}
