import { expect } from 'chai'
import { permissionsOf, roles } from '../../src/auth/permissions.js'
import { allTexts } from '../../src/i18n/texts.js'
import { filesBelow } from './files.js'

type Tree = Record<string, unknown>

const da = flat(allTexts.da)
const en = flat(allTexts.en)
const rooms = Object.keys(allTexts.da)
const code = [...filesBelow('src', '.ts'), ...filesBelow('views', '.ejs')].map((file) => ({
  ...file,
  text: withoutComments(file.text),
}))

// 'notices:read' is a permission, no text.
const permissions = new Set(roles.flatMap((role) => permissionsOf(role)) as string[])

// 'web:nav.dashboard', and `notices:state.${state}`, whose end is decided at run time.
const keyShape = new RegExp(
  `(?<=['"\`])(?:${rooms.join('|')}):[A-Za-z0-9._-]*(?:\\$\\{[^}]*\\}[A-Za-z0-9._-]*)*(?=['"\`])`,
  'g',
)
const used = code
  .flatMap(({ path, text }) => [...text.matchAll(keyShape)].map(([key]) => ({ path, key })))
  .filter(({ key }) => !permissions.has(key))

// Problems and refusals are named without their room: 'required', new Refused('notice-not-draft'), 'too-long|most=200'.
const words = new Set(
  code.flatMap(({ text }) =>
    [...text.matchAll(/['"`]([a-z][a-z0-9-]*)(?:\|[^'"`]*)?['"`]/g)].map(([, word]) => word ?? ''),
  ),
)

// Names of log events come from the code as '<kind>.<verb>'.
const events = new Set(
  code.flatMap(({ text }) =>
    [...text.matchAll(/['"`]([a-z][a-z-]*\.[a-z][a-z-]*)['"`]/g)].map(([, name]) => name ?? ''),
  ),
)

describe('texts', () => {
  it('are the same in both languages', () => {
    expect(
      [...da.keys()].filter((key) => !en.has(key)),
      'missing in English',
    ).to.deep.equal([])
    expect(
      [...en.keys()].filter((key) => !da.has(key)),
      'missing in Danish',
    ).to.deep.equal([])
  })

  it('have the same placeholders in both languages', () => {
    const differing = [...da]
      .filter(([key, text]) => placeholders(text) !== placeholders(en.get(key) ?? ''))
      .map(([key]) => key)
    expect(differing).to.deep.equal([])
  })

  it('say something, without blanks at their ends', () => {
    const poor = [...da, ...en]
      .filter(([, text]) => text.trim() === '' || text !== text.trim())
      .map(([key]) => key)
    expect(poor).to.deep.equal([])
  })

  it('exist for every key in the code', () => {
    const missing = used
      .filter(({ key }) => ![...matching(key)].length)
      .map(({ path, key }) => `${path}: ${key}`)
    expect([...new Set(missing)]).to.deep.equal([])
  })

  it('exist for every event that is logged', () => {
    const logged = code.flatMap(({ path, text }) =>
      [...text.matchAll(/\bevent:\s*'([a-z-]+\.[a-z-]+)'|recordEvent\(\s*\w+,\s*'([a-z-]+\.[a-z-]+)'/g)].map(
        ([, a, b]) => ({ path, event: a ?? b ?? '' }),
      ),
    )
    const missing = logged
      .filter(({ event }) => !da.has(`audit-log:event.${event}`))
      .map(({ path, event }) => `${path}: ${event}`)
    expect([...new Set(missing)]).to.deep.equal([])
  })

  it('exist for every refusal', () => {
    const refused = code.flatMap(({ path, text }) =>
      [...text.matchAll(/new Refused\(\s*'([a-z0-9-]+)'/g)].map(([, reason]) => ({
        path,
        reason: reason ?? '',
      })),
    )
    const missing = refused
      .filter(({ reason }) => !da.has(`refusals:${reason}`))
      .map(({ path, reason }) => `${path}: ${reason}`)
    expect([...new Set(missing)]).to.deep.equal([])
  })

  it('are used', () => {
    const reached = new Set(used.flatMap(({ key }) => [...matching(key)]))
    const unused = [...da.keys()].filter((key) => {
      const [room, name = ''] = key.split(':')
      if (reached.has(key)) return false
      if (room === 'problems' || room === 'refusals') return !words.has(name)
      if (key.startsWith('audit-log:event.')) return !events.has(name.replace('event.', ''))
      return true
    })
    expect(unused).to.deep.equal([])
  })

  it('stand in sorted files where rooms share them', () => {
    for (const locale of [allTexts.da, allTexts.en])
      for (const shared of ['problems', 'refusals']) {
        const keys = Object.keys(locale[shared] ?? {})
        expect(keys, shared).to.deep.equal(keys.toSorted())
      }
  })
})

/** The texts a key of the code stands for: itself, its plurals, and all that a part decided at run time may lead to. */
function* matching(key: string): Generator<string> {
  if (!key.includes('${')) {
    for (const name of [key, `${key}_one`, `${key}_other`]) if (da.has(name)) yield name
    return
  }
  const pattern = key
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll('.', '\\.'))
    .join('[A-Za-z0-9._-]+')
  const shape = new RegExp(`^${pattern}(?:_one|_other)?$`)
  for (const name of da.keys()) if (shape.test(name)) yield name
}

function flat(texts: Record<string, Tree>): Map<string, string> {
  const all = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') all.set(path, value)
    else
      for (const [key, inner] of Object.entries(value as Tree))
        walk(inner, path.endsWith(':') ? path + key : `${path}.${key}`)
  }
  for (const [room, tree] of Object.entries(texts)) walk(tree, `${room}:`)
  return all
}

function placeholders(text: string): string {
  return [...new Set([...text.matchAll(/\{\{\s*([\w-]+)/g)].map(([, name = '']) => name))]
    .toSorted()
    .join(' ')
}

function withoutComments(text: string): string {
  return text
    .replace(/<%#[\s\S]*?%>/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}
