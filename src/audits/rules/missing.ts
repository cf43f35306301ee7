import type { Bilingual } from '../../base/context.js'
import type { Test, WholeAudit } from './audit.js'

/** What keeps an audit from being signed. Of one control: no result, or a result that does not stand by itself yet. */
export type ControlMissing = 'result' | 'tester' | 'tested-on' | 'methods' | 'reason'
export type PartMissing =
  'scope' | 'plan' | 'risks' | 'threats' | 'independence' | 'changes' | 'conclusion' | 'review'
export type Missing = { what: ControlMissing; control: string } | { what: PartMissing; control: null }

/**
 * In the order of the audit's pages. The declaration names what was gone through (DPA C.7): every control has a result, one that was
 * tested says how and when, one that was not says why in both languages, and risk assessments and threat picture are taken in.
 */
export function missingBeforeSigning({ audit, tests }: Pick<WholeAudit, 'audit' | 'tests'>): Missing[] {
  const parts: [PartMissing, boolean][] = [
    ['scope', !isBoth(audit.scope)],
    ['plan', audit.plan.trim() === ''],
    // GDPR 38(6): the DPO has no tasks that conflict; where one tests what they run themselves, the reader is told.
    ['independence', needsIndependence(tests) && !isBoth(audit.independence)],
    ['risks', audit.risks.length === 0],
    ['threats', audit.threats.length === 0],
    ['changes', !isBoth(audit.changesSinceLast)],
    ['conclusion', !isBoth(audit.conclusion)],
    ['review', audit.review === null],
  ]
  return [
    ...tests.flatMap(missingIn),
    ...parts.flatMap(([what, missing]): Missing[] => (missing ? [{ what, control: null }] : [])),
  ]
}

export function missingIn(test: Test): Missing[] {
  const { control, result } = test
  if (result === null) return [{ what: 'result', control }]
  const wanting: [ControlMissing, boolean][] = [
    ['tester', test.tester === null],
    ['tested-on', wasTested(test) && test.testedOn === null],
    ['methods', wasTested(test) && test.methods.length === 0],
    ['reason', needsReason(test) && !isBoth(test.reason)],
  ]
  return wanting.flatMap(([what, missing]): Missing[] => (missing ? [{ what, control }] : []))
}

/** Somebody tested it, whatever came out. */
export function wasTested({ result }: Pick<Test, 'result'>): boolean {
  return result === 'no-exception' || result === 'exception'
}

export function needsReason({ result }: Pick<Test, 'result'>): boolean {
  return result !== null && result !== 'no-exception'
}

/** Somebody tests what they run themselves, so the audit says how that was met (GDPR 38(6)). */
export function needsIndependence(tests: readonly Pick<Test, 'operates'>[]): boolean {
  return tests.some(({ operates }) => operates)
}

function isBoth(text: Bilingual | null): boolean {
  return text !== null && text.da.trim() !== '' && text.en.trim() !== ''
}
