import { z } from 'zod'
import { listOf, optionalDay, optionalText, readForm, text, ticked, type Read } from '../../base/form.js'
import { methods, results } from '../rules/audit.js'
import type { Texts } from '../rules/merge.js'
import { textsOfTest } from '../rules/testing.js'

const both = (most: number) =>
  z
    .object({ da: optionalText(most), en: optionalText(most) })
    .partial()
    .optional()
    .transform((value) => ({ da: value?.da ?? '', en: value?.en ?? '' }))

export const typedMarks = z.string().max(5000).catch('')

/** `testers`: whom a control may be given to. What a result needs is looked at when it is saved, together with what others wrote. */
export function readTesting(
  body: unknown,
  testers: readonly string[],
): Read<{ typed: Texts; marks: string; next: boolean }> {
  const read = readForm(
    z.object({
      tester: optionalText(60).refine((id) => id === undefined || testers.includes(id), 'choose-one'),
      methods: listOf(z.enum(methods, { error: 'choose-one' })),
      sample: both(3000),
      testedOn: optionalDay(),
      result: z.union([z.literal(''), z.enum(results)], { error: 'choose-one' }).default(''),
      reason: both(3000),
      note: optionalText(10_000),
      operates: ticked(),
      marks: typedMarks,
      go: z.string().optional().catch(undefined),
    }),
    body,
  )
  if (read.problems) return read
  const { marks, go, tester, result, note, ...rest } = read.input
  const typed = textsOfTest({
    ...rest,
    tester: tester ?? null,
    result: result === '' ? null : result,
    note: note ?? '',
  })
  return { input: { typed, marks, next: go === 'next' } }
}

/** Somebody for an area's controls. */
export function readAssignment(
  body: unknown,
  { testers, areas }: { testers: readonly string[]; areas: readonly string[] },
): Read<{ area: string; tester: string; also: boolean }> {
  return readForm(
    z.object({
      area: z
        .string()
        .default('')
        .refine((id) => id === '' || areas.includes(id), 'choose-one'),
      tester: text(60).refine((id) => testers.includes(id), 'choose-one'),
      also: ticked(),
    }),
    body,
  )
}

/** Several controls that do not apply, for one reason. */
export function readLeavingOut(
  body: unknown,
): Read<{ controls: string[]; reason: { da: string; en: string } }> {
  return readForm(
    z.object({
      controls: listOf(z.string().max(20)).refine((ids) => ids.length > 0, 'choose-at-least-one'),
      reason: z.object({ da: text(3000), en: text(3000) }),
    }),
    body,
  )
}
