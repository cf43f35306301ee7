/** What is done to several controls at once: each is a move of its own, and a repeat finds nothing left to do. */
import type { Bilingual, Context } from '../../base/context.js'
import type { Test } from '../rules/audit.js'
import { mayBeAssigned, mayBeLeftOut } from '../rules/several.js'
import { again, refuseFrozen } from './open.js'
import { auditAtWork, testOf } from './read.js'
import { changeTest } from './testing.js'

/** Gives the controls of an area to somebody; those that somebody has already only where asked for. Returns how many. */
export async function assignArea(
  context: Context,
  reference: string,
  input: { area: string; tester: string; also: boolean },
): Promise<number> {
  const { audit, tests } = await auditAtWork(reference)
  refuseFrozen(audit)
  const wanted = tests.filter((test) => mayBeAssigned(test, input))
  for (const { control } of wanted)
    await again(async () => {
      const test = await testOf(audit, control)
      return mayBeAssigned(test, input)
        ? changeTest(context, audit, test, { ...test, tester: input.tester })
        : test
    })
  return wanted.length
}

/** Sets those that have no result yet to "not applicable", for one reason. Returns how many. */
export async function leaveOutSeveral(
  context: Context,
  reference: string,
  input: { controls: readonly string[]; reason: Bilingual; tester: string },
): Promise<number> {
  const { audit, tests } = await auditAtWork(reference)
  refuseFrozen(audit)
  const { reason, tester } = input
  const wanted = tests.filter((test) => input.controls.includes(test.control) && mayBeLeftOut(test))
  for (const { control } of wanted)
    await again(async () => {
      const test: Test = await testOf(audit, control)
      if (!mayBeLeftOut(test)) return test
      const left = { result: 'not-applicable' as const, reason, tester: test.tester ?? tester }
      return changeTest(context, audit, test, { ...test, ...left })
    })
  return wanted.length
}
