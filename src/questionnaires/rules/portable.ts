/** Answers as a file one can take along: signed, so that whoever gets it can see that nothing was changed. */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { canonical } from '../../audit-log/rules.js'
import { Refused } from '../../base/errors.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import type { BroughtAnswer, WrongCell } from './brought.js'
import { cleanValue } from './clean-value.js'
import type { Answer, Questionnaire } from './questionnaire.js'

const portableFormat = 'tilsyn-answers/1'

export type PortableContent = {
  set: { id: string; version: string }
  vendor: string
  askedBy: string
  reference: string
  madeAt: string
  submittedAt: string | null
  answers: {
    question: string
    /** Of the words, options and columns: another version may ask something else under the same number. */
    asked: string
    text: string
    value: unknown
    comment: string
    evidence: { name: string; size: number; sha256: string }[]
  }[]
}

export type PortableFile = {
  format: typeof portableFormat
  /** How to check it without Tilsyn. */
  how: string
  content: PortableContent
  publicKey: string
  signature: string
}

// What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const how =
  'Ed25519 (RFC 8032) over the UTF-8 text of "content" as JSON without blanks, keys of every object sorted; publicKey is SPKI DER in base64.'

/** `seed`: 32 bytes in hex, of which the key pair follows. */
function privateKey(seed: string): KeyObject {
  const key = Buffer.concat([pkcs8, Buffer.from(seed, 'hex').subarray(0, 32)])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

export function publicKeyOf(seed: string): string {
  return createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).toString('base64')
}

/** Names a key on a page: the first eight bytes of its hash. */
export function fingerprint(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
}

export function portableContent(
  questionnaire: Pick<Questionnaire, 'reference' | 'vendorName' | 'submitted'>,
  set: QuestionSet,
  answers: readonly Answer[],
  { askedBy, madeAt, files }: { askedBy: string; madeAt: Date; files: ReadonlyMap<string, Attached> },
): PortableContent {
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  return {
    set: { id: set.id, version: set.version },
    vendor: questionnaire.vendorName,
    askedBy,
    reference: questionnaire.reference,
    madeAt: madeAt.toISOString(),
    submittedAt: questionnaire.submitted?.at.toISOString() ?? null,
    answers: set.questions.flatMap((question) => {
      const answer = byQuestion.get(question.id)
      if (!answer || (answer.value === null && answer.comment === '')) return []
      return [
        {
          question: question.id,
          asked: askedHash(question),
          text: question.text.en,
          value: answer.value,
          comment: answer.comment,
          evidence: answer.files.flatMap((id) => {
            const file = files.get(id)
            return file ? [{ name: file.name, size: file.size, sha256: file.sha256 }] : []
          }),
        },
      ]
    }),
  }
}

type Attached = { name: string; size: number; sha256: string }

export function signed(content: PortableContent, seed: string): PortableFile {
  const signature = sign(null, Buffer.from(canonical(content)), privateKey(seed)).toString('base64')
  return { format: portableFormat, how, content, publicKey: publicKeyOf(seed), signature }
}

/** Of an upload. Throws `Refused` where it is no such file, or was changed since it was signed. */
export function readPortable(text: string): PortableFile {
  const file = parsed(text)
  const { content, publicKey, signature } = file
  if (!isSigned(content, publicKey, signature)) throw new Refused('portable-signature-broken')
  return file
}

function isSigned(content: unknown, publicKey: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ed25519') return false
    return verify(null, Buffer.from(canonical(content)), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

function parsed(text: string): PortableFile {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    throw new Refused('portable-unknown')
  }
  const { format, content, publicKey, signature } = (file ?? {}) as Partial<PortableFile>
  const shaped =
    format === portableFormat &&
    typeof publicKey === 'string' &&
    typeof signature === 'string' &&
    typeof content === 'object' &&
    Array.isArray((content as Partial<PortableContent> | null)?.answers)
  if (!shaped) throw new Refused('portable-unknown')
  return file as PortableFile
}

/** What of it fits the set that is asked now; what was asked in other words is told, and not taken. */
export function answersIn(
  { content }: PortableFile,
  set: QuestionSet,
): { answers: BroughtAnswer[]; wrong: WrongCell[] } {
  const questions = new Map(set.questions.map((question) => [question.id, question]))
  const answers: BroughtAnswer[] = []
  const wrong: WrongCell[] = []
  for (const given of content.answers.slice(0, 2000)) {
    const id = typeof given?.question === 'string' ? given.question.slice(0, 60) : ''
    const question = questions.get(id)
    const told = (text: string) =>
      wrong.push({ sheet: '', cell: '', question: id, text, facts: { question: id } })
    if (!question) told('brought-not-asked')
    else if (given.asked !== askedHash(question)) told('brought-reworded')
    else {
      const value = cleanValue(question, given.value)
      const comment = typeof given.comment === 'string' ? given.comment.trim().slice(0, 5000) : ''
      if (value !== null || comment !== '') answers.push({ question: id, value, comment, seen: null })
    }
  }
  return { answers, wrong }
}

function askedHash({ type, text, options, columns, unit }: Question): string {
  const asked = {
    type,
    text,
    unit,
    options: options.map(({ id, text: words }) => ({ id, words })),
    columns: columns.map(({ id }) => id),
  }
  return createHash('sha256').update(canonical(asked)).digest('base64url').slice(0, 22)
}
