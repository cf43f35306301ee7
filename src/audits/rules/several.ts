import type { Test } from './audit.js'

/** `area`: '' for all; `also`: those that somebody has already. One with a result was tested by whom it says. */
export function mayBeAssigned(
  test: Pick<Test, 'area' | 'tester' | 'result'>,
  { area, tester, also }: { area: string; tester: string; also: boolean },
): boolean {
  return (
    test.result === null &&
    (area === '' || test.area === area) &&
    test.tester !== tester &&
    (also || test.tester === null)
  )
}

/** What somebody has found out is not written over. */
export function mayBeLeftOut({ result }: Pick<Test, 'result'>): boolean {
  return result === null
}
