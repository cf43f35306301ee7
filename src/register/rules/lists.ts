import type { ListQuery, ListShape } from '../../lists/rules.js'

export const engagementList = {
  name: 'engagements',
  filters: [
    'state',
    'service',
    'role',
    'country',
    'storage',
    'access',
    'outside',
    'basis',
    'risk',
    'data',
    'missing',
  ],
  sorts: ['name', 'reference', 'changed', 'missing', 'risk'],
  columns: [
    { name: 'number', usual: false },
    { name: 'address', usual: false },
    { name: 'activity', usual: true },
    { name: 'role', usual: false },
    { name: 'data', usual: false },
    { name: 'risk', usual: true },
    { name: 'countries', usual: true },
    { name: 'contract', usual: false },
    { name: 'diligence', usual: false },
    { name: 'their-notice', usual: false },
    { name: 'assurance', usual: false },
    { name: 'customers', usual: false },
    { name: 'changed', usual: false },
    { name: 'state', usual: true },
  ],
} as const satisfies ListShape

export const vendorList = {
  name: 'vendors',
  filters: ['state', 'seat', 'role', 'service', 'country', 'outside', 'basis', 'risk', 'data', 'missing'],
  sorts: ['name', 'reference', 'changed', 'missing', 'risk'],
  columns: [
    { name: 'number', usual: true },
    { name: 'address', usual: false },
    { name: 'seat', usual: true },
    { name: 'contact', usual: false },
    { name: 'website', usual: false },
    { name: 'role', usual: true },
    { name: 'engagements', usual: true },
    { name: 'risk', usual: false },
    { name: 'changed', usual: false },
    { name: 'missing', usual: true },
  ],
} as const satisfies ListShape

export type EngagementQuery = ListQuery
export type VendorQuery = ListQuery

/** The filters as keys of the entries, of each filter one of several. */
export function keysAsked(query: ListQuery): string[][] {
  return Object.entries(query.filters).map(([filter, values]) => values.map((value) => `${filter}:${value}`))
}
