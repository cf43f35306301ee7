import { calendarYear } from '../../src/base/day.js'
import { dutiesOf, type Duty, type DutyKind, type Supervised } from '../../src/supervision/rules.js'
import { aSupervised, changes } from './builders.js'

export const owed = { owed: true, kind: 'ISAE 3402 type 2', clause: '7.4' }

export function dutyOf(
  kind: DutyKind,
  engagement: Partial<Supervised>,
  given: Parameters<typeof changes>[0],
  today: string,
): Duty | undefined {
  return dutiesOf(aSupervised(engagement), calendarYear(2026), changes(given), today).find(
    (duty) => duty.kind === kind,
  )
}

export type Row = [
  what: string,
  engagement: Partial<Supervised>,
  given: Parameters<typeof changes>[0],
  today: string,
  expected: Partial<Duty> | undefined,
]
