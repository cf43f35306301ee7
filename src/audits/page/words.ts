import type { Locale } from '../../base/context.js'
import type { Text } from '../../i18n/texts.js'
import type { Audit, AuditState, Result, Test } from '../rules/audit.js'
import type { ControlSet } from '../rules/controls.js'
import type { Missing } from '../rules/missing.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const stateTones: Record<AuditState, Tone> = {
  open: 'info',
  'to-sign': 'wait',
  signed: 'good',
  replaced: 'calm',
}
const resultTones: Record<Result, Tone> = {
  'no-exception': 'good',
  exception: 'stop',
  'not-tested': 'wait',
  'not-applicable': 'calm',
}

export function auditUrl({ reference }: Pick<Audit, 'reference'>): string {
  return `/audits/${reference}`
}

export function controlUrl(audit: Pick<Audit, 'reference'>, control: string): string {
  return `${auditUrl(audit)}/controls/${encodeURIComponent(control)}`
}

export function stateOf({ state }: Pick<Audit, 'state'>, t: Text): State {
  return { tone: stateTones[state], word: t(`audits:state.${state}`) }
}

export function resultState(result: Result | null, t: Text): State {
  return result === null
    ? { tone: 'info', word: t('audits:result.open') }
    : { tone: resultTones[result], word: t(`audits:result.${result}`) }
}

/** A text in the reader's language; in the other one where that is all there is. */
export function said(text: { da: string; en: string } | null | undefined, locale: Locale): string {
  return text?.[locale] || text?.da || text?.en || ''
}

export function areaTitle({ areas }: Pick<ControlSet, 'areas'>, id: string, locale: Locale): string {
  return areas.find((area) => area.id === id)?.title[locale] ?? id
}

/** Where what is missing is put right. */
export function missingUrl(audit: Pick<Audit, 'reference'>, { what, control }: Missing): string {
  const base = auditUrl(audit)
  if (control !== null) return controlUrl(audit, control)
  if (what === 'review') return `${base}/review`
  if (what === 'risks' || what === 'threats') return `${base}/risks#${what}`
  if (what === 'changes' || what === 'conclusion') return `${base}/conclusion`
  return `${base}/scope`
}

/** The tester's name; who has left stays named as that. */
export function testerOf(
  { tester }: Pick<Test, 'tester'>,
  names: ReadonlyMap<string, string>,
  t: Text,
): string {
  return tester === null ? '' : (names.get(tester) ?? t('audits:former'))
}
