/** How long ahead a customer must be told. `length` is a whole number, 1 or more. */
export type NoticePeriod = { length: number; unit: PeriodUnit }

export type PeriodUnit = 'days' | 'business-days' | 'months'

export const periodUnits = ['days', 'business-days', 'months'] as const satisfies readonly PeriodUnit[]
