/** One control's test: as a form's texts and back, and what the log is told of it. */
import type { Day } from '../../base/day.js'
import { methods, results, sampleOf, type Method, type Result, type Test } from './audit.js'
import type { Texts } from './merge.js'
import { needsReason, wasTested } from './missing.js'

/** What the tester says of a control; files are added apart. */
export type Testing = Pick<
  Test,
  'tester' | 'methods' | 'sample' | 'testedOn' | 'result' | 'reason' | 'note' | 'operates'
>

export function textsOfTest(test: Testing): Texts {
  const sample = sampleOf(test.sample)
  return {
    tester: test.tester ?? '',
    methods: methods.filter((one) => test.methods.includes(one)).join(','),
    'sample.da': sample.da,
    'sample.en': sample.en,
    testedOn: test.testedOn ?? '',
    result: test.result ?? '',
    'reason.da': test.reason.da,
    'reason.en': test.reason.en,
    note: test.note,
    operates: test.operates ? 'yes' : '',
  }
}

export function testOfTexts(texts: Texts): Testing {
  const text = (name: string) => texts[name] ?? ''
  return {
    tester: text('tester') || null,
    methods: text('methods').split(',').filter(isMethod),
    sample: { da: text('sample.da'), en: text('sample.en') },
    testedOn: text('testedOn') || null,
    result: results.find((one) => one === text('result')) ?? null,
    reason: { da: text('reason.da'), en: text('reason.en') },
    note: text('note'),
    operates: text('operates') !== '',
  }
}

export type TestProblem = { field: string; text: 'required' | 'choose-at-least-one' | 'day-in-future' }

/** A result stands by itself or is not taken: who, how, when; and why, where there is something to say (DPA C.7, ISAE 3000). */
export function problemsWith(test: Testing, today: Day): TestProblem[] {
  const { tester, testedOn, result, reason } = test
  const problems: TestProblem[] = []
  if (result !== null && tester === null) problems.push({ field: 'tester', text: 'required' })
  if (wasTested(test) && test.methods.length === 0)
    problems.push({ field: 'methods', text: 'choose-at-least-one' })
  if (wasTested(test) && testedOn === null) problems.push({ field: 'testedOn', text: 'required' })
  if (testedOn !== null && testedOn > today) problems.push({ field: 'testedOn', text: 'day-in-future' })
  for (const language of ['da', 'en'] as const)
    if (needsReason(test) && reason[language].trim() === '')
      problems.push({ field: `reason.${language}`, text: 'required' })
  // Nobody need say what was chosen; who does says it to readers of both.
  const sample = sampleOf(test.sample)
  const said = (['da', 'en'] as const).filter((language) => sample[language].trim() !== '')
  if (result !== null && said.length === 1)
    problems.push({ field: said[0] === 'da' ? 'sample.en' : 'sample.da', text: 'required' })
  return problems
}

/** Ids, days and states: what the year is recomputed from. */
export function factsOfTest(test: Testing): {
  tester: string | null
  methods: Method[]
  testedOn: Day | null
  result: Result | null
  operates: boolean
} {
  const { tester, testedOn, result, operates } = test
  return { tester, methods: [...test.methods], testedOn, result, operates }
}

function isMethod(text: string): text is Method {
  return (methods as readonly string[]).includes(text)
}
