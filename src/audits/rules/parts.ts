/** The audit's own texts, part by part as forms have them. */
import type { Day } from '../../base/day.js'
import { isDay } from '../../base/day.js'
import type { Audit } from './audit.js'
import type { Texts } from './merge.js'

export type Part = 'scope' | 'conclusion'
type Words = Pick<
  Audit,
  'scope' | 'plan' | 'independence' | 'lead' | 'period' | 'changesSinceLast' | 'conclusion'
>

export function textsOfPart(audit: Words, part: Part): Texts {
  const { scope, plan, independence, lead, period, changesSinceLast, conclusion } = audit
  if (part === 'conclusion')
    return {
      'changesSinceLast.da': changesSinceLast.da,
      'changesSinceLast.en': changesSinceLast.en,
      'conclusion.da': conclusion.da,
      'conclusion.en': conclusion.en,
    }
  return {
    lead,
    from: period.from,
    to: period.to,
    'scope.da': scope.da,
    'scope.en': scope.en,
    plan,
    'independence.da': independence?.da ?? '',
    'independence.en': independence?.en ?? '',
  }
}

export function partOfTexts(texts: Texts, part: Part): Partial<Words> {
  const text = (name: string) => texts[name] ?? ''
  const both = (name: string) => ({ da: text(`${name}.da`), en: text(`${name}.en`) })
  if (part === 'conclusion')
    return { changesSinceLast: both('changesSinceLast'), conclusion: both('conclusion') }
  const independence = both('independence')
  return {
    lead: text('lead'),
    period: { from: text('from'), to: text('to') },
    scope: both('scope'),
    plan: text('plan'),
    independence: independence.da || independence.en ? independence : null,
  }
}

export type PeriodProblem = { field: string; text: 'not-a-day' | 'ends-before-it-begins' }

export function problemsWithPeriod(from: Day, to: Day): PeriodProblem[] {
  const wrong = [
    { field: 'from', day: from },
    { field: 'to', day: to },
  ].flatMap(({ field, day }): PeriodProblem[] => (isDay(day) ? [] : [{ field, text: 'not-a-day' }]))
  return wrong.length === 0 && to < from ? [{ field: 'to', text: 'ends-before-it-begins' }] : wrong
}
