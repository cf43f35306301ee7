import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { deleteDraft, draftById, insertDraft, lastDrafts } from '../records.js'
import type { DraftContent, DraftSet } from '../rules/draft.js'
import { readCaiq, type Sheet } from '../rules/foreign/caiq.js'
import { draftAsYaml, fileId } from '../rules/foreign/export.js'
import { parseLoose } from '../rules/foreign/loose-json.js'
import { readVsaq } from '../rules/foreign/vsaq.js'

/** Reads a workbook or a CSV file under watch; throws `Refused`. The room of imports has it. */
export type ReadSheets = (bytes: Buffer, name: string) => Promise<{ sheets: Sheet[] }>

type Given = { file: { name: string; bytes: Buffer }; language: 'da' | 'en' }

/** The largest questionnaire we know of is a fifth of a megabyte. */
const largestJson = 5 * 1024 * 1024
const mostDrafts = 100

/** A foreign set becomes a draft, with a report of what did not come along. Throws `Refused` where it is of neither shape. */
export async function importSet(
  context: Context,
  { file, language }: Given,
  readSheets: ReadSheets,
): Promise<DraftSet> {
  const content = await contentOf(file, language, readSheets)
  if (content === null) throw new Refused('question-set-shape', { name: file.name })
  if (content.questions.length === 0) throw new Refused('question-set-empty', { name: file.name })
  const draft: DraftSet = {
    ...content,
    _id: newId(),
    language,
    file: file.name.slice(0, 200),
    madeOn: context.today,
    madeBy: context.actor.id,
  }
  await insertDraft(draft)
  const { shape, questions, report } = content
  const facts = { shape, questions: questions.length, left: report.length }
  await recordEvent(context, 'question-set.imported', { kind: 'draft-question-set', id: draft._id }, facts)
  return draft
}

export function draftsToList(): Promise<DraftSet[]> {
  return lastDrafts(mostDrafts)
}

export async function draftSet(id: string): Promise<DraftSet> {
  const draft = await draftById(id)
  if (!draft) throw new NotFound()
  return draft
}

/** A file of ours, to be completed in both languages. */
export async function draftFile(
  id: string,
  year: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const draft = await draftSet(id)
  const version = `${year}.1`
  const bytes = Buffer.from(draftAsYaml(draft, version))
  return { name: `${fileId(draft)}.${version}.yaml`, type: 'application/yaml; charset=utf-8', bytes }
}

export async function removeDraft(context: Context, id: string): Promise<void> {
  if (!(await deleteDraft(id))) throw new NotFound()
  await recordEvent(context, 'question-set.draft-removed', { kind: 'draft-question-set', id })
}

async function contentOf(
  { name, bytes }: Given['file'],
  language: Given['language'],
  readSheets: ReadSheets,
): Promise<DraftContent | null> {
  if (!looksLikeJson(name, bytes)) return readCaiq((await readSheets(bytes, name)).sheets, language)
  if (bytes.length > largestJson) throw new Refused('file-too-large', { name, most: '5 MB' })
  try {
    return readVsaq(parseLoose(bytes.toString('utf8')), language)
  } catch (error) {
    // Too deep to be read without running out of stack is as little a questionnaire as what is no JSON.
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new Refused('question-set-json', { name })
    throw error
  }
}

function looksLikeJson(name: string, bytes: Buffer): boolean {
  return (
    /\.json$/i.test(name) || /^\ufeff?\s*(?:\/\/|\/\*|[{[])/.test(bytes.subarray(0, 200).toString('utf8'))
  )
}
