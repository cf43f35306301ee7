import { z } from 'zod'
import { optionalText, readForm, text, type Read } from '../../base/form.js'
import { listed, rowsOf } from '../../register/form/rows.js'
import {
  emptyContent,
  harms,
  riskLevels,
  type Grade,
  type Harm,
  type NoticeContent,
  type RiskAssessment,
} from '../rules.js'

const longest = 6000

/** Neither language, one, or both: a notice does not wait for a translation. */
const either = (most = longest) =>
  z
    .object({ da: optionalText(most), en: optionalText(most) })
    .default({ da: undefined, en: undefined })
    .transform(({ da, en }) => ({ da: da ?? '', en: en ?? '' }))

const count = () =>
  optionalText(12)
    .transform((value) => (value === undefined ? null : Number(value.replaceAll(/[ .,\u00a0]/g, ''))))
    .refine(
      (number) => number === null || (Number.isSafeInteger(number) && number >= 0),
      'not-a-whole-number',
    )

const line = (most = 200) => optionalText(most).transform((value) => value ?? '')

/** All of Art. 33(3), each part of which may still be unknown. */
export function readContent(body: unknown): Read<NoticeContent> {
  const schema = z.object({
    nature: either(),
    subjects: either(1000),
    subjectCount: count(),
    records: either(1000),
    recordCount: count(),
    contact: z
      .object({ name: line(), phone: line(60), email: line(254) })
      .default(emptyContent({ name: '', phone: '', email: '' }).contact),
    consequences: either(),
    measures: either(),
    advice: either(),
    news: either(2000),
    passOn: either(),
  })
  return readForm(schema, body)
}

const grade = () =>
  z.enum(['1', '2', '3', '4'], { error: 'choose-one' }).transform((value) => Number(value) as Grade)

export type RiskInput = Omit<RiskAssessment, 'at' | 'by'>

/** A group left empty is no group; at least one is judged. */
export function readRisk(body: unknown): Read<RiskInput> {
  const group = z.object({
    who: text(200),
    harms: z.preprocess(
      listed,
      z.array(z.enum(harms)).transform((chosen): Harm[] => chosen),
    ),
    likelihood: grade(),
    consequence: grade(),
    because: text(2000),
  })
  const schema = z.object({
    groups: rowsOf(group, ['who', 'likelihood', 'consequence', 'because']).refine(
      (groups) => groups.length > 0,
      'risk-needs-a-group',
    ),
    safeguards: line(4000),
    conclusion: z.enum(riskLevels, { error: 'choose-one' }),
    because: text(4000),
  })
  return readForm(schema, body)
}
