import { recordEvent } from '../../audit-log/actions.js'
import { organisation } from '../../auth/organisation.js'
import type { Context, Locale } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Upload } from '../../files/actions.js'
import { textIn } from '../../i18n/texts.js'
import { dropBrought, keepBrought } from '../records/brought.js'
import type { Brought } from '../rules/brought.js'
import {
  answersIn,
  fingerprint,
  portableContent,
  publicKeyOf,
  readPortable,
  signed,
} from '../rules/portable.js'
import { answersInSheets, type ReadSheets } from '../rules/workbook.js'
import type { Respondent } from './respondent.js'
import { filesOf } from './shown.js'

export { broughtTo } from '../records/brought.js'

const largestPortable = 5 * 1024 * 1024

/** The answers as a signed file, to take along to whoever asks next. `seed`: of the house's key pair. */
export async function answersToTake(
  context: Context,
  { questionnaire, set, answers }: Respondent,
  seed: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const [house, files] = await Promise.all([organisation(), filesOf(questionnaire, answers)])
  const content = portableContent(questionnaire, set, answers, {
    askedBy: house?.name ?? '',
    madeAt: context.now,
    files,
  })
  const bytes = Buffer.from(`${JSON.stringify(signed(content, seed), null, 2)}\n`)
  return { name: `${questionnaire.reference}.answers.json`, type: 'application/json', bytes }
}

type Reading = { readSheets: ReadSheets; seed: string; locale: Locale; zone: string }

/**
 * Takes a file of answers in: one taken along earlier, or the filled-in workbook. Its answers wait to be taken over,
 * section by section. Throws `Refused` with what is wrong with the file.
 */
export async function bring(
  context: Context,
  respondent: Respondent,
  upload: Upload,
  reading: Reading,
): Promise<Brought> {
  const { questionnaire, name } = respondent
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-open')
  const isPortable = /^\s*\{/.test(
    upload.bytes
      .subarray(0, 200)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  )
  const read = isPortable
    ? portableIn(respondent, upload, reading)
    : await workbookIn(respondent, upload, reading)
  const brought: Brought = {
    _id: newId(),
    questionnaire: questionnaire._id,
    name: upload.name.slice(0, 120),
    by: name,
    at: context.now,
    ...read,
  }
  await keepBrought(brought)
  await recordEvent(
    context,
    'questionnaire.answers-brought',
    { kind: 'questionnaire', id: questionnaire._id },
    { kind: brought.kind, answers: brought.answers.length, wrong: brought.wrong.length },
    { name: brought.name },
  )
  return brought
}

type Read = Pick<Brought, 'kind' | 'answers' | 'wrong' | 'madeOn' | 'signedBy'>

function portableIn({ set }: Respondent, { bytes, name }: Upload, { seed, zone }: Reading): Read {
  if (bytes.length > largestPortable) throw new Refused('file-too-large', { name, most: '5 MB' })
  const file = readPortable(bytes.toString('utf8').replace(/^\ufeff/, ''))
  const made = new Date(String(file.content.madeAt))
  return {
    kind: 'portable',
    ...answersIn(file, set),
    madeOn: Number.isNaN(made.getTime()) ? null : dayOf(made, zone),
    signedBy: file.publicKey === publicKeyOf(seed) ? 'us' : fingerprint(file.publicKey),
  }
}

async function workbookIn(
  { set, questionnaire }: Respondent,
  { bytes, name }: Upload,
  { readSheets, locale }: Reading,
): Promise<Read> {
  const { sheets } = await readSheets(bytes, name)
  const t = textIn(locale)
  const words = { yes: t('questionnaires-respond:yes'), no: t('questionnaires-respond:no'), locale }
  const read = answersInSheets(sheets, set, words)
  if (!read) throw new Refused('workbook-not-ours')
  if (read.reference !== questionnaire.reference)
    throw new Refused('workbook-of-another', { reference: read.reference.slice(0, 20) })
  return { kind: 'workbook', answers: read.answers, wrong: read.wrong, madeOn: null, signedBy: null }
}

/** Puts a file aside that was brought; what was taken over of it stays. */
export async function discard(
  context: Context,
  { questionnaire }: Respondent,
  kind: Brought['kind'],
): Promise<void> {
  await dropBrought(questionnaire._id, kind)
  await recordEvent(
    context,
    'questionnaire.answers-put-aside',
    { kind: 'questionnaire', id: questionnaire._id },
    { kind },
  )
}
