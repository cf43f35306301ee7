import {
  checkPoints,
  type CheckPoint,
  type CheckResult,
  type ContractCheck,
  type ContractVersion,
} from '../../src/register/rules.js'

export const today = '2026-11-23'

export const version = (changes: Partial<ContractVersion> = {}): ContractVersion => ({
  id: '1',
  template: 'ours',
  signedOn: '2024-06-01',
  redacted: [],
  checks: [],
  ...changes,
})

export const check = (
  results: Partial<Record<CheckPoint, CheckResult>> = {},
  changes: Partial<ContractCheck> = {},
): ContractCheck => ({
  on: '2026-11-01',
  by: 'Anne Vind',
  answers: checkPoints.map((point) => ({ point, result: results[point] ?? 'met', clause: '4.1' })),
  theirs: { breachHours: 24, notice: { length: 60, unit: 'days' } },
  owed: { breachHours: 24, notice: { length: 30, unit: 'days' } },
  ...changes,
})
