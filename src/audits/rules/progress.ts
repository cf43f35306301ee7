import type { Bilingual } from '../../base/context.js'
import type { Test } from './audit.js'
import type { ControlSet } from './controls.js'

export type AreaProgress = {
  id: string
  title: Bilingual
  all: number
  tested: number
  exceptions: number
  notTested: number
  notApplicable: number
  open: number
}

/** By area, in the order of the set. */
export function progressByArea(
  { areas }: Pick<ControlSet, 'areas'>,
  tests: readonly Pick<Test, 'area' | 'result'>[],
): AreaProgress[] {
  return areas.map(({ id, title }) => {
    const here = tests.filter(({ area }) => area === id)
    const count = (wanted: Test['result']) => here.filter(({ result }) => result === wanted).length
    return {
      id,
      title,
      all: here.length,
      tested: count('no-exception') + count('exception'),
      exceptions: count('exception'),
      notTested: count('not-tested'),
      notApplicable: count('not-applicable'),
      open: count(null),
    }
  })
}

/** Those that have a result, of all. */
export function progressOf(tests: readonly Pick<Test, 'result'>[]): { done: number; all: number } {
  return { done: tests.filter(({ result }) => result !== null).length, all: tests.length }
}
