import type { Permission } from '../base/permission.js'

export type { Permission } from '../base/permission.js'

export type Role = 'administrator' | 'officer' | 'dpo' | 'management' | 'auditor'
export const roles = [
  'administrator',
  'officer',
  'dpo',
  'management',
  'auditor',
] as const satisfies readonly Role[]

const reading: Permission[] = [
  'dashboard:read',
  'register:read',
  'customers:read',
  'notices:read',
  'objections:read',
  'supervision:read',
  'requests:read',
  'breaches:read',
  'departures:read',
  'audits:read',
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
  'requests:write',
  'breaches:write',
  'departures:write',
  'audits:write',
  'audits:conclude',
  'texts:write',
  'sample:write',
]

/**
 * Who may do what; the only such table. A DPO advises and may send what an officer prepared, but does not keep the registers, and
 * leads the yearly audit (DPA C.7). Management reads, and signs the declaration. An auditor tests controls, and writes nothing else.
 */
const table: Record<Role, ReadonlySet<Permission>> = {
  administrator: new Set([
    ...reading,
    ...duties,
    'people:read',
    'people:write',
    'settings:write',
    'public-list:write',
    'whole-data:read',
  ]),
  officer: new Set([...reading, ...duties, 'public-list:write']),
  dpo: new Set([
    ...reading,
    'people:read',
    'notices:issue',
    'objections:write',
    'supervision:write',
    'supervision:conclude',
    'requests:write',
    'breaches:write',
    'audits:write',
    'audits:conclude',
    'audits:sign-as-dpo',
  ]),
  management: new Set([...reading, 'people:read', 'audits:sign-as-management']),
  auditor: new Set([...reading, 'people:read', 'audits:write']),
}

export function allows(role: Role, permission: Permission): boolean {
  return table[role].has(permission)
}

/** All a role may do, as the table has it. */
export function permissionsOf(role: Role): Permission[] {
  return [...table[role]]
}
