import { expect } from 'chai'
import { filesBelow, importsOf, type SourceFile } from './files.js'

// What moves a record, and what writes about it. `record`, `recordEvent` and `recordEventOnce` are the log's own doors.
const writes = /\b(?:insert|move|save|create|update|remove|delete)(?!Of\b|By\b)[A-Z]\w*\(/
const records = /\b(?:record|recordEvent|recordEventOnce)\(/

/** Written on purpose without an entry of their own. */
const silent: Record<string, string> = {
  'src/audit-log/': 'the log itself',
  'src/mail/': 'the outbox: every attempt is evidence of its own, kept beside the mail',
  'src/jobs/': 'when timers ran',
  'src/files/': 'a stored file is told by the action it was handed in with',
  'src/transfers/actions/law.ts#lawNow':
    'takes in what is shipped where it is lacking; the start tells of it',
  'src/auth/actions/sessions.ts#recognise': 'when a session was last seen',
  'src/auth/actions/sessions.ts#endSessions':
    'told by the action that ends them: a new password, a person disabled',
}

const sources = filesBelow('src', '.ts')
const byPath = new Map(sources.map((file) => [file.path, file]))
const actions = sources.filter(
  ({ path }) =>
    /^src\/[^/]+\/actions(?:\.ts$|\/)/.test(path) ||
    path === 'src/auth/links.ts' ||
    path === 'src/auth/organisation.ts',
)

describe('the trail', () => {
  it('has an entry for everything an action writes', () => {
    const untold = actions
      .filter(({ path }) => !Object.keys(silent).some((place) => path.startsWith(place)))
      .flatMap((file) =>
        exported(file)
          .filter(
            ({ name, text }) =>
              writes.test(text) && !tells(file, text) && !(`${file.path}#${name}` in silent),
          )
          .map(({ name }) => `${file.path}: ${name}`),
      )
    expect(untold).to.deep.equal([])
  })
})

/** An exported function's text. Functions are top-level and end at a brace in the first column. */
function exported({ text }: SourceFile): { name: string; text: string }[] {
  return [...text.matchAll(/\nexport (?:async )?(?:function|const) (\w+)[\s\S]*?\n\}/g)].map(
    ([whole, name = '']) => ({ name, text: whole }),
  )
}

/** It records, or calls a function of its file or of one it imports that does. */
function tells(file: SourceFile, text: string, seen = new Set<string>()): boolean {
  if (records.test(text)) return true
  return calledBy(file, text).some((called) => {
    const key = `${called.file.path}#${called.name}`
    if (seen.has(key)) return false
    seen.add(key)
    return tells(called.file, called.text, seen)
  })
}

function calledBy(file: SourceFile, text: string): { file: SourceFile; name: string; text: string }[] {
  const near = importsOf(file).flatMap(({ own }) => (own && byPath.has(own) ? [byPath.get(own)!] : []))
  return [file, ...near].flatMap((where) =>
    [...where.text.matchAll(/\n(?:export )?(?:async )?function (\w+)[\s\S]*?\n\}/g)]
      .map(([whole, name = '']) => ({ file: where, name, text: whole }))
      .filter(({ name }) => new RegExp(`\\b${name}(?:<[^>]*>)?\\(`).test(text)),
  )
}
