import { basisProblems, shippedLaw, type ImporterRole, type Transfer } from '../../src/transfers/rules.js'

export const today = '2026-11-21'
/** As EDPB 01/2020 and clause 14 ask: laws and conclusion, and the paper itself. */
export const papers = { laws: 'IT Act', conclusion: 'equivalent', file: 'f1' } as const
export const assessed = { tia: { concludedOn: '2026-01-15', ...papers } }
export const groupRules = { group: 'X Group', authority: 'CNIL', approvedOn: '2020-01-01' }
export const scc = (country: string, changes: Partial<Transfer> = {}): Transfer => ({
  country,
  basis: 'scc-2021',
  module: 3,
  signedOn: '2025-01-01',
  ...assessed,
  ...changes,
})

/** 'severity text' of each problem. */
export function against(transfer: Transfer, day = today, role?: ImporterRole): string[] {
  return basisProblems(shippedLaw, transfer, day, role).map(({ severity, text }) => `${severity} ${text}`)
}
