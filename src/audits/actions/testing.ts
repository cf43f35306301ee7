/** What testers do with one control. */
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import type { Problem } from '../../base/form.js'
import { fileById, filesByIds, storeFile, type StoredFile, type Upload } from '../../files/actions.js'
import type { Audit, Test } from '../rules/audit.js'
import { merge, type Merged, type Texts } from '../rules/merge.js'
import { needsReason } from '../rules/missing.js'
import { factsOfTest, problemsWith, testOfTexts, textsOfTest, type Testing } from '../rules/testing.js'
import { moveTest } from './move.js'
import { again, openAudit } from './open.js'
import { testOf } from './read.js'

export type Saved = { test: Test; problems: Problem[]; merged: Merged }

/**
 * Takes what somebody typed on a control's page together with what others have saved since it was opened (`marks`). Where both changed
 * the same field, or a result does not stand by itself, nothing is saved but the files, which are evidence whatever else is typed.
 */
export async function saveTest(
  context: Context,
  reference: string,
  control: string,
  input: { typed: Texts; marks: string; files: readonly Upload[] },
): Promise<Saved> {
  const audit = await openAudit(reference)
  await testOf(audit, control)
  if (input.files.length > 0) await attachFiles(context, audit, control, input.files)
  return again(async () => {
    const test = await testOf(audit, control)
    const merged = merge(input.typed, textsOfTest(test), input.marks)
    const testing = withoutIdleReason(testOfTexts(merged.values))
    const problems = problemsWith(testing, context.today)
    if (problems.length > 0 || merged.conflicts.length > 0) return { test, problems, merged }
    return { test: await changeTest(context, audit, test, testing), problems, merged }
  })
}

/** Changes nothing where nothing is new. */
export async function changeTest(
  context: Context,
  audit: Pick<Audit, 'reference'>,
  test: Test,
  testing: Testing,
): Promise<Test> {
  const [before, after] = [textsOfTest(test), textsOfTest(testing)]
  if (Object.keys(after).every((name) => after[name] === before[name])) return test
  const words = ({ sample, reason, note }: Testing) => ({ sample, reason, note })
  return moveTest(context, test, testOfTexts(after), {
    event: eventOf(test, testing),
    facts: {
      audit: audit.reference,
      control: test.control,
      before: factsOfTest(test),
      after: factsOfTest(testing),
    },
    personal: { before: words(test), after: words(testing) },
  })
}

/** Adds evidence, whoever else is writing on the control. Throws `Refused` for a file that cannot be kept. */
async function attachFiles(
  context: Context,
  audit: Audit,
  control: string,
  files: readonly Upload[],
): Promise<void> {
  const about = { kind: 'audit-test', id: `${audit._id}/${control}` }
  const stored: StoredFile[] = []
  for (const file of files) stored.push(await storeFile(context, { ...file, about, sample: audit.sample }))
  await again(async () => {
    const test = await testOf(audit, control)
    return moveTest(
      context,
      test,
      { files: [...test.files, ...stored.map(({ _id }) => _id)] },
      {
        event: 'audit-test.files-added',
        facts: {
          audit: audit.reference,
          control,
          files: stored.map(({ _id, sha256 }) => ({ id: _id, sha256 })),
        },
        personal: { names: stored.map(({ name }) => name) },
      },
    )
  })
}

/** The file stays stored: what was once evidence is never deleted, only no longer counted. */
export async function leaveOutFile(
  context: Context,
  reference: string,
  control: string,
  file: string,
): Promise<void> {
  const audit = await openAudit(reference)
  await again(async () => {
    const test = await testOf(audit, control)
    if (!test.files.includes(file)) throw new NotFound()
    return moveTest(
      context,
      test,
      { files: test.files.filter((one) => one !== file) },
      { event: 'audit-test.file-left-out', facts: { audit: audit.reference, control, file } },
    )
  })
}

/** What it names: those of a corrected edition were stored with the one it corrects. */
export async function filesOfTest({ files }: Pick<Test, 'files'>): Promise<StoredFile[]> {
  if (files.length === 0) return []
  const by = new Map((await filesByIds(files)).map((file) => [file._id, file]))
  return files.flatMap((id) => by.get(id) ?? [])
}

/** Only those of the control. Throws `NotFound`. */
export async function testFile({ _id, files }: Pick<Test, '_id' | 'files'>, file: string): Promise<string> {
  const found = await fileById(file)
  if (found?.about.kind !== 'audit-test' || (found.about.id !== _id && !files.includes(file)))
    throw new NotFound()
  return found._id
}

function eventOf(before: Test, after: Testing): string {
  if (after.result !== before.result)
    return after.result === null ? 'audit-test.result-withdrawn' : 'audit-test.tested'
  return 'audit-test.changed'
}

/** A reason belongs to a result that needs one: it stands in the declaration. */
function withoutIdleReason(testing: Testing): Testing {
  return needsReason(testing) || testing.result === null
    ? testing
    : { ...testing, reason: { da: '', en: '' } }
}
