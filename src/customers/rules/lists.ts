import type { ListQuery, ListShape } from '../../lists/rules.js'

export const customerList = {
  name: 'customers',
  filters: [
    'state',
    'service',
    'authorisation',
    'notice',
    'version',
    'instruction',
    'list',
    'kind',
    'contact',
  ],
  sorts: ['name', 'reference', 'changed'],
  columns: [
    { name: 'number', usual: false },
    { name: 'case', usual: false },
    { name: 'services', usual: true },
    { name: 'agreement', usual: true },
    { name: 'version', usual: false },
    { name: 'signed', usual: false },
    { name: 'instruction', usual: false },
    { name: 'contact', usual: true },
    { name: 'changed', usual: false },
  ],
} as const satisfies ListShape

export type CustomerQuery = ListQuery
export type CustomerSort = (typeof customerList.sorts)[number]
