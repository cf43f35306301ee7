export type Role = 'administrator' | 'officer' | 'dpo' | 'auditor'
export const roles = ['administrator', 'officer', 'dpo', 'auditor'] as const satisfies readonly Role[]

export type Permission =
  | 'dashboard:read'
  | 'register:read'
  | 'register:write'
  | 'customers:read'
  | 'customers:write'
  | 'notices:read'
  | 'notices:write'
  | 'notices:issue'
  | 'objections:read'
  | 'objections:write'
  | 'supervision:read'
  | 'supervision:write'
  | 'supervision:conclude'
  | 'mail:read'
  | 'files:read'
  | 'log:read'
  | 'people:read'
  | 'people:write'
  | 'settings:write'
  | 'texts:write'
  | 'evidence:make'
  | 'sample:write'

const reading: Permission[] = [
  'dashboard:read',
  'register:read',
  'customers:read',
  'notices:read',
  'objections:read',
  'supervision:read',
  'mail:read',
  'files:read',
  'log:read',
  'evidence:make',
]

const duties: Permission[] = [
  'register:write',
  'customers:write',
  'notices:write',
  'notices:issue',
  'objections:write',
  'supervision:write',
  'supervision:conclude',
  'texts:write',
  'sample:write',
]

/** Who may do what; the only such table. A DPO advises and may send what an officer prepared, but does not keep the registers. */
const table: Record<Role, ReadonlySet<Permission>> = {
  administrator: new Set([...reading, ...duties, 'people:read', 'people:write', 'settings:write']),
  officer: new Set([...reading, ...duties]),
  dpo: new Set([
    ...reading,
    'people:read',
    'notices:issue',
    'objections:write',
    'supervision:write',
    'supervision:conclude',
  ]),
  auditor: new Set([...reading, 'people:read']),
}

export function allows(role: Role, permission: Permission): boolean {
  return table[role].has(permission)
}

/** All a role may do, as the table has it. */
export function permissionsOf(role: Role): Permission[] {
  return [...table[role]]
}
