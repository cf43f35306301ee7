import { z } from 'zod'
import { choice, listOf, optionalDay, optionalText, readForm, wholeNumber, type Read } from '../base/form.js'
import { subjectCounts } from '../register/rules.js'
import { concepts, type Concept } from '../supervision/rules.js'
import { evidenceKinds, sharings, verdicts, type FolderContent, type Shared } from './rules.js'

/** Nothing has to be filled in to be saved; what is missing is asked for when it is filed. */
const unless = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), choice(words).nullable())

const yesNo = () => unless(['yes', 'no']).transform((value) => (value === null ? null : value === 'yes'))

const words = (most: number) => optionalText(most).transform((value) => value ?? '')

export function readFolder(body: unknown): Read<FolderContent & { seen: number }> {
  const schema = z
    .object({
      subjects: unless(subjectCounts),
      special: yesNo(),
      other: yesNo(),
      processing: yesNo(),
      concept: unless(concepts.map(String) as [string, ...string[]]),
      weakerBecause: words(2000),
      looked: listOf(choice(evidenceKinds)),
      notes: words(6000),
      verdict: unless(verdicts),
      conclusion: words(6000),
      name: words(200),
      title: words(200),
      next: optionalDay(),
      seen: wholeNumber(0, 1_000_000),
    })
    .transform(({ subjects, special, other, processing, concept, ...rest }) => ({
      ...rest,
      answers: { subjects, special, other, processing },
      concept: concept === null ? null : (Number(concept) as Concept),
    }))
  return readForm(schema, body)
}

export function readSharing(body: unknown): Read<{ shared: Shared }> {
  return readForm(z.object({ shared: choice(sharings) }), body)
}
