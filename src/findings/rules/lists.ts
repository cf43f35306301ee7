import type { ListShape } from '../../lists/rules.js'

export const findingList = {
  name: 'findings',
  filters: ['state', 'severity', 'vendor'],
  sorts: ['due'],
  columns: [
    { name: 'vendor', usual: true },
    { name: 'severity', usual: true },
    { name: 'owner', usual: true },
    { name: 'due', usual: true },
  ],
} as const satisfies ListShape
