/** What the forms of the review show. */
import type { Locale } from '../../base/context.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { severities } from '../../findings/rules.js'
import type { Vendor } from '../../register/rules.js'
import { cuecStates, exceptionStates, relevances } from '../form.js'
import {
  checkAnswers,
  mayNotApply,
  pointsFor,
  possibleEquivalents,
  verdicts,
  type Statement,
} from '../rules.js'
import type { StaffName } from './parts.js'
import { choices, sortInWords } from './words.js'

export function reviewForm(
  { facts, checklist, exceptions, subservices, cuecs }: Statement,
  staff: readonly StaffName[],
  suppliers: readonly Vendor[],
  locale: Locale,
) {
  const t = textIn(locale)
  return {
    points: (facts ? pointsFor(facts.kind) : []).map((point) => ({
      field: `check.${point}`,
      label: t(`statements:check.${point}`),
      hint: t(`statements:check-hint.${point}`),
      options: choices(
        checkAnswers.filter((answer) => answer !== 'not-applicable' || mayNotApply(point)),
        (value) => t(`statements:answer.${value}`),
      ),
      answer: checklist[point]?.answer ?? '',
      note: checklist[point]?.note ?? '',
    })),
    exceptions,
    subservices: subservices.map((each) => ({ ...each, methodName: t(`statements:method.${each.method}`) })),
    cuecs,
    options: {
      relevances: choices(relevances, (value) => t(`statements:exception.${value}`)),
      severities: choices(severities, (value) => t(`findings:severity.${value}`)),
      exceptionStates: choices(exceptionStates, (value) => t(`statements:exception.${value}`)),
      cuecStates: choices(cuecStates, (value) => t(`statements:cuec.${value}`)),
      staff: staff.map(({ id, name }) => ({ value: id, text: name })),
      suppliers: suppliers.map(({ _id, name, reference }) => ({
        value: _id,
        text: `${name} (${reference})`,
      })),
    },
  }
}

export function conclusionChoices(locale: Locale) {
  const t = textIn(locale)
  return verdicts.map((value) => ({
    value,
    text: t(`statements:verdict.${value}`),
    hint: t(`statements:verdict-hint.${value}`),
  }))
}

export function equivalentChoices(t: Text) {
  return possibleEquivalents.map((value) => ({ value, text: sortInWords(value, t) }))
}
